"""The vault that the fault suites copy: two people, a matter, a letter, and what opens it."""

from __future__ import annotations

import functools
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from enquiry_tui.desk import letters, quicklog, session
from enquiry_tui.desk.desk import Desk
from enquiry_tui.domain.vocabulary import Office as OfficeKind
from enquiry_tui.machine.clock import SystemClock
from enquiry_tui.machine.paths import anchors_folder
from enquiry_tui.vault import kdf
from enquiry_tui.vault.founding import Created

FLOOR = 64 * 1024
SUPERVISOR, OFFICER = "PB-0001", "PB-0142"
WORDS = {SUPERVISOR: "heron lamp tundra vessel oak", OFFICER: "quilt marble signal under rye"}
CLOCK = SystemClock()
MEMORY = Path("/dev/shm")
ENOUGH = 1 << 30  # bytes


@dataclass(frozen=True)
class Founded:
    """A vault in `root/vault`, with room beside it for what lives outside."""

    root: Path
    vault_id: str = ""
    recovery_key: str = ""
    passphrases: dict[str, str] = field(default_factory=dict)  # by handle

    @property
    def vault(self) -> Path:
        return self.root / "vault"

    @property
    def state(self) -> Path:
        return self.root / "state"

    def copy(self, root: Path) -> Founded:
        shutil.copytree(self.root, root, dirs_exist_ok=True)
        return replace(self, root=root, passphrases=dict(self.passphrases))

    def saved(self) -> str:
        return json.dumps({**asdict(self), "root": str(self.root)})

    @classmethod
    def loaded(cls, text: str) -> Founded:
        record = json.loads(text)
        return cls(**{**record, "root": Path(record["root"])})


def mail(mark: str) -> bytes:
    return (
        f"From: Ann Mercer <{mark}@example.org>\r\nSubject: Parking {mark}\r\n"
        "Date: Tue, 3 Nov 2026 09:05:00 +0000\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/mixed; boundary="b1"\r\n\r\n'
        f"--b1\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nDear Chief, {mark} again.\r\n"
        "--b1\r\nContent-Type: text/plain\r\n"
        f'Content-Disposition: attachment; filename="{mark}.txt"\r\n\r\n'
        f"{(mark + ' kept a list. ') * 400}\r\n--b1--\r\n"
    ).encode()


def create(folder: Path) -> Created:
    """Found a vault with its first officer and nobody and nothing else."""
    new = session.NewOffice(
        handle=SUPERVISOR,
        name="Ann Okafor",
        office="Chief Constable's Office",
        kind=OfficeKind.CHIEF_CONSTABLE,
        prefix="CCO",
        contact="01632 960100",
    )
    return session.create_office(folder, new, WORDS[SUPERVISOR], CLOCK, memory_kib=FLOOR)


def found(root: Path) -> Founded:
    """Found the vault under the environment's state folder `root/state`."""
    with outside(root / "state"):
        folder = root / "vault"
        made = create(folder)
        desk = sign_in(folder, SUPERVISOR, WORDS[SUPERVISOR])
        added = session.add_officer(
            desk, session.NewOfficer(OFFICER, "Bo Ellery", "officer"), WORDS[SUPERVISOR]
        )
        session.sign_out(desk)
        desk = sign_in(folder, OFFICER, added.temporary)
        session.change_passphrase(desk, added.temporary, WORDS[OFFICER])
        for number in range(3):
            quicklog.log_line(
                desk, quicklog.LineRequest(f"Janet Holt 07700 90011{number} due:10wd ~ parking")
            )
        letters.import_letter(desk, mail("first"), "first.eml")
        session.sign_out(desk)
    return Founded(root, made.vault_id, made.recovery_key, dict(WORDS))


def hash_quickly() -> None:
    """Argon2 with one pass, once for each passphrase and salt: nothing happens while it runs.

    What Argon2 itself must do is for the tests of the vault. For this whole process.
    """
    module: Any = kdf
    module._PASSES = 1
    module._seconds = lambda _memory_kib: 9.0  # slow enough for the floor to do
    if not hasattr(module.hash_secret_raw, "cache_info"):
        module.hash_secret_raw = functools.cache(module.hash_secret_raw)


@contextmanager
def outside(state: Path) -> Iterator[None]:
    """Have everything that lives outside the vault go to a folder of ours."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(state))
        patch.setenv("ENQUIRY_ANCHORS", str(state / "anchors"))
        yield


def sign_in(folder: Path, handle: str, words: str) -> Desk:
    """Sign in with anchors, as the program does."""
    return session.sign_in(folder, handle, words, CLOCK, anchors=anchors_folder())


@contextmanager
def quick_folder() -> Iterator[Path]:
    """Give a folder in memory where the machine has that, and remove it."""
    usable = MEMORY.is_dir() and os.access(MEMORY, os.W_OK)
    where = MEMORY if usable and shutil.disk_usage(MEMORY).free > ENOUGH else None
    folder = Path(tempfile.mkdtemp(prefix="enquiry-faults-", dir=where))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
