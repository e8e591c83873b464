from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from enquiry_tui.machine import files
from enquiry_tui.machine.clock import FixedClock, SystemClock
from enquiry_tui.machine.files import (
    UnsafeFile,
    atomic_write,
    create_exclusive,
    existing_private_folder,
    private_folder,
    read_bounded,
    sweep,
)
from enquiry_tui.machine.paths import anchors_folder, default_vault_folder


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_a_private_folder_is_made_and_kept_for_its_user(tmp_path: Path):
    folder = tmp_path / "a" / "b"
    assert private_folder(folder) == folder
    assert mode(folder) == 0o700
    folder.chmod(0o755)
    private_folder(folder)
    assert mode(folder) == 0o700


@pytest.mark.parametrize("open_to", [0o720, 0o702, 0o777])
def test_a_folder_that_others_may_write_is_refused(tmp_path: Path, open_to: int):
    folder = tmp_path / "shared"
    folder.mkdir()
    folder.chmod(open_to)
    with pytest.raises(UnsafeFile):
        private_folder(folder)


def test_a_link_a_file_and_a_strangers_folder_are_refused(tmp_path: Path, monkeypatch):
    (tmp_path / "real").mkdir(mode=0o700)
    (tmp_path / "link").symlink_to(tmp_path / "real")
    (tmp_path / "file").touch()
    for name in ("link", "file"):
        with pytest.raises(UnsafeFile, match="not a folder"):
            private_folder(tmp_path / name)
    monkeypatch.setattr(os, "getuid", lambda: 4711)
    with pytest.raises(UnsafeFile, match="another user"):
        private_folder(tmp_path / "real")


def test_a_folder_that_is_not_there_is_not_made_by_looking(tmp_path: Path):
    with pytest.raises(FileNotFoundError):
        existing_private_folder(tmp_path / "nothing")
    assert not (tmp_path / "nothing").exists()


def test_a_file_is_written_whole_for_its_user_alone(tmp_path: Path):
    path, before = tmp_path / "file", os.umask(0)
    try:
        atomic_write(path, b"one")
        atomic_write(path, b"two")
    finally:
        os.umask(before)
    assert path.read_bytes() == b"two"
    assert mode(path) == 0o600
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]


def test_a_file_that_exists_is_not_made_again(tmp_path: Path):
    create_exclusive(tmp_path / "file", b"one")
    (tmp_path / "link").symlink_to(tmp_path / "target")
    for name in ("file", "link"):
        with pytest.raises(FileExistsError):
            create_exclusive(tmp_path / name, b"two")
    assert (tmp_path / "file").read_bytes() == b"one"
    assert not (tmp_path / "target").exists()


def test_a_link_is_replaced_and_its_target_untouched(tmp_path: Path):
    (tmp_path / "victim").write_bytes(b"victim")
    (tmp_path / "file").symlink_to(tmp_path / "victim")
    atomic_write(tmp_path / "file", b"ours")
    assert (tmp_path / "victim").read_bytes() == b"victim"
    assert not (tmp_path / "file").is_symlink()


@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
def test_a_write_that_fails_leaves_the_old_file_and_no_litter(
    tmp_path: Path, monkeypatch, call: str
):
    path = tmp_path / "file"
    atomic_write(path, b"old")

    def full(*_):
        raise OSError(28, "No space left on device")

    if call == "replace":
        monkeypatch.setattr(Path, "replace", full)
    else:
        monkeypatch.setattr(os, call, full)
    with pytest.raises(OSError, match="No space"):
        atomic_write(path, b"new")
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]


def test_bytes_names_and_folder_reach_the_disk_in_that_order(tmp_path: Path, monkeypatch):
    steps = []
    real_fsync, real_replace = os.fsync, Path.replace

    def fsync(descriptor: int) -> None:
        steps.append("folder" if Path(f"/dev/fd/{descriptor}").is_dir() else "file")
        real_fsync(descriptor)

    def replace(path: Path, target: Path) -> Path:
        steps.append("rename")
        return real_replace(path, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(Path, "replace", replace)
    atomic_write(tmp_path / "file", b"data")
    assert steps == ["file", "folder", "rename", "folder"]


def test_a_short_write_is_gone_on_with(tmp_path: Path, monkeypatch):
    real = os.write
    monkeypatch.setattr(os, "write", lambda fd, data: real(fd, bytes(data[:3])))
    atomic_write(tmp_path / "file", b"0123456789")
    assert (tmp_path / "file").read_bytes() == b"0123456789"


def test_reading_is_bounded_and_never_through_a_link(tmp_path: Path):
    path = tmp_path / "file"
    path.write_bytes(b"12345")
    assert read_bounded(path, 5) == b"12345"
    with pytest.raises(UnsafeFile, match="too large"):
        read_bounded(path, 4)
    (tmp_path / "link").symlink_to(path)
    with pytest.raises(UnsafeFile, match="link"):
        read_bounded(tmp_path / "link", 99)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UnsafeFile, match="ordinary"):
        read_bounded(tmp_path / "pipe", 99)
    with pytest.raises(FileNotFoundError):
        read_bounded(tmp_path / "nothing", 99)


def test_own_litter_is_swept_and_nothing_else(tmp_path: Path):
    names = [".a.0123456789abcdef.tmp", ".b.0123456789abcdef.tmp", ".a.tmp", "a", ".a.zz.tmp"]
    for name in names:
        (tmp_path / name).touch()
    (tmp_path / ".a.fedcba9876543210.tmp").symlink_to(tmp_path / "a")
    assert sweep(tmp_path, frozenset({"a"})) == 1
    left = {entry.name for entry in tmp_path.iterdir()}
    assert left == {*names[1:], ".a.fedcba9876543210.tmp"}


def test_the_disks_own_cache_is_emptied_where_the_platform_can(tmp_path: Path, monkeypatch):
    calls = []

    class Mac:
        F_FULLFSYNC = 51

        @staticmethod
        def fcntl(_descriptor: int, command: int) -> None:
            calls.append(command)

    monkeypatch.setattr(files, "fcntl", Mac)
    atomic_write(tmp_path / "file", b"data")
    assert calls == [51]


def test_a_fixed_clock_moves_only_when_told():
    clock = FixedClock(datetime(2026, 12, 4, 10, tzinfo=timezone(timedelta(hours=1))))
    assert clock.now() == datetime(2026, 12, 4, 9, tzinfo=UTC)
    clock.advance(seconds=90)
    assert clock.now() == datetime(2026, 12, 4, 9, 1, 30, tzinfo=UTC)
    assert clock.monotonic() == 90
    clock.set(datetime(2020, 1, 1, tzinfo=UTC))
    assert clock.now().year == 2020
    assert clock.monotonic() == 90
    with pytest.raises(ValueError):
        clock.advance(seconds=-1)
    with pytest.raises(ValueError):
        clock.set(datetime(2020, 1, 1))  # noqa: DTZ001


def test_the_systems_clock_is_aware_and_in_utc():
    clock = SystemClock()
    assert clock.now().utcoffset() == timedelta(0)
    assert clock.monotonic() <= clock.monotonic()


def test_folders_follow_the_platforms_settings(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    assert default_vault_folder() == tmp_path / "data" / "enquiry-tui" / "vault"
    monkeypatch.delenv("ENQUIRY_ANCHORS", raising=False)
    assert anchors_folder() == tmp_path / "state" / "enquiry-tui" / "anchors"
    monkeypatch.setenv("ENQUIRY_ANCHORS", str(tmp_path / "elsewhere"))
    assert anchors_folder() == tmp_path / "elsewhere"
    assert anchors_folder(tmp_path / "given") == tmp_path / "given"
    assert list(tmp_path.iterdir()) == []
