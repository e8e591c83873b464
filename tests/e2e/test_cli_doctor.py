from __future__ import annotations

import json
from pathlib import Path

from tests.e2e.office import SUPERVISOR, Office
from tests.e2e.running import run


def test_the_doctor_needs_no_vault_and_says_what_it_found_and_what_to_do(tmp_path: Path):
    ended = run(tmp_path, "doctor", "--json", env={"LANG": "C.UTF-8", "TMUX": "x"})
    found = json.loads(ended.out)
    states = {item["what"].partition(":")[0]: item["state"] for item in found["findings"]}
    assert found["format"] == 1
    assert found["ok"] is (ended.code == 0)
    assert states["core dumps"] == "good"
    assert states["screen"] == "warning"
    assert states["locale"] == "good"
    assert states["libraries"] == "good"
    assert {"saving", "folder of the vault", "vault"} <= states.keys()
    assert all(item["hint"] or item["state"] == "good" for item in found["findings"])
    assert not any(tmp_path.iterdir())


def test_what_is_bad_is_exit_1_and_backup_and_drill_are_seen_once_signed_in(office: Office):
    (office.vault / "vault.hdr").chmod(0o644)
    unseen = run(office.home, "--vault", office.vault, "doctor")
    assert unseen.code == 1
    assert "bad\tpermissions of the vault: too wide, or a link: vault.hdr\t" in unseen.out
    assert "seen only when signed in" in unseen.out
    assert "backup: none yet" not in unseen.out
    seen = office.run("doctor")
    assert seen.code == 1
    assert "bad\tbackup: none yet\t" in seen.out
    assert "bad\tdrill: none yet\t" in seen.out


def test_the_page_is_told_even_where_nobody_can_be_signed_in(office: Office):
    ended = office.run("doctor", who=(SUPERVISOR[0], "not that one at all"))
    assert ended.code == 3
    assert "good\tcore dumps" in ended.out
    assert "seen only when signed in" in ended.out
