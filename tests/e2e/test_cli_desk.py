from __future__ import annotations

import json
from pathlib import Path

from enquiry_tui.desk.audit import events
from enquiry_tui.desk.session import sign_in, sign_out
from enquiry_tui.machine.clock import SystemClock
from tests.e2e.office import OFFICER, SUPERVISOR, Office

LINE = "Janet Holt 01632 960123 #noise due:4/12/2099 ~ worried about the bins"
LETTER = b"""From: =?utf-8?q?Si=C3=A2n_O'Brien?= <sian@example.org>
To: office@example.org
Subject: =?utf-8?q?Parking_at_=C5=81ukasz_gates?=
Date: Tue, 3 Nov 2026 09:00:00 +0000
Content-Type: text/plain; charset=utf-8

Dear Sir, the van nearly hit my daughter.\x1b[2J
"""


def test_a_line_without_a_name_has_no_enquirer(office: Office):
    [logged] = office.json("log", "anon withheld ~ dog barking all night")
    assert logged["enquirer"] is None
    assert logged["contact"]["phone"] is None


def test_what_was_logged_is_listed_found_and_shown(office: Office):
    [logged] = office.json("log", LINE)
    assert logged.keys() == {
        "reference",
        "contact",
        "enquirer",
        "for_whom",
        "due",
        "topics",
        "urgent",
        "understood",
    }
    assert logged["contact"].keys() == {"uid", "channel", "direction", "phone", "note", "at"}
    assert logged["enquirer"]["name"] == "Janet Holt"
    assert (logged["topics"], logged["due"]) == (["noise"], "2099-12-04")
    assert logged["contact"]["note"] == "worried about the bins"
    assert logged["contact"]["at"][-6] in "+-"
    reference = logged["reference"]
    [row] = office.json("list")
    assert row.keys() == {"reference", "who", "about", "when", "due", "with"}
    assert (row["reference"], row["who"], row["due"]) == (reference, "Janet Holt", "2099-12-04")
    assert row["when"] == logged["contact"]["at"]
    [found] = office.json("search", "HOLT", "bins")
    assert found.keys() == {*row, "snippet"}
    assert {name: found[name] for name in row} == row
    [shown] = office.json("show", reference)
    assert [*shown] == [
        "reference",
        "status",
        "subject",
        "people",
        "contacts",
        "checks",
        "disclosures",
        "referrals",
        "complaints",
        "messages",
        "clocks",
        "markers",
        "holds",
        "retention",
    ]
    assert shown["people"][0]["name"] == "Janet Holt"
    assert shown["contacts"][0]["uid"] == logged["contact"]["uid"]
    assert shown["clocks"][0]["due"] == "2099-12-04"


def test_search_folds_what_is_typed(office: Office):
    office.run("log", "Łukasz O'Brien 01632 960200 ~ lost dog")
    assert len(office.json("search", "lukasz", "obrien")) == 1
    missed = office.run("search", "lukasz", "zebra", "--json")
    assert (missed.code, missed.out) == (0, ""), missed.err
    assert missed.err.endswith("Nothing found.\n")


def test_every_look_is_on_the_record(office: Office):
    office.json("list")
    office.json("search", "holt")
    desk = sign_in(office.vault, *SUPERVISOR, SystemClock())
    actions = [event.action for event in events(desk, limit=7)]
    sign_out(desk)
    assert actions == [
        "session.sign-in",
        "session.sign-out",
        "enquiry.search",
        "session.sign-in",
        "session.sign-out",
        "enquiry.list",
        "session.sign-in",
    ]


def test_a_matter_that_is_not_there_is_refused(office: Office):
    ended = office.run("show", "999", "--json")
    assert (ended.code, ended.out) == (1, "")
    assert office.run("list", "--queue", "nosuch").code == 1


def test_a_pipe_gets_tabs_and_nothing_that_steers(office: Office):
    office.run("log", "Bob\x1b]0;x\x07 Smith 01632 960300 ~ [red]hi[/red]\x9b2J\u202e")
    for command in (("search", "hi"), ("show", "1")):
        ended = office.run(*command)
        assert ended.code == 0
        plain = ended.out.replace("\n", "").replace("\t", "")
        assert plain.isprintable()
        assert "[red]hi[/red]" in plain


def test_letters_are_stored_once_and_a_refused_file_stops_no_other(office: Office, tmp_path: Path):
    good, odd, missing = tmp_path / "a.eml", tmp_path / "b.bin", tmp_path / "nosuch.txt"
    good.write_bytes(LETTER)
    odd.write_bytes(b"%PDF-1.7 \0\0\0")
    ended = office.run("import", "letter", good, odd, good, missing, "--json")
    assert ended.code == 1
    stored, refused, again, absent = (json.loads(line) for line in ended.out.splitlines())
    assert stored.keys() == {
        "format",
        "file",
        "reference",
        "from",
        "subject",
        "received",
        "received_from",
        "characters",
        "attachments",
        "removed",
        "sha256",
    }
    assert stored["subject"] == "Parking at Łukasz gates"
    assert stored["removed"] == 1
    assert (stored["received"], stored["received_from"]) == ("2026-11-03", "Date")
    assert refused.keys() == absent.keys() == {"format", "file", "refused"}
    assert ". " in refused["refused"], "what happened and what to do are two sentences"
    assert again == {
        "format": 1,
        "file": str(good),
        "duplicate": True,
        "reference": stored["reference"],
    }
    assert [row["reference"] for row in office.json("search", "daughter")] == [stored["reference"]]


def test_letters_that_are_all_stored_are_exit_0(office: Office, tmp_path: Path):
    (tmp_path / "a.txt").write_text("Dear Chief Constable, thank you.")
    [stored] = office.json("import", "letter", tmp_path / "a.txt", who=OFFICER)
    assert stored["attachments"] == 0
