from __future__ import annotations

import json
import secrets
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enquiry_tui.errors import VaultUnavailable
from enquiry_tui.machine.files import atomic_write
from enquiry_tui.vault.certificates import Certificate, trusted
from enquiry_tui.vault.errors import VaultDamaged, VaultTampered, WrongPassphrase
from enquiry_tui.vault.header import Header, read_header, write_header
from enquiry_tui.vault.keys import PrivateBundle, SigningKeys
from tests.vault.vaults import FOUNDER, OFFICER, Office, found

NAMES = ("vault.hdr", "vault.hdr.bak")


def planted(office: Office, header: Header, *, by_insider: bool = False) -> None:
    """Write a header with a right checksum, and the right MAC where an insider does it."""
    if by_insider:
        with office.founder() as unlocked:
            header = header.authenticated(unlocked.ring.master)
    write_header(office.folder, header)


def altered(office: Office, **changes) -> Header:
    header = read_header(office.folder)
    user = header.by_handle(OFFICER)
    assert user is not None
    return replace(header, users={**header.users, user.uid: replace(user, **changes)})


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("damage", ["gone", "empty", "cut", "flipped", "link"])
def test_either_copy_alone_opens_and_the_other_is_repaired(office: Office, name: str, damage: str):
    path, good = office.folder / name, (office.folder / "vault.hdr").read_bytes()
    match damage:
        case "gone":
            path.unlink()
        case "empty":
            path.write_bytes(b"")
        case "cut":
            path.write_bytes(good[:500])
        case "flipped":
            path.write_bytes(good.replace(b'"seq":', b'"seq":1', 1))
        case _:
            path.unlink()
            path.symlink_to("/etc/hostname")
    office.officer().close()
    assert [(office.folder / each).read_bytes() for each in NAMES] == [good, good]
    assert not path.is_symlink()


def test_both_copies_lost_is_said_plainly(office: Office):
    for name in NAMES:
        (office.folder / name).write_bytes(b"{}")
    with pytest.raises(VaultDamaged, match="key header") as lost:
        office.officer()
    assert "backup restore FILE --into NEW" in lost.value.hint  # what there is a command for


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_no_damage_to_a_header_reads_as_another_header(founded: Office, data: st.DataObject):
    good = (founded.folder / "vault.hdr").read_bytes()
    at = data.draw(st.integers(0, len(good) - 1))
    match data.draw(st.sampled_from(["flip", "cut", "insert", "zero"])):
        case "flip":
            bad = good[:at] + bytes([good[at] ^ 1 << data.draw(st.integers(0, 7))]) + good[at + 1 :]
        case "cut":
            bad = good[:at]
        case "insert":
            bad = good[:at] + data.draw(st.binary(min_size=1, max_size=9)) + good[at:]
        case _:
            bad = good[:at] + bytes(min(512, len(good) - at)) + good[at + 512 :]
    with suppress(ValueError):
        assert Header.decoded(bad).encoded() == good


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_a_header_or_a_value_error(data: bytes):
    with pytest.raises(ValueError):
        Header.decoded(data)


def test_deep_nesting_is_refused_without_a_crash():
    with pytest.raises(ValueError):
        Header.decoded(b"[" * 200_000)


def test_no_depth_of_nesting_gets_through_reading_or_writing():
    for depth in range(900, 1000):
        with pytest.raises(ValueError):
            Header.decoded(b'{"a":' + b"[" * depth + b"]" * depth + b',"sum":"x"}')


@pytest.mark.parametrize("number", ["../../elsewhere/x", "a/b", "", ".", "x" * 65])
def test_a_vaults_number_never_leads_to_another_folder(founded: Office, number: str):
    header = replace(read_header(founded.folder), vault_id=number)
    with pytest.raises(ValueError, match="number of a vault"):
        Header.decoded(header.encoded())


def test_a_header_of_another_vault_is_refused(office: Office, tmp_path: Path):
    other = found(tmp_path / "other")
    for name in NAMES:
        (office.folder / name).write_bytes((other.folder / name).read_bytes())
    with pytest.raises(VaultUnavailable, match="another vault"):
        office.officer()


def test_a_database_of_another_vault_is_refused(office: Office, tmp_path: Path):
    other = found(tmp_path / "other")
    (office.folder / "vault.db").write_bytes((other.folder / "vault.db").read_bytes())
    with pytest.raises(VaultUnavailable, match="another vault"):
        office.officer()


def test_a_cheaper_argon2_is_refused_before_it_is_run(office: Office):
    user = read_header(office.folder).by_handle(OFFICER)
    assert user is not None
    changes: tuple[dict[str, Any], ...] = (
        {"memory_kib": 1024},
        {"memory_kib": 1 << 40},
        {"passes": 0},
        {"lanes": 99},
    )
    for header in [altered(office, kdf=replace(user.kdf, **change)) for change in changes]:
        write_header(office.folder, header)
        with pytest.raises(VaultDamaged):
            office.officer()


@pytest.mark.parametrize("passes", [1, 2, 4])
def test_other_argon2_parameters_do_not_open(office: Office, passes: int):
    user = read_header(office.folder).by_handle(OFFICER)
    assert user is not None
    planted(office, altered(office, kdf=replace(user.kdf, passes=passes)))
    with pytest.raises(WrongPassphrase):
        office.officer()


def test_each_bound_field_of_a_record_is_guarded(office: Office):
    header = read_header(office.folder)
    founder = header.by_handle(FOUNDER)
    assert founder is not None
    good = header.encoded()
    for changes in (
        {"kind": "recovery"},
        {"exchange_public": founder.exchange_public},
        {"signing_public": founder.signing_public},
        {"nonce": founder.nonce},
        {"bundle": founder.bundle},
        {"envelopes": founder.envelopes},
        {"certificate": founder.certificate},
        {"handle": "PB-0143"},
    ):
        for name in NAMES:
            (office.folder / name).write_bytes(good)
        planted(office, altered(office, **changes))
        with pytest.raises(VaultUnavailable):
            office.officer()


def test_an_outsiders_key_in_the_header_breaks_its_mac(office: Office):
    header = read_header(office.folder)
    founder = header.by_handle(FOUNDER)
    assert founder is not None
    planted(office, header.with_user(replace(founder, uid="stranger", handle="PB-6666")))
    with pytest.raises(VaultTampered, match="altered"):
        office.officer()


def test_a_promotion_without_an_administrators_signature_is_refused(office: Office):
    with office.officer() as officer:
        own = officer.certificates[officer.account.uid]
        promoted = replace(own, role="supervisor", administrator=True)
        forgeries = [
            promoted,  # the old signature
            promoted.signed(officer.keys),  # his own, in the administrator's name
            replace(promoted, issuer=officer.account.uid).signed(officer.keys),
            replace(promoted, issuer=officer.account.uid, seq=0).signed(officer.keys),
        ]
        sealed = [forgery.sealed(officer.ring.master) for forgery in forgeries]
    for certificate in sealed:
        planted(office, altered(office, certificate=certificate), by_insider=True)
        with pytest.raises(VaultTampered, match="vouches"):
            office.officer()


def test_a_promotion_by_an_administrator_needs_nobodys_passphrase(office: Office):
    with office.founder() as founder:
        header = founder.ring.header
        user = header.by_handle(OFFICER)
        assert user is not None
        promoted = replace(
            founder.certificates[user.uid], role="supervisor", seq=header.seq + 1
        ).signed(founder.keys)
        changed = replace(
            header.with_user(replace(user, certificate=promoted.sealed(founder.ring.master))),
            past=(user.certificate,),
        ).authenticated(founder.ring.master)
    write_header(office.folder, changed)
    with office.officer() as officer:
        assert officer.account.role == "supervisor"
        assert officer.verify().verified


def test_an_administrator_who_was_demoted_vouches_no_longer(office: Office):
    with office.founder() as founder:
        ring, own = founder.ring, founder.certificates[founder.account.uid]
        root, header = ring.root, ring.header
        demoted = replace(own, administrator=False, seq=50).signed(ring.signing)
        bundle = PrivateBundle.fresh(root)
        late = Certificate(
            founder.vault_id,
            "late",
            "PB-0900",
            "Late",
            "officer",
            False,
            None,
            bundle.exchange_public,
            bundle.signing_public,
            51,
            own.uid,
        ).signed(ring.signing)
        template = header.users[own.uid]
        users = {
            **header.users,
            own.uid: replace(template, certificate=demoted.sealed(ring.master)),
            "late": replace(
                template,
                uid="late",
                handle="PB-0900",
                exchange_public=bundle.exchange_public,
                signing_public=bundle.signing_public,
                certificate=late.sealed(ring.master),
            ),
        }
        changed = replace(header, users=users, past=(template.certificate,))
        found_now = trusted(changed, ring.master, root)
    assert "late" not in found_now.present
    assert found_now.present[own.uid].administrator is False


def test_names_and_roles_cannot_be_read_from_the_header(office: Office):
    text = (office.folder / "vault.hdr").read_text()
    assert OFFICER in text
    for word in ("Ellery", "Okafor", "supervisor", "auditor"):
        assert word not in text
    record = json.loads(text)["users"]
    assert {len(user["bundle"]) for user in record.values()} == {160}  # temporary or not


def test_writing_the_header_survives_a_full_disk_for_the_copy(office: Office, monkeypatch):
    from enquiry_tui.vault import header as module

    real = atomic_write

    def full(path, data):
        if path.name.endswith(".bak"):
            raise OSError(28, "No space left on device")
        real(path, data)

    monkeypatch.setattr(module, "atomic_write", full)
    before = read_header(office.folder)
    write_header(office.folder, replace(before, seq=before.seq + 1))
    assert read_header(office.folder).seq == before.seq + 1


def test_keys_do_not_travel():
    import pickle

    with pytest.raises(TypeError):
        pickle.dumps(SigningKeys("x", secrets.token_bytes(32)))
