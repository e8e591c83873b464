"""The post: one item after the other, typed from paper or brought in from a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Input, TextArea

from enquiry_tui.desk import letter_hints
from enquiry_tui.desk.letters import Duplicate, Imported, TypedLetter
from enquiry_tui.domain.post_line import read_post_kind
from enquiry_tui.domain.text import removed_words
from enquiry_tui.domain.vocabulary import Channel, Kind
from enquiry_tui.errors import Refused
from enquiry_tui.tui.calls import short
from enquiry_tui.tui.commands.command import Place
from enquiry_tui.tui.host import host
from enquiry_tui.tui.safe import NoMarkup, text
from enquiry_tui.tui.screens import post_reading
from enquiry_tui.tui.screens.forms import FormRow
from enquiry_tui.tui.screens.post_onto import ITEM, PostOnto
from enquiry_tui.tui.widgets.entry import LineInput
from enquiry_tui.tui.widgets.note_area import NoteArea
from enquiry_tui.tui.widgets.options import ChoiceLine
from enquiry_tui.tui.widgets.paging import FixedPages, Row
from enquiry_tui.tui.widgets.path_input import PathInput
from enquiry_tui.tui.widgets.window_list import Column, WindowList

_CHANNELS = (("1", "letter", "letter"), ("2", "email", "e-mail"))
_NEXT = {"received": "place", "place": "from", "from": "about", "about": "for", "for": "kind"}
_HOW = 'Enter goes on, on Kind it keeps; F12 keeps from anywhere. " alone copies from above.'
_COLUMNS = (Column("REF", 7), Column("FROM", 22), Column("ABOUT", 0), Column("KIND", 22))
_SHORT = {
    Kind.MEMBER_OF_PUBLIC: "public",
    Kind.ELECTED_REPRESENTATIVE: "elected",
    Kind.OWN_FORCE: "own force",
    Kind.OTHER_AGENCY: "agency",
    Kind.COMMERCIAL: "business",
    Kind.VICTIM_SERVICE: "victim service",
    Kind.UNDER_DURESS: "duress",
    Kind.OVERSIGHT_BODY: "oversight",
    Kind.OFFICIAL_CALLER: "official",
}
_KIND_KEYS = " · ".join(f"{kind.key} {_SHORT.get(kind, kind.label)}" for kind in Kind)
_SAME = '"'


@dataclass(frozen=True, slots=True)
class Item:
    """One item of this session's post, as the list shows it."""

    enquiry_uid: str
    cells: tuple[str, ...]


class PostScreen(PostOnto):
    """Channel, day and place of the paper stay; Enter goes on, and on the last line it keeps.

    Dismisses with the uid of the matter that Enter in the list opened, or None.
    """

    PLACE = Place.POST
    HEADING = "Post"
    CSS_PATH = "post.tcss"
    AUTO_FOCUS = "#from"
    NEEDS_MATTER = False
    DRAFT = "post"
    FIELDS = (*ITEM, "letter", "channel", "received", "place")
    OWN_BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
    ]

    def __init__(self, contact_uid: str = "", enquiry_uid: str = "") -> None:
        super().__init__(contact_uid, enquiry_uid)
        self._items: list[Item] = []
        self._tells_of_last = False
        self._last: dict[str, str] = {}

    def content(self) -> ComposeResult:
        """Show what stays, the item, its words, the file, and what was kept."""
        with Horizontal(id="sticky"):
            yield NoMarkup(" Came by", classes="tag")
            yield ChoiceLine(_CHANNELS, "letter", id="channel")
            yield NoMarkup("on", classes="tag")
            yield LineInput("today", id="received")
            yield NoMarkup("paper in", classes="tag")
            yield LineInput(id="place", placeholder="tray, cabinet")
        yield NoMarkup(id="day")
        yield FormRow("From", LineInput(id="from"))
        yield FormRow("About", LineInput(id="about"))
        yield FormRow("For", LineInput(id="for", placeholder="chief, staff office …"))
        yield FormRow("Kind", LineInput(id="kind", placeholder="a letter; *4 for copies"))
        yield NoMarkup(text(f" {_KIND_KEYS}", "dim"), id="kinds")
        yield FormRow("To matter", LineInput(id="onto", placeholder="26-118; blank: a new one"))
        yield NoMarkup(id="onto-named")
        yield FormRow("Its words", NoteArea(id="letter", stamp="", hint="typed or pasted"))
        yield FormRow("Or a file", PathInput(id="file", placeholder=".eml or text; → completes"))
        yield WindowList(_COLUMNS, id="kept", empty="Nothing kept yet.", is_read=True)

    async def ready(self) -> None:
        """Say how it goes, and begin at the sender."""
        self.notice.say(_HOW)
        self.go_to("from")

    @on(Input.Changed, "#received")
    def read_received(self) -> None:
        """Say which day was understood."""
        self.work(self._received(), group="day")

    async def _received(self) -> date:
        read = await self.read(post_reading.day_of, self.value("received"))
        line = self.query_one("#day", NoMarkup)
        if read is None:
            line.show(text(" That is no day yet: today, yesterday, mon, 20 nov", "$warning"))
            raise Refused("On which day did it come?", "today, yesterday, mon, 20 nov")
        line.show(text(f" came {read.words}" if self.value("received") != "today" else "", "dim"))
        return read.day

    @on(Input.Changed, "#kind")
    def read_kind(self, event: Input.Changed) -> None:
        """Say which kind was understood."""
        read = read_post_kind(event.value)
        words = f" {_KIND_KEYS}"
        if event.value.strip() and event.value.strip() != _SAME:
            copies = f", {read.copies} the same" if read.copies > 1 else ""
            odd = f" · not understood: {read.unread}" if read.unread else ""
            words = f"              = {read.kind.label}{copies}{odd}"
        self.query_one("#kinds", NoMarkup).show(text(words, "dim"))

    # One item

    @on(Input.Submitted)
    def go_on(self, event: Input.Submitted) -> None:
        """Go on to the next line; after the last one keep the item, or bring in the file."""
        name = event.input.id or ""
        if name == "file":
            self.work(self._import())
        elif name in _NEXT:
            self.go_to(_NEXT[name])
        else:
            self.work(self._keep())

    @on(ChoiceLine.Taken, "#channel")
    def go_on_to_day(self) -> None:
        """Go on to the day it came."""
        self.go_to("received")

    def action_keep_item(self) -> None:
        """Keep the item from wherever the cursor is; with a call live the call ends."""
        if host(self).live.talking is not None:
            self.hand_on("end_call")
        else:
            is_typed = any(map(self.value, (*ITEM, "letter")))
            self.work(self._keep() if is_typed or not self.value("file") else self._import())

    @on(Input.Changed)
    @on(TextArea.Changed)
    def forget_last(self) -> None:
        """Say no more of the item before once the next one is typed."""
        if self._tells_of_last and any(map(self.value, (*ITEM, "letter"))):
            self._tells_of_last = False
            self.notice.say(_HOW)

    def _said(self, name: str) -> str:
        said = self.value(name)
        return self._last.get(name, "") if said == _SAME else said

    async def _keep(self) -> None:
        said = {name: self._said(name) for name in ITEM}
        read = read_post_kind(said["kind"])
        if read.unread:
            self.go_to("kind")
            raise Refused("That is no kind of letter.", "One letter, such as e, and *4 for copies.")
        if said["from"] and not (said["about"] or self.value("letter")):
            question = f"Nothing but From {said['from']} stands here yet. Keep it as it is?"
            if not await self.prompt.yes(question):
                self.go_to("about")
                return
        placed = await self._placed(said)
        if placed is None:
            self.go_to("onto")
            return
        place, closed = placed
        typed = TypedLetter(
            sender=said["from"],
            subject=place.about,
            words=self.value("letter"),
            received_on=await self._received(),
            place=self.value("place"),
            kind=read.kind,
            copies=read.copies,
            for_whom=said["for"],
            channel=Channel(self.value("channel") or "letter"),
            enquiry_uid=place.enquiry_uid,
        )
        kept = await self._brought_in(partial(post_reading.type_in, typed), closed)
        if kept is None:
            return
        self._last = said
        copies = f" ×{read.copies}" if read.copies > 1 else ""
        await self._add(kept, f"{_SHORT.get(read.kind, read.kind.label)}{copies}")
        for name in (*ITEM, "letter"):
            self._put(self.query_one(f"#{name}"), "")
        self._forget_draft()
        self._blank = self._as_text()
        self._is_filled = True
        self.go_to("from")

    async def _import(self) -> None:
        if not self.value("file"):
            raise Refused("No file is named yet.", "Its path, then Enter; Tab for one without.")
        path = Path(self.value("file"))
        data = await self.read(post_reading.read_file, path)
        day = await self._came_in(data, path.name)
        if day is None:
            return
        placed = await self._placed({"about": "", "onto": self._said("onto")})
        if placed is None:
            self.go_to("onto")
            return
        place, closed = placed
        way = partial(post_reading.import_file, data, path.name, day, place.enquiry_uid)
        kept = await self._brought_in(way, closed)
        if kept is None:
            return
        self._put(self.query_one("#onto"), "")
        parts = (f"{kept.characters:,} characters", removed_words(kept.removed), *kept.notes)
        await self._add(kept, f"{kept.attachments} enclosed" if kept.attachments else "file", parts)
        self.field("file").clear()
        self.go_to("file")

    async def _came_in(self, data: bytes, name: str) -> date | None:
        """Give the day that was typed, else the file's own, which is shown; None to type it."""
        day = await self._received()
        if self.value("received") not in {"", "today"}:
            return day
        came, said = await self.read(post_reading.own_day, data, name)
        if came == day or await self.prompt.yes(f"It {said}. That day?"):
            return came
        self.go_to("received")
        self.notice.say("Not kept yet: type the day it came, then Enter on the file.")
        return None

    async def _brought_in(
        self, bring: partial[Imported | Duplicate], closed: str
    ) -> Imported | None:
        """Bring it in, one that is held already after asking; link it with a closed matter."""
        kept = await self.write(post_reading.bring, bring, False)
        if isinstance(kept, Duplicate):
            held = short(kept.reference)
            if not await self.prompt.yes(f"The same is held already, in {held}. Keep it again?"):
                self.notice.say(f"Not kept again: it is in {held}.", tone="warning")
                return None
            kept = await self.write(post_reading.bring, bring, True)
        if closed and isinstance(kept, Imported):
            await self.write(post_reading.follows, kept.enquiry_uid, closed)
        return kept if isinstance(kept, Imported) else None

    async def _add(self, kept: Imported, kind: str, parts: Sequence[str] = ()) -> None:
        cells = (short(kept.reference), kept.from_, kept.subject, kind)
        self._items.insert(0, Item(kept.enquiry_uid, cells))
        rows = [Row(f"{at} {item.enquiry_uid}", item.cells) for at, item in enumerate(self._items)]
        self.query_one("#kept", WindowList).show(FixedPages(rows))
        found = await self.read(letter_hints.hints_of, kept.enquiry_uid)
        asks = [f"{rule.title} (k, s)" for rule in found.clocks]
        asks += ["a complaint (F6)"] if found.complaint else []
        asked = f"Its words suggest {', '.join(asks)}: open it below." if asks else ""
        hint = " · ".join(part for part in (asked, *parts) if part)
        self.notice.say(f"{short(kept.reference)} kept. Next.", tone="good", hint=hint)
        self._tells_of_last = True

    @on(WindowList.RowChosen)
    def open_item(self, event: WindowList.RowChosen) -> None:
        """Open the matter of the row."""
        self._leave(event.row.uid.split(" ", 1)[1])
