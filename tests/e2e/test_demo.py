from __future__ import annotations

import signal
import sys
from pathlib import Path

import pytest

from tests.e2e.running import run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal of POSIX")
if sys.platform != "win32":
    from tests.tui.terminal import Terminal

PROGRAM = """
import os, sys
os.environ["XDG_RUNTIME_DIR"] = {place!r}
sys.argv[1:] = ["demo"]
from enquiry_tui.__main__ import main
sys.exit(main())
"""


def demonstration(place: Path) -> Terminal:
    place.mkdir(mode=0o700)
    return Terminal("-c", PROGRAM.format(place=str(place)))


def vaults(place: Path) -> list[Path]:
    return list(place.rglob("vault.db"))


def test_a_demonstration_without_a_terminal_says_so_and_makes_nothing(tmp_path: Path):
    place = tmp_path / "runtime"
    place.mkdir(mode=0o700)
    ended = run(tmp_path, "demo", env={"XDG_RUNTIME_DIR": str(place)})
    assert (ended.code, ended.out) == (2, "")
    assert list(place.iterdir()) == []


def test_a_demonstration_is_signed_in_to_under_its_banner_and_removed(tmp_path: Path):
    place = tmp_path / "runtime"
    with demonstration(place) as terminal:
        terminal.read_until(b"seven lamps along the quay", 40)
        terminal.read_until(b"Sign in.")
        assert vaults(place)
        terminal.press(b"seven lamps along the quay\r")
        terminal.read_until(b"every person here is made up")
        terminal.press(b"\x11")
        assert terminal.wait() == 0
    assert vaults(place) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_demonstration_is_removed_when_it_is_told_to_end(tmp_path: Path, number: signal.Signals):
    place = tmp_path / "runtime"
    with demonstration(place) as terminal:
        terminal.read_until(b"Sign in.", 40)
        assert vaults(place)
        terminal.send(number)
        assert terminal.wait() == 128 + number
    assert vaults(place) == []
