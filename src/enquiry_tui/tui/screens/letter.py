"""The letters of a matter: read through, enclosures named, replies marked as sent."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll

from enquiry_tui.desk import enclosures, enquiries, letters, replies
from enquiry_tui.desk.letters import Attachment, Letter
from enquiry_tui.documents.deliver import FileExists
from enquiry_tui.domain.text import removed_words
from enquiry_tui.domain.when import show_day, show_day_short
from enquiry_tui.errors import Refused
from enquiry_tui.tui import others
from enquiry_tui.tui.commands.command import Place
from enquiry_tui.tui.safe import NoMarkup, block, text
from enquiry_tui.tui.screens.work import WorkScreen
from enquiry_tui.tui.widgets.paging import FixedPages, Row
from enquiry_tui.tui.widgets.window_list import Column, WindowList

_COLUMNS = (
    Column("CAME", 7),
    Column("", 3),
    Column("FROM", 22),
    Column("ABOUT", 0),
    Column("ENCLOSED", 9),
)
_NONE_YET = "A letter comes in with the post: Esc back to the desk, then p."
_ROWS_SHOWN = 4
_BY_KEY = 9  # enclosures that one key each can choose


class LetterScreen(WorkScreen):
    """Enter on a letter reads it through, which is a consultation and on the record as one.

    An answer in writing goes through what may be said (F4); here it is marked as sent.
    """

    PLACE = Place.LETTERS
    HEADING = "Letters"
    CSS_PATH = "letter.tcss"
    AUTO_FOCUS = "#letters"
    OWN_ACTIONS = frozenset({"say"})

    def __init__(self, contact_uid: str = "", enquiry_uid: str = "") -> None:
        super().__init__(contact_uid, enquiry_uid)
        self._letters: tuple[Letter, ...] = ()

    def content(self) -> ComposeResult:
        """Show the letters, and the one that is read."""
        yield WindowList(_COLUMNS, id="letters", empty="No letter in this matter.")
        yield NoMarkup(id="facts")
        with VerticalScroll(id="page"):
            yield NoMarkup(id="words")

    async def _settle_matter(self) -> None:
        if not self.enquiry_uid:
            raise Refused("No matter is chosen.", "Go to a row of the desk first, or open it.")
        await super()._settle_matter()

    async def ready(self) -> None:
        """List the letters; none is read by that."""
        self._letters = await self.read(letters.letters_of, self.enquiry_uid)
        rows = [_row(item) for item in self._letters]
        found = self.query_one("#letters", WindowList)
        found.styles.height = min(max(1, len(rows)), _ROWS_SHOWN) + 1
        found.show(FixedPages(rows))
        if rows:
            self.notice.say("Enter reads a letter, which leaves its event · F4 answers it.")
        else:
            self.notice.say(_NONE_YET)

    @property
    def _current(self) -> Letter | None:
        """Return the letter that the cursor is on."""
        row = self.query_one("#letters", WindowList).current
        return next((item for item in self._letters if row and item.uid == row.uid), None)

    def action_say(self) -> None:
        """Answer the letter that the cursor is on, in writing, through what may be said."""
        letter = self._current
        if letter is None or letter.direction != "in":
            self.notice.say("Only a letter that came in is answered.", tone="warning")
            return
        say = others.make("say", letter.contact_uid, self.enquiry_uid)
        self.app.push_screen(say, self._answered)

    def _answered(self, _result: object) -> None:
        self.work(self.ready())

    @on(WindowList.RowChosen)
    def read_letter(self, event: WindowList.RowChosen) -> None:
        """Read the letter through."""
        self.work(self._read(event.row.uid))

    async def _read(self, uid: str) -> None:
        letter = await self.write(letters.open_letter, uid)
        self.query_one("#facts", NoMarkup).show(block("\n".join(_facts(letter))))
        self.query_one("#words", NoMarkup).show(
            block(letter.words) if letter.words else text("Nothing was typed of it.", "dim")
        )
        page = self.query_one("#page", VerticalScroll)
        page.scroll_home(animate=False)
        page.focus()
        self.notice.say("Arrows scroll · Tab back to the list · an answer goes through F4")

    def action_save_enclosure(self) -> None:
        """Write an enclosure of the letter that the cursor is on to a file."""
        self.work(self._save())

    async def _save(self) -> None:
        letter = self._current
        if letter is None or not letter.attachments:
            self.notice.say("Nothing is enclosed with this letter.", tone="warning")
            return
        at = await self._which(letter.attachments)
        if at is None:
            return
        item = letter.attachments[at]
        offered = enclosures.offered_name(letter.reference, at + 1, item.media_type)
        place = await self.prompt.line("LEAVES THIS MACHINE. File:", str(Path("~") / offered))
        passphrase = place and await self.prompt.secret("Your passphrase:")
        if not place or not passphrase:
            self.notice.say("Nothing was written.", tone="warning")
            return
        verb = partial(
            enclosures.export_enclosure, uid=item.uid, out=_place(place), passphrase=passphrase
        )
        try:
            done = await self.write(verb)
        except FileExists:
            if not await self.prompt.yes("A file of that name is there. Replace it?"):
                self.notice.say("Nothing was written.", tone="warning")
                return
            done = await self.write(partial(verb, force=True))
        self.notice.say(f"Written as it was sent: {done.file}", hint="Open it with care.")

    async def _which(self, items: tuple[Attachment, ...]) -> int | None:
        if len(items) == 1:
            return 0
        if len(items) <= _BY_KEY:
            keys = "".join(map(str, range(1, len(items) + 1)))
            key = await self.prompt.key(f"Which, as they are listed?  1 to {len(items)}", keys)
        else:
            key = await self.prompt.line(f"Which, as they are listed?  1 to {len(items)}:")
        if key is None or not key.isdecimal() or not 0 < int(key) <= len(items):
            return None
        return int(key) - 1

    def action_reply_sent(self) -> None:
        """Keep that a reply or an acknowledgement went."""
        self.work(self._sent())

    async def _sent(self) -> None:
        letter = self._current
        if letter is not None and letter.direction == "out" and letter.sent_at is None:
            await self.write(replies.mark_reply_sent, letter.uid)
            await self.ready()
            self.notice.say("Marked as sent; the letter it answers is done.", tone="good")
            return
        key = await self.prompt.key("What went today?  r the reply · a an acknowledgement", "ra")
        if key is None:
            return
        what = "reply" if key == "r" else "acknowledgement"
        said = await self.prompt.line("In a few words:", what)
        if said is None:
            return
        verb = partial(enquiries.mark_sent, acknowledgement=key == "a")
        await self.write(verb, self.enquiry_uid, said or what)
        self.notice.say(f"Sent today: {said or what}.", tone="good")


def _place(typed: str) -> Path:
    return Path(typed).expanduser()


def _row(letter: Letter) -> Row:
    count = len(letter.attachments)
    cells = (
        show_day_short(letter.received_on),
        letter.direction,
        letter.sender or letter.sender_address or "(unsigned)",
        letter.subject or "(no subject)",
        _state(letter) if letter.direction == "out" else str(count) if count else "",
    )
    return Row(letter.uid, cells, ("quiet", "quiet", "", "", ""))


def _state(letter: Letter) -> str:
    """Say of a reply whether it went; the text of one not sent is only on the record."""
    return "sent" if letter.sent_at is not None else "not sent"


def _facts(letter: Letter) -> list[str]:
    dated = f" · dated {show_day(letter.dated_on)}" if letter.dated_on else ""
    place = f" · paper in {letter.place}" if letter.place else ""
    hidden = removed_words(letter.removed)
    lines = [
        f" {letter.sender or '(unsigned)'} {letter.sender_address}".rstrip(),
        f" came {show_day(letter.received_on)}{dated}{place}" + (f" · {hidden}" if hidden else ""),
    ]
    if letter.attachments:
        names = ", ".join(f"{item.name} ({_size(item.size)})" for item in letter.attachments)
        lines.append(f" enclosed: {names}")
    return lines


def _size(size: int) -> str:
    if size < 1024:
        return f"{size} bytes"
    return f"{size / 1024:.0f} KiB" if size < 1024 * 1024 else f"{size / 1024 / 1024:.1f} MiB"
