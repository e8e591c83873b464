from __future__ import annotations

import errno
import shutil
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from enquiry_tui.errors import VaultUnavailable
from enquiry_tui.vault import folder, opening, session
from enquiry_tui.vault.errors import StorageFailed, VaultDamaged
from enquiry_tui.vault.journal import demand_own_journals
from enquiry_tui.vault.opening import create_database, open_database
from enquiry_tui.vault.recovering import issue_recovery_key
from tests.vault.vaults import Office, first, raw

OTHER_KEY = b"x'" + b"0f" * 32 + b"'"


def open_it(office: Office):
    return open_database(office.folder / "vault.db", office.key())


@pytest.fixture
def hot(office: Office) -> Office:
    """A vault as a power cut leaves it: pages of a cut-off change, and the journal to undo them."""
    with raw(office) as connection:
        connection.execute("PRAGMA synchronous=EXTRA")
        connection.execute("PRAGMA cache_size=5")
        connection.execute("BEGIN IMMEDIATE")
        for number in range(300):
            connection.execute("INSERT INTO meta VALUES (?, ?)", (f"half-{number}", "x" * 3000))
        for name in ("vault.db", "vault.db-journal"):
            shutil.copy(office.folder / name, office.folder / f"{name}.cut")
        connection.execute("ROLLBACK")
    for name in ("vault.db", "vault.db-journal"):
        (office.folder / f"{name}.cut").replace(office.folder / name)
    return office


def test_every_setting_is_in_force(office: Office):
    connection = open_it(office)
    found = {
        name: connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "temp_store", "recursive_triggers")
    }
    assert found == {
        "journal_mode": "truncate",
        "synchronous": 3,
        "temp_store": 2,
        "recursive_triggers": 1,
    }
    connection.close()


def test_the_key_buffer_is_wiped_whatever_comes(office: Office, tmp_path: Path):
    key = office.key()
    open_database(office.folder / "vault.db", key).close()
    assert not any(key)
    key = office.key()
    with pytest.raises(VaultDamaged):
        open_database(tmp_path / "nothing.db", key)
    assert not any(key)


@pytest.mark.parametrize("size", [0, 1, 4095])
def test_an_empty_or_short_file_is_not_taken_for_a_new_vault(office: Office, size: int):
    path = office.folder / "vault.db"
    path.write_bytes(path.read_bytes()[:size])
    with pytest.raises(VaultDamaged, match="missing or empty"):
        open_it(office)
    assert path.stat().st_size == size


def test_a_link_in_place_of_the_database_is_refused(office: Office):
    path = office.folder / "vault.db"
    path.rename(office.folder / "real.db")
    path.symlink_to(office.folder / "real.db")
    with pytest.raises(VaultDamaged):
        open_it(office)


def test_a_wrong_key_is_said_without_noise(office: Office, capfd):
    with pytest.raises(VaultDamaged, match="another vault"):
        open_database(office.folder / "vault.db", bytearray(OTHER_KEY))
    assert capfd.readouterr() == ("", "")


def test_a_plain_database_is_refused(office: Office):
    path = office.folder / "vault.db"
    path.unlink()
    import sqlite3

    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE meta (key, value)")
    connection.close()
    with pytest.raises(VaultUnavailable):
        open_it(office)


def test_a_database_of_another_program_is_refused(office: Office):
    with raw(office) as connection:
        connection.execute("PRAGMA application_id=1")
    with pytest.raises(VaultDamaged, match="application_id"):
        open_it(office)


def test_an_old_library_is_refused(office: Office, monkeypatch):
    monkeypatch.setattr(sqlcipher, "sqlite_version_info", (3, 53, 3))
    with pytest.raises(VaultUnavailable, match="too old"):
        open_it(office)
    monkeypatch.setattr(sqlcipher, "sqlite_version_info", (3, 53, 4))
    monkeypatch.setattr(opening, "_CIPHER_FLOOR", (99, 0))
    with pytest.raises(VaultUnavailable, match="too old"):
        open_it(office)


def test_a_database_is_never_made_over_another(office: Office):
    with pytest.raises(FileExistsError):
        create_database(office.folder / "vault.db", office.key())


@pytest.mark.parametrize("suffix", ["-wal", "-shm"])
def test_a_stale_log_is_refused_before_sqlite_can_write_it_over_the_vault(
    office: Office, tmp_path: Path, suffix: str
):
    other = sqlcipher.connect(str(tmp_path / "other.db"), isolation_level=None)
    other.set_key(bytearray(OTHER_KEY))
    other.execute("PRAGMA journal_mode=WAL").fetchall()
    other.execute("CREATE TABLE t (x)")
    shutil.copy(tmp_path / f"other.db{suffix}", office.folder / f"vault.db{suffix}")
    other.close()
    before = (office.folder / "vault.db").read_bytes()
    with pytest.raises(VaultDamaged, match="does not belong"):
        open_it(office)
    assert (office.folder / "vault.db").read_bytes() == before


def test_a_journal_of_a_power_cut_is_recognised_and_undone(hot: Office):
    journal = hot.folder / "vault.db-journal"
    assert journal.stat().st_size > 4096
    with hot.store() as store:
        assert store.query("SELECT 1 FROM meta WHERE key LIKE 'half-%'") == []
        assert first(store, "PRAGMA quick_check")[0] == "ok"


def test_a_journal_of_another_key_is_refused_untouched(hot: Office, office: Office, tmp_path: Path):
    other = tmp_path / "other.db"
    connection = create_database(other, bytearray(OTHER_KEY))
    connection.execute("CREATE TABLE t (x TEXT) STRICT")
    connection.execute("PRAGMA cache_size=5")
    connection.execute("BEGIN IMMEDIATE")
    for _ in range(300):
        connection.execute("INSERT INTO t VALUES (?)", ("x" * 3000,))
    shutil.copy(f"{other}-journal", hot.folder / "vault.db-journal")
    connection.execute("ROLLBACK")
    connection.close()
    before = (hot.folder / "vault.db").read_bytes()
    with pytest.raises(VaultDamaged, match="another vault"):
        open_it(hot)
    assert (hot.folder / "vault.db").read_bytes() == before


def test_a_journal_page_that_was_altered_is_refused(hot: Office):
    journal = hot.folder / "vault.db-journal"
    data = bytearray(journal.read_bytes())
    data[512 + 4 + 100] ^= 1  # within the first page image, at a byte its weak checksum leaves out
    journal.write_bytes(data)
    with pytest.raises(VaultDamaged, match="another vault"):
        open_it(hot)


@pytest.mark.parametrize("content", [b"", bytes(512), b"x" * 100, bytes(5000)])
def test_a_journal_that_sqlite_ignores_is_no_obstacle(office: Office, content: bytes):
    (office.folder / "vault.db-journal").write_bytes(content)
    demand_own_journals(office.folder / "vault.db", office.key())
    with office.store() as store:
        assert store.head()[0] > 0


def test_one_flipped_bit_in_a_page_is_noticed(office: Office):
    path = office.folder / "vault.db"
    data = bytearray(path.read_bytes())
    data[1000] ^= 1
    path.write_bytes(data)
    with pytest.raises(VaultDamaged):
        open_it(office)


def test_a_read_only_disk_is_named_at_the_sign_in_and_at_a_change(office: Office, monkeypatch):
    def refused(*_: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    with office.founder() as founder, monkeypatch.context() as patch:
        patch.setattr(session, "write_header", refused)
        with pytest.raises(StorageFailed, match="read-only"):
            issue_recovery_key(founder)
    monkeypatch.setattr(folder, "FileLock", refused)
    with pytest.raises(VaultUnavailable, match="read-only"):
        office.officer()
