from __future__ import annotations

import json
from pathlib import Path

from tests.e2e.office import OFFICER, Office
from tests.e2e.running import run


def test_a_pack_is_printed_checked_and_compared_without_a_vault(tmp_path: Path):
    file = tmp_path / "clocks.toml"
    text = run(tmp_path, "policy", "show", "clocks", "--shipped").out
    file.write_text(text.replace("length = 20", "lenght = 20", 1), "utf-8")
    wrong = run(tmp_path, "policy", "check", file, "--json")
    assert wrong.code == 1
    told = json.loads(wrong.out)
    assert (told["ok"], told["hint"]) == (False, "Did you mean length?")
    assert told["problem"] == "clocks.toml: rules.foi.lenght: unknown key."
    file.write_text(text.replace("length = 20", "length = 25", 1), "utf-8")
    sound = run(tmp_path, "policy", "check", file, "--json")
    assert (sound.code, json.loads(sound.out)["name"]) == (0, "clocks")
    compared = run(tmp_path, "policy", "diff", file, "--shipped", "--json")
    change = json.loads(compared.out)
    assert (change["place"], change["before"], change["after"]) == ("rules.foi.length", "20", "25")


def test_a_pack_is_taken_out_edited_compared_installed_and_read_again(office: Office):
    [line] = [line for line in office.json("policy", "show") if line["name"] == "clocks"]
    logged = office.json("log", "Ann Mercer 01632 960123 $f ~ tasers")[0]["reference"]
    file = office.home / "clocks.toml"
    text = office.run("policy", "show", "clocks").out
    file.write_text(text.replace("length = 20", "length = 25", 1), "utf-8")
    [change] = office.json("policy", "diff", file)
    assert change == {"place": "rules.foi.length", "before": "20", "after": "25"}
    assert office.run("policy", "install", file).code == 2
    assert office.run("policy", "install", file, "--why", "asked", who=OFFICER).code == 1
    [done] = office.json("policy", "install", file, "--why", "the board decided it")
    [touched] = done["touches"]
    assert (done["before"], done["installed"]) == (line["hash"], True)
    assert touched["references"] == [logged]
    [now] = office.json("policy", "show", "clocks", who=OFFICER)
    assert "length = 25" in now["text"]
    [before] = office.json("policy", "show", "--hash", line["hash"][:8])
    assert (before["in_force"], before["text"].count("length = 25")) == (False, 0)
    [shown] = office.json("show", logged)
    assert (shown["retention"]["short"], shown["holds"]) == ("3y request", [])
    assert shown["clocks"][0]["pack"] == line["hash"]
    assert office.json("audit", "verify")[0]["verified"]
