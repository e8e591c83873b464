from __future__ import annotations

import json

from tests.e2e.office import Office


def test_the_vault_is_checked_given_new_keys_and_checked_again(office: Office):
    [before] = office.json("vault", "check")
    assert before["ok"] is True
    assert {"what", "state", "hint"} == set(before["findings"][0])
    old = (office.vault / "vault.hdr").read_bytes()
    rotated = office.run("vault", "rotate", "--json")
    assert rotated.code == 0, rotated.err
    assert json.loads(rotated.out)["ok"] is True
    (office.vault / "vault.hdr").write_bytes(old)
    (office.vault / "vault.hdr.bak").write_bytes(old)
    assert office.run("list").code == 3


def test_a_vault_that_is_not_in_order_is_exit_1_with_its_findings(office: Office):
    path = office.vault / "vault.db"
    data = bytearray(path.read_bytes())
    data[4096 * (len(data) // 8192) + 100] ^= 1  # in a page that signing in does not read
    path.write_bytes(data)
    ended = office.run("vault", "check", "--json")
    assert ended.code == 1, ended.err
    found = json.loads(ended.out)
    assert found["ok"] is False
    assert any(item["state"] == "bad" and item["hint"] for item in found["findings"])
