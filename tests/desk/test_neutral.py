"""The neutral sentence is a function of nothing: the same with and without a record."""

from __future__ import annotations

import inspect

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enquiry_tui.desk import contacts, gate_views, people, telling
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.people import NewMarker
from enquiry_tui.domain.gate import Verdict, neutral_sentence
from enquiry_tui.domain.permits import permits
from enquiry_tui.domain.vocabulary import Channel, Decision, InfoClass, Kind, MarkerKind
from tests.desk.calls import Known, known_caller
from tests.desk.offices import TestOffice

WRITTEN_OR_SPOKEN = st.sampled_from([Channel.TELEPHONE, Channel.LETTER])
NOTHING_GIVEN = (Decision.REFUSE, Decision.NEITHER, Decision.MESSAGE, Decision.ROUTE)


def contact(desk: Desk, channel: Channel, kind: Kind, known: Known | None) -> str:
    """A contact of somebody with a record here, or of somebody nobody has heard of."""
    begun = contacts.begin_contact(
        desk,
        channel,
        person_uid=known.person if known else "",
        enquiry_uid=known.enquiry if known else "",
    ).uid
    contacts.set_kind(desk, begun, kind)
    return begun


def words(desk: Desk, uid: str, info_class: InfoClass | None) -> tuple[Verdict, list[str]]:
    seen = gate_views.say(desk, uid, info_class)
    said = [text for title, text in seen.sayings if title == "Neutral sentence"]
    return seen.look.verdict, said


def test_it_takes_nothing_into_account() -> None:
    assert inspect.signature(neutral_sentence).parameters == {}


def test_it_is_the_same_for_every_kind_class_channel_and_record(
    desk: Desk, office: TestOffice
) -> None:
    known = known_caller(desk, office)
    marked = known_caller(desk, office, "Ryan Pell 07700 900222 ~ custody")
    marker = NewMarker(
        MarkerKind.PROTECTED_ADDRESS, "address protected", "said so", desk.today(), marked.person
    )
    people.set_marker(desk, marker)

    @settings(
        max_examples=20, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    @given(
        kind=st.sampled_from(Kind),
        info_class=st.sampled_from([None, *InfoClass]),
        channel=WRITTEN_OR_SPOKEN,
        decision=st.sampled_from(NOTHING_GIVEN),
    )
    def same(
        kind: Kind, info_class: InfoClass | None, channel: Channel, decision: Decision
    ) -> None:
        verdicts, answers = [], []
        for who in (None, known, marked):
            uid = contact(desk, channel, kind, who)
            verdict, said = words(desk, uid, info_class)
            assert said == [neutral_sentence()]
            item = telling.Item("what was asked", neutral_sentence(), info_class)
            telling.decide(desk, telling.Telling(uid, decision, (item,), info_class))
            verdicts.append(verdict)
            answers.append(permits(verdict, decision, None))
            contacts.end_contact(desk, uid)
        assert answers == [True, True, True]
        unmarked, recorded = verdicts[0], verdicts[1]
        if not recorded.opens and not recorded.needed:  # nothing that a check could change
            assert unmarked.allowed is recorded.allowed
            assert unmarked.phrases == recorded.phrases and unmarked.doors == recorded.doors
            assert unmarked.instead == recorded.instead and unmarked.why == recorded.why

    same()
    told = desk.store.query("SELECT DISTINCT w.words FROM ledger_words AS w")
    assert [row["words"] for row in told] == [neutral_sentence()]
    assert desk.store.query("SELECT 1 FROM ledger WHERE content = 1") == []


@pytest.mark.parametrize("channel", [Channel.TELEPHONE, Channel.LETTER])
def test_a_refusal_leaves_the_same_events_and_the_same_line_with_and_without_a_record(
    desk: Desk, office: TestOffice, channel: Channel
) -> None:
    known = known_caller(desk, office)
    left = []
    for who in (None, known):
        before = desk.store.query("SELECT max(seq) AS seq FROM event")[0]["seq"]
        uid = contact(desk, channel, Kind.MEMBER_OF_PUBLIC, who)
        telling.decide(desk, telling.Telling(uid, Decision.REFUSE))
        actions = desk.store.query(
            "SELECT action, outcome, purpose FROM event WHERE seq > ? ORDER BY seq",
            (before,),
        )
        line = desk.store.query(
            "SELECT decision, item, info_class, content, route, rule, pack_hash, basis FROM ledger"
            " ORDER BY id DESC LIMIT 1"
        )
        left.append([tuple(row) for row in (*actions, *line)])
        contacts.end_contact(desk, uid)
    assert left[0] == left[1]
