"""After a lawful deletion none of the words is in any page of the file, used or free."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from enquiry_tui.desk import drafts, letters, quicklog, session
from enquiry_tui.desk.desk import Desk
from enquiry_tui.domain.audit import Action
from enquiry_tui.records import search
from enquiry_tui.vault.chain import Entry
from tests.faults.breakages import REMAINS, broken
from tests.faults.decrypting import pages
from tests.faults.inspecting import database_key
from tests.faults.offices import SUPERVISOR, WORDS, Founded, mail, outside, sign_in

ROUNDS = {"short": 3, "long": 60}


def word(rng: random.Random) -> str:
    return "".join(rng.choices("bcdfghjklmnpqrstvwxz", k=14))


def write(desk: Desk, rng: random.Random, words: list[str]) -> None:
    """Put each word into a call, a letter with an enclosure, a draft, the index, and a detail."""
    for each in words:
        for _ in range(rng.randint(0, 3)):
            quicklog.log_line(desk, quicklog.LineRequest(f"Ann Mercer ~ kept {rng.random()}"))
        quicklog.log_line(desk, quicklog.LineRequest(f"Janet Holt ~ {each} " + "and more " * 200))
        letters.import_letter(desk, mail(each), "letter.eml")
        drafts.save_draft(desk, f"place {each}", {"text": f"{each} " * rng.randint(1, 900)})
        with desk.store.transaction() as tx:
            detail = {"words": f"{each} was told"}
            tx.event(Entry(Action.CONTACT_LOG, detail=detail), desk.unlocked.keys)


def erase(desk: Desk, words: list[str]) -> None:
    """Delete everything that has one of the words in it, under an event of erasure."""
    for item in drafts.drafts(desk):
        drafts.discard_draft(desk, item.uid)
    for each in words:
        held = f"%{each}%"
        with desk.store.transaction() as tx:
            for row in tx.query("SELECT uid FROM contact WHERE line || note LIKE ?", (held,)):
                search.unindex(tx, "note", row["uid"])
            for row in tx.query("SELECT uid FROM enquiry WHERE subject LIKE ?", (held,)):
                search.unindex(tx, "subject", row["uid"])
            for row in tx.query("SELECT id, uid FROM letter WHERE words LIKE ?", (held,)):
                search.unindex(tx, "letter", row["uid"])
                files = tx.query("SELECT id FROM attachment WHERE letter_id = ?", (row["id"],))
                for file in files:
                    tx.execute("DELETE FROM attachment_chunk WHERE attachment_id = ?", (file[0],))
                    tx.execute("DELETE FROM attachment WHERE id = ?", (file[0],))
                tx.execute("DELETE FROM letter WHERE id = ?", (row["id"],))
            for table, column in _left(tx, each):
                tx.execute(
                    f"UPDATE {table} SET {column} = replace({column}, ?, '') WHERE {column} LIKE ?",
                    (each, held),
                )
            search.scrub(tx)
            details = tx.query("SELECT seq FROM event_detail WHERE body LIKE ?", (held,))
            entry = Entry(Action.ENQUIRY_ERASED, outcome="done", detail={"of": "test"})
            tx.erase_details([row["seq"] for row in details], entry, desk.unlocked.keys)


def _left(tx: object, each: str) -> list[tuple[str, str]]:
    """Give the columns that still hold the word."""
    found = []
    tables = tx.query("SELECT name FROM sqlite_master WHERE type = 'table'")  # type: ignore[attr-defined]
    for (table,) in (tuple(row) for row in tables):
        if table.startswith(("search_text", "event", "sqlite")):
            continue
        for column in tx.query(f"PRAGMA table_info({table})"):  # type: ignore[attr-defined]
            name = column["name"]
            if column["type"] != "TEXT":
                continue
            sql = f"SELECT 1 FROM {table} WHERE {name} LIKE ? LIMIT 1"
            if tx.query(sql, (f"%{each}%",)):  # type: ignore[attr-defined]
                found.append((table, name))
    return found


def remains(office: Founded, words: list[str]) -> list[str]:
    """Read every page with the independent reader, and give what is found of the words.

    The index may cut off what a word shares with the one before it: its end is looked for as well.
    """
    key = database_key(office.vault, SUPERVISOR, WORDS[SUPERVISOR])
    data = (office.vault / "vault.db").read_bytes()
    found = []
    for number, page in enumerate(pages(data, bytes.fromhex(key[2:-1].decode())), 1):
        found += [f"page {number}" for each in words if each[4:].encode() in page.lower()]
    return found


def one_round(office: Founded, rng: random.Random) -> tuple[list[str], list[str], list[str]]:
    words = [word(rng) for _ in range(rng.randint(2, 5))]
    with outside(office.state):
        desk = sign_in(office.vault, SUPERVISOR, WORDS[SUPERVISOR])
        write(desk, rng, words)
        before = remains(office, words)
        erase(desk, words)
        verified = desk.unlocked.verify()
        session.sign_out(desk)
    wrong = [each.words for each in verified.findings if "row" not in str(each.verdict)]
    return before, remains(office, words), wrong


@pytest.mark.timeout(3600)
def test_erased_words_are_in_no_page(
    founded, quick: Path, rng: random.Random, long: bool, record_property
) -> None:
    begun, total = time.monotonic(), 0
    for number in range(ROUNDS["long" if long else "short"]):
        office = founded.copy(quick / f"{number}")
        before, after, wrong = one_round(office, rng)
        total += len(before)
        assert len(before) > 6  # the reader finds them while they are there
        assert not after
        assert not wrong
    record_property(
        "told", f"erasure: {total} places before, 0 after, {time.monotonic() - begun:.0f} s"
    )


@pytest.mark.parametrize("name", REMAINS)
def test_what_erasure_would_leave_is_found(
    name: str, founded, quick: Path, rng: random.Random, record_property
) -> None:
    rounds, after = 0, list[str]()
    with broken(name, REMAINS):
        while not after and rounds < 8:  # the index may have been put together anew by chance
            rounds += 1
            _, after, _ = one_round(founded.copy(quick / f"{rounds}"), rng)
    record_property("told", f"{name}: {len(after)} places in round {rounds}")
    assert after
