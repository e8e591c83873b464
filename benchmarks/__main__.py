"""`python -m benchmarks vault|desk|people [--full] [--contacts N]… [--json]`: medians of a run."""

from __future__ import annotations

import argparse
import json
import platform
import shutil
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from benchmarks import desk, people, vault
from benchmarks.timing import Line, show

_PEOPLE = 100_000
_QUICK, _FULL = (1_000, 100_000), (1_000, 100_000, 1_000_000)


def main() -> int:
    """Measure, and print a table or JSON Lines; exit code 1 where a target is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("what", choices=["vault", "desk", "people"])
    parser.add_argument("--full", action="store_true", help="up to a million contacts, or matters")
    parser.add_argument(
        "--contacts", type=int, action="append", metavar="N", help="or matters, or people"
    )
    parser.add_argument("--dir", type=Path, help="a folder on the disk to be measured")
    parser.add_argument(
        "--keep", type=Path, metavar="FOLDER", help="fill a vault there, once, and leave it"
    )
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    sizes = tuple(given.contacts or (_FULL if given.full else _QUICK))
    folder = given.keep or Path(tempfile.mkdtemp(prefix="enquiry-benchmarks-", dir=given.dir))
    folder.mkdir(mode=0o700, exist_ok=True)
    match given.what:
        case "people":
            measured = people.measure(folder, given.contacts[-1] if given.contacts else _PEOPLE)
        case "desk":
            measured = desk.measure(folder, sizes)
        case _:
            measured = vault.measure(folder, sizes)
    lines: list[Line] = []
    try:
        print("Filling a vault …", file=sys.stderr)
        for line in measured:
            print(f"  {line.what}: {line.value:,.4g} {line.unit}", file=sys.stderr, flush=True)
            lines.append(line)
    finally:
        if given.keep is None:
            shutil.rmtree(folder)
    if given.json:
        for line in lines:
            print(json.dumps({"format": 1, **asdict(line), "ratio": line.ratio}))
    else:
        print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}\n")
        print(show(lines))
    return int(any(line.meets is False for line in lines))


if __name__ == "__main__":
    sys.exit(main())
