# ruff: noqa: PT012  # what is undone at the end of a block is the point of these tests
from __future__ import annotations

import zipfile
from dataclasses import replace
from importlib import resources
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from enquiry_tui.vault import migrations, vault
from enquiry_tui.vault.errors import NewerSchema, VaultDamaged
from enquiry_tui.vault.migrations import (
    Migration,
    migrate,
    read_migrations,
    schema_number,
    shipped,
    verified_copy,
)
from enquiry_tui.vault.opening import open_database
from tests.vault.vaults import START, Office, first, raw

STEP = """
-- Adds a table; a semicolon; in a comment is none of ours.
CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT NOT NULL DEFAULT ';') STRICT;
CREATE TRIGGER note_kept BEFORE DELETE ON note
BEGIN
    SELECT RAISE(ABORT, 'notes; stay');
    SELECT 1;
END;
INSERT INTO note (body) VALUES ('a;
b');
CREATE INDEX note_body ON note (body);
"""


def extra(number: int, sql: str = STEP) -> Migration:
    return Migration(number, "notes", sql)


def dump(connection) -> list[tuple[object, ...]]:
    rows = connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY name").fetchall()
    steps = connection.execute("SELECT number, name FROM migration ORDER BY number").fetchall()
    return [tuple(row) for row in (*rows, *steps)] + [(schema_number(connection),)]


@pytest.fixture
def connection(office: Office):
    opened = open_database(office.folder / "vault.db", office.key())
    yield opened
    opened.close()


def test_a_migration_is_split_where_statements_end():
    assert [text.split()[-1] for text in extra(1).statements()] == [
        "STRICT;",
        "END;",
        "b');",
        "(body);",
    ]
    with pytest.raises(ValueError):
        list(extra(1, "CREATE TABLE x (y)").statements())
    assert list(extra(1, "SELECT 1;\n-- the end\n").statements()) == ["SELECT 1;\n"]


def test_a_migration_is_applied_once_and_recorded(connection):
    steps = (*shipped(), extra(len(shipped()) + 1))
    assert migrate(connection, steps, START) == len(shipped())
    assert migrate(connection, steps, START) == len(steps)
    row = connection.execute("SELECT * FROM migration ORDER BY number DESC").fetchone()
    assert (row["number"], row["name"]) == (len(steps), "notes")
    assert row["applied_at"] == "2026-11-24T09:00:00.000000Z"
    assert len(row["sha256"]) == 64
    assert connection.execute("SELECT body FROM note").fetchone()[0] == "a;\nb"
    assert connection.execute("PRAGMA foreign_keys").fetchone()[0] == 1


@pytest.mark.parametrize("at", range(5))
def test_a_migration_that_fails_anywhere_leaves_no_trace(connection, at: int):
    before = dump(connection)
    texts = list(extra(1).statements())
    texts.insert(at, "INSERT INTO nowhere VALUES (1);\n")
    steps = (*shipped(), extra(len(shipped()) + 1, "".join(texts)))
    with pytest.raises(sqlcipher.OperationalError):
        migrate(connection, steps, START)
    assert dump(connection) == before
    assert not connection.in_transaction
    assert connection.execute("PRAGMA foreign_keys").fetchone()[0] == 1


def test_a_migration_that_breaks_a_reference_leaves_no_trace(connection):
    before = dump(connection)
    sql = (
        "CREATE TABLE child (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES migration) STRICT;\n"
        "INSERT INTO child VALUES (1, 999);\n"
    )
    with pytest.raises(VaultDamaged):
        migrate(connection, (*shipped(), extra(len(shipped()) + 1, sql)), START)
    assert dump(connection) == before


def test_a_newer_schema_is_refused_untouched(office: Office):
    with raw(office) as connection:
        connection.execute(f"PRAGMA user_version={len(shipped()) + 1}")
    before = (office.folder / "vault.db").read_bytes()
    with pytest.raises(NewerSchema):
        office.officer()
    assert (office.folder / "vault.db").read_bytes() == before


def test_an_older_vault_is_upgraded_at_sign_in_with_an_event(office: Office, monkeypatch):
    steps = (*shipped(), extra(len(shipped()) + 1))
    copies = []

    def copied(connection, target, key):
        verified_copy(connection, target, key)
        assert not any(key)
        copies.append(target.read_bytes())

    monkeypatch.setattr(vault, "shipped", lambda: steps)
    monkeypatch.setattr(vault, "verified_copy", copied)
    with office.officer() as officer:
        assert first(officer.store, "SELECT count(*) FROM note")[0] == 1
        actions = officer.store.query("SELECT action FROM event ORDER BY seq DESC LIMIT 2")
        assert [row["action"] for row in actions] == ["session.sign-in", "vault.migrated"]
        assert officer.verify().verified
    assert len(copies) == 1
    assert b"Ellery" not in copies[0]
    assert [path.name for path in office.folder.iterdir() if "before" in path.name] == []


def test_a_failed_upgrade_leaves_the_vault_to_the_old_version(office: Office, monkeypatch):
    bad = extra(len(shipped()) + 1, STEP + "INSERT INTO nowhere VALUES (1);\n")
    with monkeypatch.context() as patch, pytest.raises(sqlcipher.OperationalError):
        patch.setattr(vault, "shipped", lambda: (*migrations.shipped(), bad))
        office.officer()
    with office.officer() as officer:
        assert officer.verify().verified


def test_the_copy_before_an_upgrade_is_whole_and_under_the_same_key(office: Office, connection):
    target = office.folder / "copy.db"
    target.write_bytes(b"left by an upgrade that was cut off")
    verified_copy(connection, target, office.key())
    assert target.stat().st_mode & 0o777 == 0o600
    (office.folder / "vault.db").unlink()
    target.rename(office.folder / "vault.db")
    with office.store() as store:
        assert store.head()[0] > 0


def test_migrations_are_numbered_without_a_gap(tmp_path: Path):
    with pytest.raises(ValueError):
        read_migrations(tmp_path)
    (tmp_path / "0002_two.sql").write_text("SELECT 1;")
    with pytest.raises(ValueError):
        read_migrations(tmp_path)
    (tmp_path / "0001_one.sql").write_text("SELECT 1;")
    (tmp_path / "README").write_text("not a migration")
    assert [step.name for step in read_migrations(tmp_path)] == ["one", "two"]


def test_migrations_are_found_in_a_package_too(tmp_path: Path):
    wheel = tmp_path / "wheel.zip"
    with zipfile.ZipFile(wheel, "w") as archive:
        for step in shipped():
            archive.writestr(f"schema/{step.number:04d}_{step.name}.sql", step.sql)
    assert read_migrations(zipfile.Path(wheel, "schema/")) == shipped()


def test_the_packaged_folder_comes_before_the_checkout(tmp_path: Path, monkeypatch):
    (tmp_path / "schema").mkdir()
    (tmp_path / "schema" / "0001_only.sql").write_text("SELECT 1;")
    monkeypatch.setattr(resources, "files", lambda _: tmp_path)
    assert [step.name for step in shipped()] == ["only"]


def test_a_shipped_migration_changes_nothing_when_its_text_is_split():
    for step in shipped():
        assert "".join(step.statements()).strip() in step.sql
        assert replace(step).sql == step.sql
