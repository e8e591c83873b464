# ruff: noqa: PT012  # what is undone at the end of a block is the point of these tests
from __future__ import annotations

import json
import os
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from subprocess import run

import pytest

from enquiry_tui.errors import NotPermitted, Refused, UsageError, VaultUnavailable
from enquiry_tui.vault.errors import PassphraseRefused, VaultTampered, WrongPassphrase
from enquiry_tui.vault.header import read_header, write_header
from enquiry_tui.vault.tries import UNKNOWN, read_tries
from enquiry_tui.vault.vault import (
    Founder,
    add_account,
    change_passphrase,
    create,
    exists,
    handles,
    second_key,
    unlock,
)
from tests.vault.vaults import (
    FLOOR,
    FOUNDER,
    FOUNDER_PASSPHRASE,
    NEWCOMER,
    OFFICER,
    OFFICER_PASSPHRASE,
    Office,
)


def actions(unlocked) -> list[str]:
    return [row["action"] for row in unlocked.store.query("SELECT action FROM event ORDER BY seq")]


def last_detail(unlocked, action: str):
    row = unlocked.store.one(
        "SELECT d.body FROM event e JOIN event_detail d USING (vault, seq) WHERE e.action = ? "
        "ORDER BY e.seq DESC",
        (action,),
    )
    return json.loads(row["body"]) if row else None


def test_the_founder_is_supervisor_and_administrator(office: Office):
    with office.founder() as unlocked:
        account = unlocked.account
        assert (account.handle, account.name, account.role) == (
            FOUNDER,
            "Ann Okafor",
            "supervisor",
        )
        assert account.administrator
        assert not account.must_change
        assert unlocked.vault_id == office.vault_id
        assert actions(unlocked)[:2] == ["vault.created", "session.sign-in"]


def test_settings_become_rows_of_meta(officer):
    row = officer.store.one("SELECT value FROM meta WHERE key = 'office'")
    assert row["value"] == "Chief Constable's Office"


def test_the_handle_is_found_whatever_its_case(office: Office):
    with unlock(office.folder, " pb-0142 ", OFFICER_PASSPHRASE, clock=office.clock) as unlocked:
        assert unlocked.account.handle == OFFICER


def test_a_passphrase_may_be_typed_composed_or_decomposed(office: Office):
    new = "caf\u00e9 au lait \u00e0 neuf heures"
    with office.officer() as unlocked:
        change_passphrase(unlocked, OFFICER_PASSPHRASE, new)
    typed = "cafe\u0301 au lait a\u0300 neuf heures"
    unlock(office.folder, OFFICER, typed, clock=office.clock).close()


def test_a_wrong_passphrase_and_an_unknown_handle_read_alike(office: Office):
    with pytest.raises(WrongPassphrase) as wrong:
        unlock(office.folder, OFFICER, "not the passphrase", clock=office.clock)
    with pytest.raises(WrongPassphrase) as unknown:
        unlock(office.folder, "PB-9999", "not the passphrase", clock=office.clock)
    assert (wrong.value.title, wrong.value.hint) == (unknown.value.title, unknown.value.hint)


def test_an_unknown_handle_costs_the_same_argon2_work(office: Office, monkeypatch):
    from enquiry_tui.vault import kdf, proof

    asked = []

    def counted(secret, parameters):
        asked.append(replace(parameters, salt=b""))
        return kdf.derive(secret, parameters)

    monkeypatch.setattr(proof, "derive", counted)
    for handle in (OFFICER, "PB-9999"):
        with pytest.raises(WrongPassphrase):
            unlock(office.folder, handle, "not the passphrase", clock=office.clock)
    assert asked[0] == asked[1]


def test_failed_tries_are_told_and_written_to_the_audit_at_the_next_sign_in(office: Office):
    for handle in (OFFICER, OFFICER, "PB-9999"):
        with pytest.raises(WrongPassphrase):
            unlock(office.folder, handle, "not the passphrase", clock=office.clock)
        office.clock.advance(seconds=60)
    with office.officer() as unlocked:
        assert unlocked.failed is not None
        assert unlocked.failed.count == 2
        detail = last_detail(unlocked, "session.sign-in")
        assert detail["failed"] == {"count": 2, "last": "2026-11-24T09:01:00.000000Z"}
        assert detail["failed_unknown"]["count"] == 1
    assert read_tries(office.folder).counts == {}
    with office.officer() as unlocked:
        assert unlocked.failed is None


def test_failed_tries_of_another_stay_counted(office: Office):
    with pytest.raises(WrongPassphrase):
        unlock(office.folder, FOUNDER, "not the passphrase", clock=office.clock)
    office.officer().close()
    assert [tries.count for tries in read_tries(office.folder).counts.values()] == [1]


@pytest.mark.parametrize("content", [b"", b"{", b'{"format":1,"tries":{"x":3}}', b"[]", b"\xff"])
def test_a_damaged_tries_file_is_reported_and_bars_nobody(office: Office, content: bytes):
    (office.folder / "vault.tries").write_bytes(content)
    with office.officer() as unlocked:
        assert last_detail(unlocked, "session.sign-in") == {"tries_file": "damaged"}
    assert read_tries(office.folder).readable


def test_the_tries_file_holds_nothing_that_was_typed(office: Office):
    with pytest.raises(WrongPassphrase):
        unlock(office.folder, "Typed-Handle", "typed passphrase", clock=office.clock)
    assert b"yped" not in (office.folder / "vault.tries").read_bytes()
    assert set(read_tries(office.folder).counts) == {UNKNOWN}


def test_a_second_session_is_refused_at_once(office: Office):
    with (
        office.officer(),
        pytest.raises(VaultUnavailable, match="already open"),
    ):
        office.founder()
    office.founder().close()


def test_a_second_process_is_refused_at_once(office: Office):
    script = (
        "import sys; from pathlib import Path; from enquiry_tui.errors import VaultUnavailable\n"
        "from enquiry_tui.machine.clock import SystemClock; from enquiry_tui.vault.vault "
        "import unlock\n"
        "try: unlock(Path(sys.argv[1]), 'PB-0142', 'x', clock=SystemClock())\n"
        "except VaultUnavailable as error: print(error.title)"
    )
    with office.officer():
        done = run([sys.executable, "-c", script, office.folder], capture_output=True, check=True)
    assert done.stdout.decode().strip() == "The vault is already open"


def test_a_failed_sign_in_lets_go_of_the_lock(office: Office):
    with pytest.raises(WrongPassphrase):
        unlock(office.folder, OFFICER, "not the passphrase", clock=office.clock)
    office.officer().close()


def test_a_folder_without_a_vault_says_so(tmp_path: Path, office: Office):
    with pytest.raises(VaultUnavailable, match="no vault"):
        unlock(tmp_path / "nothing", OFFICER, "x", clock=office.clock)
    assert not exists(tmp_path)
    assert exists(office.folder)
    assert handles(office.folder) == [FOUNDER, OFFICER, NEWCOMER]


def test_a_folder_that_others_may_write_is_refused(office: Office):
    office.folder.chmod(0o770)
    with pytest.raises(VaultUnavailable, match="Others may write"):
        office.officer()


def test_a_folder_that_others_may_read_is_closed_to_them(office: Office):
    office.folder.chmod(0o755)
    office.officer().close()
    assert office.folder.stat().st_mode & 0o777 == 0o700


def test_every_file_is_for_its_user_alone(office: Office):
    before = os.umask(0o022)
    try:
        with office.officer():
            modes = {path.name: path.stat().st_mode & 0o777 for path in office.folder.iterdir()}
    finally:
        os.umask(before)
    assert set(modes.values()) == {0o600}, modes


def test_a_temporary_passphrase_opens_and_must_be_changed(office: Office):
    with office.newcomer() as unlocked:
        assert unlocked.account.must_change
        change_passphrase(unlocked, office.temporary, "a passphrase of my own")
        assert not unlocked.account.must_change
    with unlock(office.folder, NEWCOMER, "a passphrase of my own", clock=office.clock) as again:
        assert not again.account.must_change
    with pytest.raises(WrongPassphrase):
        office.newcomer()


def test_a_temporary_passphrase_runs_out_after_a_day(office: Office):
    office.clock.advance(seconds=24 * 3600 + 1)
    with pytest.raises(VaultUnavailable, match="run out"):
        office.newcomer()


def test_vetting_that_has_expired_shuts_the_door_on_the_day_after(office: Office):
    with office.founder() as founder:
        added = add_account(
            founder,
            handle="PB-0300",
            name="Di Holt",
            role="officer",
            vetting_expires=date(2026, 11, 24),
        )
    unlock(office.folder, "PB-0300", added.temporary, clock=office.clock).close()
    office.clock.advance(seconds=15 * 3600 + 1)  # past midnight in London
    with pytest.raises(VaultUnavailable, match="vetting"):
        unlock(office.folder, "PB-0300", added.temporary, clock=office.clock)


def test_only_an_administrator_adds_accounts(officer):
    with pytest.raises(NotPermitted):
        add_account(officer, handle="PB-0300", name="Di Holt", role="officer")


@pytest.mark.parametrize(
    ("handle", "name", "role", "error"),
    [
        ("pb-0142", "Di Holt", "officer", Refused),
        ("RECOVERY", "Di Holt", "officer", UsageError),
        ("has space", "Di Holt", "officer", UsageError),
        ("", "Di Holt", "officer", UsageError),
        ("PB-1", " ", "officer", UsageError),
        ("PB-1", "Di\x1b[31m", "officer", UsageError),
        ("PB-1", "Di Holt", "administrator", UsageError),
        ("PB-1", "Di Holt", "recovery", UsageError),
    ],
)
def test_an_account_needs_a_sound_handle_name_and_role(office: Office, handle, name, role, error):
    with office.founder() as founder:
        before = founder.store.head()
        with pytest.raises(error):
            add_account(founder, handle=handle, name=name, role=role)
        assert founder.store.head() == before


def test_an_administrator_other_than_the_founder_can_vouch(office: Office):
    with office.founder() as founder:
        second = add_account(
            founder, handle="PB-0300", name="Di Holt", role="supervisor", administrator=True
        )
    with unlock(office.folder, "PB-0300", second.temporary, clock=office.clock) as unlocked:
        with pytest.raises(NotPermitted):
            add_account(unlocked, handle="PB-0400", name="Ed Rowe", role="officer")
        change_passphrase(unlocked, second.temporary, "a passphrase of my own")
        third = add_account(unlocked, handle="PB-0400", name="Ed Rowe", role="officer")
    with unlock(office.folder, "PB-0400", third.temporary, clock=office.clock) as unlocked:
        assert unlocked.account.name == "Ed Rowe"
        assert len(unlocked.accounts()) == 5
        assert unlocked.verify().verified


def test_changing_the_passphrase_wants_the_old_one(officer):
    with pytest.raises(WrongPassphrase):
        change_passphrase(officer, "not the passphrase", "a passphrase of my own")
    with pytest.raises(Refused):
        change_passphrase(officer, OFFICER_PASSPHRASE, OFFICER_PASSPHRASE)
    with pytest.raises(PassphraseRefused):
        change_passphrase(officer, OFFICER_PASSPHRASE, "short")


def test_an_account_and_a_passphrase_leave_events(office: Office):
    with office.founder() as founder:
        add_account(founder, handle="PB-0300", name="Di Holt", role="officer")
        change_passphrase(founder, FOUNDER_PASSPHRASE, "a passphrase of my own")
        assert actions(founder)[-2:] == ["account.added", "account.passphrase"]
        assert last_detail(founder, "account.added")["name"] == "Di Holt"
        assert founder.verify().verified


@pytest.mark.parametrize("where", ["before", "after"])
def test_a_kill_around_the_header_leaves_one_passphrase_that_opens(
    office: Office, monkeypatch, where: str
):
    from enquiry_tui.vault import session

    class KilledError(BaseException):
        pass

    def killed(*args):
        if where == "after":
            real(*args)
        raise KilledError

    new = "a passphrase of my own"
    unlocked = office.officer()
    real = write_header
    with monkeypatch.context() as patch, pytest.raises(KilledError):
        patch.setattr(session, "write_header", killed)
        change_passphrase(unlocked, OFFICER_PASSPHRASE, new)
    unlocked.store.close()
    unlocked._lock.release()
    opens, refused = (new, OFFICER_PASSPHRASE) if where == "after" else (OFFICER_PASSPHRASE, new)
    with pytest.raises(WrongPassphrase):
        unlock(office.folder, OFFICER, refused, clock=office.clock)
    with unlock(office.folder, OFFICER, opens, clock=office.clock) as again:
        owed = last_detail(again, "account.changed")
        seq = read_header(office.folder).seq
        assert owed == ({"header": [seq - 1, seq]} if where == "after" else None)
        assert again.verify().verified


def test_a_second_officer_lends_a_signature_for_one_event(officer):
    from enquiry_tui.vault.chain import Entry

    with second_key(officer, FOUNDER, FOUNDER_PASSPHRASE) as second:
        assert second.account.role == "supervisor"
        with officer.store.transaction() as tx:
            tx.event(Entry("ledger.override"), officer.keys, second.keys)
    assert second.keys.wiped
    found = officer.verify()
    assert found.verified
    assert found.signatures == found.events + 1


def test_nobody_countersigns_for_himself_or_with_a_temporary_passphrase(office: Office, officer):
    with pytest.raises(Refused):
        second_key(officer, OFFICER, OFFICER_PASSPHRASE)
    with pytest.raises(Refused):
        second_key(officer, NEWCOMER, office.temporary)
    with pytest.raises(WrongPassphrase):
        second_key(officer, FOUNDER, "not the passphrase")
    assert len(read_tries(office.folder).counts) == 1


def test_a_vault_is_not_founded_over_another(office: Office):
    with pytest.raises(Refused):
        _found(office.folder, office)
    office.founder().close()


def test_founding_that_was_cut_off_can_begin_again(tmp_path: Path, office: Office, monkeypatch):
    from enquiry_tui.vault import founding

    folder = tmp_path / "new"

    def killed(path):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(founding, "flush_folder", killed)
        patch.setattr(Path, "rename", lambda *_: None)
        patch.setattr(founding, "_sweep_unfinished", lambda _: None)
        _found(folder, office)
    assert {"vault.hdr", "vault.db.new"} <= {path.name for path in folder.iterdir()}
    assert not exists(folder)
    _found(folder, office)
    assert exists(folder)
    unlock(folder, FOUNDER, FOUNDER_PASSPHRASE, clock=office.clock).close()


def test_a_lost_database_is_not_taken_for_an_empty_folder(office: Office):
    (office.folder / "vault.db").unlink()
    assert exists(office.folder)
    with pytest.raises(Refused):
        _found(office.folder, office)
    with pytest.raises(VaultUnavailable, match="missing or empty"):
        office.officer()


def test_an_older_header_is_refused(office: Office):
    before = {name: (office.folder / name).read_bytes() for name in ("vault.hdr", "vault.hdr.bak")}
    with office.officer() as unlocked:
        change_passphrase(unlocked, OFFICER_PASSPHRASE, "a passphrase of my own")
    for name, data in before.items():
        (office.folder / name).write_bytes(data)
    with pytest.raises(VaultTampered, match="older"):
        office.officer()


def test_an_older_database_is_refused(office: Office):
    before = (office.folder / "vault.db").read_bytes()
    with office.founder() as unlocked:
        add_account(unlocked, handle="PB-0300", name="Di Holt", role="officer")
        add_account(unlocked, handle="PB-0301", name="Ed Rowe", role="officer")
    (office.folder / "vault.db").write_bytes(before)
    with pytest.raises(VaultTampered, match="database is older"):
        office.officer()


def _found(folder: Path, office: Office):
    return create(
        folder,
        founder=Founder(FOUNDER, "Ann Okafor"),
        passphrase=FOUNDER_PASSPHRASE,
        settings={},
        clock=office.clock,
        memory_kib=FLOOR,
    )
