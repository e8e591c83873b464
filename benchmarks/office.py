"""A vault of any size, filled with rows that its own check finds in order."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from enquiry_tui.desk import session, steps
from enquiry_tui.desk.desk import Act, Desk
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.vocabulary import Office as OfficeKind
from enquiry_tui.domain.when import utc_text
from enquiry_tui.machine.clock import FixedClock
from enquiry_tui.records import contacts, search

HANDLE, PASSPHRASE = "PB-0001", "heron lamp tundra vessel oak"
START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
_FLOOR = 64 * 1024
_TOGETHER = 2_000  # contacts in one transaction
_PER_MATTER = 10
_WORDS = Path(__file__).with_name("words.txt").read_text("ascii").split()


class Office:
    """A vault in a folder, with anchors beside it and a clock that is moved."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.anchors = folder / "vault", folder / "anchors"
        self.clock = FixedClock(START)
        self._random = random.Random(1)
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
            while have < count:
                size = min(_TOGETHER, count - have)
                with desk.store.transaction() as tx:
                    self._some(desk, Act(desk, Action.CONTACT_LOG, "", tx), size)
                have += size
                self.clock.advance(seconds=60)

    def words(self, count: int) -> str:
        """Give some words."""
        return " ".join(self._random.choices(_WORDS, k=count))

    def name(self) -> str:
        """Give a name, one of some fifty thousand."""
        first, second, third = self._random.choices(_WORDS, k=3)
        return f"{first.title()}{second}, {third.title()}"

    def _some(self, desk: Desk, act: Act, size: int) -> None:
        matter = person = None
        for number in range(size):
            if number % _PER_MATTER == 0 or matter is None or person is None:
                matter = steps.open_matter(act, desk, self.words(4))
                person = steps.add_person(act, desk, self.name())
                steps.give_part(act, desk, matter["id"], person["id"], "enquirer")
            uid, note = act.new_uid(), self.words(20)
            contacts.add(
                act.tx,
                uid=uid,
                origin_vault=desk.store.vault_id,
                enquiry_id=matter["id"],
                person_id=person["id"],
                officer_uid=desk.officer.uid,
                channel="telephone",
                direction="in",
                state="ended",
                started_at=act.at,
                limit_at=utc_text(act.now + timedelta(hours=1)),
                ended_at=act.at,
                line=note,
            )
            search.index(act.tx, "note", uid, note, enquiry_id=matter["id"])
            act.event("contact", uid, line=note, enquiry=matter["uid"])
