"""The process that is killed or recorded: does random work on one vault and says what it does.

`python -m tests.faults.child` reads one JSON order for each line of its input. `fork` serves an
order in a child of its own, and says its process number first; without it the order is done here.
"""

from __future__ import annotations

import json
import os
import random
import sys
from typing import Any

from enquiry_tui.vault import kdf
from enquiry_tui.vault.header import read_header
from enquiry_tui.vault.passphrase import secret_bytes
from tests.faults.breakages import broken
from tests.faults.offices import Founded, create, hash_quickly, outside
from tests.faults.operations import WEIGHTS, Work, tell


def serve(order: dict[str, Any]) -> None:
    """Do one order."""
    founded = Founded.loaded(order["founded"])
    with outside(founded.state), broken(order.get("broken", "")):
        if order.get("act") == "found":
            tell("try", {"op": "found"})
            made = create(founded.vault)
            tell("ack", {"op": "found", "key": made.recovery_key})
            return
        work = Work(founded, random.Random(order["seed"]))
        work.run(order["count"], order.get("weights") or WEIGHTS)


def warm(founded: Founded) -> None:
    """Hash the founded passphrases before the first fork, so that a round need not."""
    header = read_header(founded.vault)
    for handle, words in founded.passphrases.items():
        user = header.by_handle(handle)
        if user is not None:
            kdf.derive(secret_bytes(words), user.kdf)


def main() -> None:
    """Serve orders until the input ends."""
    hash_quickly()
    for line in sys.stdin:
        order = json.loads(line)
        if order.get("warm"):
            warm(Founded.loaded(order["warm"]))
            continue
        if not order.get("fork"):
            serve(order)
            continue
        process = os.fork()
        if not process:
            os.write(1, f"pid {os.getpid()}\n".encode())
            code = 1
            try:
                serve(order)
                code = 0
            finally:
                os._exit(code)
        _, status = os.waitpid(process, 0)
        os.write(1, f"end {status}\n".encode())


if __name__ == "__main__":
    main()
