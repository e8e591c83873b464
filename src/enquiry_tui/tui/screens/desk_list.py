"""The desk's list: queues, rows, and the two lines that belong to the row under the cursor."""

from __future__ import annotations

from contextlib import suppress
from functools import partial

from rich.cells import cell_len
from textual.containers import Horizontal, VerticalScroll
from textual.timer import Timer
from textual.widget import Widget

from enquiry_tui.desk import lists
from enquiry_tui.desk.views import DeskRow
from enquiry_tui.domain.when import show_day, show_moment
from enquiry_tui.tui.safe import NoMarkup, join, text
from enquiry_tui.tui.screens.desk_rows import QueuePages, columns, preview_width
from enquiry_tui.tui.screens.verbs import VerbScreen
from enquiry_tui.tui.widgets.paging import Row
from enquiry_tui.tui.widgets.queues import QueueList
from enquiry_tui.tui.widgets.window_list import WindowList
from enquiry_tui.vault.held import RecordHeld

RESTED_SECONDS = 1.0
REFRESH_SECONDS = 60.0
DRAFT = "draft:"
_LOW, _LOWEST = 14, 11
"""Under so many lines the rules go, then where the row stands: never its plan or the call line."""


class DeskList(VerbScreen):
    """The part of the desk above the call line."""

    def __init__(self) -> None:
        super().__init__()
        self.queue = "today"
        self.mine = False
        self.visitor = False
        self.waiting: tuple[Row, ...] = ()
        """Unfinished lines of the officer's own, as rows before the others."""
        self._source: QueuePages | None = None
        self._rested: Timer | None = None
        self._noted = ""
        self._foot_is_news = False
        self._told = ("", "")
        """The matter just logged and what was said of it; stands until another row is gone to."""

    def list_part(self) -> Widget:
        """Compose queues, list and preview."""
        return Horizontal(
            QueueList(lists.LABELS, id="queues"),
            NoMarkup("", id="edge"),
            WindowList(columns(0), id="rows", empty="Nothing here. n logs a call."),
            VerticalScroll(NoMarkup("", id="preview-text"), id="preview", can_focus=False),
            id="desk",
        )

    @property
    def rows(self) -> WindowList:
        """Return the list."""
        return self.query_one("#rows", WindowList)

    def start_list(self) -> None:
        """Read the list for the first time, and again every minute: due times move."""
        self.open_queue("today")
        self.set_interval(REFRESH_SECONDS, self.reload)

    def on_resize(self) -> None:
        """Share the width between the columns and the preview, and keep the call line in sight."""
        self.set_class(self.size.height < _LOW, "-low")
        self.set_class(self.size.height < _LOWEST, "-lowest")
        preview = self.query_one("#preview")
        preview.styles.width = preview_width(self.size.width)
        self.set_class(preview_width(self.size.width) > 0, "-preview")
        self.rows.columns = columns(self.size.width)
        self.rows.share_width(self.rows.size.width)
        self.rows.refresh()

    @property
    def in_line(self) -> bool:
        """Say whether the call line, or the people under it, has the cursor."""
        return self.focused is not None and self.focused.id in {"line", "people"}

    # Queues

    def open_queue(self, name: str, *, select: str | None = None) -> None:
        """Show a queue, from its first row or with the cursor on a row."""
        self.queue = name
        first = self.waiting if name == "unfinished" and not self.visitor else ()
        self._source = QueuePages(
            self.read, name, mine=self.mine, visitor=self.visitor, first=first
        )
        if select is None:
            self.rows.show(self._source)
        else:
            self.rows.show(self._source, keep_cursor=True)
            self.rows.reload(select=select)
        self.count_queues()
        self._rest()

    def reload(self, select: str | None = None) -> None:
        """Read the list again with the cursor on its row, or on another."""
        if self._source is not None:
            self.rows.reload(select=select)
            self.count_queues()

    async def go_to_row(self, enquiry_uid: str, *, anywhere: bool = True) -> None:
        """Put the cursor on a matter: in this queue if it is there, else where it is, `anywhere`.

        Through only when it stands there: the next Enter opens this matter and no other.
        """
        names = (self.queue, "today", "everything") if anywhere else (self.queue,)
        for name in dict.fromkeys(names):
            pages = QueuePages(self.read, name, mine=False, visitor=False)
            await pages.count()
            if await pages.index_of(enquiry_uid) is not None:
                if name == self.queue:
                    self.reload(enquiry_uid)
                else:
                    self.open_queue(name, select=enquiry_uid)
                await self.rows.arrived()
                return
        self.reload()

    def count_queues(self) -> None:
        """Count the queues behind the list."""
        self.do(self._count(), group="counts")

    async def _count(self) -> None:
        verb = partial(lists.queue_counts, mine=self.mine)
        counts = dict(await self.read(verb, token="desk-counts"))
        counts["unfinished"] += len(self.waiting)
        words = {name: lists.count_words(name, count) for name, count in counts.items()}
        self.query_one(QueueList).show(words, self.queue, mine=self.mine)

    def on_queue_list_picked(self, event: QueueList.Picked) -> None:
        """Open the clicked queue."""
        self.open_queue(event.name)

    def action_queue(self, number: int) -> None:
        """Open a queue by its digit."""
        names = self.query_one(QueueList).names
        if 0 < number <= len(names):
            self.open_queue(names[number - 1])

    def action_next_queue(self, by: int) -> None:
        """Open the queue above or below."""
        names = self.query_one(QueueList).names
        self.open_queue(names[(names.index(self.queue) + by) % len(names)])

    def action_whose(self) -> None:
        """Show only my own matters, or the team's."""
        self.mine = not self.mine
        self.open_queue(self.queue)

    def action_visitor_view(self) -> None:
        """Show references and states only, until asked again."""
        self.visitor = not self.visitor
        self.set_class(self.visitor, "-visitor")
        self.query_one("#foot", NoMarkup).show(
            "Visitor view: references and states only. V goes back." if self.visitor else ""
        )
        self.open_queue(self.queue)
        self.refresh_bindings()

    # The consultation event of a list request

    def _rest(self) -> None:
        if self._rested is not None:
            self._rested.stop()
        self._rested = self.set_timer(RESTED_SECONDS, self.note_request)

    def note_request(self) -> None:
        """Leave the event of this list: it has rested, or a row of it was opened. Once."""
        source, request = self._source, f"{self.queue} {self.mine}"
        if source is None or self._noted == request:
            return
        self._noted = request
        self.do(self._note_list(source), group="noted")

    async def _note_list(self, source: QueuePages) -> None:
        with suppress(RecordHeld):  # nothing is written then, as every screen says
            await self.write(lists.note_list, source.queue, source.total, source.seen)

    # The row under the cursor

    def on_window_list_row_highlighted(self, event: WindowList.RowHighlighted) -> None:
        """Show what belongs to the row, and the keys that work on it."""
        self.refresh_bindings()
        if not self.visitor:
            self.do(self._show_footing(event.row), group="footing")

    def on_window_list_emptied(self, _event: WindowList.Emptied) -> None:
        """Take away what belonged to a row of another queue."""
        self.query_one("#preview-text", NoMarkup).show("")
        if not (self.visitor or self._foot_is_taken() or self._foot_is_news):
            self.show_foot("", "")

    def on_window_list_failed(self, event: WindowList.Failed) -> None:
        """Say why the list could not be read."""
        self.fault(event.error)

    async def _show_footing(self, row: Row) -> None:
        if row.uid.startswith(DRAFT):
            self.show_foot(f"{row.cells[2]}: not logged yet", "Enter goes on with it.")
            return
        if self._foot_is_taken():
            return
        footing = await self.read(lists.footing, row.uid, token="desk-footing")
        current = self.rows.current
        if self._foot_is_taken() or current is None or current.uid != row.uid:
            return
        uid, told = self._told
        if uid == row.uid:
            self.show_foot(f"✓ {told}", footing.stands, "bold $text-success")
        else:
            self._told = ("", "")
            self.show_foot(plan_words(row, footing.plan, self.size.width - 2), footing.stands)
        self._preview(row)

    def _foot_is_taken(self) -> bool:
        """Say whether what was just logged, or is being typed, stands in the two lines."""
        return self.calls.ended is not None or self.in_line

    def show_foot(self, first: str, second: str, style: str = "") -> None:
        """Write the two lines above the call line."""
        self._foot_is_news = first.startswith("✓")
        foot = self.query_one("#foot", NoMarkup)
        foot.remove_class("-echo")
        foot.show(join((f" {first}", style or "bold"), "").append("\n").append(text(f" {second}")))

    def _preview(self, row: Row) -> None:
        source = self._source
        seen = source.rows.get(row.uid) if source is not None else None
        if seen is not None:
            lines = preview_lines(seen, row.cells[0])
            self.query_one("#preview-text", NoMarkup).show("\n".join(lines))


def plan_words(row: Row, plan: str, room: int) -> str:
    """Put the contact plan behind reference and name; a long plan goes before name and review."""
    short, who = row.cells[1], row.cells[2]
    if not plan:
        return f"{short} {who}"
    tries = (f"{short} {who}  {plan}", f"{short} ⚑ {plan}", f"{short} ⚑ {_without_review(plan)}")
    return next((words for words in tries if cell_len(words) <= room), tries[-1])


def _without_review(plan: str) -> str:
    return " · ".join(part for part in plan.split(" · ") if not part.startswith("rev "))


def preview_lines(row: DeskRow, due: str) -> list[str]:
    """Say of a row what is no personal field: state, days, team, clocks."""
    lines = [row.reference, due or "nothing due", ""]
    if row.due_on is not None:
        lines.append(f"due   {show_day(row.due_on)}")
    if row.due_at is not None:
        lines.append(f"at    {show_moment(row.due_at)}")
    if row.waiting_since is not None:
        lines.append(f"since {show_moment(row.waiting_since)}")
    if row.waiting_on:
        lines.append(f"on    {row.waiting_on}")
    lines.append(f"with  {row.held_by or 'this office'}")
    lines.append(f"owner {row.with_}")
    if row.marked:
        lines += ["", "⚑ a marker stands here"]
    if row.restricted:
        lines += ["", "restricted to its readers"]
    return [*lines, "", "Enter opens it."]
