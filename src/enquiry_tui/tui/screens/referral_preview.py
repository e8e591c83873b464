"""A referral as its reader sees it: before it is recorded, and afterwards."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from enquiry_tui.desk import previews, referrals
from enquiry_tui.desk.referrals import Referral, ReferralRequest
from enquiry_tui.tui.commands.command import Place
from enquiry_tui.tui.safe import NoMarkup, block, text
from enquiry_tui.tui.screens.work import WorkScreen


class PreviewScreen(WorkScreen):
    """The exact words, to be scrolled; Enter puts the referral on the record, Escape goes back."""

    PLACE = Place.REFERRAL
    HEADING = "Preview"
    CSS_PATH = "referral_preview.tcss"
    AUTO_FOCUS = "#page"
    OWN_BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "record", show=False)]

    def __init__(self, request: ReferralRequest, words: str, name: str) -> None:
        super().__init__(request.contact_uid, request.enquiry_uid)
        self._request = request
        self._words = words
        self._entry_name = name
        self._recorded: Referral | None = None

    def content(self) -> ComposeResult:
        """Show what this is, then the page."""
        yield NoMarkup(text(f" TO {self._entry_name} · nothing is recorded yet", "bold"), id="what")
        with VerticalScroll(id="page"):
            yield NoMarkup(block(self._words), id="words")

    async def ready(self) -> None:
        """Say what Enter does."""
        self.notice.say("Enter records that this goes to them. Esc changes it, nothing is lost.")

    def action_record(self) -> None:
        """Put the referral on the record; once it is there, go on."""
        if self._recorded is not None:
            self._leave(self._recorded)
        else:
            self.work(self._record())

    async def _record(self) -> None:
        self._recorded = await self.write(referrals.refer, self._request)
        words = f" {self._recorded.reference}/{self._recorded.number} RECORDED"
        self.query_one("#what", NoMarkup).show(
            text(f"{words} · kept here, nothing has left this machine", "bold $text-success")
        )
        self.notice.say(
            "On the record, with a ledger line for each thing that goes.",
            tone="good",
            hint="f writes it to a file, and so out of this machine · Enter goes back",
        )
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the file only once there is a referral."""
        if action == "to_file":
            return self._recorded is not None
        return super().check_action(action, parameters)

    def action_to_file(self) -> None:
        """Write the summary to a file."""
        from enquiry_tui.tui.screens.export import ExportScreen  # noqa: PLC0415

        if self._recorded is not None:
            self.app.push_screen(ExportScreen(self._recorded))

    def step_back(self) -> None:
        """Go back to the form, or past it once the referral is recorded."""
        self._leave(self._recorded)


class SummaryScreen(WorkScreen):
    """The summary of a referral that is on the record."""

    PLACE = Place.REFERRAL
    HEADING = "Summary"
    CSS_PATH = "referral_preview.tcss"
    AUTO_FOCUS = "#page"

    def __init__(self, enquiry_uid: str, referral: Referral) -> None:
        super().__init__("", enquiry_uid)
        self._referral = referral

    def content(self) -> ComposeResult:
        """Show the page."""
        yield NoMarkup(text(f" TO {self._referral.entry_name}", "bold"), id="what")
        with VerticalScroll(id="page"):
            yield NoMarkup(id="words")

    async def ready(self) -> None:
        """Read the words."""
        words = await self.read(previews.referral_text, self._referral.uid)
        self.query_one("#words", NoMarkup).show(block(words))
        self.notice.say("As a file would hold it now. f writes it to a file.")

    def action_to_file(self) -> None:
        """Write the summary to a file."""
        from enquiry_tui.tui.screens.export import ExportScreen  # noqa: PLC0415

        self.app.push_screen(ExportScreen(self._referral))
