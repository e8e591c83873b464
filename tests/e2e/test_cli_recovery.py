from __future__ import annotations

import json
import stat
from datetime import UTC, datetime

from enquiry_tui.vault.encoding import utc_text
from enquiry_tui.vault.header import read_header
from enquiry_tui.vault.recovery import new_recovery_key
from enquiry_tui.vault.tries import Tries, TriesBook, write_tries
from tests.e2e.office import SUPERVISOR, Office
from tests.e2e.running import Ended, run

NEW = "walnut ferry copper lantern nine"


def recover(office: Office, *lines: str, two: bool = False) -> Ended:
    options = ("--vault", office.vault, "--passphrase-file", "-", "vault", "recover")
    more = ("--two-envelopes",) if two else ()
    given = "".join(f"{line}\n" for line in lines)
    return run(office.home, *options, "--officer", "okafor", *more, "--json", given=given)


def test_two_sheets_are_made_and_only_both_give_a_new_passphrase(office: Office):
    out = office.home / "sheet.txt"
    made = office.run("vault", "recovery-sheet", "--two-envelopes", "--out", out, "--json")
    assert made.code == 0, made.err
    record = json.loads(made.out)
    files = [office.home / "sheet-A.txt", office.home / "sheet-B.txt"]
    assert record["files"] == [str(file) for file in files]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    keys = [file.read_text().splitlines()[0] for file in files]
    assert not any(key in made.out + made.err for key in keys)
    alone = recover(office, keys[0], NEW)
    assert (alone.code, alone.out) == (1, "")
    assert "sheet A of two" in alone.err
    ended = recover(office, keys[1].lower(), keys[0], NEW, two=True)
    assert ended.code == 0, ended.err
    assert json.loads(ended.out)["fingerprint"] == record["fingerprint"]
    assert office.run("officer", "list", who=(SUPERVISOR[0], NEW)).code == 0


def test_a_sheet_has_no_place_in_the_vault_and_takes_no_file_s_place(office: Office):
    there = office.home / "sheet"
    there.write_text("mine")
    assert office.run("vault", "recovery-sheet", "--out", office.vault / "sheet").code == 2
    assert office.run("vault", "recovery-sheet", "--out", there).code == 1
    assert there.read_text() == "mine"


def test_a_try_that_comes_too_soon_is_told_how_long_to_wait(office: Office):
    user = read_header(office.vault).by_handle("okafor")
    assert user is not None
    write_tries(office.vault, TriesBook({user.uid: Tries(9, utc_text(datetime.now(UTC)))}))
    ended = office.run("officer", "list")
    assert (ended.code, ended.out) == (3, "")
    assert "Too many tries have failed\nWait " in ended.err
    assert "seconds and try again." in ended.err


def test_the_paper_is_tried_out_and_a_wrong_one_is_told(office: Office):
    out = office.home / "sheet.txt"
    made = json.loads(office.run("vault", "recovery-sheet", "--out", out, "--json").out)
    check = ("--vault", office.vault, "--passphrase-file", "-", "vault", "recovery-check", "--json")
    key = out.read_text().splitlines()[0]
    ended = run(office.home, *check, given=f"{key}\n")
    assert ended.code == 0, ended.err
    assert json.loads(ended.out) == {
        "format": 1,
        "opens": True,
        "fingerprint": made["fingerprint"],
    }
    assert key not in ended.err
    wrong = run(office.home, *check, given=f"{new_recovery_key()}\n")
    assert (wrong.code, wrong.out) == (3, "")
    assert "does not open this vault" in wrong.err
