"""Officers: who has an account; a new one gets a passphrase that is shown once."""

from __future__ import annotations

from textual.app import ComposeResult

from enquiry_tui.desk import session
from enquiry_tui.desk.session import NewOfficer
from enquiry_tui.domain.when import show_day
from enquiry_tui.tui.commands.command import Place
from enquiry_tui.tui.safe import NoMarkup, join
from enquiry_tui.tui.screens.work import WorkScreen
from enquiry_tui.tui.widgets.paging import FixedPages, Row
from enquiry_tui.tui.widgets.window_list import Column, WindowList

_COLUMNS = (
    Column("HANDLE", 16),
    Column("NAME", 0),
    Column("ROLE", 20),
    Column("VETTED TO", 16),
)
_ROLES = {
    "o": "officer",
    "s": "supervisor",
    "m": "monitoring-officer",
    "a": "auditor",
}


class OfficersScreen(WorkScreen):
    """Lists the accounts; an administrator adds one, with the own passphrase again."""

    PLACE = Place.OFFICE
    HEADING = "Officers"
    CSS_PATH = "officers.tcss"
    AUTO_FOCUS = "#officers"
    NEEDS_MATTER = False

    def content(self) -> ComposeResult:
        """Show the accounts, and a passphrase once."""
        yield WindowList(_COLUMNS, id="officers")
        yield NoMarkup(id="once")

    async def ready(self) -> None:
        """List the accounts."""
        await self._list()

    async def _list(self) -> None:
        found = await self.read(session.list_officers)
        rows = []
        for item in found:
            role = f"{item.role}, admin" if item.administrator else item.role
            vetted = show_day(item.vetting_expires) if item.vetting_expires else "not limited"
            rows.append(Row(item.uid, (item.handle, item.name, role, vetted)))
        self.query_one("#officers", WindowList).show(FixedPages(rows), keep_cursor=True)

    def action_add_officer(self) -> None:
        """Give a colleague an account."""
        self.work(self._add())

    async def _add(self) -> None:
        self.query_one("#once", NoMarkup).show("")
        await self.read(session.may_add_officers)
        handle = await self.prompt.line("Handle, such as PB-0142:")
        name = await self.prompt.line("Name:") if handle else None
        if not handle or not name:
            return
        letter = await self.prompt.key(
            "Role:  o officer · s supervisor · m monitoring officer · a auditor", "osma"
        )
        if letter is None:
            return
        also = await self.prompt.yes("Administrator as well?")
        if also is None:
            return
        passphrase = await self.prompt.secret("Your own passphrase, again:")
        if passphrase is None:
            return
        self.notice.say("Checking your passphrase and making the account …")
        new = NewOfficer(handle.strip(), name.strip(), _ROLES[letter], administrator=also)
        added = await self.write(session.add_officer, new, passphrase)
        lines = join(
            (f" {new.name}: ", "bold"),
            (added.temporary, "bold reverse"),
            "  shown this once; tell it, do not send it.",
        )
        self.query_one("#once", NoMarkup).show(lines)
        self.notice.say(
            "It opens the account for 24 hours and must then be changed.",
            tone="good",
            hint="Esc goes back, and it is gone from the screen.",
        )
        await self._list()
