"""The first run: whose office this is, who is first, and the recovery key on paper."""

from __future__ import annotations

import re

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from enquiry_tui.errors import EnquiryError
from enquiry_tui.tui.commands.command import Command, Place
from enquiry_tui.tui.host import host
from enquiry_tui.tui.ports import NewKey, NewVault, OfficeKind
from enquiry_tui.tui.safe import NoMarkup
from enquiry_tui.tui.screens.forms import DoorScreen, FormRow
from enquiry_tui.tui.store_thread import Priority
from enquiry_tui.tui.widgets.entry import LineInput, SecretInput
from enquiry_tui.tui.widgets.panels import Notice

_WORDS = """
No vault here yet. You will be its first supervisor and administrator.
Enter goes to the next line; after the last one the vault is made.
A backup instead: enquiry-tui backup restore FILE --into DIR
"""
_MISREAD = str.maketrans("OIL", "011")  # as where the key is used
_FINGERPRINT = """
Beside it the fingerprint: {}
It is shown when the key is used: if it is another one then, stop.
To test the paper at any time: enquiry-tui vault recovery-check
"""
_KINDS = {"1": OfficeKind.CHIEF_CONSTABLE, "2": OfficeKind.LOCAL_POLICING_BODY}
_FIELDS = ("handle", "name", "kind", "office", "prefix", "contact", "passphrase", "again")
_MISSING = {
    "handle": "A short handle to sign in with, such as okafor.",
    "name": "Your name, as letters and lists show it.",
    "kind": "1 for a chief constable's office, 2 for a local policing body's.",
    "office": "The office's full name.",
    "prefix": "The prefix of references: two to eight capital letters or digits.",
    "contact": "How to reach the office: printed on what goes out, “if received in error”.",
    "passphrase": "A passphrase of 15 characters or more.",
    "again": "The passphrase once more.",
}


class FirstRunScreen(DoorScreen):
    """Asks for everything a new vault needs, and makes it."""

    PLACE = Place.SIGN_IN
    HEADING = "A new vault"
    AUTO_FOCUS = "#handle"

    def body(self) -> ComposeResult:
        """Show the fields."""
        with Vertical(classes="form"):
            yield NoMarkup(_WORDS)
            yield FormRow(
                "Handle", LineInput(id="handle", placeholder="you sign in with it: PB-0142")
            )
            yield FormRow("Name", LineInput(id="name", placeholder="as it stands on what leaves"))
            yield FormRow(
                "Office is", LineInput(id="kind", placeholder="1 chief's, 2 policing body's")
            )
            yield FormRow(
                "Office name", LineInput(id="office", placeholder="Chief Constable, Northmere")
            )
            yield FormRow("Prefix", LineInput(id="prefix", placeholder="OPCC", limit=8))
            yield FormRow(
                "Contact line", LineInput(id="contact", placeholder="printed: number, e-mail")
            )
            secret = SecretInput(id="passphrase", placeholder="15 or more; Ctrl+N offers one")
            yield FormRow("Passphrase", secret)
            yield FormRow("Once more", SecretInput(id="again"))
            yield Notice(id="notice")

    def action_suggest(self) -> None:
        """Offer a passphrase of random words."""
        self.offer_passphrase()

    @on(Input.Submitted)
    def submit(self, event: Input.Submitted) -> None:
        """Go on to the next field, or make the vault."""
        at = _FIELDS.index(event.input.id or "handle")
        if at + 1 < len(_FIELDS):
            self.go_to(_FIELDS[at + 1])
            return
        fault = self._first_fault()
        if fault is not None:
            field, words = fault
            self.notice().say(words, tone="warning")
            self.go_to(field)
            return
        request = self._request()
        self.freeze(frozen=True)
        self.notice().say("Making the vault. This takes a few seconds …")
        self.run_worker(self._make(request), group="first-run", name="first-run")

    def _first_fault(self) -> tuple[str, str] | None:
        for field in _FIELDS:
            if not self.value(field):
                return field, _MISSING[field]
        if self.value("kind") not in _KINDS:
            return "kind", _MISSING["kind"]
        if not re.fullmatch(r"[A-Z0-9]{2,8}", self.value("prefix").upper()):
            return "prefix", _MISSING["prefix"]
        if self._secret("passphrase").value != self._secret("again").value:
            return "again", "The two passphrases differ."
        return None

    def _secret(self, field: str) -> SecretInput:
        return self.query_one(f"#{field}", SecretInput)

    def _request(self) -> NewVault:
        self._secret("again").take_out()
        return NewVault(
            handle=self.value("handle"),
            name=self.value("name"),
            office_kind=_KINDS[self.value("kind")],
            office=self.value("office"),
            prefix=self.value("prefix").upper(),
            contact=self.value("contact"),
            passphrase=self._secret("passphrase").take_out(),
        )

    async def _make(self, request: NewVault) -> None:
        app = host(self)
        try:
            made = await app.store.run(app.door.create, request, priority=Priority.LOCK)
        except EnquiryError as error:
            self.freeze(frozen=False)
            self.notice().fault(error)
            self.go_to("passphrase")
            return
        app.show_only(lambda: RecoveryScreen(made, request.handle))

    def step_back(self) -> None:
        """Stay: there is nothing behind this."""


class RecoveryScreen(DoorScreen):
    """Shows the recovery key once, and goes on only when its end has been typed from paper."""

    PLACE = Place.SIGN_IN
    HEADING = "The recovery key"
    AUTO_FOCUS = "#groups"

    def __init__(self, made: NewKey, handle: str = "") -> None:
        """Take the key; with the handle it goes on to the sign-in, without it back."""
        super().__init__()
        self._key = made.recovery_key
        self._fingerprint = made.fingerprint
        self._handle = handle

    def body(self) -> ComposeResult:
        """Show the key in groups and ask for the last two."""
        with Vertical(classes="form"):
            yield NoMarkup(
                "\nWrite this on paper now, and put that in the safe: it is shown this once.\n"
                "Without it a forgotten passphrase means that every record is lost.\n"
            )
            yield NoMarkup(_in_lines(self._key), id="recovery")
            yield NoMarkup(_FINGERPRINT.format(self._fingerprint))
            yield NoMarkup("Then type the last two groups, from the paper:\n")
            yield FormRow("Last two groups", LineInput(id="groups"))
            yield Notice(id="notice")

    @on(Input.Submitted, "#groups")
    def compare(self) -> None:
        """Go on to the sign-in if the groups are right."""
        typed = re.sub(r"[^A-Z0-9]", "", self.value("groups").upper()).translate(_MISREAD)
        wanted = "".join(_groups(self._key)[-2:]).upper()
        if typed != wanted:
            self.notice().say(
                "That is not how the key ends.", tone="warning", hint="Check what you wrote down."
            )
            self.query_one("#groups", LineInput).clear()
            return
        self._key = ""
        if self._handle:
            host(self).show_sign_in(self._handle)
        else:
            self.dismiss()

    def step_back(self) -> None:
        """Stay: the key has to be on paper first."""

    def footer_shows(self, row: Command) -> bool:
        """Leave out the way back, which there is none of."""
        return row.id != "step-back"


def _groups(key: str) -> list[str]:
    return [group for group in re.split(r"[\s-]+", key.strip()) if group]


def _in_lines(key: str, per_line: int = 4) -> str:
    groups = _groups(key)
    lines = [groups[at : at + per_line] for at in range(0, len(groups), per_line)]
    return "\n".join("    " + "  ".join(line) for line in lines)
