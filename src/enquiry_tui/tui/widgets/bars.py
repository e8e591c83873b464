"""The lines at the top and bottom of every screen."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from rich.cells import cell_len
from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from enquiry_tui.tui.commands import registry
from enquiry_tui.tui.commands.command import Command
from enquiry_tui.tui.live import LiveContact
from enquiry_tui.tui.ports import Desktop
from enquiry_tui.tui.safe import ELLIPSIS, fit, join, shown, text

LONDON = ZoneInfo("Europe/London")
_SECONDS_BEFORE_GO_BACK = 120
_LEAST_NAME = 8  # cells
ALWAYS = 80
"""Commands from this place in the footer on are never left out of it."""


def spread(left: str, right: str, width: int) -> str:
    """Put one text left and one right on a line of `width` cells; the left one is cut."""
    tail = fit(right, min(cell_len(shown(right)), width))
    return fit(left, width - cell_len(tail) - 1) + " " + tail if tail else fit(left, width)


def clock(seconds: float) -> str:
    """Write a running time as mm:ss; an hour and more as h:mm:ss."""
    whole = max(0, int(seconds))
    hours, rest = divmod(whole, 3600)
    minutes = f"{rest // 60:02}:{rest % 60:02}"
    return f"{hours}:{minutes}" if hours else minutes


class Line(Widget):
    """One line that knows the desktop it stands on."""

    DEFAULT_CSS = "Line { height: 1; width: 1fr; }"
    ALLOW_SELECT = False
    EVERY_SECONDS: ClassVar[float] = 0.0

    @property
    def desktop(self) -> Desktop:
        """Return the app as far as lines need it."""
        return self.app  # type: ignore[return-value]

    def on_mount(self) -> None:
        """Draw again from time to time where the line shows time."""
        if self.EVERY_SECONDS:
            self.set_interval(self.EVERY_SECONDS, self.tick)

    def tick(self) -> None:
        """Draw again."""
        self.refresh()


class TitleBar(Line):
    """The screen's title left; officer, role and time right."""

    DEFAULT_CSS = "TitleBar { text-style: bold; background: $panel; color: $foreground; }"
    EVERY_SECONDS = 10.0

    def __init__(self, title: str, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._title = title

    def show(self, title: str) -> None:
        """Replace the title."""
        self._title = title
        self.refresh()

    def render(self) -> RenderResult:
        """Write the line."""
        now = self.desktop.now().astimezone(LONDON)
        parts = [*self.desktop.who_is_on(), f"{now:%H:%M}"]
        return text(spread(f" {self._title}", " · ".join(parts), self.size.width))


class DemoBar(Line):
    """Says on every screen that the people in this vault are made up; gone in a real one."""

    DEFAULT_CSS = "DemoBar { text-style: bold reverse; } DemoBar.-real { display: none; }"

    def on_mount(self) -> None:
        """Show only in a demonstration."""
        self.set_class(not self.desktop.is_demo(), "-real")

    def render(self) -> RenderResult:
        """Write the line."""
        words = " DEMONSTRATION: every person here is made up, nothing is kept"
        return text(fit(words, self.size.width))


class RecordBar(Line):
    """Says what is wrong with the record or the clock, on every screen, for as long as it is."""

    DEFAULT_CSS = """
    RecordBar { text-style: bold; background: $error; color: $text; display: none; }
    RecordBar.-said { display: block; }
    """
    EVERY_SECONDS = 10.0

    def on_mount(self) -> None:
        """Show only where there is something to say; textual runs the base's own too."""
        self.tick()

    def tick(self) -> None:
        """Ask again."""
        self.set_class(bool(self.desktop.banner()), "-said")
        self.refresh()

    def render(self) -> RenderResult:
        """Write the line."""
        return text(fit(f" {self.desktop.banner()}", self.size.width))


class StopBar(Line):
    """The monitoring officer's stop, on every screen of a matter on which it stands."""

    DEFAULT_CSS = """
    StopBar { text-style: bold reverse; display: none; height: auto; max-height: 2; }
    StopBar.-said { display: block; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._words = ""

    def say(self, words: str) -> None:
        """Show the banner, or take it away where there is nothing to say."""
        self._words = words
        self.set_class(bool(words), "-said")
        self.refresh(layout=True)

    def render(self) -> RenderResult:
        """Write the line."""
        return text(fit(f" {self._words}", self.size.width))


class CallBar(Line):
    """The call that runs, with its time, on every screen; blank when there is none."""

    EVERY_SECONDS = 1.0

    def on_mount(self) -> None:
        """Follow the live contacts; textual runs the base class's own `on_mount` too."""
        self._stop = self.desktop.live.listen(self.refresh)

    def on_unmount(self) -> None:
        """Stop following."""
        self._stop()

    def tick(self) -> None:
        """Draw again only while a time runs."""
        if self.desktop.live.talking is not None or self.desktop.live.held:
            self.refresh()

    def words(self) -> tuple[str, str]:
        """Return the left and the right half of the line."""
        live, now = self.desktop.live, self.desktop.now()
        key = registry.command("other-call").key_text(twin=self.desktop.twins)
        held = live.held[0] if live.held else None
        if live.talking is not None:
            left = f" CALL {clock((now - live.talking.started_at).total_seconds())} "
            right = _held_words(held, now, key)
            room = self.size.width - cell_len(left) - cell_len(right) - 1
            return left + _about(live.talking, room), right
        if held is not None:
            left = f" CALL {clock((now - held.started_at).total_seconds())} ON HOLD  "
            right = f"{key} back to call"
            room = self.size.width - cell_len(left) - cell_len(right) - 1
            return left + _about(held, room), right
        return "", ""

    def render(self) -> RenderResult:
        """Write the line."""
        left, right = self.words()
        self.set_class(bool(left), "-live")
        style = "bold" if left else ""
        return text(spread(left, right, self.size.width), style)


def _about(contact: LiveContact, room: int) -> str:
    """Say who it is and what was checked; a long name gives way, what was checked does not."""
    who = shown(contact.who or "nobody named yet")
    word = f"word {contact.word}" if contact.word else ""
    parts = (contact.checked, contact.reference, word)
    if contact.urgent:
        parts = ("F9", contact.reference, "")
        who = f"URGENT {who}"
    known = "".join(f" · {part}" for part in parts if part)
    if word and cell_len(shown(known)) > room - _LEAST_NAME:
        known = known.removesuffix(f" · {word}")
    left = max(_LEAST_NAME, room - cell_len(shown(known)))
    return (fit(who, left).rstrip() if cell_len(who) > left else who) + known


def _held_words(held: LiveContact | None, now: datetime, key: str) -> str:
    if held is None or held.held_since is None:
        return ""
    if held.urgent:
        key = f"URGENT {key}"
    seconds = (now - held.held_since).total_seconds()
    urge = " go back" if seconds >= _SECONDS_BEFORE_GO_BACK else ""
    return f"HOLD {clock(seconds)}{urge} {key}"


class KeyFooter(Line):
    """The keys that do something here, in at most two lines; made from the list of commands."""

    DEFAULT_CSS = "KeyFooter { height: 2; dock: bottom; background: $panel; }"
    LINES = 2

    def on_mount(self) -> None:
        """Follow what can be done."""
        self.screen.bindings_updated_signal.subscribe(self, self._on_bindings)

    def _on_bindings(self, _screen: object) -> None:
        self.refresh()

    def rows(self) -> list[Command]:
        """List the commands to show."""
        return registry.footer_rows(self.app, self.screen)

    def render(self) -> RenderResult:
        """Write the lines; what does not fit is still under `?`, which always fits."""
        rows = [row for row in self.rows() if row.keys]
        twin, place = self.desktop.twins, registry.place_of(self.screen)
        first, last = (
            [
                (row.key_text(twin=twin, place=place), row.title)
                for row in rows
                if (row.footer >= ALWAYS) is late
            ]
            for late in (False, True)
        )
        return Content("\n").join(_wrapped(first, last, self.size.width, self.LINES))


def _wrapped(
    first: list[tuple[str, str]], last: list[tuple[str, str]], width: int, most: int
) -> list[Content]:
    kept_free = sum(_room(pair) for pair in last)
    lines: list[Content] = []
    line, used = Content(" "), 1
    for pair in first:
        free = width - used - (kept_free if len(lines) == most - 1 else 0)
        if _room(pair) > free and len(lines) == most - 1:
            line = join(line, ELLIPSIS, " ") if free >= 2 else line
            break
        if _room(pair) > free:
            lines.append(line)
            line, used = Content(" "), 1
        line, used = join(line, _key(pair)), used + _room(pair)
    if used + kept_free > width and len(lines) < most - 1:
        lines.append(line)
        line = Content(" ")
    return [*lines, join(line, *(_key(pair) for pair in last))]


def _room(pair: tuple[str, str]) -> int:
    return cell_len(pair[0]) + cell_len(pair[1]) + 2


def _key(pair: tuple[str, str]) -> Content:
    return join((pair[0], "bold"), " ", pair[1], " ")
