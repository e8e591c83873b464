from __future__ import annotations

import json

from sqlcipher3 import dbapi2 as sqlcipher

from enquiry_tui.desk.session import sign_in, sign_out
from enquiry_tui.machine.clock import SystemClock
from tests.e2e.office import SUPERVISOR, Office

KEYS = {"verified", "events", "signatures", "head", "code", "failures"}


def tampered(office: Office, *statements: str) -> None:
    desk = sign_in(office.vault, *SUPERVISOR, SystemClock())
    key = desk.unlocked.ring.master.database_key()
    sign_out(desk)
    connection = sqlcipher.connect(str(office.vault / "vault.db"), isolation_level=None)
    connection.execute("PRAGMA cipher_log_level=NONE")
    connection.set_key(key)
    connection.execute("PRAGMA journal_mode=TRUNCATE").fetchall()
    triggers = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    ).fetchall()
    for (name,) in triggers:
        connection.execute(f'DROP TRIGGER "{name}"')
    for statement in statements:
        connection.execute(statement)
    connection.close()


def test_a_whole_record_is_exit_0(office: Office):
    [found] = office.json("audit", "verify")
    assert found.keys() == KEYS
    assert found["verified"] is True
    assert found["events"] == found["signatures"] > 0
    assert found["failures"] == []


def test_a_changed_event_is_exit_1_and_named_first(office: Office):
    tampered(
        office,
        "UPDATE event SET outcome = 'refused' WHERE seq = 3",
        "UPDATE event SET outcome = 'refused' WHERE seq = 5",
    )
    ended = office.run("audit", "verify", "--json")
    found = json.loads(ended.out)
    assert ended.code == 1
    assert found["verified"] is False
    assert found["failures"][0].startswith("event 3:")
    assert "event 3:" in ended.err


def test_a_removed_event_is_exit_1(office: Office):
    tampered(office, "DELETE FROM event_detail WHERE seq = 4", "DELETE FROM event WHERE seq = 4")
    assert office.run("audit", "verify").code == 1


def test_a_cut_database_is_exit_3(office: Office):
    database = office.vault / "vault.db"
    body = database.read_bytes()
    database.write_bytes(body[: len(body) // 2])
    assert office.run("audit", "verify").code == 3
