from __future__ import annotations

import os
import sys
from importlib import metadata
from pathlib import Path

import pytest

from enquiry_tui.cli import doctor
from enquiry_tui.machine import disks, mounts, surroundings, versions
from enquiry_tui.machine.findings import State

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc and /sys")

TABLE = r"""
22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
23 22 0:21 / /dev/shm rw - tmpfs tmpfs rw
24 22 0:40 / /home/office rw,relatime - nfs4 server:/export rw
25 24 0:41 / /home/office/my\040disk rw - ext4 /dev/sdb1 rw
26 22 0:42 / /mnt/host rw - 9p share rw
27 22 0:43 / /mnt/far rw - fuse.sshfs far:/ rw
28 22 0:44 / /mnt/over rw - nfs server:/x rw
29 22 8:1 / /mnt/over rw - ext4 /dev/sda1 rw
broken line
"""


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "mountinfo"
    path.write_text(TABLE)
    monkeypatch.setattr(mounts, "TABLE", path)
    return path


@pytest.mark.parametrize(
    ("folder", "state"),
    [
        ("/srv/vault", State.GOOD),
        ("/home/office/vault", State.BAD),
        ("/home/office/my disk/vault", State.GOOD),
        ("/mnt/host/vault", State.WARNING),
        ("/mnt/far/vault", State.BAD),
        ("/mnt/over/vault", State.GOOD),
        ("/home/x/OneDrive - Office/vault", State.WARNING),
        ("/home/x/Dropbox/vault", State.WARNING),
    ],
)
def test_a_vault_on_a_network_is_bad_and_a_copied_or_lent_folder_a_warning(
    folder: str, state: State, table: Path
):
    assert surroundings.place(Path(folder)).state is state


def test_without_a_mount_table_it_says_that_it_did_not_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(mounts, "TABLE", tmp_path / "none")
    assert mounts.mount_of(tmp_path) is None
    assert "not looked at" in surroundings.place(Path("/srv/vault")).what
    assert "not looked at" in disks.disk(tmp_path).what


def device(blocks: Path, name: str, uuid: str = "", below: tuple[str, ...] = ()) -> None:
    (blocks / name / "dm").mkdir(parents=True)
    (blocks / name / "dm" / "uuid").write_text(uuid)
    for lower in below:
        (blocks / name / "slaves" / lower).mkdir(parents=True)
        (blocks / name / "slaves" / lower / "dev").write_text(f"{lower}\n")


@pytest.mark.parametrize(
    ("uuid", "below", "state"),
    [
        ("CRYPT-LUKS2-1", (), State.GOOD),
        ("LVM-1", ("8:2",), State.GOOD),
        ("LVM-1", ("8:2", "8:3"), State.WARNING),
        ("", (), State.WARNING),
    ],
)
def test_a_disk_is_encrypted_where_it_or_everything_under_it_is(
    uuid: str, below: tuple[str, ...], state: State, table: Path, tmp_path: Path, monkeypatch
):
    blocks = tmp_path / "blocks"
    device(blocks, "254:0", uuid, below)
    device(blocks, "8:2", "CRYPT-LUKS2-2")
    device(blocks, "8:3")
    monkeypatch.setattr(disks, "BLOCKS", blocks)
    assert disks.disk(Path("/srv/vault")).state is state


@pytest.mark.parametrize(
    ("line", "state", "words"),
    [
        ("", State.GOOD, "none"),
        ("/dev/zram0 partition 100 0 100\n", State.GOOD, "memory"),
        ("/swapfile file 100 0 -2\n", State.WARNING, "cannot be told"),
    ],
)
def test_swap_is_good_where_there_is_none_or_it_stays_in_memory(
    line: str, state: State, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = tmp_path / "swaps"
    path.write_text("Filename Type Size Used Priority\n" + line)
    monkeypatch.setattr(disks, "SWAPS", path)
    found = disks.swap()
    assert (found.state, words in found.what) == (state, True)


@pytest.mark.parametrize(("uuid", "state"), [("CRYPT-PLAIN-x", State.GOOD), ("", State.BAD)])
def test_swap_in_a_file_is_as_good_as_the_disk_under_it(
    uuid: str, state: State, table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    blocks, file = tmp_path / "blocks", tmp_path / "swapfile"
    device(blocks, "254:0", uuid)
    file.touch()
    swaps = tmp_path / "swaps"
    swaps.write_text(f"Filename\n{file} file 100 0 -2\n")
    monkeypatch.setattr(disks, "BLOCKS", blocks)
    monkeypatch.setattr(disks, "SWAPS", swaps)
    assert disks.swap().state is state


@pytest.mark.parametrize(
    ("environment", "size", "state"),
    [
        ({"TERM": "xterm-256color"}, (80, 24), State.GOOD),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, (200, 50), State.GOOD),
        ({"TERM": "xterm"}, (79, 24), State.WARNING),
        ({"TERM": "xterm"}, (80, 23), State.WARNING),
        ({"TERM": "dumb"}, (80, 24), State.BAD),
        ({}, (80, 24), State.BAD),
        ({}, None, State.WARNING),
    ],
)
def test_a_terminal_must_say_what_it_can_and_have_room(environment, size, state):
    assert surroundings.terminal(environment, size).state is state


@pytest.mark.parametrize(
    ("environment", "state"),
    [
        ({}, State.GOOD),
        ({"TMUX": "/tmp/tmux-1/default,1,0"}, State.WARNING),
        ({"STY": "1.pts"}, State.WARNING),
        ({"SSH_TTY": "/dev/pts/1"}, State.WARNING),
        ({"SSH_CONNECTION": "192.0.2.1 1 192.0.2.2 22"}, State.WARNING),
    ],
)
def test_a_multiplexer_or_a_network_before_the_screen_is_a_warning(environment, state):
    found = surroundings.way_to_it(environment)
    assert found.state is state
    assert "192" not in found.what + found.hint


@pytest.mark.parametrize(
    ("environment", "state"),
    [
        ({"LANG": "en_GB.UTF-8"}, State.GOOD),
        ({"LANG": "C.utf8"}, State.GOOD),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "C"}, State.WARNING),
        ({}, State.WARNING),
    ],
)
def test_a_locale_is_good_where_the_one_that_counts_is_utf_8(environment, state):
    assert surroundings.locale(environment).state is state


def test_permissions_that_let_others_in_are_named_without_names_of_strange_files(tmp_path: Path):
    vault = tmp_path / "vault"
    vault.mkdir(mode=0o700)
    (vault / "vault.db").touch(mode=0o600)
    assert surroundings.permissions(vault).state is State.GOOD
    (vault / "vault.db").chmod(0o640)
    (vault / "Mrs Holt").touch()
    (vault / "Mrs Holt").chmod(0o644)
    found = surroundings.permissions(vault)
    assert found.state is State.BAD
    assert found.what.endswith("vault.db, 1 more")
    vault.chmod(0o750)
    assert "folder" in surroundings.permissions(vault).what
    (tmp_path / "link").symlink_to(vault)
    assert surroundings.permissions(tmp_path / "link").state is State.BAD
    assert surroundings.permissions(tmp_path / "none").state is State.BAD


def test_a_process_that_was_not_hardened_is_bad():
    assert surroundings.process().state is State.BAD


@pytest.mark.parametrize(
    ("version", "asked", "kept"),
    [
        ("8.2.8", "==8.2.8", True),
        ("8.2.9", "==8.2.8", False),
        ("50.0.2", "<51,>=50.0.2", True),
        ("51", "<51,>=50.0.2", False),
        ("50.0", "<51,>=50.0.2", False),
        ("50.0.10", ">=50.0.2", True),
        ("2025.2", ">=2025.2", True),
        ("1.0", "", True),
    ],
)
def test_a_version_keeps_the_bounds_or_not(version: str, asked: str, kept: bool):
    assert versions.within(version, asked) is kept


def test_a_library_that_is_missing_or_too_old_is_bad_and_tools_do_not_count():
    asked = ("textual==8.2.8", "cryptography<51,>=50.0.2", 'ruff>=99; extra == "dev"')
    have = {"textual": "8.2.8", "cryptography": "50.0.2"}

    def installed(name: str) -> str:
        if name not in have:
            raise metadata.PackageNotFoundError(name)
        return have[name]

    assert versions.libraries(asked, installed).state is State.GOOD
    have["cryptography"] = "49.0"
    del have["textual"]
    found = versions.libraries(asked, installed)
    assert found.state is State.BAD
    assert found.what.endswith("textual is missing, cryptography 49.0")


def test_what_is_installed_here_is_what_the_program_asks_for():
    assert versions.libraries().state is State.GOOD
    assert versions.python().state is State.GOOD


def test_passing_files_on_a_disk_are_put_right_where_they_are_seen_to_go(
    table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    found = surroundings.passing()
    assert found.state is State.WARNING
    assert "unset XDG_RUNTIME_DIR" in found.hint
    table.write_text(TABLE.replace("/dev/shm rw - tmpfs", "/dev/shm rw - ext4"))
    assert "set XDG_RUNTIME_DIR, which is on a disk, to" in surroundings.passing().hint
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    assert "a /dev/shm that you may write to" in surroundings.passing().hint


def test_a_terminal_is_found_although_the_page_goes_into_a_pipe(monkeypatch: pytest.MonkeyPatch):
    termios = pytest.importorskip("termios")
    ours, theirs = os.openpty()
    with os.fdopen(theirs, "rb", buffering=0) as terminal, Path(os.devnull).open("w") as pipe:
        termios.tcsetwinsize(terminal, (24, 80))
        monkeypatch.setattr(sys, "stdout", pipe)
        monkeypatch.setattr(sys, "stderr", pipe)
        monkeypatch.setattr(sys, "stdin", terminal)
        assert doctor._size() == (80, 24)
    os.close(ours)
