"""The first screen: handle and passphrase. It paints before anything heavy is imported."""

from __future__ import annotations

from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from enquiry_tui.errors import EnquiryError, MustWait
from enquiry_tui.tui.commands.command import Place
from enquiry_tui.tui.host import host
from enquiry_tui.tui.safe import NoMarkup
from enquiry_tui.tui.screens.forms import DoorScreen, FormRow
from enquiry_tui.tui.widgets.entry import LineInput, SecretInput
from enquiry_tui.tui.widgets.panels import Notice

_RECOVERY = "No administrator can sign in? Esc, then r: the recovery key."


class SignInScreen(DoorScreen):
    """Asks who is there. What goes wrong is said in words under the fields."""

    PLACE = Place.SIGN_IN
    HEADING = "Enquiry desk"
    CSS_PATH = Path(__file__).with_name("sign_in.tcss")
    AUTO_FOCUS = ".-missing"

    def __init__(self, handle: str = "") -> None:
        super().__init__()
        self._handle = handle

    def body(self) -> ComposeResult:
        """Show the office, the two fields and the notice."""
        with Vertical(id="sheet"):
            yield NoMarkup(host(self).door.office_line() or "Enquiry desk", id="office")
            yield NoMarkup(self.words(), id="words")
            handle, secret = LineInput(self._handle, id="handle"), SecretInput(id="passphrase")
            (secret if self._handle else handle).add_class("-missing")
            yield FormRow("Handle", handle)
            yield FormRow("Passphrase", secret)
            yield Notice(id="notice")
            yield NoMarkup(_RECOVERY, id="recovery-hint", classes="-dim")

    def words(self) -> str:
        """Return the sentence over the fields."""
        if self._handle:  # the cursor stands in the passphrase, and Tab would leave it
            return "Sign in: type your passphrase, then Enter. Shift+Tab: another handle."
        return "Sign in: type your handle, Enter, your passphrase, Enter."

    @on(Input.Submitted, "#handle")
    def to_passphrase(self) -> None:
        """Go on to the passphrase."""
        self.go_to("passphrase")

    @on(Input.Submitted, "#passphrase")
    def submit(self) -> None:
        """Try to open the vault."""
        handle = self.value("handle")
        if not handle:
            self.notice().say("Type your handle first.", tone="warning")
            self.go_to("handle")
            return
        passphrase = self.query_one("#passphrase", SecretInput).take_out()
        if not passphrase:
            self.notice().say("Type your passphrase.", tone="warning")
            return
        self.freeze(frozen=True)
        self.notice().say("Opening the vault …")
        self.run_worker(
            self._open(handle, passphrase), group="sign-in", exclusive=True, name="sign-in"
        )

    async def _open(self, handle: str, passphrase: str) -> None:
        try:
            await host(self).sign_in(handle, passphrase)
        except MustWait as error:
            self.freeze(frozen=False)
            self.query_one("#passphrase", SecretInput).value = passphrase  # it was not tried
            self.go_to("passphrase")
            self.tell_wait(error)
        except EnquiryError as error:
            host(self).type_ahead.drop()  # it was meant for the desk, and is no passphrase
            self.freeze(frozen=False)
            self.notice().fault(error)
            self.go_to("passphrase")

    def leaves_text_first(self) -> bool:
        """Escape leaves the fields, so that the one letter of this screen works."""
        return True

    def action_step_back(self) -> None:
        """Leave the fields, and say what the keys do now."""
        super().action_step_back()
        if self.focused is None:
            self.notice().say("r is the recovery key, ? the keys; Tab goes back to the fields.")

    def action_recover(self) -> None:
        """Go on with the recovery key."""
        from enquiry_tui.tui.screens.recover import RecoverScreen  # noqa: PLC0415

        host(self).show_only(RecoverScreen)

    def step_back(self) -> None:
        """Stay: there is nothing behind this."""
