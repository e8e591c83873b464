"""Said in error (x): not a decision, recordable whatever the gate says, and never withdrawn."""

from __future__ import annotations

from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from enquiry_tui.desk import contacts, incidents
from enquiry_tui.desk.desk import Desk
from enquiry_tui.domain.moments import read_moment
from enquiry_tui.domain.vocabulary import InfoClass
from enquiry_tui.errors import Refused
from enquiry_tui.tui.commands.command import Place
from enquiry_tui.tui.safe import NoMarkup, toast
from enquiry_tui.tui.screens.forms import FormRow
from enquiry_tui.tui.screens.gate_base import GateScreen
from enquiry_tui.tui.widgets.entry import LineInput
from enquiry_tui.tui.widgets.panels import Notice

_WORDS = (
    "\nSomething was said that should not have been. Nobody is blamed by this: it is how it can be "
    "put right. It stands beside the ledger, starts the clock for the ICO and tells the "
    "data-protection officer. It can be added to and not withdrawn. Only the first line "
    "is needed.\n"
)
_FIELDS = ("said", "whom", "about", "noticed", "happened")
_CLASSES = "1 public, 2 own progress, 3 own personal, 4 third party, 5 sensitive, 6 operational"


class SaidInErrorScreen(GateScreen):
    """Asks what was said, to whom, when, and how it was noticed."""

    PLACE = Place.SAY
    HEADING = "SAID IN ERROR"
    CSS_PATH = Path(__file__).with_name("incident.tcss")
    AUTO_FOCUS = "#said"

    def body(self) -> ComposeResult:
        """Show what it does, then the fields."""
        with Vertical(classes="form"):
            yield NoMarkup(_WORDS)
            yield FormRow("What was said", LineInput(id="said"))
            yield FormRow("To whom", LineInput(id="whom"))
            yield FormRow(
                "Class", LineInput(id="about", placeholder="1 to 6 as on the say screen, or blank")
            )
            yield FormRow("How noticed", LineInput(id="noticed"))
            yield FormRow("When said", LineInput(id="happened", placeholder="now, or a time"))
            yield Notice(id="notice")
            yield NoMarkup(
                "Enter goes on; after the last line it is recorded. Esc leaves.",
                classes="-dim",
            )

    def on_mount(self) -> None:
        """Fill in who is on the line."""
        self.begin(self._fill)

    async def _fill(self) -> None:
        if self.contact_uid:
            contact = await self.read(contacts.view, self.contact_uid)
            self.set_heading(self.title_for(contact))
            self._field("whom").value = contact.who

    def _field(self, name: str) -> LineInput:
        return self.query_one(f"#{name}", LineInput)

    @on(Input.Submitted)
    async def go_on(self, event: Input.Submitted) -> None:
        """Go to the next line; after the last one record it."""
        event.stop()
        at = _FIELDS.index(event.input.id or _FIELDS[0])
        if at + 1 < len(_FIELDS):
            self._field(_FIELDS[at + 1]).focus()
            return
        if await self.attempt(self._record) and self.is_current:
            toast(
                self.app,
                "Recorded. The clock for the ICO runs; the data-protection officer has it.",
            )
            self.dismiss(True)

    async def _record(self) -> None:
        values = {name: self._field(name).value.strip() for name in _FIELDS}
        await self.write(_record, self.contact_uid, self.enquiry_uid, values)


def _record(desk: Desk, contact_uid: str, enquiry_uid: str, values: dict[str, str]) -> None:
    digit = values["about"]
    info_class = InfoClass.from_digit(int(digit)) if digit.isdigit() else None
    if digit and info_class is None:
        raise Refused("Which class was it?", f"{_CLASSES}; or leave it blank.")
    happened = None
    if values["happened"] and values["happened"].casefold() != "now":
        read = read_moment(values["happened"], desk.now(), desk.calendar, past=True)
        if read is None or read.at is None:
            raise Refused("When was it said?", "A time such as 13:40, a day and a time, or now.")
        happened = read.at
    incidents.record_incident(
        desk,
        incidents.Slip(
            words=values["said"],
            to_whom=values["whom"],
            how_noticed=values["noticed"],
            contact_uid=contact_uid,
            enquiry_uid=enquiry_uid,
            info_class=info_class,
            happened_at=happened,
        ),
    )
