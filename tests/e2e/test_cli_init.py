from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from tests.e2e.office import SUPERVISOR
from tests.e2e.running import run

OURS = ("--name", "Ann Okafor", "--office", "Office of the PCC", "--prefix", "OPCC")
INIT = ("init", *OURS, "--contact", "01632 960100")


def test_a_new_vault_gives_its_first_officer_and_a_recovery_key(tmp_path: Path):
    home = tmp_path
    given = f"{SUPERVISOR[1]}\n"
    options = ("--vault", home / "vault", "--passphrase-file", "-", "--officer", "okafor")
    key = home / "key"
    ended = run(home, *options, *INIT, "--recovery-out", key, "--json", given=given)
    assert ended.code == 0, ended.err
    made = json.loads(ended.out)
    assert made.keys() == {"format", "vault", "officer", "fingerprint"}
    assert (made["vault"], made["officer"]) == (str(home / "vault"), "okafor")
    assert len(key.read_text().strip()) >= 32
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert key.read_text().strip() not in ended.out + ended.err
    again = run(home, *options, *INIT, "--recovery-out", home / "other", given=given)
    assert again.code == 1
    assert not (home / "other").exists()
    listed = run(home, *options, "officer", "list", given=given)
    assert listed.code == 0, listed.err


@pytest.mark.parametrize("phrase", ["tiny", "passwordpassword"])
def test_a_weak_passphrase_makes_no_vault(tmp_path: Path, phrase: str):
    options = ("--vault", tmp_path / "vault", "--passphrase-file", "-", "--officer", "okafor")
    ended = run(tmp_path, *options, *INIT, "--recovery-out", tmp_path / "key", given=f"{phrase}\n")
    assert ended.code == 1
    assert phrase not in ended.err
    assert not (tmp_path / "key").exists()
    assert not (tmp_path / "vault" / "vault.db").exists()


def test_the_recovery_key_does_not_go_into_the_vault(tmp_path: Path):
    options = ("--vault", tmp_path / "vault", "--passphrase-file", "-", "--officer", "okafor")
    inside = tmp_path / "vault" / "key"
    ended = run(tmp_path, *options, *INIT, "--recovery-out", inside, given=f"{SUPERVISOR[1]}\n")
    assert (ended.code, ended.out) == (2, "")


def test_an_office_is_told_by_its_name_or_its_kind():
    from enquiry_tui.cli.setup import office_of

    assert office_of("chief-constable", None) == ("Chief Constable's Office", "chief-constable")
    assert office_of("Office of the PCC", None)[1] == "local-policing-body"
    assert office_of("The Chief's Office", None)[1] == "chief-constable"
    assert office_of("The Office", "local-policing-body") == ("The Office", "local-policing-body")
