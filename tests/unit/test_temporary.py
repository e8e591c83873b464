from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from enquiry_tui.machine.temporary import fresh_folder, passing_folder, remove_left


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    return tmp_path / "enquiry-tui" / "trial"


def left_by_a_killed_run() -> Path:
    program = (
        "import os\n"
        "from enquiry_tui.machine.temporary import passing_folder\n"
        "with passing_folder('trial') as inside:\n"
        "    (inside / 'vault.db').write_bytes(b'x')\n"
        "    print(inside.parent, flush=True)\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    folder = Path(done.stdout.decode().strip())
    assert (folder / "inside" / "vault.db").exists()
    return folder


def test_a_passing_folder_is_private_and_gone_at_the_end(home: Path):
    with passing_folder("trial") as inside:
        (inside / "deep").mkdir()
        (inside / "deep" / "file").write_bytes(b"x")
        assert inside.is_relative_to(home)
        assert inside.parent.stat().st_mode & 0o777 == 0o700
        assert inside.stat().st_mode & 0o777 == 0o700
    assert not inside.parent.exists()


def test_a_passing_folder_is_gone_after_a_fault_too():
    with pytest.raises(ValueError, match="so"), passing_folder("trial") as inside:
        raise ValueError("so")
    assert not inside.parent.exists()


def test_what_a_killed_run_left_is_removed_by_the_next_one():
    left = left_by_a_killed_run()
    with passing_folder("trial") as inside:
        assert not left.exists()
        assert inside.exists()


def test_a_folder_that_a_running_program_holds_stays(home: Path):
    with passing_folder("trial") as inside:
        assert remove_left(home) == 0
        assert inside.exists()


def test_only_marked_folders_of_our_own_are_removed(home: Path, tmp_path: Path):
    left = left_by_a_killed_run()
    plain, marked_otherwise = home / "run-plain", home / "run-other"
    for folder in (plain, marked_otherwise, elsewhere := tmp_path / "elsewhere"):
        folder.mkdir()
        (folder / "keep").write_bytes(b"x")
    (marked_otherwise / "passing").write_bytes(b"somebody else's words")
    (elsewhere / "passing").write_bytes((left / "passing").read_bytes())
    (home / "run-link").symlink_to(elsewhere)
    assert remove_left(home) == 1
    assert not left.exists()
    assert all((folder / "keep").exists() for folder in (plain, marked_otherwise, elsewhere))


def test_a_place_that_others_may_write_is_not_used(tmp_path: Path):
    place = tmp_path / "enquiry-tui"
    place.mkdir()
    place.chmod(0o777)
    with passing_folder("trial") as inside:
        assert not inside.is_relative_to(place)


def test_a_fresh_folder_is_private_and_stays():
    folder = fresh_folder("enquiry-trial-")
    assert folder.stat().st_mode & 0o777 == 0o700
    folder.rmdir()
