from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from enquiry_tui.desk import people as verbs
from enquiry_tui.desk import quicklog, search, steps
from enquiry_tui.desk.desk import Desk
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.masking import MASK
from enquiry_tui.domain.names import sound_key
from enquiry_tui.domain.text import fold
from enquiry_tui.errors import Refused
from enquiry_tui.records import people
from enquiry_tui.vault.engine import Engine
from enquiry_tui.vault.migrations import shipped

PHONE = "07700 900111"
LINE = quicklog.LineRequest(f"Janet Holt {PHONE} ~ parking")


def known(desk: Desk, *names: str, phone: str = "") -> None:
    with desk.act(Action.PERSON_RECORD) as act:
        for name in names:
            row = steps.add_person(act, desk, name)
            if phone:
                steps.add_point(act, desk, row["id"], "phone", phone, "given by the enquirer")
        act.event("person", "")


def possible(desk: Desk, who: str, phone: str = "") -> list[str]:
    return [str(row["name"]) for _, row in steps.possible_people(desk, who, phone)]


@contextmanager
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    statements: list[str] = []
    run = Engine.run

    def listening(engine: Engine, sql: str, values: Any = ()) -> Any:
        statements.append(sql)
        return run(engine, sql, values)

    with monkeypatch.context() as patched:
        patched.setattr(Engine, "run", listening)
        yield statements


def test_a_line_costs_as_many_statements_among_a_thousand_of_the_name_as_among_ten(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = []
    for more in (10, 990):
        known(desk, *(f"Jan {letter}. Holt" for letter in "abcdefghij" * (more // 10)), phone=PHONE)
        quicklog.log_line(desk, LINE)  # the first of a session asks for the calendar too
        with asked(monkeypatch) as statements:
            assert quicklog.log_line(desk, LINE).possible == 8
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_who_it_might_be_is_one_question(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    known(desk, *(f"{first} Holt" for first in ("Janet", "Jan", "Jane", "Ivan")), phone=PHONE)
    with asked(monkeypatch) as statements:
        assert possible(desk, "Janet Holt", PHONE)[0] == "Janet Holt"
    (question,) = statements
    values = question.count("?")
    plan = desk.store.query(f"EXPLAIN QUERY PLAN {question}", (1,) * values)
    steps_of = [str(row["detail"]) for row in plan]
    assert not any(re.match(r"SCAN (?:p|person|person_word|contact_point)\b", s) for s in steps_of)


@pytest.mark.parametrize(
    ("heard", "name"),
    [
        ("Holt", "Janet Holt"),
        ("Mrs Holt", "Janet Holt"),
        ("Jannet Hoult", "Janet Holt"),
        ("Hol", "Janet Holt"),
        ("Brien", "Siân O'Brien"),
        ("O'Brien", "Siân O'Brien"),
        ("obrian", "Siân O'Brien"),
        ("Kowalsky", "Łucja Kowalska"),
        ("Neve Byrne", "Niamh Byrne"),
        ("Lane", "Reid-Lane, Col"),
    ],
)
def test_a_person_is_found_by_what_was_heard(desk: Desk, heard: str, name: str) -> None:
    known(desk, name, "Ravi Chand", "Ottoline Frew")
    assert possible(desk, heard) == [name]


def test_the_likeliest_comes_first_however_many_share_the_surname(desk: Desk) -> None:
    known(desk, "Wanda Smith", *(f"{first} Smith" for first in ("Al", "Bo", "Cy", "Di") * 150))
    assert possible(desk, "Wanda Smyth")[0] == "Wanda Smith"


def test_a_number_finds_its_people_unless_it_was_withdrawn(desk: Desk) -> None:
    known(desk, "Ottoline Frew", phone=PHONE)
    assert possible(desk, "", PHONE) == ["Ottoline Frew"]
    point = desk.store.query("SELECT uid FROM contact_point")[0]["uid"]
    verbs.withdraw_contact_point(desk, point, "sold the telephone")
    assert possible(desk, "", PHONE) == []


def test_a_corrected_name_is_found_from_then_on_and_the_old_one_is_kept(desk: Desk) -> None:
    known(desk, "Marsh")
    uid = desk.store.query("SELECT uid FROM person WHERE name = 'Marsh'")[0]["uid"]
    verbs.correct_name(desk, uid, "Peckham?", "typed wrong")
    assert possible(desk, "Peckham") == ["Peckham"]
    assert possible(desk, "Marsh") == []
    kept = desk.store.query("SELECT field, old_value, why FROM amendment")
    assert [tuple(row) for row in kept] == [("name", "Marsh", "typed wrong")]
    unsure = desk.store.query("SELECT unsure FROM person WHERE uid = ?", (uid,))
    assert unsure[0]["unsure"] == 1, "a question mark keeps the doubt"
    with pytest.raises(Refused, match="as it was"):
        verbs.correct_name(desk, uid, "Peckham ?", "again")
    for name, why in (("Peckham", " "), (" ? ", "blank"), (f"{MASK}", "masked")):
        with pytest.raises(Refused):
            verbs.correct_name(desk, uid, name, why)


def test_a_search_by_sound_wants_every_word_to_sound_so(desk: Desk) -> None:
    quicklog.log_line(desk, quicklog.LineRequest("Niamh Byrne ~ parking"))
    quicklog.log_line(desk, quicklog.LineRequest("Niamh Chand ~ parking"))
    assert [found.who for found in search.search(desk, "neve burn")] == ["Niamh Byrne"]


def test_the_words_of_an_earlier_vault_are_those_that_are_kept_now() -> None:
    names = [
        "Janet Holt",
        "Siân O’Brien",
        "Dave D'Arcy-Lane",
        "X",
        "Mrs Łucja Kowalska",
        "",
        "DI 7",
    ]
    written: list[tuple[Any, ...]] = []

    class Writer:
        def execute(self, sql: str, values: Any = ()) -> Any:
            if "INTO person_word" in sql:
                written.append(tuple(values))
            return type("Cursor", (), {"lastrowid": names.index(self.name) + 1})

        name = ""

    writer: Any = Writer()
    for writer.name in names:
        people.add(writer, writer.name)
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE person (id INTEGER PRIMARY KEY, name, folded, sound)")
    for name in names:
        values = (name, fold(name), sound_key(name))
        connection.execute("INSERT INTO person (name, folded, sound) VALUES (?, ?, ?)", values)
    (migration,) = [step for step in shipped() if step.name == "person_words"]
    for statement in migration.statements():
        connection.execute(statement)
    found = connection.execute("SELECT how, word, person_id FROM person_word").fetchall()
    assert sorted(found) == sorted(written)
