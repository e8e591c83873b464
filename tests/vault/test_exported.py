from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enquiry_tui.vault.chain import Entry
from enquiry_tui.vault.encoding import canonical
from enquiry_tui.vault.exported import ExportRefused, VerifiedExport, verify_export
from enquiry_tui.vault.exporting import export_lines
from enquiry_tui.vault.vault import change_passphrase, reset_account, second_key, unlock
from tests.vault import independent
from tests.vault.vaults import FOUNDER, FOUNDER_PASSPHRASE, NEWCOMER, OFFICER, Office

NEW = "orchard kettle nineteen blue canal"


@pytest.fixture(scope="module")
def exported(founded: Office, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The record of a vault in which two signed together and an account had new keys."""
    office = founded.copy(tmp_path_factory.mktemp("exported") / "vault")
    with (
        office.officer() as officer,
        second_key(officer, FOUNDER, FOUNDER_PASSPHRASE) as second,
        officer.store.transaction() as tx,
    ):
        entry = Entry("ledger.override", purpose="override", detail={"words": "Łukasz told"})
        tx.event(entry, officer.keys, second.keys)
    with office.founder() as founder:
        uid = next(item.uid for item in founder.accounts() if item.handle == NEWCOMER)
        lent = reset_account(founder, uid).temporary
    with unlock(office.folder, NEWCOMER, lent, clock=office.clock) as newcomer:
        change_passphrase(newcomer, lent, NEW, memory_kib=64 * 1024)
    with office.founder() as founder:
        return b"".join(export_lines(founder))


@pytest.fixture
def file(exported: bytes, tmp_path: Path) -> Path:
    file = tmp_path / "record.jsonl"
    file.write_bytes(exported)
    return file


def holds(file: Path) -> VerifiedExport | None:
    try:
        found = verify_export(file)
    except ExportRefused:
        return None
    return found if found.verification.verified else None


def holds_independently(file: Path) -> bool:
    try:
        independent.verify(file)
    except (independent.Refused, ValueError, KeyError, TypeError):
        return False
    return True


def test_a_verifier_written_from_the_document_agrees(file: Path) -> None:
    found = holds(file)
    assert found is not None
    assert found.verification.signatures == found.verification.events + 1
    assert independent.verify(file) == (
        found.vault_id,
        found.verification.events,
        found.verification.code,
        found.fingerprint,
    )


def test_nothing_in_it_names_anybody(exported: bytes) -> None:
    for words in ("Okafor", "Ellery", "Marsh", FOUNDER, OFFICER, NEWCOMER, "told", "Office"):
        assert words.encode() not in exported


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.data())
def test_any_changed_byte_is_refused(file: Path, exported: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(exported) - 1))
    put = data.draw(st.integers(0, 255).filter(lambda value: value != exported[at]))
    file.write_bytes(exported[:at] + bytes([put]) + exported[at + 1 :])
    assert holds(file) is None
    assert not holds_independently(file)


@pytest.mark.parametrize("cut", [1, 2, 200, 5000])
def test_a_file_cut_short_or_added_to_is_refused(file: Path, exported: bytes, cut: int) -> None:
    for changed in (exported[:-cut], exported[cut:], exported + b"\n" * cut):
        file.write_bytes(changed)
        assert holds(file) is None
        assert not holds_independently(file)


def test_a_line_taken_out_or_doubled_is_refused(file: Path, exported: bytes) -> None:
    lines = exported.splitlines(keepends=True)
    for at in range(0, len(lines), 5):
        for changed in (lines[:at] + lines[at + 1 :], lines[: at + 1] + lines[at:]):
            file.write_bytes(b"".join(changed))
            assert holds(file) is None
            assert not holds_independently(file)


def test_a_key_that_no_administrator_vouched_for_is_refused(file: Path, exported: bytes) -> None:
    lines = [json.loads(line) for line in exported.splitlines()]
    keys = [line for line in lines if "since" in line]
    keys[2]["administrator"] = True
    file.write_bytes(b"".join(canonical(line) + b"\n" for line in lines))
    assert holds(file) is None
    assert not holds_independently(file)


def test_another_form_of_the_same_line_is_refused(file: Path, exported: bytes) -> None:
    first, rest = exported.split(b"\n", 1)
    file.write_bytes(json.dumps(json.loads(first)).encode() + b"\n" + rest)
    assert holds(file) is None
    assert not holds_independently(file)


def test_something_else_is_no_export(tmp_path: Path) -> None:
    file = tmp_path / "other"
    for data in (b"", b"\n", b"{}\n", b"[1]\n", b"\xff\xfe", b'{"format":1}\n' * 3, b"[" * 9000):
        file.write_bytes(data)
        with pytest.raises(ExportRefused):
            verify_export(file)
