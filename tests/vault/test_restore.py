from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from enquiry_tui.errors import NotPermitted, Refused
from enquiry_tui.vault import drill as drilling
from enquiry_tui.vault import restore as restoring
from enquiry_tui.vault import vault
from enquiry_tui.vault.bundle import BundleRefused
from enquiry_tui.vault.drill import Opener
from enquiry_tui.vault.errors import NewerSchema
from enquiry_tui.vault.migrations import Migration, shipped
from enquiry_tui.vault.vault import Unlocked, change_passphrase, exists
from tests.vault.bundles import drill, make, restore
from tests.vault.vaults import (
    OFFICER,
    OFFICER_PASSPHRASE,
    Office,
    actions,
    last_detail,
)


@pytest.fixture
def bundle(office: Office, tmp_path: Path) -> Path:
    with office.founder() as founder:
        return make(founder, tmp_path / "backups").file


def moved(office: Office, folder: Path) -> Office:
    return replace(office, folder=folder)


def meta(unlocked: Unlocked, key: str) -> str:
    row = unlocked.store.one("SELECT value FROM meta WHERE key = ?", (key,))
    assert row is not None
    return str(row["value"])


def test_everybody_signs_in_to_a_restored_vault_as_of_the_backup(
    office: Office, bundle: Path, tmp_path: Path
):
    with office.officer() as officer:
        change_passphrase(officer, OFFICER_PASSPHRASE, "another one chosen after the backup")
    restored = restore(bundle, tmp_path / "again", office)
    assert OFFICER in restored.accounts
    assert {path.name for path in restored.folder.iterdir()} == {
        *("vault.db", "vault.hdr", "vault.hdr.bak", "vault.lock")
    }
    again = moved(office, restored.folder)
    with again.officer() as officer:
        assert officer.verify().verified
        assert officer.ring.header.epoch == 2
    with again.founder() as founder:
        assert founder.verify().verified
        assert founder.ring.master.database_key() != office.key()


def test_the_restored_record_goes_on_with_the_event_and_the_marker(
    office: Office, bundle: Path, tmp_path: Path
):
    restored = restore(bundle, tmp_path / "again", office)
    manifest = restored.drilled.manifest
    with moved(office, restored.folder).founder() as founder:
        assert actions(founder)[manifest.seq : manifest.seq + 2] == [
            "vault.restored",
            "session.sign-in",
        ]
        detail = last_detail(founder, "vault.restored")
        marker = json.loads(meta(founder, "restored_from"))
        assert detail["seq"] == marker["seq"] == manifest.seq
        assert detail["head"] == marker["head"] == manifest.head
        assert detail["file"] == marker["file"] == restored.drilled.sha256
        assert marker["by"] == founder.account.uid


def test_the_recovery_key_restores_and_its_event_verifies(
    office: Office, bundle: Path, tmp_path: Path
):
    restored = restore(bundle, tmp_path / "again", office, Opener(office.recovery_key))
    with moved(office, restored.folder).officer() as officer:
        assert officer.verify().verified


def test_an_officer_restores_nothing(office: Office, bundle: Path, tmp_path: Path):
    with pytest.raises(NotPermitted):
        restore(bundle, tmp_path / "again", office, Opener(OFFICER_PASSPHRASE, OFFICER))
    assert not (tmp_path / "again").exists()


def test_nothing_is_ever_restored_over_something(office: Office, bundle: Path, tmp_path: Path):
    before = (office.folder / "vault.db").read_bytes()
    full = tmp_path / "full"
    full.mkdir()
    (full / "letter.txt").write_text("mine")
    for into in (office.folder, full, full / "letter.txt"):
        with pytest.raises(Refused):
            restore(bundle, into, office)
    assert (office.folder / "vault.db").read_bytes() == before
    assert [path.name for path in full.iterdir()] == ["letter.txt"]


def test_a_restore_that_failed_leaves_no_vault_and_the_next_one_works(
    office: Office, bundle: Path, tmp_path: Path, monkeypatch
):
    into = tmp_path / "again"
    with monkeypatch.context() as patch:
        patch.setattr(restoring, "write_header", lambda *_: 1 // 0)
        with pytest.raises(ZeroDivisionError):
            restore(bundle, into, office)
    assert not exists(into)
    (into / "vault.db.new").write_bytes(b"left by a restore that was killed")
    (into / "vault.hdr").write_bytes(b"left by a restore that was killed")
    (into / ".vault.hdr.bak.0123456789abcdef.tmp").write_bytes(b"cut off before its name")
    restore(bundle, into, office)
    assert not list(into.glob(".*.tmp"))
    with moved(office, into).officer() as officer:
        assert officer.verify().verified


def test_a_damaged_backup_makes_no_folder(office: Office, bundle: Path, tmp_path: Path):
    body = bytearray(bundle.read_bytes())
    body[len(body) // 2] ^= 1
    bundle.write_bytes(body)
    with pytest.raises(BundleRefused):
        restore(bundle, tmp_path / "again", office)
    assert not (tmp_path / "again").exists()


def test_backup_of_a_restored_vault_restores_again(office: Office, bundle: Path, tmp_path: Path):
    first = moved(office, restore(bundle, tmp_path / "first", office).folder)
    office.clock.advance(seconds=60)
    with first.founder() as founder:
        second = make(founder, tmp_path / "backups").file
    again = restore(second, tmp_path / "second", office)
    with moved(office, again.folder).officer() as officer:
        assert officer.ring.header.epoch == 3
        assert actions(officer).count("vault.restored") == 2
        assert officer.verify().verified


def test_a_newcomer_opens_no_backup(office: Office, bundle: Path, tmp_path: Path):
    with pytest.raises(NotPermitted):
        restore(bundle, tmp_path / "again", office, Opener(office.temporary, "PB-0200"))


def test_a_backup_of_an_older_schema_is_drilled_and_restored_at_the_present_one(
    office: Office, bundle: Path, tmp_path: Path, monkeypatch
):
    step = Migration(len(shipped()) + 1, "notes", "CREATE TABLE note (body TEXT) STRICT;\n")
    for module in (drilling, restoring, vault):
        monkeypatch.setattr(module, "shipped", lambda: (*shipped(), step))
    found = drill(bundle, tmp_path)
    assert found.verification.verified
    assert found.looked.schema == len(shipped())
    restored = restore(bundle, tmp_path / "again", office)
    with moved(office, restored.folder).officer() as officer:
        assert "vault.migrated" not in actions(officer)
        assert officer.store.query("SELECT count(*) FROM note")[0][0] == 0
        assert officer.verify().verified
    monkeypatch.setattr(drilling, "shipped", lambda: shipped()[:-1])
    with pytest.raises(NewerSchema):
        drill(bundle, tmp_path)
