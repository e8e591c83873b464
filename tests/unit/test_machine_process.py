from __future__ import annotations

import os
import sys
from pathlib import Path
from subprocess import PIPE, Popen, run

import pytest

from enquiry_tui.machine.locks import AlreadyLocked, FileLock
from enquiry_tui.machine.process import scrub_environment

IMPORT_ALL = """
import importlib, pkgutil, sys
for name in ("fcntl", "resource", "termios"):
    sys.modules[name] = None
import enquiry_tui
for module in pkgutil.walk_packages(enquiry_tui.__path__, "enquiry_tui."):
    if not module.name.startswith("enquiry_tui.tui") and not module.name.endswith("__main__"):
        importlib.import_module(module.name)
        print(module.name)
"""
HARDENED = """
import os, resource, sys
from enquiry_tui.machine.process import harden
harden()
print(oct(os.umask(0)), resource.getrlimit(resource.RLIMIT_CORE))
sys.stdout.flush()
sys.stdin.read()
"""
HOLDER = """
import sys; from pathlib import Path; from enquiry_tui.machine.locks import FileLock
lock = FileLock(Path(sys.argv[1])); print("held", flush=True); sys.stdin.read()
"""


def test_a_lock_keeps_everybody_else_out_until_released(tmp_path: Path):
    path = tmp_path / "lock"
    with FileLock(path):
        assert path.stat().st_mode & 0o777 == 0o600
        with pytest.raises(AlreadyLocked):
            FileLock(path)
    assert path.exists()
    lock = FileLock(path)
    lock.release()
    lock.release()
    FileLock(path).release()


def test_a_lock_is_free_again_when_its_process_is_killed(tmp_path: Path):
    path = tmp_path / "lock"
    command = [sys.executable, "-c", HOLDER, str(path)]
    with Popen(command, stdout=PIPE, stdin=PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        with pytest.raises(AlreadyLocked):
            FileLock(path)
        process.kill()
        process.wait()
    FileLock(path).release()


def test_a_lock_is_not_taken_through_a_link(tmp_path: Path):
    (tmp_path / "lock").symlink_to(tmp_path / "victim")
    with pytest.raises(OSError, match="symbolic"):
        FileLock(tmp_path / "lock")
    assert not (tmp_path / "victim").exists()


def test_windows_takes_its_own_kind_of_lock(tmp_path: Path):
    script = (
        "import sys, types\n"
        "from pathlib import Path\n"
        "calls = []\n"
        "sys.modules['fcntl'] = None\n"
        "def locking(fd, kind, size):\n"
        "    calls.append((kind, size))\n"
        "    if len(calls) > 1: raise PermissionError(13, 'in use')\n"
        "sys.modules['msvcrt'] = types.SimpleNamespace(locking=locking, LK_NBLCK=2)\n"
        "from enquiry_tui.machine.locks import AlreadyLocked, FileLock\n"
        "lock = FileLock(Path(sys.argv[1]))\n"
        "try: FileLock(Path(sys.argv[1]))\n"
        "except AlreadyLocked: print(calls)\n"
    )
    done = run([sys.executable, "-c", script, tmp_path / "lock"], capture_output=True, check=True)
    assert done.stdout.decode().strip() == "[(2, 1), (2, 1)]"


def test_what_makes_textual_or_python_leak_is_dropped_and_looks_are_kept():
    environment = {
        "TEXTUAL": "devtools",
        "TEXTUAL_LOG": "/tmp/x",
        "TEXTUAL_DRIVER": "evil:Driver",
        "TEXTUAL_ANYTHING_NEW": "1",
        "PYTHONINSPECT": "1",
        "PYTHONSTARTUP": "/tmp/x",
        "TEXTUAL_ANIMATIONS": "none",
        "TEXTUAL_COLOR_SYSTEM": "256",
        "TEXTUAL_THEME": "dark",
        "TEXTUAL_FPS": "30",
        "HOME": "/home/o",
    }
    dropped = scrub_environment(environment)
    assert len(dropped) == 6
    assert sorted(environment) == [
        "HOME",
        "TEXTUAL_ANIMATIONS",
        "TEXTUAL_COLOR_SYSTEM",
        "TEXTUAL_FPS",
        "TEXTUAL_THEME",
    ]
    assert scrub_environment(environment) == []


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_hardened_process_dumps_no_core_and_shows_no_memory():
    with Popen([sys.executable, "-c", HARDENED], stdout=PIPE, stdin=PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline().decode().strip() == "0o77 (0, 0)"
        owner = Path(f"/proc/{process.pid}/mem").stat().st_uid
        readable = os.access(f"/proc/{process.pid}/mem", os.R_OK)
        process.kill()
    assert owner == 0
    assert not readable or os.getuid() == 0


def test_every_module_can_be_imported_where_posix_is_missing():
    done = run([sys.executable, "-c", IMPORT_ALL], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert {"enquiry_tui.machine.locks", "enquiry_tui.vault.vault"} <= set(done.stdout.split())
