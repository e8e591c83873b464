from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from enquiry_tui.desk import accounts, audit, notices
from enquiry_tui.desk.going_back import before_accepting
from enquiry_tui.desk.session import NewOfficer, add_officer, change_passphrase, sign_in, sign_out
from enquiry_tui.errors import NotPermitted, Refused
from enquiry_tui.vault.held import RecordHeld
from enquiry_tui.vault.verdicts import Verdict
from tests.desk.attacks import Site
from tests.desk.matters import new_matter
from tests.desk.offices import AUDITOR, OFFICER, SUPERVISOR, passphrase_of

# Anchors that are gone or damaged


def test_anchors_that_are_gone_are_said_at_the_sign_in_and_kept_in_its_event(site: Site) -> None:
    site.sign_in()
    site.sign_out()
    shutil.rmtree(site.anchors)
    desk = site.sign_in()
    assert desk.unlocked.proof.held is None
    assert "are gone" in notices.at_sign_in(desk)[0]
    row = desk.store.query(
        "SELECT d.body FROM event e JOIN event_detail d USING (vault, seq)"
        " WHERE action = 'session.sign-in' ORDER BY e.seq DESC LIMIT 1"
    )[0]
    assert '"standing":"gone"' in row["body"]


def test_damaged_anchors_are_said_and_hold_nothing_up(site: Site) -> None:
    [file] = site.anchors.iterdir()
    file.write_text(file.read_text("utf-8").replace("sign-out", "sign-off"), "utf-8")
    desk = site.sign_in()
    assert desk.unlocked.proof.held is None
    assert any("altered, or others" in words for words in notices.at_sign_in(desk))


# Read-only, and the acceptance


@pytest.fixture
def rolled_back(site: Site, tmp_path: Path) -> Site:
    older = site.kept(tmp_path / "older")
    new_matter(site.sign_in(), "One more")
    site.sign_out()
    site.put_back(older)
    return site


def test_a_held_vault_takes_no_act_no_draft_and_no_sign_in(rolled_back: Site) -> None:
    data = (rolled_back.office.folder / "vault.db").read_bytes()
    desk = rolled_back.sign_in(SUPERVISOR)
    assert "READ ONLY" in notices.banner(desk)
    assert "Nothing is written until it is accepted" in notices.at_sign_in(desk)[0]
    with pytest.raises(RecordHeld):
        new_matter(desk, "Not taken")
    with pytest.raises(RecordHeld), desk.scratch():
        pass
    assert audit.events(desk)
    assert not audit.verify_record(desk).verified
    rolled_back.sign_out()
    assert (rolled_back.office.folder / "vault.db").read_bytes() == data


def test_only_an_administrator_accepts_and_gives_a_reason(rolled_back: Site) -> None:
    desk = rolled_back.sign_in(OFFICER)
    with pytest.raises(NotPermitted):
        audit.accept_record(desk, "It is fine", passphrase_of(OFFICER))
    desk = rolled_back.sign_in(SUPERVISOR)
    with pytest.raises(Refused):
        audit.accept_record(desk, "  ", passphrase_of(SUPERVISOR))
    assert desk.unlocked.proof.held is not None


def test_an_accepted_record_goes_on_and_says_what_is_missing(
    rolled_back: Site, tmp_path: Path
) -> None:
    desk = rolled_back.sign_in(SUPERVISOR)
    held = desk.unlocked.proof.held
    assert held is not None
    words = audit.accept_record(
        desk, "The disk was put back from an image", passphrase_of(SUPERVISOR)
    )
    assert words == (
        "Accounts, passphrases and recovery sheets are again as they were on Tue 24 Nov 2026."
    )
    row = desk.store.query(
        "SELECT e.seq, d.body FROM event e JOIN event_detail d USING (vault, seq)"
        " WHERE action = 'record.accepted'"
    )[0]
    assert row["seq"] == held.ends + 1
    assert f'"seen":{held.seq}' in row["body"]
    assert f'"agreed":{held.agreed}' in row["body"]
    new_matter(desk, "Goes on")
    assert notices.banner(desk) == ""
    rolled_back.sign_out()
    assert rolled_back.verified().verified
    assert rolled_back.sign_in().unlocked.proof.held is None


def test_before_it_is_accepted_it_says_whom_the_older_copy_lets_in_and_what_is_unknown(
    rolled_back: Site,
) -> None:
    words = before_accepting(rolled_back.sign_in(SUPERVISOR))
    assert "as of Tue 24 Nov 2026, for PB-0001, PB-0002, PB-0142, PB-0150" in words
    assert "The anchors name no change." in words
    assert "cannot be known here" in words


def test_it_names_what_the_anchors_tell_of_accounts_since(site: Site, tmp_path: Path) -> None:
    older = site.kept(tmp_path / "older")
    desk = site.sign_in(SUPERVISOR)
    again = passphrase_of(SUPERVISOR)
    lent = {
        "PB-0500": add_officer(desk, NewOfficer("PB-0500", "Di Holt", "officer"), again).temporary,
        OFFICER: accounts.reset_officer(desk, site.office.uids[OFFICER], again).temporary,
    }
    for _ in accounts.remove_officer(desk, site.office.uids[AUDITOR], again):
        pass
    site.sign_out()
    for handle, temporary in lent.items():
        desk = sign_in(
            site.office.folder, handle, temporary, site.office.clock, anchors=site.anchors
        )
        change_passphrase(desk, temporary, passphrase_of(handle), memory_kib=64 * 1024)
        sign_out(desk)
    site.put_back(older)
    words = before_accepting(site.sign_in(SUPERVISOR))
    assert (
        f"By the anchors, since then: {OFFICER} was given new keys; 1 account made since,"
        " or a newer recovery key, signed in; the vault's keys were changed, as when an account"
        " is removed."
    ) in words
    assert AUDITOR in words  # whom this copy lets in again


def test_a_record_that_is_no_older_copy_brings_nothing_back(site: Site) -> None:
    assert before_accepting(site.sign_in(SUPERVISOR)) == ""


def test_the_vault_left_aside_says_that_another_copy_was_worked_in(
    rolled_back: Site, tmp_path: Path
) -> None:
    site, older = rolled_back, rolled_back.kept(tmp_path / "once more")
    new_matter(site.sign_in(anchors=False), "In the genuine one, unseen by the machine")
    site.sign_out()
    genuine = site.kept(tmp_path / "genuine")
    site.put_back(older)
    desk = site.sign_in(SUPERVISOR)
    audit.accept_record(desk, "The disk was put back from an image", passphrase_of(SUPERVISOR))
    site.sign_out()
    site.put_back(genuine)
    desk = site.sign_in(SUPERVISOR)
    held = desk.unlocked.proof.held
    assert held is not None
    assert "or another copy of this vault was worked in" in held.words
    assert "or another copy of this vault was worked in" in str(desk.unlocked.verify().failures)


def test_a_second_roll_back_over_the_acceptance_is_held_again(
    rolled_back: Site, tmp_path: Path
) -> None:
    before = rolled_back.kept(tmp_path / "before")
    desk = rolled_back.sign_in(SUPERVISOR)
    audit.accept_record(desk, "The disk was put back from an image", passphrase_of(SUPERVISOR))
    rolled_back.sign_out()
    rolled_back.put_back(before)
    assert rolled_back.sign_in().unlocked.proof.held is not None


def test_an_acceptance_covers_what_was_told_while_the_clock_was_ahead(
    site: Site, tmp_path: Path
) -> None:
    older, now = site.kept(tmp_path / "older"), site.office.clock.now()
    site.office.clock.advance(seconds=timedelta(days=31).total_seconds())
    new_matter(site.sign_in(), "Logged under a clock that was ahead")
    site.sign_out()
    site.put_back(older)
    site.office.clock.set(now + timedelta(hours=1))
    desk = site.sign_in(SUPERVISOR)
    assert desk.unlocked.proof.held is not None
    audit.accept_record(desk, "The disk was put back from an image", passphrase_of(SUPERVISOR))
    accepted = site.kept(tmp_path / "accepted")
    new_matter(desk, "Goes on")
    site.sign_out()
    assert site.verified().verified
    assert site.sign_in().unlocked.proof.held is None
    site.sign_out()
    # It explains nothing that is told after it, though the clock was once ahead of that.
    with site.tools() as tools:
        tools.execute("PRAGMA foreign_keys=OFF")
        last = tools.execute("SELECT max(seq) FROM event").fetchone()[0]
        site.cut(tools, last - 1, traces=True)
    assert Verdict.TAIL_CUT in site.verified().verdicts
    site.put_back(accepted)
    assert site.sign_in().unlocked.proof.held is not None


def test_there_is_nothing_to_accept_in_a_record_that_agrees(site: Site) -> None:
    desk = site.sign_in(SUPERVISOR)
    with pytest.raises(Refused):
        audit.accept_record(desk, "Just so", passphrase_of(SUPERVISOR))
