"""The first paint of the sign-in beside that of a bare Textual app, each in a process of its own.

Both run on a terminal of their own of eighty by twenty-four. The watch starts before the process
does and stops when the last word of the whole frame has come through the terminal: for the sign-in
its line of keys, for the bare app its footer. Nothing is put into either program to measure it.
"""

from __future__ import annotations

import os
import re
import select
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.bare import WORDS
from benchmarks.timing import WALL, Line

_ROOT = Path(__file__).parents[1]
_WAIT = 30.0  # seconds
_CONTROL = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|[P\]^_X][^\x1b\x07]*(?:\x1b\\|\x07)?|.)")


@dataclass(frozen=True, slots=True)
class _Program:
    """What is run, and what stands on its first frame, the last line among it."""

    arguments: tuple[str, ...]
    words: tuple[bytes, ...]


_BARE = _Program(("-m", "benchmarks.bare"), (WORDS.encode(), b"Ring"))
_SIGN_IN = _Program(("-m", "enquiry_tui"), (b"Passphrase", b"URGENT"))


def measure(folder: Path, vault: Path, turns: int) -> Iterator[Line]:
    """Paint the sign-in of a vault and the bare app in turns."""
    if os.name != "posix":
        print("  first paint is measured where there are pseudo-terminals", file=sys.stderr)
        return
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "HOME": str(folder),
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "ENQUIRY_VAULT": str(vault),
    }
    took: dict[_Program, list[tuple[float, float]]] = {_BARE: [], _SIGN_IN: []}
    for program in took:  # compiled, and in the memory of the system
        _painted(program, environment)
    for _ in range(turns):
        for program, times in took.items():
            times.append(_painted(program, environment))
    (base, base_cpu), (value, cpu) = (_medians(took[program]) for program in (_BARE, _SIGN_IN))
    yield Line(
        "first paint of the sign-in",
        1000 * value,
        "ms",
        1000 * base,
        "a bare Textual app with header, input, table, footer",
        "≤ 1.15 ×",
        value <= 1.15 * base,
    )
    if cpu:
        yield Line("  of which processor time", 1000 * cpu, "ms", 1000 * base_cpu, "the same")


def _medians(times: list[tuple[float, float]]) -> tuple[float, float]:
    return statistics.median(wall for wall, _ in times), statistics.median(cpu for _, cpu in times)


def _painted(program: _Program, environment: dict[str, str]) -> tuple[float, float]:
    """Run it until its frame stands there; gives the seconds, and those of the processor."""
    import fcntl
    import pty
    import struct
    import termios

    here, there = pty.openpty()
    fcntl.ioctl(there, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    start, drawn = WALL(), b""
    process = subprocess.Popen(
        [sys.executable, *program.arguments],
        stdin=there,
        stdout=there,
        stderr=there,
        cwd=_ROOT,
        env=environment,
        start_new_session=True,
    )
    os.close(there)
    try:
        while not all(word in _CONTROL.sub(b"", drawn) for word in program.words):
            if not select.select([here], [], [], _WAIT)[0]:
                raise SystemExit(f"nothing was painted by {' '.join(program.arguments)}")
            drawn += os.read(here, 1 << 16)
        return WALL() - start, _busy(process.pid)
    finally:
        process.kill()
        process.wait()
        os.close(here)


def _busy(pid: int) -> float:
    """Give the processor seconds of a running process so far, where the system tells; else 0."""
    if not sys.platform.startswith("linux"):
        return 0.0
    return time.clock_gettime((~pid << 3) | 2)  # the clock that clock_getcpuclockid(3) names
