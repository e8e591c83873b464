from __future__ import annotations

import json
from pathlib import Path

from enquiry_tui.desk.session import sign_in, sign_out
from enquiry_tui.machine.clock import SystemClock
from tests.e2e.office import OFFICER, SUPERVISOR, Office


def place_of(office: Office) -> Path:
    place = office.home / "backups"
    place.mkdir(mode=0o700)
    return place


def test_a_backup_is_made_listed_drilled_and_restored(office: Office):
    place, into = place_of(office), office.home / "again"
    [made] = office.json("backup", "make", place)
    assert made.keys() >= {"file", "sha256", "seq", "contacts", "same_device", "may_go"}
    [listed] = office.json("backup", "list", place)
    assert (listed["signed"], listed["sha256"]) == (True, made["sha256"])
    assert office.run("log", "Mrs Holt, worried about her daughter").code == 0

    drilled = office.run("backup", "drill", made["file"], "--json")
    assert drilled.code == 0, drilled.err
    found = json.loads(drilled.out)
    assert (found["verified"], found["seq"]) == (True, made["seq"])
    assert found["lacks"]["contacts"] == 1
    assert "would restore 0 contacts up to" in drilled.err
    assert "record verified" in drilled.err
    assert found["lacks"]["access"] == []
    assert "recovery sheets in it are those of the present vault" in drilled.err
    assert (
        office.run("officer", "certify", "okafor", "--name", "Ada Okafor", "--role", "auditor").code
        == 0
    )

    restored = office.run("backup", "restore", made["file"], "--into", into, "--json")
    assert restored.code == 0, restored.err
    assert "and 1 contact more" in restored.err
    assert "recovery sheets are again as they were on" in restored.err
    assert "okafor is" in restored.err
    assert "`vault rotate` and print a new recovery sheet" in restored.err
    assert json.loads(restored.out)["accounts"] == ["ellery", "marsh", "okafor"]
    again = Office(into, home=office.home)
    rolled_back = again.run("audit", "verify", who=OFFICER)
    assert (rolled_back.code, "older" in rolled_back.err) == (1, True)
    accepted = again.run("audit", "accept", "--reason", "restored after a lost disk")
    assert accepted.code == 0
    assert "recovery sheets are again as they were on" in accepted.err
    assert "remove again who was removed since, then `vault rotate`" in accepted.err
    assert again.run("audit", "verify", who=OFFICER).code == 0
    assert office.run("backup", "restore", made["file"], "--into", into).code == 1


def test_what_opens_no_backup(office: Office):
    place = place_of(office)
    [made] = office.json("backup", "make", place)
    for command in (
        ("backup", "drill", made["file"]),
        ("backup", "restore", made["file"], "--into", office.home / "again"),
        ("backup", "make", place),
    ):
        ended = office.run(*command, who=OFFICER)
        assert (ended.code, ended.out) == (1, "")
    assert not (office.home / "again").exists()
    file = Path(made["file"])
    file.write_bytes(file.read_bytes() + b"\n")
    assert office.run("backup", "drill", file).code == 1
    ended = office.run("backup", "list", place, "--json")
    listed = json.loads(ended.out)
    assert (listed["signed"], listed["fault"] != "") == (False, True)
    assert (ended.code, "1 backup did not pass the check." in ended.err) == (1, True)


def test_with_the_desk_open_it_says_so(office: Office):
    desk = sign_in(office.vault, *SUPERVISOR, SystemClock())
    try:
        ended = office.run("backup", "make", place_of(office))
    finally:
        sign_out(desk)
    assert ended.code == 3
    assert "already open" in ended.err
    assert "backups" in ended.err
