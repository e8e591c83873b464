"""`python -m benchmarks vault [--full] [--contacts N]… [--json]`: medians of one run, as ratios."""

from __future__ import annotations

import argparse
import json
import platform
import shutil
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from benchmarks import vault
from benchmarks.timing import Line, show

_QUICK, _FULL = (1_000, 100_000), (1_000, 100_000, 1_000_000)


def main() -> int:
    """Measure, and print a table or JSON Lines; exit code 1 where a target is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("what", choices=["vault"])
    parser.add_argument("--full", action="store_true", help="up to a million contacts")
    parser.add_argument("--contacts", type=int, action="append", metavar="N")
    parser.add_argument("--dir", type=Path, help="a folder on the disk to be measured")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    sizes = tuple(given.contacts or (_FULL if given.full else _QUICK))
    folder = Path(tempfile.mkdtemp(prefix="enquiry-benchmarks-", dir=given.dir))
    lines: list[Line] = []
    try:
        print(f"Filling vaults of up to {max(sizes):,} contacts …", file=sys.stderr)
        for line in vault.measure(folder, sizes):
            print(f"  {line.what}: {line.value:,.4g} {line.unit}", file=sys.stderr, flush=True)
            lines.append(line)
    finally:
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
