"""Backups: made, listed, tried out, and those no longer to be kept removed."""

from __future__ import annotations

from collections.abc import Callable, Generator
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from textual.app import ComposeResult
from textual.content import Content

from enquiry_tui.desk import backups
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.going_back import restored_words
from enquiry_tui.desk.shelf import Listed
from enquiry_tui.domain.when import show_moment
from enquiry_tui.errors import Refused
from enquiry_tui.tui.commands.command import Place
from enquiry_tui.tui.host import host
from enquiry_tui.tui.long_jobs import in_steps
from enquiry_tui.tui.safe import NoMarkup, join, short, text
from enquiry_tui.tui.screens.work import WorkScreen
from enquiry_tui.tui.widgets.paging import FixedPages, Row
from enquiry_tui.tui.widgets.window_list import Column, WindowList
from enquiry_tui.vault.aside import Progress
from enquiry_tui.vault.drill import Opener

T = TypeVar("T")

_COLUMNS = (
    Column("MADE", 21),
    Column("CONTACTS", 9, right=True),
    Column("SIZE", 9, right=True),
    Column("STATE", 0),
)
_RESTORE = " To restore one into a new folder: enquiry-tui backup restore FILE --into DIR"
_ACTS = frozenset({"make_backup", "drill_backup", "prune_backups"})
_BAR = 30  # cells


class BackupsScreen(WorkScreen):
    """The backups of one folder. A long job shows how far it is, and Escape gives it up."""

    PLACE = Place.BACKUPS
    HEADING = "Backups"
    CSS_PATH = "backups.tcss"
    AUTO_FOCUS = "#shelf"
    NEEDS_MATTER = False

    def __init__(self) -> None:
        super().__init__()
        self._folder: Path | None = None
        self._shelf: dict[str, Listed] = {}
        self._is_wanted = True
        self._is_running = False
        self._may_make = False

    def content(self) -> ComposeResult:
        """Show how things stand, the folder's backups, and how far a job is."""
        yield NoMarkup(id="standing")
        yield WindowList(_COLUMNS, id="shelf")
        yield NoMarkup(id="result")
        yield NoMarkup(id="progress")
        yield NoMarkup(text(_RESTORE, "dim"), id="restore")

    async def ready(self) -> None:
        """Say how things stand; no folder is looked into before it is named."""
        await self._show_standing()
        self._may_make = await self.read(backups.may_make)
        self.query_one("#restore").display = self._may_make
        self.refresh_bindings()
        makes = (
            "m makes a backup, " if self._may_make else "Backups are an administrator's to make. "
        )
        self.notice.say(f"{makes}f lists those in a folder.")

    async def _show_standing(self) -> None:
        found = await self.read(backups.standing)
        last = show_moment(found.last_backup) if found.last_backup else "none yet"
        drill = show_moment(found.last_drill) if found.last_drill else "none yet"
        lines = [join((" Last backup  ", "dim"), last, ("   Last drill  ", "dim"), drill)]
        if found.last_backup is not None:
            lines += [short(f" {words}", "bold $text-warning") for words in found.words]
        if self._folder is not None:
            lines.append(join((" Folder       ", "dim"), str(self._folder)))
        self.query_one("#standing", NoMarkup).show(Content("\n").join(lines))
        if self._folder is None and found.place:
            self._folder = Path(found.place)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to those who may; looking is for everybody."""
        if action in _ACTS and not self._may_make:
            return False
        return super().check_action(action, parameters)

    # What can be done

    def action_make_backup(self) -> None:
        """Make a backup in a folder."""
        self.work(self._make())

    async def _make(self) -> None:
        if not await self._ask_folder("Back up into the folder:"):
            return
        made = await self._job(backups.make, self._folder)
        await self._list(keep_cursor=False)
        words = f"Made and read again: {made.file.name}"
        if made.same_device:
            hint = "It lies on the same device as the vault: copy it to another one."
            self.notice.say(words, tone="warning", hint=hint)
        else:
            self.notice.say(words, tone="good", hint="d tries it out.")

    def action_look_into(self) -> None:
        """List the backups in a folder."""
        self.work(self._look())

    async def _look(self) -> None:
        if await self._ask_folder("List the backups in the folder:"):
            await self._list()
            self._say_count()

    def action_drill_backup(self) -> None:
        """Try out the backup under the cursor."""
        self.work(self._drill())

    async def _drill(self) -> None:
        item = self._current()
        way = await self.prompt.key(
            "Open it with:  p your own passphrase · r the recovery key", "pr"
        )
        if way is None:
            return
        question = "Your passphrase:" if way == "p" else "The recovery key:"
        secret = await self.prompt.secret(question)
        if not secret:
            return
        signed_in = host(self).signed_in
        handle = signed_in.handle if way == "p" and signed_in is not None else ""
        found = await self._job(backups.drill, item.file, Opener(secret, handle))
        ahead = await self.read(backups.ahead_of, found)
        is_good = found.verification.verified
        tone = "bold $text-success" if is_good else "bold $text-error"
        lines = [short(f" {item.file.name}"), short(f" {backups.drill_words(found)}", tone)]
        lines.append(short(f" {backups.ahead_words(ahead)}"))
        if found.manifest.vault_id == await self.read(_vault_id):
            lines.append(text(f" If it is restored: {' '.join(restored_words(found, ahead))}"))
        self.query_one("#result", NoMarkup).show(Content("\n").join(lines))
        await self._show_standing()
        self.notice.say(
            "The drill is done, and the record says so."
            if is_good
            else "The record in that backup does not hold. Tell the administrator now.",
            tone="good" if is_good else "urgent",
        )

    def action_prune_backups(self) -> None:
        """Remove the backups that are no longer to be kept."""
        self.work(self._prune())

    async def _prune(self) -> None:
        await self._list()
        count = sum(item.may_go for item in self._shelf.values())
        if not count:
            self.notice.say("None is to go: 7 daily, 4 weekly and 6 monthly are kept.")
            return
        self._say_count()
        if not await self.prompt.yes(f"Remove {count} older? 7 daily, 4 weekly, 6 monthly stay."):
            return
        gone = await self._job(backups.prune, self._folder)
        await self._list()
        self.notice.say(f"{len(gone)} removed.", tone="good")

    def step_back(self) -> None:
        """Give up what runs; where nothing does, go back."""
        if self._is_running:
            self._is_wanted = False
            self.notice.say("Giving it up …")
        else:
            super().step_back()

    # Steps

    def _say_count(self) -> None:
        count = len(self._shelf)
        wrong = sum(not item.signed for item in self._shelf.values())
        if wrong:
            words = f"{count:,} there; of these {wrong:,} cannot be relied on."
            self.notice.say(words, tone="warning")
        else:
            self.notice.say(f"{count:,} there." if count else "No backups there.")

    async def _ask_folder(self, question: str) -> bool:
        typed = await self.prompt.line(question, str(self._folder or ""))
        if not typed or not typed.strip():
            return False
        self._folder = _folder(typed.strip())
        return True

    def _current(self) -> Listed:
        row = self.query_one("#shelf", WindowList).current
        if row is None or row.uid not in self._shelf:
            raise Refused("No backup is chosen.", "f lists those in a folder.")
        return self._shelf[row.uid]

    async def _list(self, *, keep_cursor: bool = True) -> None:
        self.query_one("#result", NoMarkup).show("")
        found = await self._job(backups.shelf, self._folder)
        self._shelf = {item.file.name: item for item in found}
        rows = [_row(item) for item in found]
        self.query_one("#shelf", WindowList).show(FixedPages(rows), keep_cursor=keep_cursor)
        await self._show_standing()

    async def _job(self, verb: Callable[..., Generator[Progress, Any, T]], *args: object) -> T:
        app = host(self)
        self._is_wanted = self._is_running = True
        self.notice.say("At work. Calls come first; Esc gives it up.")
        try:
            job = partial(verb, app.session, *args)
            return await in_steps(app.store, job, self._tell, lambda: self._is_wanted)
        finally:
            self._is_running = False
            if self.is_attached:
                self.query_one("#progress", NoMarkup).show("")

    def _tell(self, step: Progress) -> None:
        if not self.is_attached:
            return
        words = f" {step.what}"
        if step.total:
            full = _BAR * step.done // step.total
            bar = "█" * full + "░" * (_BAR - full)
            words = f" {bar} {100 * step.done // step.total:3d} %  {step.what}"
        self.query_one("#progress", NoMarkup).show(short(words))


def _vault_id(desk: Desk) -> str:
    return desk.store.vault_id


def _folder(typed: str) -> Path:
    try:
        return Path(typed).expanduser().absolute()
    except RuntimeError as error:  # ~ of nobody
        raise Refused("There is no such folder.", "Give its whole name.") from error


def _row(item: Listed) -> Row:
    made = show_moment(item.made_at) if item.made_at is not None else item.file.name
    state, tone = _state(item)
    return Row(
        item.file.name,
        (made, f"{item.contacts:,}" if item.made_at else "", _size(item.size), state),
        ("", "", "", tone),
    )


def _state(item: Listed) -> tuple[str, str]:
    if not item.signed:
        return f"✗ {item.fault}", "urgent"
    if not item.own:
        return "of another vault, or by nobody known here", "quiet"
    return ("whole, signed; may go", "quiet") if item.may_go else ("whole, signed", "good")


def _size(size: int) -> str:
    return f"{size / 1_000_000:,.1f} MB"
