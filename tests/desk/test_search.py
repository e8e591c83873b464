from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquiry_tui.desk import people, steps
from enquiry_tui.desk.complaints import ComplaintIntake, log_complaint
from enquiry_tui.desk.contacts import end_contact
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.messages import TakeMessage, take_message
from enquiry_tui.desk.search import PROTECTED, RESTRICTED, Found, note_search, search
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.masking import MASK
from enquiry_tui.domain.text import fold
from enquiry_tui.domain.vocabulary import MarkerKind
from enquiry_tui.records import contacts
from enquiry_tui.records import search as records
from tests.desk.matters import new_call, new_matter, new_person, set_marker
from tests.desk.offices import AUDITOR, OFFICER, SECOND, TestOffice, count_events, last_event

_FOUND_ALREADY = r"SCAN (search_text VIRTUAL|CONSTANT ROW|\(subquery-\d+\)|[vwm]$)"


def found(desk: Desk, words: str) -> list[str]:
    return [item.about for item in search(desk, words)]


def note(desk: Desk, matter: str, call: str, words: str) -> None:
    row = steps.contact(desk, call)
    with desk.act(Action.CONTACT_SAVE) as act:
        contacts.change(act.tx, row["id"], note=words)
        records.index(act.tx, "note", call, words, enquiry_id=row["enquiry_id"])
        act.event("contact", call)


@pytest.mark.parametrize("words", ["lukasz", "ŁUKASZ", "łuk", "o'brien", "OBrien", "obrien par"])
def test_words_are_found_as_they_are_said(desk: Desk, words: str) -> None:
    new_matter(desk, "Łukasz O’Brien parking")
    new_matter(desk, "Noise in Harlow")
    assert found(desk, words) == ["Łukasz O’Brien parking"]


def test_only_the_last_word_may_be_a_beginning(desk: Desk) -> None:
    new_matter(desk, "Parking at school")
    assert found(desk, "parking sch") == ["Parking at school"]
    assert found(desk, "park school") == []


@pytest.mark.parametrize("words", ['"', "*", "NOT parking", "a OR b", "body:x", "NEAR(", "-", ""])
def test_operators_of_the_index_are_only_words(desk: Desk, words: str) -> None:
    new_matter(desk, "Parking at school")
    assert found(desk, words) == []


@given(st.text(max_size=60))
def test_any_words_make_an_expression_without_operators(words: str) -> None:
    for expression in records.match_words(fold(words).split()):
        inner = expression.removesuffix("*").removeprefix('"').removesuffix('"')
        assert inner.isascii()
        assert inner.isalnum()


def test_one_letter_is_a_word_of_its_own_and_no_beginning(desk: Desk) -> None:
    new_matter(desk, "Vitamin c at school")
    new_matter(desk, "Parking at school")
    assert records.match_words(["c"]) == ['"c"']
    assert records.match_words(["school", "c"]) == ['"school"']
    assert records.match_words(["school", "ca"]) == ['"school"', '"ca"*']
    assert found(desk, "c") == ["Vitamin c at school"]
    assert sorted(found(desk, "school p")) == ["Parking at school", "Vitamin c at school"]
    assert found(desk, "school pa") == ["Parking at school"]


def test_a_name_leads_to_the_matters_of_its_person(desk: Desk) -> None:
    matter = new_matter(desk, "Custody, property")
    new_call(desk, matter, person=new_person(desk, "Łucja Kowalska"))
    assert found(desk, "kowalska") == ["Custody, property"]
    assert search(desk, "lucja")[0].who == "Łucja Kowalska"


@pytest.mark.parametrize("words", ["26-1", "CCO-2026-000001", "#1", "1", "cco/2026/1"])
def test_a_reference_is_found_in_any_form(desk: Desk, words: str) -> None:
    new_matter(desk, "Parking")
    assert found(desk, words) == ["Parking"]


def test_their_reference_is_found(desk: Desk) -> None:
    matter = steps.enquiry(desk, new_matter(desk, "Speeding, A414"))
    with desk.act(Action.ENQUIRY_AMEND) as act:
        act.tx.execute("UPDATE enquiry SET their_reference = 'RL/1234'")
        records.index(act.tx, "their-reference", matter["uid"], "RL/1234", enquiry_id=matter["id"])
        act.event("enquiry", matter["uid"])
    assert found(desk, "rl/1234") == ["Speeding, A414"]
    assert found(desk, "1234") == ["Speeding, A414"]


def test_words_may_stand_in_several_texts_of_a_matter(desk: Desk) -> None:
    person = new_person(desk, "Siân O'Brien")
    matter = new_matter(desk, "Parking at school gates")
    new_call(desk, matter, person=person)
    new_call(desk, new_matter(desk, "Noise in Harlow"), person=person)
    new_matter(desk, "Parking elsewhere")
    assert found(desk, "sian obrien park") == ["Parking at school gates"]
    assert found(desk, "obrien parking zebra") == []


def test_an_organisation_leads_to_the_matters_of_its_people(desk: Desk) -> None:
    matter = new_matter(desk, "Speeding, A414")
    with desk.act(Action.PERSON_RECORD) as act:
        firm = steps.add_person(act, desk, "Lane MP office", kind="organisation")
        tom = steps.add_person(act, desk, "Tom Walker", at_organisation=firm["id"])
        act.event("person", tom["uid"])
    new_call(desk, matter, person=tom["uid"])
    assert found(desk, "lane") == ["Speeding, A414"]
    assert found(desk, "lane speeding") == ["Speeding, A414"]


def test_one_row_for_each_matter_the_newest_text_first(desk: Desk) -> None:
    first = new_matter(desk, "Vans on the zigzags")
    new_matter(desk, "Vans again")
    take_message(desk, TakeMessage(first, "Estates", "about the vans"))
    results = search(desk, "vans")
    assert [item.about for item in results] == ["Vans on the zigzags", "Vans again"]
    assert results[0].source == "message"


def test_the_snippet_is_cut_from_the_original_text(desk: Desk) -> None:
    matter = new_matter(desk)
    call = new_call(desk, matter)
    note(desk, matter, call, "x " * 90 + "says Łukasz was nearly hit by a van on Thursday")
    row = steps.contact(desk, call)
    with desk.act(Action.CONTACT_END) as act:
        steps.end_contact(act, row, "ended")
        act.event("contact", call)
    snippet = search(desk, "lukasz")[0].snippet
    assert "Łukasz was nearly" in snippet
    assert len(snippet) <= 76


def test_while_a_call_is_live_notes_are_masked_until_the_gate_is_open(desk: Desk) -> None:
    matter = new_matter(desk)
    call = new_call(desk, matter)
    note(desk, matter, call, "nearly hit by a van")
    assert search(desk, "van")[0].snippet == MASK


def test_a_protected_person_is_not_named(desk: Desk) -> None:
    person = new_person(desk, "Janet Holt")
    set_marker(desk, person, "protected-address")
    new_call(desk, new_matter(desk), person=person)
    result = search(desk, "holt")[0]
    assert (result.who, result.snippet) == (PROTECTED, MASK)


def test_no_text_of_a_protected_persons_matter_is_quoted(desk: Desk) -> None:
    person = new_person(desk, "Janet Holt")
    set_marker(desk, person, "protected-address")
    matter = new_matter(desk)
    call = new_call(desk, matter, person=person)
    note(desk, matter, call, "Janet Holt now at 4 Mill Lane, rang about a van")
    end_contact(desk, call)
    result = search(desk, "van")[0]
    assert (result.who, result.snippet) == (PROTECTED, MASK)


def test_a_protected_matter_names_nobody_although_nobody_is_linked(desk: Desk) -> None:
    matter = new_matter(desk)
    call = new_call(desk, matter)
    note(desk, matter, call, "Janet Holt now at 4 Mill Lane, rang about a van")
    end_contact(desk, call)
    kind = MarkerKind.PROTECTED_ADDRESS
    people.set_marker(
        desk, people.NewMarker(kind, "not even that", "said so", desk.today(), enquiry_uid=matter)
    )
    result = search(desk, "van")[0]
    assert (result.who, result.snippet) == (PROTECTED, MASK)


def test_restricted_matters_are_not_there_and_nameless_for_their_readers(
    office: TestOffice,
) -> None:
    desk = office.sign_in(OFFICER)
    matter = new_matter(desk, "Town hall meeting")
    new_call(desk, matter, person=new_person(desk, "Janet Holt"))
    log_complaint(desk, ComplaintIntake(matter, "He lied", about="chief-constable"))
    for words in ("meeting", "lied", "holt", "26-1"):
        result = search(desk, words)[0]
        assert (result.who, result.about, result.snippet) == (RESTRICTED, RESTRICTED, MASK)
    other = office.sign_in(SECOND)
    for words in ("meeting", "lied", "holt", "26-1"):
        assert search(other, words) == ()


def test_a_text_that_changed_is_found_by_its_new_words_only(desk: Desk) -> None:
    matter = steps.enquiry(desk, new_matter(desk, "Parking"))
    with desk.act(Action.ENQUIRY_AMEND) as act:
        records.index(act.tx, "subject", matter["uid"], "Noise", enquiry_id=matter["id"])
        act.event("enquiry", matter["uid"])
    assert (found(desk, "parking"), found(desk, "noise")) == ([], ["Parking"])
    with desk.act(Action.ENQUIRY_AMEND) as act:
        records.index(act.tx, "subject", matter["uid"], " – ", enquiry_id=matter["id"])
        act.event("enquiry", matter["uid"])
    assert found(desk, "noise") == []


def test_limit_and_offset_walk_through_all_that_was_found(desk: Desk) -> None:
    for number in range(7):
        new_matter(desk, f"Vans {number}")
    assert len(search(desk, "vans", limit=3)) == 3
    pages = [records.find(desk.store, "vans", 3, offset) for offset in (0, 3, 6)]
    assert [len(page) for page in pages] == [3, 3, 1]
    assert len({row["uid"] for page in pages for row in page}) == 7


def test_searching_leaves_its_event_when_typing_rests(desk: Desk) -> None:
    new_matter(desk, "Parking")
    before = count_events(desk)
    results = search(desk, "parking")
    assert count_events(desk) == before
    note_search(desk, "parking", len(results), [item.enquiry_uid for item in results])
    event = last_event(desk)
    assert event["action"] == "enquiry.search"
    assert event["detail"]["words"] == "parking"
    row = desk.store.one("SELECT * FROM event ORDER BY seq DESC LIMIT 1")
    assert row is not None
    assert "parking" not in str(tuple(row))


def test_an_auditor_searches_and_sees_masks(office: TestOffice) -> None:
    new_matter(office.sign_in(OFFICER), "Parking")
    results = search(office.sign_in(AUDITOR), "parking")
    assert isinstance(results[0], Found)
    assert results[0].snippet == MASK


def test_words_that_no_database_takes_are_searched_without_what_is_broken(desk: Desk) -> None:
    new_matter(desk, "Parking at school")
    words = "parking \udcff\x1b]22;\x00"
    assert found(desk, words) == []
    assert found(desk, "\ud800") == []
    note_search(desk, words, 0, [])
    assert last_event(desk)["action"] == "enquiry.search"


@pytest.mark.parametrize(
    "typed", ["111", "0111", "900 111", "07700 900111", "07700", "0770", "(07700) 900", "+44 7700"]
)
def test_a_part_of_a_number_leads_to_the_matters_of_whose_it_is(desk: Desk, typed: str) -> None:
    matter = new_matter(desk, "Custody, property")
    new_call(desk, matter, person=new_person(desk, phone="07700 900111"))
    other = new_matter(desk, "Noise in Harlow")
    new_call(desk, other, who="Ed Fox", person=new_person(desk, "Ed Fox", phone="01632 960222"))
    assert found(desk, typed) == ["Custody, property"]


def test_the_end_of_a_number_that_somebody_rang_from_is_found(desk: Desk) -> None:
    new_call(desk, new_matter(desk, "Noise in Harlow"), who="", phone="01632 960 345")
    assert found(desk, "345") == found(desk, "0345") == ["Noise in Harlow"]
    assert found(desk, "346") == found(desk, "45") == []


def test_a_part_of_a_number_is_looked_up_and_never_gone_through(desk: Desk) -> None:
    plan = desk.store.query(f"EXPLAIN QUERY PLAN {records._BY_NUMBER}", ("0111", "11", "", 500, 50))
    steps_taken = [str(row["detail"]) for row in plan]
    assert not [step for step in steps_taken if step in {"SCAN p", "SCAN k", "SCAN contact_point"}]
    for index in ("contact_point_tail", "contact_point_match", "contact_phone_tail"):
        assert any(index in step for step in steps_taken)


@pytest.mark.parametrize("typed", ["p", "parking", "parking gates", "CC/77", "ellery", "0111"])
def test_nothing_that_is_typed_goes_through_what_there_is(
    desk: Desk, typed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    new_call(desk, new_matter(desk, "Parking at school"), person=new_person(desk, "Bo Ellery"))
    asked: list[tuple[str, Any]] = []
    for name in ("query", "one"):
        plain = getattr(desk.store, name)

        def listening(sql: str, values: Any = (), plain: Any = plain) -> Any:
            asked.append((sql, values))
            return plain(sql, values)

        monkeypatch.setattr(desk.store, name, listening)
    search(desk, typed)
    monkeypatch.undo()
    steps_taken = [
        str(row["detail"])
        for sql, values in asked
        for row in desk.store.query(f"EXPLAIN QUERY PLAN {sql}", values)
    ]
    assert asked
    whole = {step for step in steps_taken if step.startswith("SCAN")}
    # The index for words, who looks, and what a part of the same statement has just found.
    assert not [step for step in whole if not re.match(_FOUND_ALREADY, step)]
