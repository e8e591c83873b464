"""A child that works under a limit of the machine: `python -m tests.faults.machinery ORDER`.

The order names the vault, how large a file may become (RLIMIT_FSIZE, in bytes), and the user to be.
It says what it tried and was told, and every error by its kind.
"""

from __future__ import annotations

import functools
import json
import os
import random
import resource
import signal
import sys
from typing import Any

from enquiry_tui.errors import EnquiryError
from tests.faults.offices import SUPERVISOR, Founded, hash_quickly, outside, quick_folder
from tests.faults.operations import WEIGHTS, Work, tell


def know_all(founded: Founded) -> None:
    """Load what another user could not: Python and the checkout may lie in somebody's home."""
    for module in [each for name, each in sys.modules.items() if name.startswith("enquiry_tui.")]:
        for name in {"shipped", "load_shipped", "shipped_bytes"} & vars(module).keys():
            setattr(module, name, functools.cache(getattr(module, name)))
    with quick_folder() as folder:
        copy = founded.copy(folder / "copy")
        for path in (copy.vault, *copy.vault.iterdir()):
            os.chown(path, os.getuid(), os.getgid())
            path.chmod(0o700)
        with outside(copy.state):
            work = Work(copy, random.Random(1), lambda *_: None)
            work.handle = SUPERVISOR
            for name in WEIGHTS:
                if not work.is_open:
                    work.begin()
                work.do(name)
            if work.is_open:
                work.end()


def main(order: dict[str, Any]) -> None:
    """Work until the disk is full, and go on trying for a while."""
    hash_quickly()
    founded = Founded.loaded(order["founded"])
    if limit := order.get("limit"):
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # then a write fails with EFBIG
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    if user := order.get("user"):
        know_all(founded)
        os.setgroups([])
        os.setgid(user)
        os.setuid(user)
    work = Work(founded, random.Random(order["seed"]))
    work.handle = SUPERVISOR
    names, odds = list(WEIGHTS), list(WEIGHTS.values())
    with outside(founded.state):
        try:
            work.begin()
        except EnquiryError as error:
            tell("refused", {"kind": type(error).__name__, "title": error.title})
            return
        for _ in range(order["count"]):
            name = work.rng.choices(names, odds)[0]
            try:
                if not work.is_open:
                    work.begin()
                work.do(name)
            except EnquiryError as error:
                tell("refused", {"kind": type(error).__name__, "title": error.title})
        try:
            if work.is_open:
                work.end()
        except EnquiryError as error:
            tell("refused", {"kind": type(error).__name__, "title": error.title})


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
