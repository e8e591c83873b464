from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enquiry_tui.domain.checks import StepKind, StepName, misses_left, recognition, shown
from enquiry_tui.domain.plan import plan, reachable, ways
from enquiry_tui.domain.standing import Need, Standing
from enquiry_tui.domain.vocabulary import Authority, Channel, Proof, Recognition
from enquiry_tui.policy.packs import load_shipped

CATALOGUE = load_shipped().catalogue
LOW, MEDIUM = Need(recognition=Recognition.LOW), Need(recognition=Recognition.MEDIUM)
ALL = tuple(StepName)
MATTER = [name for name in StepName if name.kind is StepKind.MATTER]
PERSON = [name for name in StepName if name.kind is StepKind.PERSON]


def names(steps):
    return [step.name for step in steps]


@pytest.mark.parametrize(
    ("passed", "reached"),
    [
        ([], "none"),
        (["reference"], "none"),
        (["code-word"], "none"),
        (["reference", "code-word"], "low"),
        (["letter-date", "postcode"], "low"),
        (["topic", "spoken-to"], "low"),
        (["topic", "number"], "low"),
        (["postcode", "birth-date", "number"], "none"),
        (["reference", "postcode", "birth-date"], "none"),
        (["ring-held"], "none"),
        (["ring-held", "postcode"], "none"),
        (["ring-held", "topic"], "medium"),
        (["password"], "none"),
        (["password", "reference"], "medium"),
        (["known-in-person"], "medium"),
        (["ring-organisation", "client-authority"], "none"),
        (["photo-identity"], "none"),
    ],
)
def test_recognition_is_what_the_rule_says(passed, reached):
    assert recognition(StepName(name) for name in passed) == reached


def test_person_items_alone_never_recognise_anybody():
    for size in range(len(PERSON) + 1):
        for some in combinations(PERSON, size):
            assert recognition([*some, StepName.REFERENCE]) is Recognition.NONE


@given(st.frozensets(st.sampled_from(StepName)), st.frozensets(st.sampled_from(StepName)))
def test_another_passed_step_never_lowers_what_was_shown(some, more):
    before, after = shown(some), shown(some | more)
    assert after.recognition.reaches(before.recognition)
    assert after.proof.reaches(before.proof)
    assert after.authorities >= before.authorities


def test_what_was_shown_is_recognition_proof_and_authority():
    passed = [StepName.PHOTO_IDENTITY, StepName.RING_ORG, StepName.TOPIC, StepName.POSTCODE]
    assert shown(passed, purpose=True) == Standing(
        Recognition.LOW, Proof.LOW, frozenset({Authority.ORG}), purpose=True
    )


def test_the_quickest_step_comes_first_and_the_code_word_is_it():
    without_password = set(ALL) - {StepName.PASSWORD}
    steps = plan((LOW,), Channel.TELEPHONE, (), without_password, CATALOGUE)
    assert names(steps)[:2] == [StepName.CODE_WORD, StepName.REFERENCE]


def test_after_the_reference_the_code_word_is_next():
    steps = plan((LOW,), Channel.TELEPHONE, [StepName.REFERENCE], ALL, CATALOGUE)
    assert names(steps)[0] is StepName.CODE_WORD
    assert StepName.REFERENCE not in names(steps)


def test_a_step_that_cannot_reach_the_level_is_not_shown():
    only_person = [StepName.POSTCODE, StepName.BIRTH_DATE]
    assert plan((LOW,), Channel.TELEPHONE, (), only_person, CATALOGUE) == ()
    left = [StepName.POSTCODE, StepName.TOPIC, StepName.RING_HELD]
    steps = plan((MEDIUM,), Channel.TELEPHONE, (), left, CATALOGUE)
    assert names(steps) == [StepName.TOPIC, StepName.RING_HELD]


def test_nothing_works_on_a_machine():
    assert plan((LOW, MEDIUM), Channel.VOICEMAIL, (), ALL, CATALOGUE) == ()


def test_a_need_of_an_organisation_offers_its_switchboard_only():
    need = Need(authorities=frozenset({Authority.ORG}))
    steps = plan((need,), Channel.TELEPHONE, (), ALL, CATALOGUE)
    assert names(steps) == [StepName.RING_ORG]


def test_a_need_that_is_met_asks_for_no_step():
    done = [StepName.TOPIC, StepName.POSTCODE]
    assert plan((LOW,), Channel.TELEPHONE, done, ALL, CATALOGUE) == ()


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from([LOW, MEDIUM]),
    st.sampled_from(Channel),
    st.frozensets(st.sampled_from(StepName)),
    st.frozensets(st.sampled_from(StepName)),
)
def test_each_way_reaches_the_need_and_nothing_in_it_can_be_left_out(need, channel, done, there):
    for way in ways((need,), channel, done, there, CATALOGUE):
        taken = {step.name for step in way.steps}
        assert taken <= there - done
        assert all(channel in step.channels for step in way.steps)
        assert shown(done | taken).meets(need)
        for name in taken:
            assert not shown((done | taken) - {name}).meets(need)


def test_no_step_proves_anybody_by_telephone():
    assert not reachable(Need(proof=Proof.LOW), Channel.TELEPHONE, CATALOGUE)
    assert reachable(Need(proof=Proof.LOW), Channel.IN_PERSON, CATALOGUE)
    assert not reachable(Need(proof=Proof.MEDIUM), Channel.IN_PERSON, CATALOGUE)
    assert reachable(Need(held_address=True, purpose=True), Channel.VOICEMAIL, CATALOGUE)


def test_three_misses_close_the_box():
    assert [misses_left(count) for count in range(5)] == [3, 2, 1, 0, 0]
    assert misses_left(1, CATALOGUE.misses_allowed) == 2


def test_what_is_compared_is_compared_blind_and_what_is_done_is_not():
    for step in CATALOGUE.steps.values():
        compared = step.name.kind in {
            StepKind.MATTER,
            StepKind.PERSON,
            StepKind.REFERENCE,
            StepKind.PASSWORD,
        }
        assert step.blind is compared
        assert step.say
        assert step.never
