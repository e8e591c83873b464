"""The policy packs: which rules are in force since when; a file checked, previewed, installed."""

from __future__ import annotations

from pathlib import Path

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content

from enquiry_tui.desk import policy
from enquiry_tui.desk.policy import PackView, Preview
from enquiry_tui.domain.when import LONDON, show_day, show_moment
from enquiry_tui.errors import Refused
from enquiry_tui.policy.reading import read_file
from enquiry_tui.tui.commands.command import Place
from enquiry_tui.tui.safe import NoMarkup, block, join, text
from enquiry_tui.tui.screens.work import WorkScreen
from enquiry_tui.tui.widgets.paging import FixedPages, Row
from enquiry_tui.tui.widgets.window_list import Column, WindowList

_COLUMNS = (
    Column("PACK", 11),
    Column("VERSION", 9),
    Column("HASH", 9),
    Column("IN FORCE SINCE", 17),
    Column("STATE", 0),
)
_EDIT = " To edit one: enquiry-tui policy show NAME > FILE; then c checks it and i installs it."
_LONGEST = 200
_REFERENCES = 8


class PolicyScreen(WorkScreen):
    """Every pack with its day and hash; below, what a file would change and whom it meets."""

    PLACE = Place.POLICY
    HEADING = "Policy"
    CSS_PATH = "policy.tcss"
    AUTO_FOCUS = "#packs"
    NEEDS_MATTER = False

    def __init__(self) -> None:
        super().__init__()
        self._packs: dict[str, PackView] = {}
        self._file = ""

    def content(self) -> ComposeResult:
        """Show the packs, and room for what is said about one."""
        yield WindowList(_COLUMNS, id="packs")
        with VerticalScroll(id="said"):
            yield NoMarkup(text(_EDIT, "dim"), id="lines")

    async def ready(self) -> None:
        """Show the packs."""
        await self._show()

    async def _show(self) -> None:
        found = await self.read(policy.packs_in_force)
        self._packs = {view.name: view for view in found}
        rows = [Row(view.name, _cells(view), ("",) * len(_COLUMNS)) for view in found]
        self.query_one("#packs", WindowList).show(FixedPages(rows), keep_cursor=True)

    def _say(self, lines: list[Content]) -> None:
        self.add_class("-said")
        self.notice.clear()
        self.query_one("#lines", NoMarkup).show(Content("\n").join(lines))
        self.query_one("#said", VerticalScroll).scroll_home(animate=False)

    def _current(self) -> PackView:
        row = self.query_one("#packs", WindowList).current
        if row is None:
            raise Refused("No pack is chosen.", "Go to a pack first.")
        return self._packs[row.uid]

    # What can be done

    def action_check_pack(self) -> None:
        """Check a file, and say what it would change."""
        self.work(self._check())

    async def _check(self) -> None:
        body = await self._ask_file()
        if body is not None:
            await self._previewed(body)
            self.notice.say("The file is sound. Nothing was changed; i installs it.", tone="good")

    def action_install_pack(self) -> None:
        """Install a file, after its preview."""
        self.work(self._install())

    async def _install(self) -> None:
        body = await self._ask_file()
        if body is not None:
            await self._put_in_force(body)

    def action_take_shipped(self) -> None:
        """Install what the program brings for the pack under the cursor."""
        self.work(self._take())

    async def _take(self) -> None:
        await self.read(policy.may_install)
        await self._put_in_force(await self.read(_shipped, self._current().name))

    async def _put_in_force(self, body: bytes) -> None:
        found = await self._previewed(body)
        why = await self.prompt.line(f"Install {found.name} {found.hash[:8]}? Why:")
        if not why:
            return
        passphrase = await self.prompt.secret("Your passphrase:")
        if not passphrase:
            return
        done = await self.write(policy.install_pack, body, passphrase, why)
        await self._show()
        self.notice.say(
            f"{done.name} {done.hash[:8]} is in force.",
            tone="good",
            hint="Its version is not new." if done.warning else "The old one is kept.",
        )

    def action_pack_history(self) -> None:
        """Say what was in force under this name."""
        self.work(self._history())

    async def _history(self) -> None:
        found = await self.read(policy.pack_history, self._current().name)
        self._say([_line(view) for view in found])

    def action_pack_text(self) -> None:
        """Show the text of a pack of whatever day."""
        self.work(self._text())

    async def _text(self) -> None:
        view = self._current()
        start = await self.prompt.line("Its hash, or the beginning of it:", view.hash[:8])
        if start is None:
            return
        found = await self.read(policy.stored_pack, "", start.strip().lower())
        since = show_moment(found.since) if found.since else "never"
        state = "in force" if found.in_force else "no longer in force"
        head = join((f" {found.name} {found.version} {found.hash}", "bold"))
        self._say([head, text(f" since {since}, {state}", "dim"), block(found.text)])
        self.query_one("#said").focus()

    async def _ask_file(self) -> bytes | None:
        await self.read(policy.may_install)
        typed = await self.prompt.line("The file of the pack:", self._file)
        if not typed:
            return None
        self._file = typed
        return await self.read(_read, typed)

    async def _previewed(self, body: bytes) -> Preview:
        found = await self.read(policy.preview, body)
        self._say(preview_lines(found))
        return found


def preview_lines(found: Preview) -> list[Content]:
    """Write what a pack would change, and which open matters it touches."""
    count = len(found.changes)
    head = f" {found.name} {found.version}: {found.before[:8]} becomes {found.hash[:8]}"
    lines = [join((head, "bold"))]
    if found.warning:
        lines.append(join((f" ! {found.warning}", "$text-warning")))
    for touch in found.touched:
        named = ", ".join(touch.references[:_REFERENCES])
        more = " …" if touch.count > _REFERENCES else ""
        lines.append(join((f" ! {touch.count} × {touch.what}", "$text-warning")))
        if named:
            lines.append(text(f"     {named}{more}"))
    if not found.touched:
        lines.append(text(" No open matter is touched."))
    lines.append(join((f" {count} change{'' if count == 1 else 's'}", "bold")))
    lines += [block(f"   {change.words}") for change in found.changes[:_LONGEST]]
    if count > _LONGEST:
        lines.append(text(f"   and {count - _LONGEST} more: enquiry-tui policy diff FILE"))
    return lines


def _cells(view: PackView) -> tuple[str, ...]:
    state = "the program's" if view.source == "program" else "the office's"
    if view.offered:
        state = f"{state}; program brings {view.offered}"
    if not view.usable:
        state = "UNREADABLE: program's used"
    day = show_day(view.since.astimezone(LONDON).date())
    return (view.name, view.version, view.hash[:8], day, state)


def _line(view: PackView) -> Content:
    said = f"   {view.why}, {view.by}" if view.why else ""
    return join((f" {show_moment(view.since)}  {view.version}  {view.hash[:8]}", "bold"), said)


def _shipped(desk: object, name: str) -> bytes:
    del desk
    return policy.shipped_body(name)


def _read(desk: object, typed: str) -> bytes:
    del desk
    return read_file(Path(typed).expanduser())
