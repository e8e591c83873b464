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
    letter = office.home / "letter.eml"
    letter.write_bytes(
        b"From: a@example.test\r\nSubject: Vans\r\n"
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
        b"--b\r\n\r\nVans stop here.\r\n--b\r\nContent-Disposition: attachment; filename=a.bin\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n" + b"QUJDREVG" * 50_000 + b"\r\n--b--\r\n"
    )
    path = office.vault / "vault.db"
    before = path.stat().st_size // 4096
    assert office.run("import", "letter", str(letter)).code == 0
    data = bytearray(path.read_bytes())
    inside_the_enclosure = (before + len(data) // 4096) // 2
    data[4096 * inside_the_enclosure + 100] ^= 1
    path.write_bytes(data)
    ended = office.run("vault", "check", "--json")
    assert ended.code == 1, ended.err
    found = json.loads(ended.out)
    assert found["ok"] is False
    assert any(item["state"] == "bad" and item["hint"] for item in found["findings"])
