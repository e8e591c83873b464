from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from enquiry_tui.desk import accounts, backups, notices, session
from enquiry_tui.desk.backups import Holding, ahead_words, drill_words, holding_words, run
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.going_back import BY_COMMAND, restored_words
from enquiry_tui.desk.shelf import on_shelf
from enquiry_tui.errors import NotPermitted
from enquiry_tui.vault.access import Access, access_differs
from enquiry_tui.vault.aside import Progress
from enquiry_tui.vault.drill import Opener
from enquiry_tui.vault.held import Held, RecordHeld
from enquiry_tui.vault.restore import restore_steps
from enquiry_tui.vault.verdicts import Verdict
from tests.desk.matters import new_call, new_matter
from tests.desk.offices import OFFICER, SUPERVISOR, TestOffice, last_event, passphrase_of

ADMINISTRATOR = Opener(passphrase_of(SUPERVISOR), SUPERVISOR)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "backups"
    folder.mkdir(mode=0o700)
    return folder


def a_contact(desk: Desk) -> None:
    new_call(desk, new_matter(desk, "Parking at the school gates"), phone="07700 900111")


def test_a_backup_leaves_its_event_and_ends_the_reminder(supervisor: Desk, place: Path):
    assert backups.standing(supervisor).words == ("No backup yet.",)
    told: list[Progress] = []
    made = run(backups.make(supervisor, place), told.append)
    event = last_event(supervisor)
    assert event["action"] == "backup.made"
    assert event["detail"] == {
        "of": "backup",
        "sha256": made.sha256,
        "seq": made.seq,
        "size": made.size,
    }
    assert event["seq"] == made.seq + 1
    assert {step.what for step in told} >= {"copying", "writing"}
    found = backups.standing(supervisor)
    assert found.words == ()
    assert found.last_backup == supervisor.now()


def test_an_officer_makes_drills_and_prunes_nothing(desk: Desk, place: Path):
    for verb in (
        lambda: backups.make(desk, place),
        lambda: backups.drill(desk, place / "x.enqb", ADMINISTRATOR),
        lambda: backups.prune(desk, place),
    ):
        with pytest.raises(NotPermitted):
            run(verb())
    assert backups.standing(desk).words == ("No backup yet.",)


def test_a_drill_says_what_it_would_restore_and_leaves_its_event(supervisor: Desk, place: Path):
    a_contact(supervisor)
    made = run(backups.make(supervisor, place))
    found = run(backups.drill(supervisor, made.file, ADMINISTRATOR))
    assert found.verification.failures == ()
    assert drill_words(found) == (
        "would restore 1 contact up to Tue 24 Nov 2026 14:00, record verified"
    )
    event = last_event(supervisor)
    assert (event["action"], event["outcome"]) == ("backup.drilled", "verified")
    assert backups.standing(supervisor).last_drill == supervisor.now()
    a_contact(supervisor)
    ahead = backups.ahead_of(supervisor, found)
    assert ahead.same_record
    assert ahead.contacts == 1
    assert "and 1 contact more" in ahead_words(ahead)


def test_a_backup_says_which_accounts_it_would_bring_back(
    office: TestOffice, supervisor: Desk, place: Path
):
    made = run(backups.make(supervisor, place))
    found = run(backups.drill(supervisor, made.file, ADMINISTRATOR))
    ahead = backups.ahead_of(supervisor, found)
    same = "Accounts, passphrases and recovery sheets in it are those of the present vault."
    assert (ahead.access, restored_words(found, ahead)) == ((), (same,))
    own, passphrase = accounts.account_of(supervisor, OFFICER), passphrase_of(SUPERVISOR)
    accounts.certify_officer(supervisor, own.uid, passphrase, role="auditor")
    accounts.reset_officer(supervisor, own.uid, passphrase)
    ahead = backups.ahead_of(supervisor, found)
    assert ahead.access == (
        f"{OFFICER} is officer there and auditor here and has other keys there",
    )
    words = restored_words(found, ahead)
    assert words == (
        "Accounts, passphrases and recovery sheets are again as they were on Tue 24 Nov 2026.",
        f"{ahead.access[0]}.",
        BY_COMMAND,
    )
    assert restored_words(found, None) == (words[0], words[2])


def test_who_was_removed_or_came_since_is_named_and_so_is_a_dead_recovery_sheet():
    marsh = Access("1", "marsh", "officer", False, None, b"k", b"c")
    okafor, sheet = replace(marsh, uid="2", handle="okafor"), replace(marsh, uid="3")
    sheet = replace(sheet, role="recovery")
    there, here = (marsh, sheet), (okafor, replace(sheet, uid="4", commit=b"d"))
    assert access_differs(there, here) == (
        "marsh has an account there and none here",
        "okafor has no account there",
        "another recovery sheet opens it than the present vault",
    )
    older = replace(marsh, commit=b"d")
    assert access_differs((older,), (marsh,)) == ("marsh has another passphrase there",)


def test_reminders_come_after_7_and_30_days(office: TestOffice, supervisor: Desk, place: Path):
    run(backups.make(supervisor, place))
    office.clock.advance(seconds=timedelta(days=8).total_seconds())
    assert "No backup for 8 days" in backups.standing(supervisor).words[0]
    office.clock.advance(seconds=timedelta(days=23).total_seconds())
    made = run(backups.make(supervisor, place))
    assert "No backup was ever tried out" in backups.standing(supervisor).words[0]
    run(backups.drill(supervisor, made.file, ADMINISTRATOR))
    assert backups.standing(supervisor).words == ()


def test_pruning_removes_only_what_this_vault_signed(
    office: TestOffice, supervisor: Desk, place: Path
):
    for _ in range(9):
        run(backups.make(supervisor, place))
        office.clock.advance(seconds=timedelta(hours=1).total_seconds())
    files = sorted(place.iterdir())
    damaged, foreign = files[0], place / "backup-of-another.enqb"
    damaged.write_bytes(damaged.read_bytes()[:-1])
    foreign.write_bytes(b"not one of ours")
    listed = run(backups.shelf(supervisor, place))
    assert sum(item.own for item in listed) == 8
    gone = run(backups.prune(supervisor, place))
    assert len(gone) == 7
    assert {path.name for path in place.iterdir()} == {
        damaged.name,
        foreign.name,
        files[-1].name,
    }
    assert last_event(supervisor)["action"] == "backup.pruned"
    held = backups.still_holding(supervisor, supervisor.store.head()[0])
    assert {item.file for item in held} == {damaged.name, files[-1].name}


def test_what_was_erased_later_is_still_in_the_backups_before(supervisor: Desk, place: Path):
    made = run(backups.make(supervisor, place))
    assert [item.seq for item in backups.still_holding(supervisor, made.seq + 2)] == [made.seq]
    assert backups.still_holding(supervisor, made.seq) == ()


def test_a_removed_administrator_is_told_of_by_the_backups_that_still_open_for_them(
    supervisor: Desk, place: Path
):
    made = run(backups.make(supervisor, place))
    own = accounts.account_of(supervisor, SUPERVISOR)
    words = accounts.backups_opening_for(supervisor, own)
    assert f"still open with {SUPERVISOR}'s passphrase" in words
    assert made.file.name in words
    plain = accounts.account_of(supervisor, OFFICER)
    assert accounts.backups_opening_for(supervisor, plain) == ""


def test_the_shelf_is_read_without_a_passphrase(supervisor: Desk, place: Path):
    made = run(backups.make(supervisor, place))
    (place / "broken.enqb").write_bytes(made.file.read_bytes()[:500])
    (place / "letter.txt").write_text("not a backup")
    first, second = run(on_shelf(place))
    assert (first.signed, first.own, first.seq) == (True, False, made.seq)
    assert (first.vault_id, first.sha256) == (supervisor.store.vault_id, made.sha256)
    assert (second.signed, second.file.name) == (False, "broken.enqb")
    assert second.fault


def test_a_restored_office_goes_on(office: TestOffice, supervisor: Desk, place: Path, tmp_path):
    a_contact(supervisor)
    made = run(backups.make(supervisor, place))
    office.sign_out()
    into = tmp_path / "again"
    restored = run(restore_steps(made.file, ADMINISTRATOR, into, office.clock))
    desk = session.sign_in(into, OFFICER, passphrase_of(OFFICER), office.clock)
    assert desk.unlocked.verify().verified
    a_contact(desk)
    assert desk.unlocked.verify().verified
    session.sign_out(desk)
    present = office.sign_in(SUPERVISOR)
    backups.note_restored(present, restored)
    assert last_event(present)["action"] == "backup.restored"


def test_a_backup_of_another_vault_is_drilled_without_an_event(
    office: TestOffice, supervisor: Desk, place: Path, tmp_path: Path
):
    from tests.vault.bundles import make as make_other
    from tests.vault.vaults import FOUNDER, FOUNDER_PASSPHRASE
    from tests.vault.vaults import found as found_other

    other = found_other(tmp_path / "other")
    with other.founder() as founder:
        made = make_other(founder, place)
    before = supervisor.store.head()
    found = run(backups.drill(supervisor, made.file, Opener(FOUNDER_PASSPHRASE, FOUNDER)))
    assert found.verification.verified
    assert supervisor.store.head() == before
    assert not backups.ahead_of(supervisor, found).same_record
    [listed] = run(backups.shelf(supervisor, place))
    assert listed.signed and not listed.own


def test_what_is_due_is_told_at_sign_in(supervisor: Desk, place: Path):
    assert "No backup yet." in notices.at_sign_in(supervisor)
    run(backups.make(supervisor, place))
    assert "No backup yet." not in notices.at_sign_in(supervisor)


def test_a_vault_that_is_held_makes_no_backup_and_drills_the_one_there_is(
    supervisor: Desk, place: Path
):
    made = run(backups.make(supervisor, place))
    supervisor.store.refusal = RecordHeld
    supervisor.unlocked.proof.held = Held(Verdict.ROLLED_BACK, "older", 1, "", 1, 1)
    before = supervisor.store.head()
    with pytest.raises(RecordHeld):
        run(backups.make(supervisor, place))
    assert [path.name for path in place.iterdir()] == [made.file.name]
    assert run(backups.drill(supervisor, made.file, ADMINISTRATOR)).verification.verified
    assert supervisor.store.head() == before
    supervisor.store.refusal = supervisor.unlocked.proof.held = None


def test_the_backups_that_still_hold_something_are_named():
    moment = datetime(2026, 11, 22, tzinfo=UTC)
    held = tuple(Holding(f"backup-{n}.enqb", "/media/stick", moment, n) for n in range(1, 8))
    assert holding_words(()) == ""
    words = holding_words(held)
    assert "backup-7.enqb and 2 older" in words
    assert "backup-2.enqb" not in words
