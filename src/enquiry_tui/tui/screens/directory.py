"""The directory: found by word; confirmed, changed and added to, with its history."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from enquiry_tui.desk import directory
from enquiry_tui.desk.directory import DirectoryEntry, EntryChange, NewEntry
from enquiry_tui.domain.when import LONDON, show_day
from enquiry_tui.errors import Refused
from enquiry_tui.tui.commands.command import Place
from enquiry_tui.tui.safe import join, text
from enquiry_tui.tui.screens import entry_rows
from enquiry_tui.tui.screens.forms import FormRow
from enquiry_tui.tui.screens.work import WorkScreen
from enquiry_tui.tui.widgets.entry import LineInput
from enquiry_tui.tui.widgets.panels import Panel, pair
from enquiry_tui.tui.widgets.window_list import WindowList

_FIELDS = (
    ("name", "Name"),
    ("topics", "For (commas between)"),
    ("phone", "Number"),
    ("email", "E-mail"),
    ("address", "Address"),
    ("hours", "Hours"),
)
_DETAIL_LINES = 7


class DirectoryScreen(WorkScreen):
    """Dismisses with the key of the entry that Enter chose, or None."""

    PLACE = Place.DIRECTORY
    HEADING = "Directory"
    CSS_PATH = "directory.tcss"
    AUTO_FOCUS = "#words"
    NEEDS_MATTER = False
    TEXT_BLOCKS = frozenset({"confirm_entry", "change_entry", "entry_history", "add_entry"})
    OWN_BINDINGS: ClassVar[list[BindingType]] = [Binding("down", "to_list", show=False)]

    def __init__(self, contact_uid: str = "", enquiry_uid: str = "") -> None:
        super().__init__(contact_uid, enquiry_uid)
        self._found: tuple[DirectoryEntry, ...] = ()
        self._found_for = ""
        self._at = ""  # the row that the list has shown under its cursor since the last look
        self._shows_history = False

    def content(self) -> ComposeResult:
        """Show the words, the entries, and the entry under the cursor."""
        hint = "whom, or what about: dpo, rape, lost, drains …"
        yield FormRow("Find", LineInput(id="words", placeholder=hint))
        yield WindowList(entry_rows.COLUMNS, id="entries", empty="Nothing begins like that.")
        yield Panel(id="detail")

    async def ready(self) -> None:
        """Show every entry."""
        await self._look()
        self.notice.say("Down to the list: there letters act on the entry under the cursor.")

    @on(Input.Changed, "#words")
    def look(self) -> None:
        """Look while typing."""
        self.work(self._look(token="directory"), group="look")

    async def _look(self, *, keep: bool = False, token: str | None = None) -> None:
        words = self.value("words")
        found = await self.read(directory.entries, words, token=token)
        if words == self.value("words"):
            self._found, self._found_for, self._at = found, words, ""
            entries = self.query_one("#entries", WindowList)
            entries.show(entry_rows.pages(found), keep_cursor=keep)
            if not found:
                self.query_one(Panel).show_lines([], title="")

    @on(WindowList.RowHighlighted)
    def show_entry(self, event: WindowList.RowHighlighted) -> None:
        """Show the entry under the cursor."""
        self._at = event.row.uid
        self._show(next((item for item in self._found if item.key == event.row.uid), None))

    def _show(self, entry: DirectoryEntry | None) -> None:
        self._shows_history = False
        if entry is not None:
            self.query_one(Panel).show_lines(
                [
                    pair("for", ", ".join(entry.topics) or "nothing named"),
                    pair("number", entry.listed_number or "none"),
                    pair("e-mail", entry.email or "none"),
                    pair("address", ", ".join(entry.address.split("\n")) or "none"),
                    pair("hours", entry.hours or "not given"),
                    pair("checked", entry_rows.confirmed_words(entry)),
                ],
                title=f"{entry.name} · {entry.kind} · version {entry.version}",
            )

    def _current(self) -> DirectoryEntry:
        found = [item for item in self._found if item.key == self._at] or list(self._found)
        if not found:
            raise Refused("No entry is chosen.", "Type another word, or go down to the list.")
        return found[0]

    @on(Input.Submitted, "#words")
    @on(WindowList.RowChosen)
    def choose(self) -> None:
        """Go back with the entry."""
        self.work(self._choose())

    async def _choose(self) -> None:
        if self._found_for != self.value("words"):
            await self._look()
        self._leave(self._current().key)

    def action_to_list(self) -> None:
        """Go down to the list."""
        self.query_one("#entries", WindowList).focus()

    def action_confirm_entry(self) -> None:
        """Say that number and address are right, and how that was found out."""
        self.work(self._confirm())

    async def _confirm(self) -> None:
        entry = self._current()
        how = await self.prompt.line(f"{entry.phone or entry.email} is right. How found out?")
        if how is not None:
            await self.write(directory.confirm_entry, entry.key, how)
            await self._look(keep=True)
            self.notice.say(f"Confirmed: {entry.name}. Something may be sent there.", tone="good")

    def action_change_entry(self) -> None:
        """Change the entry, field by field."""
        self.work(self._change())

    async def _change(self) -> None:
        entry = self._current()
        await self.read(directory.may_change)
        changes: dict[str, str | tuple[str, ...]] = {}
        for name, label in _FIELDS:
            now = ", ".join(entry.topics) if name == "topics" else str(getattr(entry, name))
            said = await self.prompt.line(f"{label}, Enter goes on:", now)
            if said is None:
                self.notice.say("Nothing was changed.")
                return
            if said.strip() != now.strip():
                changes[name] = _topics(said) if name == "topics" else said
        await self.write(directory.change_entry, entry.key, EntryChange(**changes))  # type: ignore[arg-type]
        await self._look(keep=True)
        what = ", ".join(changes) or "nothing"
        self.notice.say(
            f"Changed: {what}. The old version is kept.",
            tone="good",
            hint="A new number or address has to be confirmed again (c).",
        )

    def action_add_entry(self) -> None:
        """Add an entry."""
        self.work(self._add())

    async def _add(self) -> None:
        await self.read(directory.may_change)
        values: dict[str, str] = {}
        questions = (("key", "Short word for it, such as food-bank"), *_FIELDS)
        for name, label in questions:
            said = await self.prompt.line(f"{label}:")
            if said is None:
                self.notice.say("Nothing was added.")
                return
            values[name] = said
        letter = await self.prompt.key(
            "Kind:  u unit · a agency · h helpline · e emergency", "uahe"
        )
        if letter is None:
            self.notice.say("Nothing was added.")
            return
        kind = next(name for name in directory.KINDS if name.startswith(letter))
        topics = _topics(values.pop("topics"))
        new = NewEntry(kind=kind, topics=topics, **values)
        made = await self.write(directory.add_entry, new)
        self.field("words").value = made.name
        self.notice.say(f"Added: {made.name}. Confirm its number (c) before sending.", tone="good")

    def action_entry_history(self) -> None:
        """Show the old versions."""
        self.work(self._history())

    async def _history(self) -> None:
        entry = self._current()
        old = await self.read(directory.history, entry.key)
        lines = [
            join(
                (f" {show_day(item.replaced_at.astimezone(LONDON).date())}", "bold"),
                f" v{item.version} {item.name} · {item.phone or item.email or 'no number'}",
                f" · {'confirmed' if item.confirmed else 'not confirmed'}",
            )
            for item in old[:_DETAIL_LINES]
        ]
        title = f"{entry.name}: replaced on"
        empty = [text(" No older version: it is as it was entered first.")]
        self.query_one(Panel).show_lines(lines or empty, title=title)
        self._shows_history = True

    def step_back(self) -> None:
        """Go from the old versions back to the entry, then back."""
        if self._shows_history:
            self._show(next((item for item in self._found if item.key == self._at), None))
        else:
            super().step_back()


def _topics(said: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in said.split(",") if part.strip())
