"""A new passphrase: of one's own will, or because the present one was only lent."""

from __future__ import annotations

from dataclasses import replace

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from enquiry_tui.errors import EnquiryError
from enquiry_tui.tui.commands.command import Place
from enquiry_tui.tui.host import host
from enquiry_tui.tui.safe import NoMarkup, toast
from enquiry_tui.tui.screens.forms import DoorScreen, FormRow
from enquiry_tui.tui.store_thread import Priority
from enquiry_tui.tui.widgets.entry import SecretInput
from enquiry_tui.tui.widgets.panels import Notice

_TEMPORARY = "The passphrase you used was temporary. Choose your own before anything else."
_OWN = "Your present passphrase, then a new one."
_ADVICE = "15 characters or more, best six unrelated words: Ctrl+N offers some."


class PassphraseScreen(DoorScreen):
    """Asks for the present passphrase and twice for the new one."""

    PLACE = Place.SIGN_IN
    HEADING = "New passphrase"
    AUTO_FOCUS = "#old"

    def __init__(self, *, is_temporary: bool) -> None:
        super().__init__()
        self._is_temporary = is_temporary

    def body(self) -> ComposeResult:
        """Show the three fields."""
        with Vertical(classes="form"):
            yield NoMarkup(f"\n{_TEMPORARY if self._is_temporary else _OWN}\n{_ADVICE}\n")
            yield FormRow("Present one", SecretInput(id="old"))
            yield FormRow("New one", SecretInput(id="new"))
            yield FormRow("New one again", SecretInput(id="again"))
            yield Notice(id="notice")

    def action_suggest(self) -> None:
        """Offer a passphrase of random words."""
        self.offer_passphrase()

    @on(Input.Submitted)
    def submit(self, event: Input.Submitted) -> None:
        """Go to the next field; after the last one change the passphrase."""
        following = {"old": "new", "new": "again"}.get(event.input.id or "")
        if following is not None:
            self.go_to(following)
            return
        new, again = self._secret("new"), self._secret("again")
        if new != again:
            self.notice().say("The two new ones differ. Type them again.", tone="warning")
            self.go_to("new")
            return
        self.freeze(frozen=True)
        self.notice().say("Changing it. This takes a few seconds …")
        self.run_worker(
            self._change(self._secret("old"), new), group="passphrase", name="passphrase"
        )

    def _secret(self, field_id: str) -> str:
        return self.query_one(f"#{field_id}", SecretInput).take_out()

    async def _change(self, old: str, new: str) -> None:
        app = host(self)
        try:
            await app.store.run(
                app.door.change_passphrase, app.session, old, new, priority=Priority.SAVE
            )
        except EnquiryError as error:
            self.freeze(frozen=False)
            self.notice().fault(error)
            self.go_to("old")
            return
        toast(app, "The new passphrase is in force.")
        if self._is_temporary:
            app.show_home()
            if app.signed_in is not None:
                app.signed_in = replace(app.signed_in, must_change_passphrase=False)
                app.tell_notices(app.signed_in)
        else:
            self.dismiss()

    def step_back(self) -> None:
        """Go back, but not from a temporary passphrase: that has to be changed first."""
        if not self._is_temporary:
            self.dismiss()
