from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enquiry_tui.errors import NotPermitted, Refused
from enquiry_tui.vault.backup import Made, backup_steps
from enquiry_tui.vault.bundle import BundleRefused, OpenBundle, write_bundle
from enquiry_tui.vault.checkpoint import read_note
from enquiry_tui.vault.copying import CopyFailed
from enquiry_tui.vault.drill import Opener
from enquiry_tui.vault.errors import WrongPassphrase
from enquiry_tui.vault.keys import SigningKeys
from enquiry_tui.vault.recovery import NotARecoveryKey
from tests.vault.bundles import all_of, drill, make
from tests.vault.vaults import (
    FOUNDER,
    OFFICER,
    OFFICER_PASSPHRASE,
    Office,
    actions,
)


@dataclass(frozen=True)
class Kept:
    made: Made
    body: bytes
    office: Office
    head: tuple[int, bytes]


@pytest.fixture(scope="module")
def kept(founded: Office, tmp_path_factory: pytest.TempPathFactory) -> Kept:
    folder = tmp_path_factory.mktemp("kept")
    office = founded.copy(folder / "vault")
    with office.founder() as founder:
        head = founder.store.head()
        made = make(founder, folder / "backups")
    return Kept(made, made.file.read_bytes(), office, head)


def test_a_backup_is_one_private_file_named_by_time_and_last_event(kept: Kept):
    folder = kept.made.file.parent
    assert [path.name for path in folder.iterdir()] == [f"backup-20261124-0900-{kept.head[0]}.enqb"]
    assert kept.made.file.stat().st_mode & 0o777 == 0o600
    assert kept.made.size == len(kept.body)
    assert kept.made.head == kept.head[1].hex()


def test_a_backup_shows_no_name_and_is_signed_with_its_checkpoint(kept: Kept):
    for word in (b"Okafor", b"Ellery", b"Chief Constable", b"CREATE TABLE", kept.office.secret):
        assert word not in kept.body
    with OpenBundle(kept.made.file) as bundle:
        assert bundle.demand_whole() == kept.made.sha256
        note = read_note(bundle.manifest.checkpoint)
        assert (note.seq, note.head) == kept.head
        assert len(bundle.manifest.recipients) == 2


def test_an_administrator_drills_it_and_nothing_stays_behind(kept: Kept, tmp_path: Path):
    found = drill(kept.made.file, tmp_path)
    assert found.verification.verified
    assert found.verification.events == kept.head[0]
    assert found.looked.counts["officer"] == 0
    assert found.sha256 == kept.made.sha256
    assert list(tmp_path.iterdir()) == []


def test_the_recovery_key_drills_it_typed_in_any_case(kept: Kept, tmp_path: Path):
    typed = kept.office.recovery_key.lower().replace("-", " ")
    assert drill(kept.made.file, tmp_path, Opener(typed)).verification.verified


def test_an_officer_cannot_open_it(kept: Kept, tmp_path: Path):
    with pytest.raises(NotPermitted):
        drill(kept.made.file, tmp_path, Opener(OFFICER_PASSPHRASE, OFFICER))


@pytest.mark.parametrize(
    ("opener", "error"),
    [
        (Opener("not the passphrase of anybody", FOUNDER), WrongPassphrase),
        (Opener("not the passphrase of anybody", "PB-9999"), WrongPassphrase),
        (Opener("7777-7777-7777-7777-7777-7777-7777-7777"), NotARecoveryKey),
    ],
)
def test_a_wrong_secret_opens_nothing(kept: Kept, tmp_path: Path, opener, error):
    with pytest.raises(error):
        drill(kept.made.file, tmp_path, opener)
    assert list(tmp_path.iterdir()) == []


@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_any_flipped_cut_or_appended_byte_is_refused_before_a_page_is_read(
    kept: Kept, tmp_path: Path, data: st.DataObject
):
    front = st.integers(0, 6000)
    at = data.draw(front | st.integers(0, len(kept.body) - 1))
    kind = data.draw(st.sampled_from(("flip", "cut", "append", "insert", "drop")))
    body = kept.body
    match kind:
        case "flip":
            mask = data.draw(st.integers(1, 255))
            bad = body[:at] + bytes([body[at] ^ mask]) + body[at + 1 :]
        case "cut":
            bad = body[:at]
        case "append":
            bad = body + data.draw(st.binary(min_size=1, max_size=5))
        case "insert":
            bad = body[:at] + b"\0" + body[at:]
        case _:
            bad = body[:at] + body[at + 1 :]
    path = tmp_path / "bad.enqb"
    path.write_bytes(bad)
    with pytest.raises(BundleRefused), OpenBundle(path) as bundle:
        bundle.demand_whole()


@given(st.binary(max_size=400))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_other_file_is_refused(tmp_path: Path, body: bytes):
    path = tmp_path / "other.enqb"
    for start in (b"", b"ENQUIRY-BACKUP 1 ", b"ENQUIRY-BACKUP 1 0000000010\n"):
        path.write_bytes(start + body)
        with pytest.raises(BundleRefused):
            OpenBundle(path)


def test_an_altered_backup_signed_by_a_stranger_is_refused(kept: Kept, tmp_path: Path):
    stranger = SigningKeys("somebody", bytes(range(32)))
    path = tmp_path / "forged.enqb"
    with OpenBundle(kept.made.file) as bundle, path.open("wb") as target:
        database = BytesIO()
        bundle.database(database)
        database.seek(0)
        manifest = replace(bundle.manifest, signer_public=stranger.public)
        parts = {name: BytesIO(bundle.small(name)) for name in ("keys", "header")}
        write_bundle(target, manifest, {**parts, "database": database}, stranger)
    with OpenBundle(path) as bundle:
        bundle.demand_whole()
    with pytest.raises(Refused, match="No administrator"):
        drill(path, tmp_path)


def test_the_desk_goes_on_between_two_steps_and_the_change_is_in_the_backup(
    office: Office, tmp_path: Path
):
    with office.founder() as founder:
        place = tmp_path / "backups"
        place.mkdir(mode=0o700)
        steps = backup_steps(founder, place)
        next(steps)
        with founder.store.scratch() as scratch:
            scratch.execute(
                "INSERT INTO draft (uid, officer_uid, place, body, saved_at)"
                " VALUES ('1', '2', '3', '4', '5')"
            )
        made = all_of(steps)
        assert founder.store.is_open
    assert drill(made.file, tmp_path).verification.verified


def test_a_backup_given_up_leaves_nothing_and_the_vault_open(office: Office, tmp_path: Path):
    place = tmp_path / "backups"
    place.mkdir(mode=0o700)
    with office.founder() as founder:
        steps = backup_steps(founder, place)
        next(steps)
        steps.close()
        assert list(place.iterdir()) == []
        assert actions(founder)[-1] == "session.sign-in"


def test_locking_gives_a_backup_up(office: Office, tmp_path: Path, monkeypatch):
    monkeypatch.setattr("enquiry_tui.vault.copying._SLICE", 5)
    place = tmp_path / "backups"
    place.mkdir(mode=0o700)
    founder = office.founder()
    steps = backup_steps(founder, place)
    next(steps)
    founder.lock()
    with pytest.raises(CopyFailed):
        all_of(steps)
    assert list(place.iterdir()) == []
    office.founder().close()


def test_what_a_killed_backup_left_is_removed_by_the_next(office: Office, tmp_path: Path):
    place = tmp_path / "backups"
    place.mkdir(mode=0o700)
    for name in (f".backup-{office.vault_id}.db", f".backup-{office.vault_id}"):
        (place / f"{name}.{'0' * 16}.tmp").write_bytes(b"left")
    (place / "other.tmp").write_bytes(b"not ours")
    with office.founder() as founder:
        made = make(founder, place)
    assert {path.name for path in place.iterdir()} == {made.file.name, "other.tmp"}


def test_a_backup_is_refused_where_it_would_not_be_one(office: Office, tmp_path: Path, monkeypatch):
    with office.founder() as founder:
        for folder in (office.folder, tmp_path / "none"):
            with pytest.raises(Refused):
                all_of(backup_steps(founder, folder))
        shared = tmp_path / "shared"
        shared.mkdir()
        shared.chmod(0o777)
        with pytest.raises(Refused, match="Others"):
            all_of(backup_steps(founder, shared))
        shared.chmod(0o700)
        full = shutil._ntuple_diskusage(100, 100, 0)
        monkeypatch.setattr(shutil, "disk_usage", lambda _: full)
        with pytest.raises(Refused, match="room"):
            all_of(backup_steps(founder, shared))
        assert list(shared.iterdir()) == []


def test_an_officer_makes_no_backup(office: Office, tmp_path: Path):
    with office.officer() as officer, pytest.raises(NotPermitted):
        make(officer, tmp_path)


def test_two_backups_in_one_minute_of_one_record_are_not_mixed_up(office: Office, tmp_path: Path):
    with office.founder() as founder:
        first = make(founder, tmp_path / "backups").file.read_bytes()
        with pytest.raises(Refused, match="already"):
            make(founder, tmp_path / "backups")
    [file] = (tmp_path / "backups").iterdir()
    assert file.read_bytes() == first
