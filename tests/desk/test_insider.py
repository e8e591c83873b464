"""What somebody with a passphrase and tools of their own does to the record, and what names it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from enquiry_tui.desk import contacts, telling
from enquiry_tui.domain.vocabulary import Decision, InfoClass
from enquiry_tui.vault.chain import Entry, Place, signed_event
from enquiry_tui.vault.verdicts import Verdict
from tests.desk.attacks import Site
from tests.desk.matters import new_matter
from tests.desk.offices import OFFICER, SUPERVISOR


class Own:
    """The key of somebody who took it out of the memory of a session of their own."""

    def __init__(self, uid: str, key: Any) -> None:
        self.uid, self._key = uid, key

    def sign(self, message: bytes) -> bytes:
        return bytes(self._key.sign(message))


def append(tools: Any, entry: Entry, keys: Any, utc: str) -> None:
    vault, last, leaf = tools.execute(
        "SELECT vault, seq, leaf FROM event ORDER BY seq DESC LIMIT 1"
    ).fetchone()
    place = Place(vault, last + 1, utc, 1, "session", leaf)
    signed = signed_event(entry, place, keys)
    tools.execute(signed.insert, signed.row)
    if signed.detail is not None:
        tools.execute(
            "INSERT INTO event_detail (vault, seq, salt, body) VALUES (?, ?, ?, ?)",
            (vault, last + 1, *signed.detail),
        )


def test_an_acceptance_that_an_officer_wrote_himself_explains_nothing(
    site: Site, tmp_path: Path
) -> None:
    older = site.kept(tmp_path / "older")
    new_matter(site.sign_in(SUPERVISOR), "What is to be gone")
    site.sign_out()
    site.put_back(older)
    entry = Entry("record.accepted", outcome="rolled-back", detail={"agreed": 0})
    with site.tools() as tools:
        own = Own(site.office.uids[OFFICER], site.own)
        append(tools, entry, own, "2026-11-24T16:00:00.000000Z")
    site.office.clock.advance(seconds=7200)
    desk = site.sign_in()
    assert desk.unlocked.proof.held is not None
    assert Verdict.ROLLED_BACK in desk.unlocked.verify().verdicts


def test_the_words_of_a_ledger_line_cannot_be_changed_unseen(site: Site) -> None:
    desk = site.sign_in()
    contact = contacts.begin_contact(desk).uid
    item = telling.Item("the leaflet", "It is on our website.", InfoClass.PUBLIC)
    telling.decide(desk, telling.Telling(contact, Decision.RELEASE, (item,)))
    seq = desk.store.head()[0]
    site.sign_out()
    assert site.verified().verified
    with site.tools() as tools:
        tools.execute("UPDATE ledger_words SET words = 'She lives at number 12.'")
    found = site.verified()
    assert found.verdicts == (Verdict.ROW_ALTERED,)
    assert found.failures[0].startswith(f"event {seq}: a row of ledger (")


def test_two_matters_cannot_change_places_under_what_belongs_to_them(site: Site) -> None:
    with site.tools() as tools:
        tools.execute("PRAGMA foreign_keys=OFF")
        for old, new in ((1, -1), (2, 1), (-1, 2)):
            tools.execute("UPDATE enquiry SET id = ? WHERE id = ?", (new, old))
    assert site.verified().verdicts == (Verdict.ROW_ALTERED,)


@pytest.mark.parametrize("key", [-5, 0, (1 << 63) - 1])
def test_a_row_is_looked_at_whatever_key_it_was_given(site: Site, key: int) -> None:
    with site.tools() as tools:
        tools.execute("PRAGMA foreign_keys=OFF")
        tools.execute("UPDATE enquiry SET id = ?, subject = 'Nothing' WHERE id = 1", (key,))
    assert site.verified().verdicts == (Verdict.ROW_ALTERED,)


def test_details_that_are_no_details_any_more_are_named_and_stop_nobody(site: Site) -> None:
    with site.tools() as tools:
        tools.execute("UPDATE event_detail SET body = '[1' WHERE seq % 2")
        tools.execute("UPDATE event_detail SET body = '[1]' WHERE NOT seq % 2")
    assert Verdict.DETAIL in site.verified().verdicts
    assert Verdict.DETAIL in site.verified(SUPERVISOR).verdicts
