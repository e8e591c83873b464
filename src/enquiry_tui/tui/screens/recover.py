"""The recovery key, where no administrator can sign in: the key, who is helped, a passphrase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input

from enquiry_tui.errors import EnquiryError, MustWait, UsageError
from enquiry_tui.tui.commands.command import Place
from enquiry_tui.tui.host import host
from enquiry_tui.tui.ports import Recovered
from enquiry_tui.tui.safe import NoMarkup, fit, join, short, toast
from enquiry_tui.tui.screens.forms import DoorScreen, FormRow
from enquiry_tui.tui.store_thread import Priority
from enquiry_tui.tui.widgets.entry import KeyInput, LineInput, SecretInput
from enquiry_tui.tui.widgets.panels import Notice

if TYPE_CHECKING:
    from enquiry_tui.desk.recovery import Administrator, Found

_WORDS = """
For when no administrator can sign in. The key stands on the recovery sheet.
Small letters or capitals, hyphens or none. Its use goes on the record.
"""
_COMPARE = "The sheet has to show the same fingerprint. If it does not, stop: Esc."
_HELD = "It stays read only until the administrator has signed in and accepts it: Audit."
_NONE_LEFT = "No administrator is left. This makes one."
_DONE = "The new passphrase is in force. Have a new recovery sheet made: Office, accounts."


class _BeforeTheDesk(DoorScreen):
    """Goes back to the sign-in and forgets what was typed."""

    PLACE = Place.SIGN_IN
    HEADING = "The recovery key"

    def step_back(self) -> None:
        """Go back to the sign-in."""
        host(self).show_sign_in()

    def forget(self) -> None:
        """Leave altogether: nobody has been there for a while, and a key is on the screen."""
        self.step_back()

    def failed(self, error: EnquiryError, field: str) -> None:
        """Say what went wrong and go to a field, with everything still there."""
        self.freeze(frozen=False)
        self.go_to(field)
        if isinstance(error, MustWait):
            self.tell_wait(error)
        else:
            self.notice().fault(error)


class RecoverScreen(_BeforeTheDesk):
    """Asks for the key, on one sheet or two."""

    AUTO_FOCUS = "#key"

    def body(self) -> ComposeResult:
        """Show the two fields."""
        with Vertical(classes="form"):
            yield NoMarkup(_WORDS)
            yield FormRow("Recovery key", KeyInput(id="key", placeholder="eight groups of four"))
            yield FormRow(
                "Second sheet", KeyInput(id="other", placeholder="only if it is on two, A and B")
            )
            yield Notice(id="notice")
            yield NoMarkup("\nEnter goes on. Esc goes back to the sign-in.", classes="-dim")

    @on(Input.Submitted)
    def submit(self) -> None:
        """Look whom the key helps."""
        if not self.value("key"):
            self.notice().say("Type the key from the sheet.", tone="warning")
            self.go_to("key")
            return
        self.freeze(frozen=True)
        self.notice().say("Opening the vault …")
        self.run_worker(self._look(self.value("key"), self.value("other")), group="recover")

    async def _look(self, key: str, other: str) -> None:
        app = host(self)
        try:
            await app.vault_closed()
            found = await app.store.run(app.door.look_with_key, key, other, priority=Priority.LOCK)
        except EnquiryError as error:
            self.failed(error, "other" if "of two" in error.title else "key")
            return
        app.show_only(lambda: RenewScreen(found))


class RenewScreen(_BeforeTheDesk):
    """Asks who is to sign in again, and for the new passphrase."""

    AUTO_FOCUS = ".-first"

    def __init__(self, found: Found) -> None:
        super().__init__()
        self._found = found

    def on_unmount(self) -> None:
        """Close the vault, whichever way this was left."""
        app = host(self)
        app.store.submit(app.door.lock, Priority.LOCK)

    def body(self) -> ComposeResult:
        """Show the fingerprint, the administrators, and the fields."""
        able = self._found.administrators
        with VerticalScroll(id="about", classes="form", can_focus=False):
            yield NoMarkup("")
            yield NoMarkup(join("Fingerprint  ", (self._found.fingerprint, "bold")))
            yield NoMarkup(f"{_COMPARE}\n")
            if self._found.held:
                yield NoMarkup(f"{self._found.held} {_HELD}\n", classes="-warning")
            yield NoMarkup(_listed(able) if able else _NONE_LEFT)
            yield NoMarkup("")
        with Vertical(classes="form"):
            who = LineInput("1" if len(able) == 1 else "", id="who", placeholder=_asked(able))
            if len(able) != 1:
                who.add_class("-first")
            yield FormRow("Who" if able else "Handle", who)
            if not able:
                yield FormRow("Name", LineInput(id="name"))
            until = LineInput(id="until", placeholder="only to renew it: 4 dec 2027")
            until.set_class(len(able) == 1, "-first")
            yield FormRow("Vetted until", until)
            yield FormRow(
                "New passphrase", SecretInput(id="new", placeholder="15 or more; Ctrl+N offers one")
            )
            yield FormRow("Once more", SecretInput(id="again"))
            yield Notice(id="notice")

    def on_resize(self) -> None:
        """Let what stands over the fields take its own height, or what a long notice leaves it."""
        self.call_after_refresh(self._fit_about)

    def _fit_about(self) -> None:
        about = self.query_one("#about")
        about.styles.max_height = sum(part.outer_size.height for part in about.children)

    def action_suggest(self) -> None:
        """Offer a passphrase of random words."""
        self.offer_passphrase()

    @on(Input.Submitted)
    def submit(self, event: Input.Submitted) -> None:
        """Go to the next field; after the last one give the passphrase."""
        fields = [field.id or "" for field in self.query(LineInput)]
        at = fields.index(event.input.id or "")
        if at + 1 < len(fields):
            self.go_to(fields[at + 1])
            return
        new, again = (self.query_one(f"#{name}", SecretInput) for name in ("new", "again"))
        if new.value != again.value:
            again.clear()
            self.notice().say("The two passphrases differ. Type it once more.", tone="warning")
            return
        answers = Recovered(
            self._handle(),
            new.value,
            self.value("until"),
            "" if self._found.administrators else self.value("name"),
        )
        self.freeze(frozen=True)
        self.notice().say("Making new keys …")
        self.run_worker(self._recover(answers), group="recover")

    async def _recover(self, answers: Recovered) -> None:
        app = host(self)
        try:
            await app.store.run(app.door.recover, answers, priority=Priority.LOCK)
        except EnquiryError as error:
            self.failed(error, self._field_of(error))
            return
        app.show_sign_in(answers.handle)
        toast(app, _DONE, seconds=30)

    def _field_of(self, error: EnquiryError) -> str:
        """Say which line has to be put right; a passphrase that is refused is typed anew."""
        if isinstance(error, UsageError):  # of the day, or of a new administrator's handle or name
            return "until" if self._found.administrators else "who"
        for field in self.query(SecretInput):
            field.clear()
        return "new"

    def _handle(self) -> str:
        """Give the handle that was meant, by number or by name."""
        typed, able = self.value("who"), self._found.administrators
        if typed.isdecimal() and 0 < int(typed) <= len(able):
            return able[int(typed) - 1].handle
        return typed


def _asked(able: tuple[Administrator, ...]) -> str:
    return "the number or the handle" if able else "the new administrator's, such as PB-0107"


def _listed(able: tuple[Administrator, ...]) -> Content:
    rows = [
        short(f"  {at}  {fit(one.handle, 12)} {fit(one.name, 26)} {one.vetting}")
        for at, one in enumerate(able, 1)
    ]
    return Content("\n").join(
        [join(("Administrators, and how their vetting stands", "bold")), *rows]
    )
