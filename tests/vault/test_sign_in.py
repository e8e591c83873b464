# ruff: noqa: PT012  # what is undone at the end of a block is the point of these tests
from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from subprocess import run

import pytest

from enquiry_tui.errors import Refused, VaultUnavailable
from enquiry_tui.vault import opening
from enquiry_tui.vault.errors import VaultTampered, WrongPassphrase
from enquiry_tui.vault.tries import UNKNOWN, read_tries
from enquiry_tui.vault.vault import (
    Founder,
    add_account,
    change_passphrase,
    create,
    exists,
    handles,
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
    actions,
    last_detail,
    raw,
)


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


def test_where_officers_passphrases_cost_differently_an_unknown_handle_is_like_one_of_them(
    office: Office, monkeypatch
):
    from enquiry_tui.vault import kdf, proof
    from enquiry_tui.vault.header import read_header

    header = read_header(office.folder)
    costs = [FLOOR, 2 * FLOOR, 4 * FLOOR]
    people = [user for user in header.users.values() if user.kind == "person"]
    for user, cost in zip(people, costs, strict=True):
        header = header.with_user(replace(user, kdf=kdf.KdfParameters.fresh(cost)))
    asked: list[int] = []

    def counted(secret, parameters):
        asked.append(parameters.memory_kib)
        return kdf.PassphraseKeys(b"", b"")

    monkeypatch.setattr(proof, "derive", counted)
    gate = proof.Gate(office.folder, header, office.clock)
    for number in range(40):
        for handle in (f"PB-9{number}", f" pb-9{number}"):
            with pytest.raises(WrongPassphrase):
                gate.prove(handle, "not the passphrase")
            office.clock.advance(seconds=60)
    assert asked[::2] == asked[1::2]
    assert set(asked) == set(costs)


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
    (folder / ".vault.hdr.0123456789abcdef.tmp").write_bytes(b"cut off before its name")
    _found(folder, office)
    assert exists(folder)
    assert not list(folder.glob(".*.tmp"))
    unlock(folder, FOUNDER, FOUNDER_PASSPHRASE, clock=office.clock).close()


def test_a_lost_database_is_not_taken_for_an_empty_folder(office: Office):
    (office.folder / "vault.db").unlink()
    assert exists(office.folder)
    with pytest.raises(Refused):
        _found(office.folder, office)
    with pytest.raises(VaultUnavailable, match="missing or empty"):
        office.officer()


def test_a_database_that_another_program_writes_is_said_to_be_in_use(office: Office, monkeypatch):
    with raw(office) as other:
        other.execute("BEGIN IMMEDIATE")  # another program has it
        monkeypatch.setattr(opening, "_BUSY_SECONDS", 0)
        with pytest.raises(VaultUnavailable, match="in use"):
            office.officer()
    office.officer().close()


def test_a_folder_that_cannot_be_written_is_said_plainly(office: Office, monkeypatch):
    from enquiry_tui.vault import proof

    def denied(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(proof, "write_tries", denied)
    with pytest.raises(VaultUnavailable, match="folder cannot be used"):
        unlock(office.folder, OFFICER, "not the passphrase", clock=office.clock)
    office.officer().close()


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
