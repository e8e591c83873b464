"""A vault of any size, filled with rows that its own check finds in order."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.bulk import Matter, bulk
from enquiry_tui.desk import session, steps
from enquiry_tui.desk.desk import Desk
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.vocabulary import Office as OfficeKind
from enquiry_tui.machine.clock import FixedClock

HANDLE, PASSPHRASE = "PB-0001", "heron lamp tundra vessel oak"
START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
_FLOOR = 64 * 1024
_TOGETHER = 10_000  # contacts in one transaction
_PER_MATTER = 10
_LATER = 30 * 86_400
WORDS = Path(__file__).with_name("words.txt").read_text("ascii").split()


class Office:
    """A vault in a folder, with anchors beside it and a clock that is moved."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.anchors = folder / "vault", folder / "anchors"
        self.clock = FixedClock(START)
        self._random = random.Random(1)
        if self.folder.exists():  # kept from an earlier run; what is to come is younger
            self.clock.advance(seconds=_LATER)
            return
        new = session.NewOffice(
            handle=HANDLE,
            name="Ann Okafor",
            office="Chief Constable's Office",
            kind=OfficeKind.CHIEF_CONSTABLE,
            prefix="CCO",
            contact="01632 960100",
        )
        session.create_office(self.folder, new, PASSPHRASE, self.clock, memory_kib=_FLOOR)

    @contextmanager
    def signed_in(self) -> Iterator[Desk]:
        """Sign in and out again."""
        desk = session.sign_in(self.folder, HANDLE, PASSPHRASE, self.clock, anchors=self.anchors)
        try:
            yield desk
        finally:
            session.sign_out(desk)

    def fill(self, count: int) -> None:
        """Bring the vault to so many contacts, each with its index entry and its signed event."""
        with self.signed_in() as desk:
            row = desk.store.one("SELECT count(*) AS n FROM contact")
            have = int(row["n"]) if row is not None else 0
            with bulk(desk) as opened:
                while have < count:
                    size = min(_TOGETHER, count - have)
                    matters = self._matters(desk, -(-size // _PER_MATTER))
                    opened.add(matters, [self.words(20) for _ in range(size)])
                    have += size
                    self.clock.advance(seconds=60)

    def words(self, count: int) -> str:
        """Give some words."""
        return " ".join(self._random.choices(WORDS, k=count))

    def name(self) -> str:
        """Give a name, one of some fifty thousand."""
        first, second, third = self._random.choices(WORDS, k=3)
        return f"{first.title()}{second}, {third.title()}"

    def _matters(self, desk: Desk, count: int) -> list[Matter]:
        """Open so many matters, each with its enquirer, in one act of the desk."""
        opened: list[Matter] = []
        with desk.act(Action.CONTACT_LOG) as act:
            for _ in range(count):
                matter = steps.open_matter(act, desk, self.words(4))
                person = steps.add_person(act, desk, self.name())
                steps.give_part(act, desk, matter["id"], person["id"], "enquirer")
                opened.append(Matter(matter["id"], matter["uid"], person["id"]))
            act.event("enquiry", opened[0].uid)
        return opened
