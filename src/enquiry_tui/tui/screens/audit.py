"""The record of who did what: read as far as one's right reaches, and verified."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from textual.app import ComposeResult

from enquiry_tui.desk import audit
from enquiry_tui.desk.audit import EventView
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.going_back import AT_THE_DESK, before_accepting
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.rights import audit_reach
from enquiry_tui.domain.when import LONDON, show_day_short, show_time
from enquiry_tui.tui.calls import short
from enquiry_tui.tui.commands.command import Place
from enquiry_tui.tui.host import host
from enquiry_tui.tui.long_jobs import in_steps
from enquiry_tui.tui.safe import NoMarkup, text
from enquiry_tui.tui.screens.work import WorkScreen
from enquiry_tui.tui.widgets.paging import FixedPages, Row
from enquiry_tui.tui.widgets.window_list import Column, WindowList
from enquiry_tui.vault.found import Verification

_COLUMNS = (
    Column("EVENT", 6, right=True),
    Column("AT", 12),
    Column("OFFICER", 10),
    Column("DID", 0),
    Column("MATTER", 7),
    Column("OUTCOME", 9),
)
_REACH = {
    "own": "your own acts",
    "team": "the acts of the team",
    "all": "all acts",
}
_REFUSED = str(Action.ACCESS_REFUSED)  # its purpose is the act that was refused


class AuditScreen(WorkScreen):
    """The latest events, and v to check them all. Reading them leaves an event of its own."""

    PLACE = Place.AUDIT
    HEADING = "Audit"
    CSS_PATH = "audit.tcss"
    AUTO_FOCUS = "#events"
    NEEDS_MATTER = False

    def __init__(self) -> None:
        super().__init__()
        self._accepts = False  # something is there for an administrator to accept
        self._is_held = False
        self._is_running = False
        self._is_wanted = True

    def content(self) -> ComposeResult:
        """Show what is read, the events, and what verification said."""
        yield NoMarkup(id="held")
        yield NoMarkup(id="reach")
        yield WindowList(_COLUMNS, id="events")
        yield NoMarkup(id="proof")

    async def ready(self) -> None:
        """Read the latest events, and say what holds the vault, if anything does."""
        held, self._is_held = await self.read(_held)
        self._accepts = bool(held)
        self.query_one("#held", NoMarkup).show(text(held, "bold $text-error"))
        self.refresh_bindings()
        reach = await self.read(_reach)
        words = f" {_REACH[reach]}, the latest first: at most {audit.MOST}."
        words += "" if self._is_held else " This reading is noted."
        self.query_one("#reach", NoMarkup).show(text(words, "dim"))
        found = await self.write(audit.events, audit.MOST)
        year = (await self.read(Desk.today)).year
        self.query_one("#events", WindowList).show(FixedPages([_row(it, year) for it in found]))

    def action_verify(self) -> None:
        """Check every event."""
        self.work(self._verify())

    async def _verify(self) -> None:
        self.notice.say("Checking every event … Esc gives it up.")
        app = host(self)
        self._is_wanted = self._is_running = True
        try:
            work = partial(audit.verification, app.session)
            found = await in_steps(app.store, work, self._tell, lambda: self._is_wanted)
        finally:
            self._is_running = False
        self._show(found)

    def _tell(self, seq: int) -> None:
        if self.is_attached:
            self.query_one("#proof", NoMarkup).show(text(f" event {seq:,}", "dim"))

    def _show(self, found: Verification) -> None:
        proof = self.query_one("#proof", NoMarkup)
        if found.verified:
            words = f" VERIFIED: {found.events:,} events, {found.signatures:,} signatures"
            proof.show(text(f"{words} · code {found.code}", "bold $text-success"))
            said = found.anchors.words if found.anchors is not None else ()
            if said:
                self.notice.say(" ".join(said), tone="warning")
                return
            self.notice.say(
                "Whole, in order, signed by their officers.",
                tone="good",
                hint="Which event a printed code is of, says: enquiry-tui audit verify --code CODE",
            )
            return
        first = "\n ".join(found.failures[:3])
        verdicts = ", ".join(str(verdict) for verdict in found.verdicts)
        proof.show(text(f" NOT VERIFIED: {verdicts}\n {first}", "bold $text-error"))
        self.notice.say("The record is not whole. Tell the administrator now.", tone="urgent")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the acceptance only where there is something to accept."""
        if action == "accept_record":
            return self._accepts
        if action == "export_record":
            return not self._is_held
        return super().check_action(action, parameters)

    def action_accept_record(self) -> None:
        """Take the record as it is."""
        self.work(self._accept())

    async def _accept(self) -> None:
        before = await self.read(before_accepting)
        self.query_one("#proof", NoMarkup).show(text(f" {before}", "$text-warning"))
        asked = "Why is it taken as it is?" if self._is_held else "Why is the clock right?"
        reason = await self.prompt.line(asked)
        if not reason or not reason.strip():
            return
        passphrase = await self.prompt.secret("Your passphrase:")
        if not passphrase:
            return
        older = await self.write(audit.accept_record, reason, passphrase)
        await self.ready()
        words = text(f" {older} {AT_THE_DESK}", "bold $text-warning") if older else ""
        self.query_one("#proof", NoMarkup).show(words)
        self.notice.say("Accepted, and on the record. Work goes on.", tone="good")

    def action_export_record(self) -> None:
        """Write the record to a file."""
        self.work(self._export())

    async def _export(self) -> None:
        typed = await self.prompt.line("Write the record to the file:")
        if not typed or not typed.strip():
            return
        passphrase = await self.prompt.secret("Your passphrase:")
        if not passphrase:
            return
        made = await self.write(audit.export_record, _place(typed), passphrase)
        words = f" {made.file.name} · {made.events:,} events · code {made.code}"
        self.query_one("#proof", NoMarkup).show(text(f"{words}\n root {made.fingerprint}"))
        self.notice.say(
            "Written. It holds no names and no words.",
            tone="good",
            hint="Tell its reader the root by another way than the file.",
        )

    def step_back(self) -> None:
        """Give up the check that runs; where none does, go back."""
        if self._is_running:
            self._is_wanted = False
        else:
            super().step_back()


def _held(desk: Desk) -> tuple[str, bool]:
    """Say what can be accepted, and whether it holds the vault."""
    held = desk.unlocked.proof.held
    if held is not None:
        words = f" {held.verdict.upper()}: {held.words}"
        return f"{words}\n Nothing is written until it is accepted (a).", True
    if audit.is_clock_behind(desk) and desk.officer.administrator:
        return " Is the clock right, and was it ahead before? Then accept it (a).", False
    return "", False


def _place(typed: str) -> Path:
    return Path(typed.strip()).absolute()


def _reach(desk: Desk) -> str:
    return str(audit_reach(desk.officer.role))


def _row(item: EventView, year: int) -> Row:
    who = f"{item.handle} + {item.second}" if item.second else item.handle
    cells = (
        str(item.seq),
        _at(item, year),
        who,
        f"{item.action} · {item.purpose if item.action == _REFUSED else item.operation}",
        short(item.reference) if item.reference else "",
        item.outcome,
    )
    return Row(str(item.seq), cells, ("quiet", "quiet"))


def _at(item: EventView, year: int) -> str:
    """Show day and time; the year in the time's place where it is another: a clock was wrong."""
    if item.at is None:
        return "cannot read"
    at = item.at.astimezone(LONDON)
    return f"{show_day_short(at.date())} {show_time(at) if at.year == year else at.year}"
