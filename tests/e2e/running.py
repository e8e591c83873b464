from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

KEPT = ("PATH", "SYSTEMROOT", "TMPDIR", "LANG", "COVERAGE_PROCESS_START")


@dataclass(frozen=True)
class Ended:
    code: int
    out: str
    err: str


def environment(home: Path, **more: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    places = {
        "HOME": home,
        "XDG_DATA_HOME": home / "data",
        "XDG_STATE_HOME": home / "state",
        "LOCALAPPDATA": home / "data",
    }
    return kept | {name: str(place) for name, place in places.items()} | more


def run(
    home: Path, *arguments: str | Path, given: str = "", env: Mapping[str, str] | None = None
) -> Ended:
    done = subprocess.run(
        [sys.executable, "-m", "enquiry_tui", *map(str, arguments)],
        input=given.encode(),
        capture_output=True,
        check=False,
        timeout=50,
        cwd=home,
        env=environment(home, **(env or {})),
    )
    return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())
