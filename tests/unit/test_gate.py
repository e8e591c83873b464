"""The gate's promises: standing only opens, blanks and circumstances only shut."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from enquiry_tui.domain.gate import judge, neutral_sentence
from enquiry_tui.domain.permits import decisions, permits, proposed
from enquiry_tui.domain.standing import Circumstances, Standing, raised_by
from enquiry_tui.domain.vocabulary import (
    Allowed,
    Authority,
    Channel,
    Decision,
    InfoClass,
    Kind,
    MarkerKind,
    Office,
    Proof,
    Recognition,
    Route,
    highest,
)
from enquiry_tui.policy.packs import load_shipped

TABLE = load_shipped().table
TEL = Channel.TELEPHONE
PUBLIC, PROGRESS, PERSONAL = InfoClass.PUBLIC, InfoClass.OWN_PROGRESS, InfoClass.OWN_PERSONAL

kinds = st.sampled_from(Kind)
classes = st.sampled_from(InfoClass)
channels = st.sampled_from(Channel)
standings = st.builds(
    Standing,
    st.sampled_from(Recognition),
    st.sampled_from(Proof),
    st.frozensets(st.sampled_from(Authority)),
    st.booleans(),
    st.booleans(),
)
around = st.builds(
    Circumstances,
    *[st.booleans()] * 8,
    st.sampled_from(Office),
    st.booleans(),
)
everything = Standing(
    Recognition.MEDIUM, Proof.VERY_HIGH, frozenset(Authority), purpose=True, held_address=True
)


def more(first: Standing, second: Standing) -> Standing:
    return Standing(
        max(first.recognition, second.recognition, key=lambda item: item.rank),
        max(first.proof, second.proof, key=lambda item: item.rank),
        first.authorities | second.authorities,
        first.purpose or second.purpose,
        first.held_address or second.held_address,
    )


@settings(max_examples=400, deadline=None)
@given(kinds, classes, channels, standings, standings, around)
def test_more_standing_never_makes_a_verdict_stricter(kind, info_class, channel, one, two, around):
    less = judge(TABLE, kind, info_class, channel, one, around)
    greater = judge(TABLE, kind, info_class, channel, more(one, two), around)
    assert greater.allowed.rank <= less.allowed.rank


@settings(max_examples=60, deadline=None)
@given(kinds, classes, channels, standings, around)
def test_a_blank_is_never_looser(kind, info_class, channel, standing, around):
    full = judge(TABLE, kind, info_class, channel, standing, around)
    for one, other in ((None, info_class), (kind, None), (None, None)):
        verdict = judge(TABLE, one, other, channel, standing, around)
        assert verdict.allowed.rank >= full.allowed.rank
        assert not verdict.overridable
        assert full.held or not verdict.held


@settings(max_examples=400, deadline=None)
@given(
    kinds,
    classes,
    channels,
    standings,
    around,
    st.sampled_from(["child", "anonymous", "under_duress", "accompanied", "raised", "restricted"]),
)
def test_a_circumstance_never_loosens(kind, info_class, channel, standing, around, name):
    without = judge(TABLE, kind, info_class, channel, standing, replace(around, **{name: False}))
    with_it = judge(TABLE, kind, info_class, channel, standing, replace(around, **{name: True}))
    assert with_it.allowed.rank >= without.allowed.rank
    assert without.held or not with_it.held


@settings(max_examples=200, deadline=None)
@given(kinds, classes, channels, standings, around)
def test_a_commissioners_desk_is_never_looser_to_the_force(
    kind, info_class, channel, standing, around
):
    chief = replace(around, office=Office.CHIEF_CONSTABLE)
    body = replace(around, office=Office.LOCAL_POLICING_BODY)
    at_the_chief = judge(TABLE, kind, info_class, channel, standing, chief)
    at_the_body = judge(TABLE, kind, info_class, channel, standing, body)
    assert at_the_body.allowed.rank >= at_the_chief.allowed.rank


@settings(max_examples=200, deadline=None)
@given(kinds, classes, channels, standings, around, st.sampled_from(Decision))
def test_nothing_is_told_through_a_shut_gate(kind, info_class, channel, standing, around, decision):
    verdict = judge(TABLE, kind, info_class, channel, standing, around)
    for route in (Route.TOLD, Route.WRITTEN):
        if decision.has_content and permits(verdict, decision, route):
            assert verdict.allowed in {Allowed.RELEASE, Allowed.PART}
            assert decision is Decision.PART or verdict.allowed is Allowed.RELEASE
    if decision.has_content and permits(verdict, decision, Route.OVERRIDE):
        assert verdict.base in {Allowed.RELEASE, Allowed.PART}
        assert verdict.allowed is Allowed.CHECK


@settings(max_examples=100, deadline=None)
@given(st.none() | kinds, st.none() | classes, channels, standings, around)
def test_a_refusal_needs_neither_kind_nor_class(kind, info_class, channel, standing, around):
    verdict = judge(TABLE, kind, info_class, channel, standing, around)
    for decision in (Decision.REFUSE, Decision.NEITHER, Decision.MESSAGE, Decision.ROUTE):
        assert permits(verdict, decision, None)
        assert permits(verdict, decision, Route.TOLD)
    assert decisions(verdict)[0] == (proposed(verdict), True)
    assert len(decisions(verdict)) == 7


def test_never_and_route_stay_what_they_are_whatever_is_shown():
    for kind in Kind:
        for info_class in InfoClass:
            for channel in Channel:
                cell = TABLE.cell(kind, info_class, channel)
                if cell.allowed in {Allowed.NEVER, Allowed.ROUTE}:
                    verdict = judge(TABLE, kind, info_class, channel, everything)
                    assert verdict.allowed is cell.allowed


def test_a_caller_who_is_a_child_as_well_gets_the_stricter_answer():
    child = Circumstances(child=True)
    verdict = judge(TABLE, Kind.MEMBER_OF_PUBLIC, PERSONAL, TEL, everything, child)
    assert verdict.allowed is Allowed.ROUTE
    assert "safeguarding" in verdict.route


def test_an_anonymous_solicitor_is_told_nothing_of_their_own():
    around = Circumstances(anonymous=True, held_usable=True)
    verdict = judge(TABLE, Kind.SOLICITOR, PROGRESS, TEL, everything, around)
    assert verdict.allowed is Allowed.NEVER
    assert not verdict.held


def test_a_raised_matter_wants_recognition_medium_for_progress():
    around = Circumstances(raised=True)
    low = Standing(recognition=Recognition.LOW)
    medium = Standing(recognition=Recognition.MEDIUM)
    ask = (TABLE, Kind.MEMBER_OF_PUBLIC, PROGRESS, TEL)
    assert judge(*ask, low).allowed is Allowed.RELEASE
    assert judge(*ask, low, around).allowed is Allowed.CHECK
    assert judge(*ask, medium, around).allowed is Allowed.RELEASE
    assert judge(*ask, low, around).raised
    assert "Raised" in judge(*ask, low, around).why


def test_a_raised_matter_answers_personal_things_to_the_contact_held():
    around = Circumstances(raised=True, held_usable=True)
    verdict = judge(TABLE, Kind.MEMBER_OF_PUBLIC, PERSONAL, TEL, everything, around)
    assert verdict.allowed is Allowed.MESSAGE
    assert proposed(verdict) is Decision.ANSWER_TO_HELD
    assert permits(verdict, Decision.ANSWER_TO_HELD, Route.HELD)
    assert not verdict.overridable


def test_a_raised_matter_shuts_relatives_and_victim_services_out():
    around = Circumstances(raised=True, held_usable=True)
    for kind in (Kind.RELATIVE, Kind.VICTIM_SERVICE):
        verdict = judge(TABLE, kind, PROGRESS, TEL, everything, around)
        assert verdict.allowed is Allowed.NEVER


def test_with_somebody_beside_them_only_public_things_are_said():
    around = Circumstances(accompanied=True)
    for info_class in InfoClass:
        verdict = judge(TABLE, Kind.MEMBER_OF_PUBLIC, info_class, TEL, everything, around)
        assert (verdict.allowed is Allowed.RELEASE) is (info_class is PUBLIC)
        assert not verdict.overridable


def test_a_restricted_matter_goes_to_a_named_reader():
    around = Circumstances(restricted=True)
    verdict = judge(TABLE, Kind.MEMBER_OF_PUBLIC, PROGRESS, TEL, everything, around)
    assert verdict.allowed is Allowed.ROUTE
    assert verdict.route == "named-reader"
    assert judge(TABLE, Kind.MEMBER_OF_PUBLIC, PUBLIC, TEL, everything, around).opens


def test_at_a_commissioners_desk_the_force_is_another_agency():
    around = Circumstances(office=Office.LOCAL_POLICING_BODY)
    verdict = judge(TABLE, Kind.OWN_FORCE, InfoClass.THIRD_PARTY, TEL, everything, around)
    assert verdict.allowed is Allowed.ROUTE
    assert verdict.rule == "telephone/other-agency/third-party"


def test_only_a_lacking_level_can_be_overridden():
    ask = (TABLE, Kind.MEMBER_OF_PUBLIC, PROGRESS, TEL)
    assert judge(*ask).overridable
    assert permits(judge(*ask), Decision.RELEASE, Route.OVERRIDE)
    assert not judge(*ask, everything).overridable
    by_letter = judge(TABLE, Kind.MEMBER_OF_PUBLIC, PERSONAL, Channel.LETTER)
    assert by_letter.allowed is Allowed.CHECK
    assert not by_letter.overridable


def test_a_reply_in_writing_wants_a_confirmed_held_address():
    shown = Standing(recognition=Recognition.LOW)
    with_address = replace(shown, held_address=True)
    ask = (TABLE, Kind.MEMBER_OF_PUBLIC, PROGRESS, TEL)
    assert permits(judge(*ask, shown), Decision.RELEASE, Route.TOLD)
    assert not permits(judge(*ask, shown), Decision.RELEASE, Route.WRITTEN)
    assert permits(judge(*ask, with_address), Decision.RELEASE, Route.WRITTEN)


def test_an_answer_to_the_contact_held_wants_one_that_is_usable():
    ask = (TABLE, Kind.MEMBER_OF_PUBLIC, PROGRESS, TEL, Standing())
    assert not judge(*ask).held
    assert judge(*ask, Circumstances(held_usable=True)).held
    assert not permits(judge(*ask), Decision.ANSWER_TO_HELD, Route.HELD)
    third = judge(
        TABLE,
        Kind.MEMBER_OF_PUBLIC,
        InfoClass.THIRD_PARTY,
        TEL,
        Standing(),
        Circumstances(held_usable=True),
    )
    assert not third.held


def test_what_is_missing_is_named_for_each_way():
    verdict = judge(TABLE, Kind.ELECTED_REPRESENTATIVE, PROGRESS, TEL)
    assert [need.words() for need in verdict.missing] == ["R:low", "A:org"]
    assert [need.as_dict() for need in verdict.needed] == [
        {"recognition": "low"},
        {"authority": "org"},
    ]


def test_the_neutral_sentence_knows_nothing():
    assert neutral_sentence() == neutral_sentence()
    assert neutral_sentence.__code__.co_argcount == 0


def test_some_markers_raise_and_others_do_not():
    assert raised_by([MarkerKind.NO_VOICEMAIL, MarkerKind.MEDIA_INTEREST]).because == ()
    raised = raised_by([MarkerKind.CHILD, MarkerKind.RESTRICTED, MarkerKind.DOMESTIC_ABUSE])
    assert raised
    assert raised.because == (MarkerKind.DOMESTIC_ABUSE, MarkerKind.CHILD)


def test_kinds_and_classes_have_their_keys():
    assert "".join(kind.key for kind in Kind) == "mrsefgcbjvyauwo"
    assert [item.digit for item in InfoClass] == [1, 2, 3, 4, 5, 6]
    assert Kind.from_key("J") is Kind.MEDIA
    assert Kind.from_key("z") is None
    assert InfoClass.from_digit(4) is InfoClass.THIRD_PARTY
    assert highest(PUBLIC, PERSONAL, PROGRESS) is PERSONAL
    assert highest() is InfoClass.OPERATIONAL
