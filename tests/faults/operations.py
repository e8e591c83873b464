"""The child's work: random acts of an office, each told before it begins and after it returns."""

from __future__ import annotations

import json
import os
import random
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from enquiry_tui.desk import (
    accounts,
    backups,
    drafts,
    letters,
    quicklog,
    restoring,
    session,
    vault_care,
)
from enquiry_tui.desk.desk import Desk
from enquiry_tui.vault.drill import Opener
from enquiry_tui.vault.errors import EventDelayed, RotationUnfinished
from tests.faults.offices import CLOCK, OFFICER, SUPERVISOR, Founded, mail, sign_in

Tell = Callable[[str, dict[str, Any]], None]
_SYLLABLES = ("tun", "dra", "ves", "sel", "oak", "quil", "mar", "ble", "sig", "nal", "rye", "her")


def tell(word: str, told: dict[str, Any]) -> None:
    """Say one line in one write, so that it is heard whole or not at all."""
    os.write(1, f"{word} {json.dumps(told)}\n".encode())


class Work:
    """One child's life: signed in as somebody, doing this and that until it is killed or done."""

    def __init__(self, founded: Founded, rng: random.Random, say: Tell = tell) -> None:
        self.founded = founded
        self.rng = rng
        self.say = say
        self.passphrases = dict(founded.passphrases)
        self.handle = rng.choice([SUPERVISOR, OFFICER])
        self.added: list[tuple[str, str]] = []  # uid and handle
        self.bundles: list[tuple[Path, str]] = []  # file, and what opens it
        self._desk: Desk | None = None
        self._number = 0

    def run(self, count: int, weights: dict[str, int]) -> None:
        """Sign in, do so many things, sign out."""
        names, odds = list(weights), list(weights.values())
        self.begin()
        for _ in range(count):
            self.do(self.rng.choices(names, odds)[0])
        self.end()

    def do(self, name: str) -> None:
        """Do one thing between its two lines."""
        self._number += 1
        planned = getattr(self, f"plan_{name}")()  # which may need another act before it
        told = {"op": name, **planned}
        self.say("try", told)
        self.say("ack", told | (getattr(self, name)(told) or {}))

    @property
    def desk(self) -> Desk:
        assert self._desk is not None
        return self._desk

    @property
    def is_open(self) -> bool:
        """Whether somebody is signed in."""
        return self._desk is not None and self._desk.store.is_open

    def begin(self) -> None:
        words = self.passphrases[self.handle]
        self._desk = sign_in(self.founded.vault, self.handle, words)

    def end(self) -> None:
        desk, self._desk = self.desk, None
        session.sign_out(desk)

    def _mark(self) -> str:
        return f"mark{self._number}x{self.rng.randrange(10**6)}"

    def plan_log(self) -> dict[str, Any]:
        return {"mark": self._mark()}

    def log(self, told: dict[str, Any]) -> dict[str, Any]:
        line = f"Janet Holt 07700 900{self.rng.randrange(100, 999)} due:10wd ~ {told['mark']}"
        if self.rng.random() < 0.3:
            line += " " + " ".join(self.rng.choices(_SYLLABLES, k=2000))
        return {"uid": quicklog.log_line(self.desk, quicklog.LineRequest(line)).contact_uid}

    def plan_letter(self) -> dict[str, Any]:
        return {"mark": self._mark()}

    def letter(self, told: dict[str, Any]) -> dict[str, Any]:
        made = letters.import_letter(self.desk, mail(told["mark"]), "letter.eml")
        return {"uid": made.letter_uid}

    def plan_draft(self) -> dict[str, Any]:
        place = f"{self.handle}-{self.rng.choice(['desk', 'call', 'post'])}"
        return {"place": place, "body": self._mark()}

    def draft(self, told: dict[str, Any]) -> None:
        drafts.save_draft(self.desk, told["place"], {"text": told["body"]})

    def plan_passphrase(self) -> dict[str, Any]:
        new = " ".join("".join(self.rng.choices(_SYLLABLES, k=2)) for _ in range(4))
        return {"handle": self.handle, "new": f"{new} {self._number}"}

    def passphrase(self, told: dict[str, Any]) -> None:
        with suppress(EventDelayed):  # it is in force all the same
            session.change_passphrase(self.desk, self.passphrases[self.handle], told["new"])
        self.passphrases[self.handle] = told["new"]

    def plan_add(self) -> dict[str, Any]:
        self._become(SUPERVISOR)
        return {"handle": f"NEW-{self._number}-{self.rng.randrange(10**6)}"}

    def add(self, told: dict[str, Any]) -> dict[str, Any]:
        new = session.NewOfficer(told["handle"], "Cy Marsh", "officer")
        added = session.add_officer(self.desk, new, self.passphrases[SUPERVISOR])
        self.added.append((added.uid, told["handle"]))
        return {"uid": added.uid, "temporary": added.temporary}

    def plan_rotate(self) -> dict[str, Any]:
        self._become(SUPERVISOR)
        return {}

    def rotate(self, _told: dict[str, Any]) -> None:
        with suppress(RotationUnfinished):  # the next sign-in finishes it
            deque(vault_care.rotate_keys(self.desk, self.passphrases[SUPERVISOR]), 0)

    def plan_remove(self) -> dict[str, Any]:
        self._become(SUPERVISOR)
        if not self.added:
            self.do("add")
        uid, handle = self.added.pop()
        return {"uid": uid, "handle": handle}

    def remove(self, told: dict[str, Any]) -> None:
        words = self.passphrases[SUPERVISOR]
        with suppress(RotationUnfinished):
            deque(accounts.remove_officer(self.desk, told["uid"], words), 0)

    def plan_backup(self) -> dict[str, Any]:
        self._become(SUPERVISOR)
        place = self.founded.root / f"backups-{self._number}-{self.rng.randrange(10**6)}"
        place.mkdir(mode=0o700)
        return {"place": place.name}

    def backup(self, told: dict[str, Any]) -> dict[str, Any]:
        made = backups.run(backups.make(self.desk, self.founded.root / told["place"]))
        self.bundles.append((made.file, self.passphrases[SUPERVISOR]))
        return {"path": str(made.file.relative_to(self.founded.root)), "words": self.bundles[-1][1]}

    def plan_restore(self) -> dict[str, Any]:
        if not self.bundles:
            self.do("backup")
        return {"into": f"restored-{self._number}-{self.rng.randrange(10**6)}"}

    def restore(self, told: dict[str, Any]) -> dict[str, Any]:
        file, words = self.bundles[-1]
        opener = Opener(words, SUPERVISOR)
        backups.run(restoring.restore(file, opener, self.founded.root / told["into"], CLOCK))
        return {"words": words}

    def plan_turn(self) -> dict[str, Any]:
        return {"to": self.rng.choice([SUPERVISOR, OFFICER])}

    def turn(self, told: dict[str, Any]) -> None:
        """Sign out, and have somebody sign in."""
        self.end()
        self.handle = told["to"]
        self.begin()

    def _become(self, handle: str) -> None:
        if self.handle != handle:
            self.end()
            self.handle = handle
            self.begin()


WEIGHTS = {"log": 36, "letter": 10, "draft": 12, "passphrase": 10, "add": 6, "turn": 8}
WEIGHTS |= {"rotate": 6, "remove": 4, "backup": 5, "restore": 4}
