from __future__ import annotations

import asyncio
import logging
import sys
import threading
import warnings
from pathlib import Path

from textual.app import ComposeResult

from enquiry_tui.tui.app import EnquiryApp
from enquiry_tui.tui.commands.command import Place
from enquiry_tui.tui.host import host
from enquiry_tui.tui.live import LiveContact
from enquiry_tui.tui.safe import NoMarkup, join, set_border_title, toast
from enquiry_tui.tui.screens.base import EnquiryScreen
from enquiry_tui.tui.widgets.entry import LineInput, SecretInput
from enquiry_tui.tui.widgets.note_area import NoteArea
from enquiry_tui.tui.widgets.paging import FixedPages, Row
from enquiry_tui.tui.widgets.panels import Echo, Notice, Panel, SayCard, pair
from enquiry_tui.tui.widgets.window_list import Column, WindowList
from tests.tui.fakes import NOON, PASSPHRASE, FakeDoor

HOSTILE = (
    "[/]",
    "[red]x",
    "[@click=app.quit]x[/]",
    "\x1b]52;c;RVZJTA==\x07",
    "\x1b]2;EVIL\x07",
    "\x1b]0;EVIL\x1b\\",
    "\x1b[6n\x1b[2J\x1b[?1049l",
    "\x9b6n\x9d2;EVIL\x9c",
    "\u202eEVIL\u2066\u200b\ufeff",
    "a\x00b\x07c\x08d\x7fe",
    "\ud800\udfff",
    "\U000e0041\u2028x",
    "EVIL \x1b[31m" * 9_000,
)
CANARY = "CANARY-7741"


class AllWidgets(EnquiryScreen):
    PLACE = Place.ENQUIRY
    HAS_CALL_BAR = True

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = words

    def body(self) -> ComposeResult:
        words = self.words
        yield NoMarkup(words[:3000])
        yield Panel(words[:200])
        yield Echo()
        yield SayCard()
        yield Notice()
        yield LineInput(words, placeholder=words)
        raw = LineInput(id="raw")
        raw.value = words[:5_000]
        yield raw
        yield LineInput(placeholder=words)
        yield SecretInput(placeholder=words)
        yield NoteArea(words[:100])
        raw_area = NoteArea(hint=words)
        yield raw_area
        yield WindowList([Column(words[:20] or "x", 20), Column("", 0)])

    def on_mount(self) -> None:
        words = self.words
        self.set_heading(words)
        self.query_one(Panel).show_lines(
            [words, pair(words, words), join(words[:200], (words[:200], "bold"))]
        )
        self.query_one(Echo).show_parts([(words, words)])
        self.query_one(SayCard).show_words(words[:200], heading=words[:10])
        self.query_one(Notice).say(words, hint=words)
        set_border_title(self.query_one(Panel), words, words)
        self.query_one(Panel).styles.border = ("solid", "red")
        self.query_one(Panel).styles.height = 4
        self.query_one(NoMarkup).styles.max_height = 2
        self.query_one(WindowList).show(FixedPages([Row("a", (words, words)), Row("b", (words,))]))
        for area in self.query(NoteArea):
            area.styles.height = 1
        toast(self.app, words[:300], title=words[:100])


class HostileApp(EnquiryApp):
    def __init__(self, payloads: tuple[str, ...]) -> None:
        self.payloads = payloads
        super().__init__(FakeDoor(), lambda: AllWidgets(self.payloads[0]), clock=lambda: NOON)

    def on_ready(self) -> None:
        self.run_worker(self.walk())

    async def walk(self) -> None:
        await self.sign_in("PB-0142", PASSPHRASE)
        for words in self.payloads:
            self.live.begin(LiveContact("c", NOON, who=words, checked=words), NOON)
            await self.push_screen(AllWidgets(words))
            for _ in range(3):
                drawn = asyncio.Event()
                self.screen.call_after_refresh(drawn.set)
                await drawn.wait()
            self.pop_screen()
        self.call_after_refresh(self.done)

    def done(self) -> None:
        toast(self, "PAINTED")


class CrashHome(EnquiryScreen):
    PLACE = Place.ENQUIRY

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind

    def body(self) -> ComposeResult:
        secret = CANARY
        if self.kind == "compose":
            raise ValueError(secret)
        yield LineInput("READY")

    def on_mount(self) -> None:
        secret = CANARY
        if self.kind == "handler":
            raise ValueError(secret)
        if self.kind == "worker":
            self.run_worker(self.fail())
        if self.kind == "store":
            self.run_worker(self.fail_in_store())
        if self.kind == "callback":
            asyncio.get_running_loop().call_soon(self.fail_beside, CANARY)
        if self.kind == "thread":
            threading.Thread(target=self.fail_beside, args=(CANARY,), name=CANARY).start()
        if self.kind == "task":
            self.app.lost = asyncio.create_task(self.fail())  # type: ignore[attr-defined]
        if self.kind == "warning":
            warnings.warn(secret, stacklevel=1)
            logging.getLogger("asyncio").error(secret)

    async def fail(self) -> None:
        passphrase = CANARY
        raise KeyError(passphrase)

    def fail_beside(self, passphrase: str) -> None:
        raise KeyError(passphrase)

    async def fail_in_store(self) -> None:
        def job(key: str) -> None:
            raise OSError(key)

        await host(self).store.run(job, CANARY)


class CrashApp(EnquiryApp):
    def __init__(self, kind: str) -> None:
        super().__init__(FakeDoor(), lambda: CrashHome(kind), clock=lambda: NOON)

    def on_ready(self) -> None:
        self.run_worker(self.walk())

    async def walk(self) -> None:
        await self.sign_in("PB-0142", PASSPHRASE)
        self.call_after_refresh(lambda: toast(self, "PAINTED"))


class FileDoor(FakeDoor):
    path: Path

    def save_draft(self, session: object, key: str, body: str) -> None:  # noqa: ARG002
        self.path.write_text(f"{key}={body}", encoding="utf-8")

    def lock(self) -> None:
        with self.path.open("a", encoding="utf-8") as file:
            file.write("|locked")


class DraftApp(EnquiryApp):
    def __init__(self, path: Path) -> None:
        door = FileDoor()
        door.path = path
        super().__init__(door, lambda: CrashHome("none"), clock=lambda: NOON)
        self.drafts._delay = 3_600.0

    def on_ready(self) -> None:
        self.run_worker(self.walk())

    async def walk(self) -> None:
        await self.sign_in("PB-0142", PASSPHRASE)
        self.drafts.note("note", CANARY)
        self.call_after_refresh(lambda: toast(self, "PAINTED"))


class PasteHome(EnquiryScreen):
    PLACE = Place.ENQUIRY

    def body(self) -> ComposeResult:
        yield LineInput(id="line", limit=200_000)


class PasteApp(EnquiryApp):
    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(FakeDoor(), PasteHome, urgent=PasteHome, clock=lambda: NOON)

    def on_ready(self) -> None:
        self.run_worker(self.walk())

    async def walk(self) -> None:
        await self.sign_in("PB-0142", PASSPHRASE)
        self.call_after_refresh(lambda: toast(self, "PAINTED"))

    async def save_before_end(self) -> None:
        screens = len(self.screen_stack)
        line = self.screen.query_one("#line", LineInput).value
        self.path.write_text(f"{screens}|{line}", encoding="utf-8")
        await super().save_before_end()


def main() -> int:
    kind, *rest = sys.argv[1:]
    app: EnquiryApp
    match kind:
        case "hostile":
            app = HostileApp(HOSTILE)
        case "harmless":
            app = HostileApp(("harmless words",) * len(HOSTILE))
        case "crash":
            app = CrashApp(rest[0])
        case "paste":
            app = PasteApp(Path(rest[0]))
        case _:
            app = DraftApp(Path(rest[0]))
    app.run()
    return app.return_code or 0


if __name__ == "__main__":
    raise SystemExit(main())
