"""The desk: who is signed in, over which store, under which packs; and the one way to write."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from enquiry_tui.desk.refusals import Refusals
from enquiry_tui.desk.timekeeping import DeskTime
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.rights import Right, Role, may
from enquiry_tui.domain.when import LONDON, utc_text
from enquiry_tui.domain.workdays import CalendarName, WorkCalendar
from enquiry_tui.errors import EnquiryError, NotPermitted
from enquiry_tui.machine.clock import Clock
from enquiry_tui.records import calendars
from enquiry_tui.records.base import new_uid

if TYPE_CHECKING:
    from enquiry_tui.policy.packs import Packs
    from enquiry_tui.vault.store import Store, Transaction
    from enquiry_tui.vault.vault import SecondKey, Unlocked


@dataclass(frozen=True, slots=True)
class Officer:
    """The one who is signed in, as the signed certificate says."""

    uid: str
    handle: str
    name: str
    role: Role
    administrator: bool


@dataclass(frozen=True, slots=True)
class Office:
    """What this vault is for: whose desk, its prefix, and the line printed on what leaves."""

    name: str
    kind: str
    prefix: str
    contact: str
    demonstration: bool


class Act:
    """One change in the making: its transaction, its time, and the event that goes with it."""

    def __init__(self, desk: Desk, action: Action, purpose: str, tx: Transaction) -> None:
        self.desk = desk
        self.action = action
        self.purpose = purpose
        self.tx = tx
        self.now = desk.now()
        self.at = utc_text(self.now)
        self.seq = 0

    def new_uid(self) -> str:
        """Give a fresh UUIDv7 for a row."""
        return new_uid(self.now)

    def event(
        self,
        table: str,
        uid: str,
        *,
        outcome: str = "done",
        recipient: str = "",
        second: SecondKey | None = None,
        **detail: object,
    ) -> int:
        """Sign the event that belongs to this change. Words and names go in `detail` only."""
        from enquiry_tui.vault.chain import Entry  # noqa: PLC0415

        entry = Entry(
            action=str(self.action),
            object_uid=uid,
            purpose=self.purpose,
            outcome=outcome,
            recipient_uid=recipient,
            pack_hash=getattr(self.desk.packs, self.action.pack).hash,
            detail={"of": table, **detail} if detail else None,
        )
        keys = self.desk.unlocked.keys
        self.seq = self.tx.event(entry, keys, second.keys if second is not None else None)
        return self.seq


class Desk:
    """An officer's session over an open vault. Verbs take it first; nothing writes around it."""

    def __init__(self, unlocked: Unlocked, packs: Packs, clock: Clock, office: Office) -> None:
        self.unlocked = unlocked
        self.packs = packs
        self.clock = clock
        self.office = office
        self.time = DeskTime(clock, unlocked.proof.last_event)
        self._refusals = Refusals(clock)
        self._is_acting = False
        self.account_changed()
        self._calendars: dict[CalendarName, WorkCalendar] = {}
        self.packs_unreadable: tuple[str, ...] = ()  # installed, but not by this program's rules

    def account_changed(self) -> None:
        """Read the signed-in officer's own account: rights go with its certificate, at once."""
        account = self.unlocked.account
        self.officer = Officer(
            account.uid, account.handle, account.name, Role(account.role), account.administrator
        )

    @property
    def store(self) -> Store:
        """The open store, for records to read from."""
        return self.unlocked.store

    @property
    def calendar(self) -> WorkCalendar:
        """Working days in England and Wales, as this vault keeps them."""
        return self.work_calendar(CalendarName.ENGLAND_WALES)

    def work_calendar(self, name: CalendarName) -> WorkCalendar:
        """Give one of the calendars of this vault, read once."""
        if name not in self._calendars:
            self._calendars[name] = calendars.load(self.store, name)
        return self._calendars[name]

    def calendars_changed(self) -> None:
        """Forget the calendars that were read: a holiday has come or gone."""
        self._calendars.clear()

    def now(self) -> datetime:
        """Give the present moment, aware, in UTC; never behind the last event."""
        return self.time.now()

    def today(self) -> date:
        """Give today's date in London."""
        return self.now().astimezone(LONDON).date()

    def demand(self, needed: Right | Action) -> None:
        """Check one right, or that of an act. Raises NotPermitted, which is recorded."""
        if self.unlocked.account.must_change:
            raise NotPermitted(
                "This passphrase is a temporary one.",
                "Choose your own first: enquiry-tui officer passphrase",
            )
        right = needed.right if isinstance(needed, Action) else needed
        if not may(self.officer.role, self.officer.administrator, right):
            self.refused(needed)
            raise NotPermitted(
                f"Your role ({self.officer.role}) may not do this.",
                "Ask a colleague whose role carries it; nothing was changed.",
            )

    def refused(self, what: str) -> None:
        """Leave the event of an act, or a right, that this officer was refused; never raises."""
        self._refusals.add(what)
        self._leave_refusals()

    @contextmanager
    def act(self, action: Action, purpose: str = "") -> Iterator[Act]:
        """Open the one transaction of a verb: right, BEGIN IMMEDIATE, change and event, or nothing.

        Raises NotPermitted; whatever the verb raises rolls everything back.
        """
        self.demand(action)
        self._is_acting = True
        try:
            with self.store.transaction() as tx:
                self._note_clock(tx)
                yield Act(self, action, purpose, tx)
        finally:
            self._is_acting = False
            self._leave_refusals()  # of a right that only the transaction could ask for

    def _leave_refusals(self) -> None:
        if self._is_acting:
            return
        for what in self._refusals.due():
            # The refusal stands whether or not a held or damaged vault can take its event.
            with suppress(EnquiryError), self.store.transaction() as tx:
                Act(self, Action.ACCESS_REFUSED, what, tx).event("", "", outcome="refused")

    def _note_clock(self, tx: Transaction) -> None:
        """Leave the event of a clock that was put back while somebody was signed in."""
        if (noted := self.time.to_note()) is not None:
            clock, expected = noted
            act = Act(self, Action.CLOCK_BACK, "", tx)
            act.event("", "", outcome="noticed", clock=clock, expected=expected, noticed="at work")

    @contextmanager
    def scratch(self) -> Iterator[Transaction]:
        """Open a transaction for drafts, and nothing but drafts: no event, no other table."""
        with self.store.scratch() as tx:
            yield tx
