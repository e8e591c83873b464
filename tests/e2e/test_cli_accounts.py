from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from enquiry_tui.machine.clock import FixedClock
from tests.e2e.office import NEWCOMER, OFFICER, SUPERVISOR, Office, found_office
from tests.e2e.running import environment, run

NEW = ("--name", "Di Kaur", "--role", "officer")


def test_an_account_gets_a_temporary_passphrase_as_the_last_line(office: Office):
    ended = office.run("officer", "add", "kaur", *NEW)
    assert ended.code == 0, ended.err
    temporary = ended.out.splitlines()[-1]
    first = office.run("list", who=("kaur", temporary))
    assert first.code == 1
    assert "temporary" in first.err
    chosen = "plum river anvil seven kites"
    changed = office.run("officer", "passphrase", who=("kaur", f"{temporary}\n{chosen}"))
    assert changed.code == 0, changed.err
    assert office.run("list", who=("kaur", chosen)).code == 0
    assert office.run("list", who=("kaur", temporary)).code == 3


def test_an_account_in_json(office: Office):
    [added] = office.json("officer", "add", "kaur", *NEW, "--vetting-expires", "2099-01-31")
    assert added.keys() == {"handle", "uid", "temporary"}
    rows = {row["handle"]: row for row in office.json("officer", "list")}
    assert rows["kaur"]["vetting_expires"] == "2099-01-31"
    assert rows["okafor"]["administrator"] is True


def test_only_an_administrator_makes_accounts(office: Office):
    ended = office.run("officer", "add", "kaur", *NEW, who=OFFICER)
    assert (ended.code, ended.out) == (1, "")


def test_an_account_is_not_made_with_vetting_that_is_over(office: Office):
    ended = office.run("officer", "add", "kaur", *NEW, "--vetting-expires", "2020-01-31")
    assert (ended.code, ended.out) == (2, "")
    assert [row["handle"] for row in office.json("officer", "list")].count("kaur") == 0


def test_an_officer_whose_vetting_has_expired_cannot_open_the_vault(tmp_path: Path):
    now = datetime.now(UTC)
    founded_at, ended_on = FixedClock(now - timedelta(days=3)), (now - timedelta(days=2)).date()
    office = replace(found_office(tmp_path / "vault", founded_at, ended_on), home=tmp_path)
    ended = office.run("list", who=OFFICER)
    assert ended.code == 3
    assert "vetting ended" in ended.err
    assert office.run("list").code == 0


def test_an_account_is_reset_changed_renewed_and_removed(office: Office):
    reset = office.run("officer", "reset", OFFICER[0])
    assert reset.code == 0, reset.err
    assert len(reset.out.splitlines()[-1].split(" ")) == 6
    [changed] = office.json("officer", "certify", OFFICER[0], "--role", "auditor")
    assert (changed["role"], changed["vetting"]) == ("auditor", "ok")
    soon = (datetime.now(UTC).date() + timedelta(days=3)).isoformat()
    [renewed] = office.json("officer", "renew", OFFICER[0], "--vetting-expires", soon)
    assert (renewed["vetting_expires"], renewed["vetting"]) == (soon, "soon")
    assert renewed["temporary_until"] is not None
    removed = office.run("officer", "remove", OFFICER[0], "--give-to", "okafor", "--json")
    assert removed.code == 0, removed.err
    assert "1 account's vetting ends within 30 days" in removed.err
    none = {"enquiries": 0, "promises": 0, "bring_forwards": 0}
    assert json.loads(removed.out)["open"] == none
    assert office.run("list", who=OFFICER).code == 3
    [verified] = office.json("audit", "verify")
    assert verified["verified"] is True


def test_what_would_leave_no_administrator_is_refused(office: Office):
    for change in (("certify", "okafor", "--no-administrator"), ("remove", "okafor")):
        ended = office.run("officer", *change)
        assert (ended.code, ended.out) == (1, "")
    assert office.run("officer", "certify", "okafor").code == 2


def test_a_wrong_passphrase_and_an_unknown_handle_look_alike(office: Office):
    wrong = office.run("list", who=("okafor", "not the passphrase at all"))
    assert (wrong.code, wrong.out) == (3, "")
    assert office.run("list", who=("nobody", "not the passphrase at all")) == wrong


def test_a_folder_without_a_vault_is_exit_3(tmp_path: Path):
    options = ("--vault", tmp_path / "none", "--officer", "okafor", "--passphrase-file", "-")
    ended = run(tmp_path, *options, "list", given="x\n")
    assert ended.code == 3
    assert "init" in ended.err


def test_nobody_at_the_desk_and_no_passphrase_are_usage_errors(office: Office):
    assert run(office.home, "--vault", office.vault, "list").code == 2
    assert run(office.home, "--vault", office.vault, "--officer", "okafor", "list").code == 2


def test_the_environment_and_a_file_will_do(office: Office):
    phrase = office.home / "phrase"
    phrase.write_text(SUPERVISOR[1] + "\n")
    phrase.chmod(0o600)
    where = {"ENQUIRY_VAULT": str(office.vault), "ENQUIRY_OFFICER": "nobody"}
    options = ("--officer", "someone", "--officer", "okafor", "--passphrase-file", phrase)
    ended = run(office.home, *options, "list", env=where)
    assert ended.code == 0
    assert ended.err.endswith("Nothing found: open is empty.\n")


def test_a_temporary_passphrase_opens_nothing_but_the_change(office: Office):
    newcomer = (NEWCOMER, office.temporary)
    for command in (("log", "x"), ("officer", "list")):
        assert office.run(*command, who=newcomer).code == 1


@pytest.mark.skipif(os.name == "nt", reason="signals")
@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_a_signal_has_its_own_exit_code(office: Office, number: signal.Signals, code: int):
    pipe = office.home / "pipe"
    os.mkfifo(pipe)
    options = ["--vault", office.vault, "--officer", "okafor", "--passphrase-file", pipe]
    with (
        subprocess.Popen(
            [sys.executable, "-m", "enquiry_tui", *map(str, options), "list"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(office.home),
            preexec_fn=lambda: signal.signal(number, signal.SIG_DFL),  # noqa: PLW1509 - a shell's & ignores it
        ) as process,
        pipe.open("wb"),
    ):  # opens when the command reads: it is past its start
        process.send_signal(number)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (code, b"", b"")


def test_a_vault_that_is_open_elsewhere_is_exit_3(office: Office):
    from enquiry_tui.machine.locks import FileLock

    with FileLock(office.vault / "vault.lock"):
        ended = office.run("list")
    assert ended.code == 3
