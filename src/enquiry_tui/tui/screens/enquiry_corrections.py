"""Correcting a matter: what it is called, and its contacts, each with a reason; bring-forwards."""

from __future__ import annotations

from abc import abstractmethod
from functools import partial

from enquiry_tui.desk import bring_forwards, corrections, enquiries
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.people import correct_name
from enquiry_tui.desk.problems import SecondOfficerNeeded
from enquiry_tui.domain.masking import MASK
from enquiry_tui.domain.when import LONDON, show_day_short, show_time
from enquiry_tui.errors import Refused
from enquiry_tui.tui.screens.amending import AmendScreen
from enquiry_tui.tui.screens.asking import Option
from enquiry_tui.tui.screens.enquiry_standing import EnquiryStanding
from enquiry_tui.tui.screens.enquiry_text import each_once
from enquiry_tui.tui.screens.prompt import Field, Values
from enquiry_tui.tui.widgets.history import History

_KEYS = "123456789abcdefghijklmnopqrstuvwxyz"
_WHY = Field("why", "Reason", "", "one line; it stands beside the old words")
_KINDS = (
    Option("1", "what the matter is called, its topics, their reference", "matter"),
    Option("2", "the note of a contact: the old words are kept", "note"),
    Option("3", "move a contact to another matter", "move"),
    Option("4", "strike a contact: shown struck, with who and why", "strike"),
    Option("5", "take the wrong person off a contact", "unlink"),
    Option("6", "a ledger line: a new line names the old, which stays", "ledger"),
    Option("7", "a name that was heard or typed wrong (another person: P, or 5)", "name"),
)


class EnquiryCorrections(EnquiryStanding):
    """`e`: amend, move, strike, unlink, a name. Nothing is ever lost by it."""

    def __init__(self, enquiry_uid: str, contact_uid: str = "", then: str = "") -> None:
        super().__init__(enquiry_uid, contact_uid, then)
        self._notes: dict[str, Values] = {}

    @property
    @abstractmethod
    def history(self) -> History:
        """Return the entries and their cursor."""

    def action_correct(self) -> None:
        """Correct an entry."""
        self.do(self._correct())

    async def _correct(self, entry_uid: str = "") -> None:
        """Ask what is to be corrected; `entry_uid` is the entry that was read just now."""
        kind = await self.ask("Correct what?", _KINDS)
        if kind == "matter":
            self.amend_matter()
        elif kind == "ledger":
            await self._annotate()
        elif kind == "name":
            await self._rename()
        elif kind == "note":
            await self._amend_words(entry_uid)
        elif kind:
            to = (Field("to", "To matter", "", "its reference"),) if kind == "move" else ()
            title, submit = {
                "move": ("move a contact", self._move),
                "strike": ("strike a contact", self._strike),
            }.get(kind, ("take the wrong person off", self._unlink))
            await self.form(title, (self._contact_field(), *to, _WHY), submit)

    def _contacts(self) -> tuple[tuple[str, str], ...]:
        """List what can be corrected: each contact once, a letter as the letter it is."""
        lines = self.page.view.timeline if self.page is not None else ()
        named = {
            line.contact_uid: f"{show_day_short(local.date())} {show_time(local)} {line.what}"
            for line in reversed(lines)
            if line.of in {"contact", "letter"} and not line.struck
            for local in (line.at.astimezone(LONDON),)
        }
        return tuple(reversed(named.items()))

    def _contact_field(self) -> Field:
        options = self._contacts()
        uids = [uid for uid, _ in options]
        under = self._under_cursor()
        value = under if under in uids else uids[0] if len(uids) == 1 else ""
        return Field("contact", "Contact", value, "its digit", options, offered=True)

    def _under_cursor(self) -> str:
        """Give the contact of the entry that the cursor is on."""
        lines = self.page.view.timeline if self.page is not None else ()
        current = self.history.current
        return next((line.contact_uid for line in lines if line.uid == current), "")

    async def _amend_words(self, entry_uid: str) -> None:
        """Offer the note of a contact as it stands, and keep what it is edited to."""
        options = self._contacts()
        if not options:
            raise Refused("There is no contact here.", "A note belongs to a contact.")
        chosen = self._under_cursor() if entry_uid else ""
        if len(options) == 1:
            chosen = options[0][0]
        elif chosen not in dict(options):
            keys = zip(_KEYS, options, strict=False)
            listed = tuple(Option(key, words, uid) for key, (uid, words) in keys)
            chosen = await self.ask("The note of which contact?", listed)
        if not chosen:
            return
        note = await self.read(corrections.note_to_amend, chosen)
        title = f"{self._short()}: amend the note of {dict(options)[chosen]}"
        save = partial(self._amend_note, chosen)
        kept = self._notes.setdefault(chosen, {})
        if await self.shown(AmendScreen(title, note, save, kept)):
            await self.load()
            self.say("note amended; the old words stay on its entry")

    async def _amend_note(self, contact_uid: str, values: Values) -> None:
        await self.write(corrections.amend_note, contact_uid, values["note"], values["why"])

    async def _rename(self) -> None:
        """Correct a name: the old one is kept, and what finds it follows."""
        view = self.page.view if self.page is not None else None
        people = [p for p in each_once(view.people) if p.name != MASK] if view is not None else []
        if not people:
            raise Refused("Nobody is named here.", "P says who it is.")
        uid = people[0].uid
        if len(people) > 1:
            keys = zip(_KEYS, people, strict=False)
            uid = await self.ask("Whose name?", tuple(Option(k, p.name, p.uid) for k, p in keys))
        person = next((item for item in people if item.uid == uid), None)
        if person is None:
            return
        value = f"{person.name}{'?' if person.unsure else ''}"
        fields = (Field("name", "Name", value, "as it should read; ? marks doubt"), _WHY)
        words = "The same person, spelt right, in every matter of theirs. The old name is kept."
        save = partial(self._correct_name, uid)
        await self.form(f"correct the name of {person.name}", fields, save, words=words)

    async def _correct_name(self, uid: str, values: Values) -> None:
        await self.write(correct_name, uid, values["name"], values["why"])

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

    async def _move(self, values: Values) -> None:
        contact = self._of(values)
        other = await self.read(enquiries.find_reference, values["to"])
        await self.write(corrections.move_contact, contact, other, values["why"])
        self.say("moved; a line of it stays here, and its ledger lines")

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
