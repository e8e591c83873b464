"""What the desk and the screen of a matter share: verbs on the store thread, and what they say."""

from __future__ import annotations

from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar

from textual.css.query import NoMatches
from textual.screen import Screen

from enquiry_tui.desk import check_views, clock_export
from enquiry_tui.errors import EnquiryError
from enquiry_tui.tui import others
from enquiry_tui.tui.calls import Calls
from enquiry_tui.tui.commands.command import Command, is_letter
from enquiry_tui.tui.host import host
from enquiry_tui.tui.live import LiveContact
from enquiry_tui.tui.safe import toast
from enquiry_tui.tui.screens.asking import AskScreen, Option
from enquiry_tui.tui.screens.base import EnquiryScreen
from enquiry_tui.tui.screens.prompt import Field, PromptScreen, Values
from enquiry_tui.tui.store_thread import StoreLocked, Superseded
from enquiry_tui.tui.widgets.entry import is_text_entry

T = TypeVar("T")
_CALENDAR = "Write my clocks to a calendar file"
_CALENDAR_FILE = (
    Field("path", "File", "~/clocks.ics"),
    Field("passphrase", "Passphrase", "", "yours, again", secret=True),
)
_NOTHING = "Nothing of this call is in the ledger. Esc goes back to it."
END = "n"
_LEFT_WITH_A_MATTER = frozenset({"find", "post"})


class VerbScreen(EnquiryScreen):
    """A screen that runs verbs. Whatever a verb refuses is said in its own words."""

    def do(self, work: Coroutine[Any, Any, object], group: str = "verbs") -> None:
        """Run work in the background; an error is said, never lost."""
        self.run_worker(self._watched(work), group=group, exclusive=False)

    async def _watched(self, work: Coroutine[Any, Any, object]) -> None:
        try:
            await work
        except (StoreLocked, Superseded):
            return  # the screen is on its way out, or a newer request has taken over
        except NoMatches:
            if self.is_up:
                raise  # a fault of ours, and not a screen that has gone meanwhile
        except EnquiryError as error:
            self.fault(error)

    def fault(self, error: EnquiryError) -> None:
        """Say what was refused and what to do next."""
        typed = " What was typed after it was not taken." if host(self).type_ahead.drop() else ""
        toast(self.app, f"{error.hint}{typed}", title=error.title, tone="warning")

    def beside_urgent(self) -> bool:
        """Say, once, whether F9 was left for the other phone."""
        beside, self.calls.beside_urgent = self.calls.beside_urgent, False
        return beside

    def back_to_urgent(self) -> bool:
        """Show F9 again where the call that is talked to is urgent; says whether it is."""
        talking = host(self).live.talking
        if talking is None or not talking.urgent:
            return False
        self.app.run_worker(self.app.run_action("urgent"))
        return True

    async def ask(self, question: str, options: tuple[Option, ...], hint: str = "") -> str:
        """Ask with a key for each answer; Escape answers nothing (empty)."""
        return await self.shown(AskScreen(question, options, hint)) or ""

    async def may_end(self, contact_uid: str, *others: Option) -> str:
        """Ask before a call ends that leaves nothing on the record; gives the answer's key."""
        left = await self.read(check_views.left_undecided, contact_uid)
        if not left:
            return END
        nothing = Option(END, "end it: nothing was told, and nothing was refused")
        return await self.ask(_NOTHING, (*others, nothing), f"({left})")

    async def shown(self, screen: Screen[T]) -> T | None:
        """Show a screen and wait until it has been left."""
        return await self.app.push_screen(screen, wait_for_dismiss=True)

    def footer_shows(self, row: Command) -> bool:
        """Leave letters out of the footer while the cursor is in a text: they are typed there."""
        return super().footer_shows(row) and not (is_letter(row) and is_text_entry(self.focused))

    def on_descendant_focus(self) -> None:
        """Show the keys that work where the cursor has come to."""
        self.refresh_bindings()

    # The screens of others

    async def found(self, enquiry_uid: str) -> None:
        """Go to a matter that another screen was left with."""

    def open_other(self, name: str) -> None:
        """Open a screen by its name; a matter that it is left with is gone to."""
        self.do(self._open_other(name))

    async def _open_other(self, name: str) -> None:
        about = self.about() if name == "letters" else ()
        found: object = await self.shown(others.make(name, *about))
        if name in _LEFT_WITH_A_MATTER and isinstance(found, str) and found:
            await self.found(found)

    def about(self) -> tuple[str, str]:
        """Return the call and the matter that are shown here, as far as there are any."""
        return "", ""

    def action_find(self) -> None:
        """Find a matter, and go there."""
        self.open_other("find")

    def action_directory(self) -> None:
        """Show the directory."""
        self.open_other("directory")

    def action_letters(self) -> None:
        """Show the letters."""
        self.open_other("letters")

    def action_audit(self) -> None:
        """Show the record of who did what."""
        self.open_other("audit")

    def action_office(self) -> None:
        """Show accounts, packs, backups."""
        self.open_other("office")

    def action_backups(self) -> None:
        """Show the backups."""
        self.open_other("backups")

    def action_holidays(self) -> None:
        """Show the working-day calendars."""
        self.open_other("holidays")

    def action_calendar_file(self) -> None:
        """Write the dates of one's own clocks to a file."""
        self.do(self._calendar_file())

    async def _calendar_file(self) -> None:
        words = "Reference and rule of each running clock of yours; restricted matters stay out."
        await self.shown(PromptScreen(_CALENDAR, _CALENDAR_FILE, self._write_file, words=words))

    async def _write_file(self, values: Values) -> None:
        out = _place(values["path"])
        done = await self.write(clock_export.export_calendar, out, values["passphrase"])
        toast(self.app, f"{done.entries} dates written to {done.file}")

    @property
    def calls(self) -> Calls:
        """Return the service of the live calls."""
        return host(self).calls

    @property
    def talking(self) -> LiveContact | None:
        """Return the call that is being talked to."""
        return host(self).live.talking


def _place(typed: str) -> Path:
    return Path(typed).expanduser()
