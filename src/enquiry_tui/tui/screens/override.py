"""Override (O): two officers open what lacks a level and nothing else; both sign."""

from __future__ import annotations

from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from enquiry_tui.desk import overrides
from enquiry_tui.domain.vocabulary import Decision, InfoClass
from enquiry_tui.tui.commands.command import Place
from enquiry_tui.tui.safe import NoMarkup
from enquiry_tui.tui.screens.forms import FormRow
from enquiry_tui.tui.screens.gate_base import GateScreen
from enquiry_tui.tui.widgets.entry import LineInput, SecretInput
from enquiry_tui.tui.widgets.panels import Notice

_WORDS = (
    "\nTwo officers answer for this: you, and a supervisor or the monitoring officer beside you, "
    "who types their own handle and passphrase. It opens only what lacks a level, never what is "
    "routed or refused to everybody. The reason stands in the ledger, and the line is in the next "
    "dip sample.\n"
)
_FIELDS = ("item", "words", "why", "handle", "secret")
_ITEMS = {InfoClass.OWN_PROGRESS: "enquiry.state"}


class OverrideScreen(GateScreen):
    """Asks for the words, the reason, and the second officer."""

    PLACE = Place.SAY
    HEADING = "OVERRIDE"
    CSS_PATH = Path(__file__).with_name("override.tcss")
    AUTO_FOCUS = "#why"

    def __init__(
        self, contact_uid: str, info_class: InfoClass, decision: Decision, words: str
    ) -> None:
        super().__init__(contact_uid)
        self._class = info_class
        self._decision = decision
        self._words = words

    def body(self) -> ComposeResult:
        """Show what it does, then the fields."""
        with Vertical(classes="form"):
            yield NoMarkup(_WORDS)
            yield FormRow("Class", NoMarkup(f"{self._class.digit} {self._class.label}"))
            yield FormRow("Item", LineInput(_ITEMS.get(self._class, "in words"), id="item"))
            yield FormRow("You say", LineInput(self._words, id="words"))
            yield FormRow("Why", LineInput(id="why", placeholder="why it cannot wait for a check"))
            yield FormRow("Second officer", LineInput(id="handle", placeholder="their handle"))
            yield FormRow("Passphrase", SecretInput(id="secret"))
            yield Notice(id="notice")
            yield NoMarkup(
                "Enter goes on; after the passphrase both sign. Esc leaves.", classes="-dim"
            )

    def _field(self, name: str) -> LineInput:
        return self.query_one(f"#{name}", LineInput)

    @on(Input.Submitted)
    def go_on(self, event: Input.Submitted) -> None:
        """Go to the next line; after the passphrase both sign."""
        event.stop()
        at = _FIELDS.index(event.input.id or _FIELDS[0])
        if at + 1 < len(_FIELDS):
            self._field(_FIELDS[at + 1]).focus()
            return
        passphrase = self.query_one("#secret", SecretInput).take_out()
        if not passphrase:
            self.notice.say("The second officer types the passphrase.", tone="warning")
            return
        self.notice.say("Checking the second officer …")
        self.run_worker(self._sign(passphrase), group="override", exclusive=True, name="override")

    async def _sign(self, passphrase: str) -> None:
        request = overrides.Override(
            contact_uid=self.contact_uid,
            item=self._field("item").value.strip() or "in words",
            words=self._field("words").value,
            info_class=self._class,
            decision=self._decision,
            why=self._field("why").value,
            second_handle=self._field("handle").value.strip(),
            second_passphrase=passphrase,
        )

        async def sign() -> None:
            await self.write(overrides.override, request)

        if await self.attempt(sign) and self.is_current:
            self.dismiss(True)

    def on_unmount(self) -> None:
        """Forget the passphrase field."""
        for field in self.query(SecretInput):
            field.clear()
