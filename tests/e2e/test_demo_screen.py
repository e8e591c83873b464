from __future__ import annotations

import signal
from pathlib import Path

import pytest

from enquiry_tui.demo.stage import OFFICER

pytest.importorskip("pty")
from tests.tui.terminal import Terminal

PROGRAM = (
    "import os, sys; os.environ['XDG_RUNTIME_DIR'] = {run!r}; sys.argv = ['enquiry-tui', 'demo'];"
    "from enquiry_tui.__main__ import main; sys.exit(main())"
)


def left_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_the_demonstration_opens_signs_in_and_is_gone_at_the_end(tmp_path: Path):
    with Terminal("-c", PROGRAM.format(run=str(tmp_path)), columns=100, rows=30) as terminal:
        terminal.read_until(OFFICER.passphrase.encode(), 40)
        assert b"DEMONSTRATION" in terminal.output
        assert left_in(tmp_path)
        terminal.press(OFFICER.passphrase.encode() + b"\r")
        terminal.read_until(b"Promises", 30)
        terminal.read_until(b"Holt", 30)
        terminal.press(b"\x11")
        assert terminal.wait() == 0
    assert b"The demonstration is gone" in terminal.output
    assert left_in(tmp_path) == []


def test_a_demonstration_that_is_terminated_is_gone_too(tmp_path: Path):
    with Terminal("-c", PROGRAM.format(run=str(tmp_path))) as terminal:
        terminal.read_until(OFFICER.passphrase.encode(), 40)
        terminal.send(signal.SIGTERM)
        assert terminal.wait() == 143
    assert left_in(tmp_path) == []
