"""Correcting a matter: what it is called, and its contacts, each with a reason; bring-forwards."""

from __future__ import annotations

from enquiry_tui.desk import bring_forwards, corrections, enquiries
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.problems import SecondOfficerNeeded
from enquiry_tui.domain.when import LONDON, show_day_short, show_time
from enquiry_tui.errors import Refused
from enquiry_tui.tui.screens.asking import Option
from enquiry_tui.tui.screens.enquiry_standing import EnquiryStanding
from enquiry_tui.tui.screens.prompt import Field, Values

_CONTACTS = ("call", "letter", "e-mail", "visit", "voicemail")
_WHY = Field("why", "Reason", "", "one line; it stands beside the old words")
_KINDS = (
    Option("1", "what the matter is called, its topics, their reference", "matter"),
    Option("2", "the note of a contact: the old words are kept", "note"),
    Option("3", "move a contact to another matter", "move"),
    Option("4", "strike a contact: shown struck, with who and why", "strike"),
    Option("5", "take the wrong person off a contact", "unlink"),
    Option("6", "a ledger line: a new line names the old, which stays", "ledger"),
)


class EnquiryCorrections(EnquiryStanding):
    """`e`: amend, move, strike, unlink. Nothing is ever lost by it."""

    def action_correct(self) -> None:
        """Correct an entry."""
        self.do(self._correct())

    async def _correct(self) -> None:
        kind = await self.ask("Correct what?", _KINDS)
        if kind == "matter":
            self.amend_matter()
        elif kind == "ledger":
            await self._annotate()
        elif kind:
            fields: tuple[Field, ...] = (self._contact_field(), _WHY)
            if kind == "note":
                fields = (fields[0], Field("note", "Note", "", "as it should read"), _WHY)
            elif kind == "move":
                fields = (fields[0], Field("to", "To matter", "", "26-118"), _WHY)
            titles = {
                "note": "amend a note",
                "move": "move a contact",
                "strike": "strike a contact",
            }
            title = titles.get(kind, "take the wrong person off")
            submit = {
                "note": self._amend_note,
                "move": self._move,
                "strike": self._strike,
                "unlink": self._unlink,
            }[kind]
            await self.form(title, fields, submit)

    def _contact_field(self) -> Field:
        lines = self.page.view.timeline if self.page is not None else ()
        options = tuple(
            (line.uid, f"{show_day_short(local.date())} {show_time(local)} {line.what}")
            for line in lines
            if line.what.split(" ")[0] in _CONTACTS and not line.struck
            for local in (line.at.astimezone(LONDON),)
        )
        return Field("contact", "Contact", "1" if len(options) == 1 else "", "its digit", options)

    async def _annotate(self) -> None:
        """Add to a ledger line; after its day a colleague signs too."""
        written = self.page.view.ledger if self.page is not None else ()
        if not written:
            raise Refused("The ledger is empty.", "There is no line to be annotated.")
        options = tuple(
            (line.uid, f"{show_day_short(local.date())} {show_time(local)} {line.item}")
            for line in written
            for local in (line.at.astimezone(LONDON),)
        )
        fields = (
            Field("ledger_uid", "Line", "1" if len(options) == 1 else "", "its digit", options),
            Field("words", "Correction", "", "what is to be read with it"),
        )
        await self.form("annotate a ledger line", fields, self._write_annotation)

    async def _write_annotation(self, values: Values) -> None:
        try:
            await self.write(corrections.annotate_ledger, corrections.Annotation(**values))
        except SecondOfficerNeeded as needed:
            await self.with_second(needed, lambda both: self._write_annotation({**values, **both}))

    def _of(self, values: Values) -> str:
        if not values["contact"]:
            raise Refused("Say which contact.", "Type its digit.")
        return values["contact"]

    async def _amend_note(self, values: Values) -> None:
        await self.write(corrections.amend_note, self._of(values), values["note"], values["why"])

    async def _move(self, values: Values) -> None:
        contact = self._of(values)
        other = await self.read(enquiries.find_reference, values["to"])
        await self.write(corrections.move_contact, contact, other, values["why"])

    async def _strike(self, values: Values) -> None:
        await self.write(corrections.strike_contact, self._of(values), values["why"])

    async def _unlink(self, values: Values) -> None:
        await self.write(corrections.unlink_person, self._of(values), values["why"])

    # Bring-forwards

    def action_bring_forward(self) -> None:
        """Look at it again on a day, or say that it was looked at."""
        self.do(self._bring_forward())

    async def _bring_forward(self) -> None:
        standing = await self.read(_standing, self.enquiry_uid)
        if standing:
            done = tuple(Option(str(at), f"done: {words}", uid) for at, (uid, words) in standing)
            chosen = await self.ask("Bring forward", (*done, Option("n", "another day", "new")))
            if chosen and chosen != "new":
                await self.write(bring_forwards.finish_bring_forward, chosen)
                await self.load()
            if chosen != "new":
                return
        fields = (Field("day", "On", "", "a day: fri, 4 dec, 10wd"), Field("why", "What for"))
        await self.form("look at it again", fields, self._set_bring_forward)

    async def _set_bring_forward(self, values: Values) -> None:
        day = await self.day(values["day"])
        await self.write(bring_forwards.set_bring_forward, self.enquiry_uid, day, values["why"])


def _standing(desk: Desk, enquiry_uid: str) -> tuple[tuple[int, tuple[str, str]], ...]:
    found = [
        (item.uid, f"{show_day_short(item.on_day)} {item.why}")
        for item in bring_forwards.bring_forwards_of(desk, enquiry_uid)
        if item.state == "open"
    ]
    return tuple(enumerate(found[:9], start=1))
