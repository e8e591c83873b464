from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).parents[2]
_SEQUENCE = re.compile(
    rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|[P\]^_X][^\x1b\x07]*(?:\x1b\\|\x07)?|.)", re.DOTALL
)


class Terminal:
    """One child process on a terminal of its own."""

    def __init__(
        self,
        *arguments: str,
        rows: int = 24,
        columns: int = 80,
        env: Mapping[str, str] | None = None,
    ) -> None:
        self.output = b""
        self._main, child = pty.openpty()
        fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": os.environ.get("HOME", "/"),
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
            "PYTHONPATH": str(ROOT),
            **(env or {}),
        }
        self.process = subprocess.Popen(
            [sys.executable, *arguments],
            stdin=child,
            stdout=child,
            stderr=child,
            cwd=ROOT,
            env=environment,
            start_new_session=True,
        )
        os.close(child)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.hang_up()

    def read_until(self, marker: bytes, seconds: float = 20.0) -> None:
        end = time.monotonic() + seconds
        while marker not in self.output:
            assert time.monotonic() < end, self.output[-2000:]
            assert self._read(), self.output[-2000:]

    def wait(self, seconds: float = 20.0) -> int:
        end = time.monotonic() + seconds
        while self._read():
            assert time.monotonic() < end, self.output[-2000:]
        return self.process.wait(5)

    def hang_up(self) -> None:
        if self._main >= 0:
            os.close(self._main)
            self._main = -1

    def press(self, keys: bytes) -> None:
        os.write(self._main, keys)

    def send(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    def wait_until_stopped(self, seconds: float = 10.0) -> None:
        status = Path(f"/proc/{self.process.pid}/stat")
        end = time.monotonic() + seconds
        while status.read_text().rpartition(")")[2].split()[0] != "T":
            assert time.monotonic() < end
            select.select([], [], [], 0.01)

    def _read(self) -> bool:
        ready, _, _ = select.select([self._main], [], [], 0.2)
        if not ready:
            return self.process.poll() is None
        try:
            piece = os.read(self._main, 65536)
        except OSError:  # the child has gone and nothing is left to read
            return False
        self.output += piece
        return bool(piece)

    def sequences(self) -> set[bytes]:
        """Every control sequence but colours and cursor moves, which depend on what is drawn."""
        found = {match.group() for match in _SEQUENCE.finditer(self.output)}
        return {
            sequence
            for sequence in found
            if not re.fullmatch(rb"\x1b\[[0-9;]*[mHABCDGK]", sequence)
        }
