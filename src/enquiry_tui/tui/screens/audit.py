"""The record of who did what: read as far as one's right reaches, and verified."""

from __future__ import annotations

from textual.app import ComposeResult

from enquiry_tui.desk import audit
from enquiry_tui.desk.audit import EventView
from enquiry_tui.desk.desk import Desk
from enquiry_tui.domain.rights import audit_reach
from enquiry_tui.domain.when import LONDON, show_day_short, show_time
from enquiry_tui.tui.calls import short
from enquiry_tui.tui.commands.command import Place
from enquiry_tui.tui.safe import NoMarkup, text
from enquiry_tui.tui.screens.work import WorkScreen
from enquiry_tui.tui.widgets.paging import FixedPages, Row
from enquiry_tui.tui.widgets.window_list import Column, WindowList

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


class AuditScreen(WorkScreen):
    """The latest events, and v to check them all. Reading them leaves an event of its own."""

    PLACE = Place.AUDIT
    HEADING = "Audit"
    CSS_PATH = "audit.tcss"
    AUTO_FOCUS = "#events"
    NEEDS_MATTER = False

    def content(self) -> ComposeResult:
        """Show what is read, the events, and what verification said."""
        yield NoMarkup(id="reach")
        yield WindowList(_COLUMNS, id="events")
        yield NoMarkup(id="proof")

    async def ready(self) -> None:
        """Read the latest events."""
        reach = await self.read(_reach)
        words = f" {_REACH[reach]}, the latest first: at most {audit.MOST}. This reading is noted."
        self.query_one("#reach", NoMarkup).show(text(words, "dim"))
        found = await self.write(audit.events, audit.MOST)
        self.query_one("#events", WindowList).show(FixedPages([_row(item) for item in found]))

    def action_verify(self) -> None:
        """Check every event."""
        self.work(self._verify())

    async def _verify(self) -> None:
        self.notice.say("Checking every event …")
        found = await self.write(audit.verify_record)
        proof = self.query_one("#proof", NoMarkup)
        if found.verified:
            words = f" VERIFIED: {found.events:,} events, {found.signatures:,} signatures"
            proof.show(text(f"{words} · code {found.code}", "bold $text-success"))
            self.notice.say(
                "Whole, in order, signed by their officers.",
                tone="good",
                hint="Compare the code with one written down earlier or printed on an export.",
            )
            return
        first = "\n ".join(found.failures[:4])
        proof.show(text(f" NOT VERIFIED · {first}", "bold $text-error"))
        self.notice.say("The record is not whole. Tell the administrator now.", tone="urgent")


def _reach(desk: Desk) -> str:
    return str(audit_reach(desk.officer.role))


def _row(item: EventView) -> Row:
    at = item.at.astimezone(LONDON)
    who = f"{item.handle} + {item.second}" if item.second else item.handle
    cells = (
        str(item.seq),
        f"{show_day_short(at.date())} {show_time(at)}",
        who,
        f"{item.action} · {item.operation}",
        short(item.reference) if item.reference else "",
        item.outcome,
    )
    return Row(str(item.seq), cells, ("quiet", "quiet"))
