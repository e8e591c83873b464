"""One entry of a matter's history, read whole: words, checks, what was told, corrections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content

from enquiry_tui.desk import entries, letters
from enquiry_tui.desk.entries import Entry, Part
from enquiry_tui.domain.when import show_moment
from enquiry_tui.tui.commands.command import Place
from enquiry_tui.tui.host import host
from enquiry_tui.tui.safe import NoMarkup, block, text
from enquiry_tui.tui.screens.verbs import VerbScreen

REVEAL, CORRECT = "reveal", "correct"


@dataclass(frozen=True, slots=True)
class LeftEntry:
    """On which entry the reading ended, and what is to be done with it; nothing for Escape."""

    uid: str
    then: str = ""


class EntryScreen(VerbScreen):
    """Reads entries one after the other; the matter below shows, corrects and masks."""

    PLACE = Place.ENTRY
    HEADING = "Entry"

    def __init__(
        self,
        matter: tuple[str, str],
        uids: Sequence[str],
        uid: str,
        revealed: Mapping[str, str],
    ) -> None:
        super().__init__()
        self.enquiry_uid, self.contact_uid = matter
        self._uids = tuple(uids)
        self._at = self._uids.index(uid) if uid in self._uids else 0
        self._revealed = revealed
        self._entry: Entry | None = None
        self._talking_to = ""

    def body(self) -> ComposeResult:
        """Show the words, as long as they are."""
        with VerticalScroll():
            yield NoMarkup("", id="entry", classes="words")

    def on_mount(self) -> None:
        """Read it, and again when a call begins, ends or is held: what may be seen changes."""
        self._talking_to = self._talking()
        self._stop_listening = host(self).live.listen(self._read_again)
        self.query_one(VerticalScroll).focus()
        self.do(self._open(), group="entry")

    def on_unmount(self) -> None:
        """Stop following the calls."""
        self._stop_listening()

    def on_screen_resume(self) -> None:
        """Read it again: something was done over it."""
        if self._entry is not None:
            self._read_again()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what does something on this entry."""
        match action:
            case "reveal":
                return self._entry is not None and self._entry.line.masked and not self._shown_words
            case "entry_older":
                return self._at + 1 < len(self._uids)
            case "entry_newer":
                return self._at > 0
        return super().check_action(action, parameters)

    def action_entry_older(self) -> None:
        """Read the entry before this one in time."""
        self._go(1)

    def action_entry_newer(self) -> None:
        """Read the entry after this one in time."""
        self._go(-1)

    def action_reveal(self) -> None:
        """Leave to the matter's question for what purpose it is shown."""
        self.dismiss(LeftEntry(self._uids[self._at], REVEAL))

    def action_correct(self) -> None:
        """Leave to the matter's forms for corrections."""
        self.dismiss(LeftEntry(self._uids[self._at], CORRECT))

    def step_back(self) -> None:
        """Go back to the history, with the cursor on this entry."""
        self.dismiss(LeftEntry(self._uids[self._at]))

    def _go(self, by: int) -> None:
        self._at = max(0, min(self._at + by, len(self._uids) - 1))
        self.do(self._open(), group="entry")

    def _talking(self) -> str:
        talking = host(self).live.talking
        return talking.uid if talking is not None else ""

    @property
    def _shown_words(self) -> str:
        """Return what was shown for a purpose, unless somebody else is on the line by now."""
        same = self._talking() == self._talking_to
        return self._revealed.get(self._uids[self._at], "") if same else ""

    def _read_again(self) -> None:
        self.do(self._show(), group="entry")

    async def _open(self) -> None:
        await self._show()
        if self._entry is not None and self._entry.line.of == "letter":
            await self.write(letters.open_letter, self._entry.line.uid)  # a consultation

    async def _show(self) -> None:
        uid = self._uids[self._at]
        read = await self.read(entries.entry, self.enquiry_uid, uid, self.contact_uid)
        if uid != self._uids[self._at]:
            return  # the next one was asked for meanwhile
        moved_on = self._entry is None or self._entry.line.uid != uid
        self._entry = read
        line = read.line
        struck, live = " · STRUCK" if line.struck else "", " · live" if line.live else ""
        by = f" · {line.officer}" if line.officer else ""
        self.set_heading(f"{line.what} · {show_moment(line.at)}{by}{struck}{live}")
        parts = [*read.parts]
        if self._shown_words and line.masked:
            parts.insert(1, Part("SHOWN FOR A PURPOSE", self._shown_words))
        self.query_one("#entry", NoMarkup).show(_text(parts))
        if moved_on:
            self.query_one(VerticalScroll).scroll_home(animate=False)
        self.refresh_bindings()


def _text(parts: Sequence[Part]) -> Content:
    pieces: list[Content] = []
    for part in parts:
        if part.heading:
            pieces += [text(""), text(part.heading, "bold")]
        pieces.append(block(part.words))
    return Content("\n").join(pieces)
