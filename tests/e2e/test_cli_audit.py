from __future__ import annotations

import json
import shutil
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from enquiry_tui.desk.session import sign_in, sign_out
from enquiry_tui.machine.clock import SystemClock
from tests.e2e.office import OFFICER, SUPERVISOR, Office
from tests.e2e.running import run
from tests.vault import independent

KEYS = {"verified", "events", "signatures", "head", "code", "failures", "verdicts", "anchors"}


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


def test_a_printed_code_leads_to_its_event_and_another_to_none(office: Office):
    [before] = office.json("audit", "verify")
    [found] = office.json("audit", "verify", "--code", before["code"].lower())
    assert found["code_event"] == before["events"]
    assert found["verified"] is True
    for code in ("0000-0000-0000", "not a code"):
        ended = office.run("audit", "verify", "--code", code)
        assert (ended.code, ended.out) == (1, "")


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
    tampered(
        office,
        "PRAGMA foreign_keys=OFF",
        "DELETE FROM event WHERE seq ="
        " (SELECT min(seq) FROM event WHERE action = 'session.sign-out')",
    )
    assert office.run("audit", "verify").code == 1


def test_a_cut_database_is_exit_3(office: Office):
    database = office.vault / "vault.db"
    body = database.read_bytes()
    database.write_bytes(body[: len(body) // 2])
    assert office.run("audit", "verify").code == 3


def test_an_older_vault_put_back_is_read_only_until_an_administrator_accepts(
    office: Office, tmp_path: Path
):
    older = shutil.copytree(office.vault, tmp_path / "older")
    office.json("log", "Mrs Holt 01632 960123 asks about parking")
    shutil.rmtree(office.vault)
    older.rename(office.vault)
    ended = office.run("audit", "verify", "--json")
    found = json.loads(ended.out)
    assert (ended.code, found["verdicts"], found["anchors"]["standing"]) == (
        1,
        ["rolled-back"],
        "ahead",
    )
    ended = office.run("log", "Another call")
    assert ended.code == 1
    assert "read only" in ended.err
    assert office.run("audit", "accept", "--reason", "x", who=OFFICER).code == 1
    [accepted] = office.json("audit", "accept", "--reason", "The disk was put back")
    assert accepted["accepted"] == "rolled-back"
    assert accepted["seen"] > accepted["agreed"]
    [found] = office.json("audit", "verify")
    assert (found["verdicts"], found["anchors"]["standing"]) == (["whole"], "agree")
    assert office.run("log", "Another call").code == 0


def test_an_exported_record_is_verified_by_anybody(office: Office, tmp_path: Path):
    out = tmp_path / "record.jsonl"
    [made] = office.json("audit", "export", "--out", out)
    assert office.run("audit", "export", "--out", out).code == 1
    assert office.run("audit", "export", "--out", tmp_path / "mine", who=OFFICER).code == 1
    assert not (tmp_path / "mine").exists()
    ended = run(tmp_path, "audit", "verify", "--export", out, "--json")
    found = json.loads(ended.out)
    assert ended.code == 0, ended.err
    assert (found["verified"], found["events"], found["code"], found["root"]) == (
        True,
        made["events"],
        made["code"],
        made["root"],
    )
    vault, events, code, root = independent.verify(out)
    assert (vault, events, code, root) == (
        found["vault"],
        made["events"],
        made["code"],
        made["root"],
    )
    out.write_bytes(out.read_bytes().replace(b"session.sign-in", b"session.sign-im", 1))
    assert run(tmp_path, "audit", "verify", "--export", out).code == 1


def test_a_checkpoint_is_printed_as_five_lines(office: Office):
    ended = office.run("audit", "checkpoint")
    lines = ended.out.split("\n")
    assert lines[0].startswith("enquiries/")
    assert (lines[3], lines[5:]) == ("", [""])
    assert lines[4].startswith(f"— {SUPERVISOR[0]} ")
