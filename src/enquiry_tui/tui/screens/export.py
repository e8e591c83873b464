"""Leaving this machine: a referral summary written to a file, with the passphrase again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input

from enquiry_tui.desk import exports
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.referral_fields import LABELS
from enquiry_tui.desk.referrals import Referral
from enquiry_tui.documents.deliver import FileExists
from enquiry_tui.errors import Refused
from enquiry_tui.tui.commands.command import Place
from enquiry_tui.tui.safe import NoMarkup, join, text
from enquiry_tui.tui.screens.forms import FormRow
from enquiry_tui.tui.screens.work import WorkScreen
from enquiry_tui.tui.widgets.entry import LineInput, SecretInput
from enquiry_tui.tui.widgets.options import ChoiceLine

_FORMATS = (("1", "pdf", "PDF"), ("2", "txt", "plain text"))
_PROTECT = (("1", "yes", "with a password"), ("2", "no", "open to whoever has the file"))


class ExportScreen(WorkScreen):
    """Unlike every other form: what is done here cannot be taken back."""

    PLACE = Place.OFFICE
    HEADING = "Write to a file"
    CSS_PATH = "export.tcss"
    AUTO_FOCUS = "#path"
    NEEDS_MATTER = False

    def __init__(self, referral: Referral) -> None:
        super().__init__("", referral.enquiry_uid)
        self._referral = referral
        self._is_written = False

    def content(self) -> ComposeResult:
        """Show to whom, under which marking, and where to."""
        yield NoMarkup(text("  LEAVES THIS MACHINE  ", "bold reverse"), id="banner")
        with Vertical(id="form"):
            yield NoMarkup(id="facts")
            yield FormRow("File", LineInput(id="path"))
            yield FormRow("As", ChoiceLine(_FORMATS, "pdf", id="format"))
            yield FormRow("Protected", ChoiceLine(_PROTECT, "yes", id="protect"))
            yield FormRow("Passphrase", SecretInput(id="passphrase", placeholder="yours, again"))
        yield NoMarkup(id="written")

    async def ready(self) -> None:
        """Show recipient, marking and what goes."""
        item = self._referral
        marking = await self.read(_marking)
        labels = ", ".join(LABELS.get(name, name) for name in item.fields) or "none"
        lines = [
            join(("To         ", "bold"), item.entry_name),
            join(("Marking    ", "bold"), marking),
            join(("Referral   ", "bold"), f"{item.reference}/{item.number}"),
            join(("Ticked     ", "bold"), labels),
            text(""),
        ]
        self.query_one("#facts", NoMarkup).show(Content("\n").join(lines))
        path = self.field("path")
        path.value = str(Path("~") / f"{item.reference}-{item.number}.pdf")
        path.action_select_all()  # what is typed takes its place; an arrow key keeps it
        self.notice.say("Enter in the passphrase writes the file. It is recorded who, what, when.")

    @on(ChoiceLine.Changed, "#format")
    def follow_format(self, event: ChoiceLine.Changed) -> None:
        """Give the file the ending of its format; only a PDF can be protected."""
        path = self.field("path")
        if path.value.endswith((".pdf", ".txt")):
            path.value = path.value[:-4] + "." + event.value
        if event.value != "pdf":
            self.query_one("#protect", ChoiceLine).value = "no"

    @on(Input.Submitted, "#path")
    @on(ChoiceLine.Taken)
    def go_on(self) -> None:
        """Go to the next field."""
        self.app.action_focus_next()

    @on(Input.Submitted, "#passphrase")
    def write_file(self) -> None:
        """Write the file."""
        if self._is_written:
            return
        if self.value("path") and not _has_folder(self.value("path")):
            # Nothing was tried yet, so the passphrase stays where it is.
            self.notice.say(
                f"There is no such folder: {Path(self.value('path')).parent}",
                tone="warning",
                hint="Name one that is there; the passphrase stays typed.",
            )
            self.go_to("path")
        else:
            passphrase = self.query_one("#passphrase", SecretInput).take_out()
            self.work(self._write(passphrase))

    async def _write(self, passphrase: str) -> None:
        if not self.value("path"):
            raise Refused("No file is named yet.", "Name a folder and a file.")
        self.notice.say("Checking the passphrase and writing …")
        request = exports.ExportRequest(
            reference=self._referral.reference,
            out=_place(self.value("path")),
            passphrase=passphrase,
            format=self.value("format"),
            number=self._referral.number,
            protect=self.value("protect") == "yes",
        )
        try:
            done = await self.write(exports.export_referral, request)
        except FileExists:
            if not await self.prompt.yes("A file of that name is there. Replace it?"):
                self.notice.say("Nothing was written.", tone="warning")
                return
            done = await self.write(exports.export_referral, replace(request, force=True))
        self._show(done)

    def _show(self, done: exports.Exported) -> None:
        self._is_written = True
        self.query_one("#form").display = False
        lines = [
            join((" Written    ", "bold"), str(done.file)),
            join((" To         ", "bold"), done.recipient),
            join((" Code       ", "bold"), done.code),
        ]
        if done.password:
            lines += [
                text(""),
                join((" Password   ", "bold"), (done.password, "bold reverse")),
                text(" Shown this once and kept nowhere. Give it by another way than the file."),
            ]
        self.query_one("#written", NoMarkup).show(Content("\n").join(lines))
        self.notice.say("It has left this machine, and the record says so.", hint="Esc goes back.")
        self.set_focus(None)

    def step_back(self) -> None:
        """Go back; nothing typed here is kept."""
        self._leave()


def _place(typed: str) -> Path:
    return Path(typed).expanduser()


def _has_folder(typed: str) -> bool:
    """Say whether the folder that is typed is there."""
    try:
        return _place(typed).parent.is_dir()
    except (OSError, RuntimeError, ValueError):
        return False


def _marking(desk: Desk) -> str:
    return desk.packs.office.value.marking
