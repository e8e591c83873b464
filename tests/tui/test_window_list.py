from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.app import App, ComposeResult
from textual.strip import Strip

from enquiry_tui.errors import EnquiryError
from enquiry_tui.tui.widgets import row_lines
from enquiry_tui.tui.widgets.paging import PAGE_ROWS, FixedPages, KeyedPages, PageCache, Row
from enquiry_tui.tui.widgets.window_list import Column, WindowList

COLUMNS = (Column("DUE", 14), Column("REF", 6), Column("WHO", 0), Column("N", 4, right=True))


class Numbers:
    def __init__(self, total: int) -> None:
        self.total = total
        self.asked: list[tuple[int, int]] = []
        self.gone: set[str] = set()
        self.shift = 0

    async def count(self) -> int:
        return self.total

    async def page(self, offset: int, limit: int) -> Sequence[Row]:
        self.asked.append((offset, limit))
        upto = min(offset + limit, self.total)
        return [self.row(at - self.shift) for at in range(offset, upto)]

    async def index_of(self, uid: str) -> int | None:
        return None if uid in self.gone else int(uid) + self.shift

    @staticmethod
    def row(at: int) -> Row:
        tones = ("urgent",) if at == 0 else ()
        return Row(str(at), ("DUE TODAY", f"26-{at}", f"Nguyễn 語 {at}", str(at)), tones)


class ListApp(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[Any] = []

    def compose(self) -> ComposeResult:
        yield WindowList(COLUMNS)

    @property
    def rows(self) -> Any:
        return self.query_one(WindowList)

    def lines(self) -> list[str]:
        size = self.rows.size.height
        return [self.rows.render_line(y).text for y in range(size)]

    def on_window_list_row_highlighted(self, event: WindowList.RowHighlighted) -> None:
        self.said.append(("at", event.index, event.row.uid))

    def on_window_list_row_chosen(self, event: WindowList.RowChosen) -> None:
        self.said.append(("chosen", event.row.uid))

    def on_window_list_failed(self, event: WindowList.Failed) -> None:
        self.said.append(("failed", event.error.title))


async def shown(app: ListApp, pilot, source) -> None:
    app.rows.show(source)
    app.rows.focus()
    await app.workers.wait_for_complete()
    await pilot.pause()


async def test_a_million_rows_show_their_first_window_from_one_page():
    app, source = ListApp(), Numbers(1_000_000)
    async with app.run_test(size=(80, 24)) as pilot:
        await shown(app, pilot, source)
        lines = app.lines()
        assert lines[0].startswith("DUE            REF    WHO")
        assert lines[1].startswith("DUE TODAY      26-0   Nguyễn 語 0")
        assert lines[1].rstrip().endswith("0")
        assert lines[23].strip() == "… 999,978 more"
        assert source.asked == [(0, PAGE_ROWS)]
        assert app.said == [("at", 0, "0")]


async def test_going_to_the_end_of_a_million_rows_reads_only_what_shows():
    app, source = ListApp(), Numbers(1_000_000)
    async with app.run_test(size=(80, 24)) as pilot:
        await shown(app, pilot, source)
        await pilot.press("end")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.rows.cursor == 999_999
        assert "26-99…" in app.lines()[23]
        assert len(source.asked) <= 3
        assert app.said[-1] == ("at", 999_999, "999999")
        await pilot.press("home", "down", "enter")
        assert app.said[-1] == ("chosen", "1")


async def test_a_page_down_reads_at_most_one_page_more():
    app, source = ListApp(), Numbers(1_000)
    async with app.run_test(size=(80, 24)) as pilot:
        await shown(app, pilot, source)
        for _ in range(5):
            asked = len(source.asked)
            await pilot.press("pagedown")
            await app.workers.wait_for_complete()
            assert len(source.asked) - asked <= 1
        assert app.rows.cursor == 5 * 22


async def test_moving_the_cursor_draws_two_lines_only(monkeypatch):
    app = ListApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await shown(app, pilot, Numbers(100))
        drawn: list[int] = []
        plain = WindowList.render_line

        def watched(self: WindowList, y: int) -> Strip:
            drawn.append(y)
            return plain(self, y)

        monkeypatch.setattr(WindowList, "render_line", watched)
        await pilot.press("down")
        await pilot.pause()
        assert set(drawn) == {1, 2}


async def test_the_cursor_stays_on_its_row_when_the_list_is_read_again():
    app, source = ListApp(), Numbers(500)
    async with app.run_test(size=(80, 24)) as pilot:
        await shown(app, pilot, source)
        await pilot.press("down", "down", "down")
        source.shift, source.total = 100, 600
        app.rows.reload()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.rows.cursor == 103
        assert app.rows.current.uid == "3"
        assert "26-3 " in "".join(app.lines())


async def test_a_row_that_left_the_list_leaves_the_cursor_where_it_was():
    app, source = ListApp(), Numbers(50)
    async with app.run_test(size=(80, 24)) as pilot:
        await shown(app, pilot, source)
        await pilot.press("end")
        source.gone.add("49")
        source.total = 40
        app.rows.reload()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.rows.cursor == 39


async def test_a_reload_can_go_to_a_row():
    app, source = ListApp(), Numbers(500)
    async with app.run_test(size=(80, 24)) as pilot:
        await shown(app, pilot, source)
        app.rows.reload(select="321")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.rows.current.uid == "321"


async def test_enter_on_the_way_to_a_row_chooses_that_row_however_often_it_is_read_again():
    app = ListApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await shown(app, pilot, Numbers(1000))
        app.rows.reload(select="420")
        app.rows.reload()
        app.rows.action_choose()
        await app.rows.arrived()
        await pilot.pause()
        assert app.rows.current.uid == "420"
        assert [said for said in app.said if said[0] == "chosen"] == [("chosen", "420")]
        app.rows.action_move(1)
        app.rows.action_choose()
        await pilot.pause()
        assert app.said[-1] == ("chosen", "421")


async def test_enter_on_the_way_to_a_row_that_is_not_there_chooses_none():
    app = ListApp()
    async with app.run_test(size=(80, 24)) as pilot:
        numbers = Numbers(1000)
        await shown(app, pilot, numbers)
        numbers.gone.add("420")
        app.rows.reload(select="420")
        app.rows.action_choose()
        await app.rows.arrived()
        await pilot.pause()
        assert not [said for said in app.said if said[0] == "chosen"]


async def test_an_empty_list_says_so_and_takes_keys():
    app = ListApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await shown(app, pilot, Numbers(0))
        await pilot.press("down", "end", "pagedown", "enter", "home")
        assert app.lines()[1].strip() == "Nothing here."
        assert app.said == []
        assert app.rows.cursor == 0


async def test_what_cannot_be_read_is_told_and_does_not_end_the_app():
    class Broken(Numbers):
        async def count(self) -> int:
            raise EnquiryError("The list cannot be read.")

    app = ListApp()
    async with app.run_test() as pilot:
        await shown(app, pilot, Broken(1))
        assert app.said == [("failed", "The list cannot be read.")]


async def test_forgetting_drops_every_row():
    app = ListApp()
    async with app.run_test() as pilot:
        await shown(app, pilot, Numbers(100))
        app.rows.forget()
        await pilot.pause()
        assert "26-" not in "".join(app.lines())
        assert app.rows.current is None


async def test_a_click_puts_the_cursor_and_a_second_one_chooses():
    app = ListApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await shown(app, pilot, Numbers(100))
        await pilot.click(WindowList, offset=(5, 4), times=2)
        assert app.rows.cursor == 3
        assert app.said[-1] == ("chosen", "3")


async def test_hostile_cells_are_cut_to_their_cells_and_never_parsed():
    hostile = Row("x", ("[red]x", "[/]", "\x1b]2;x\x07\u202e" + "a" * 100_000, "語" * 9))
    app = ListApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await shown(app, pilot, FixedPages([hostile]))
        line = app.rows.render_line(1)
        assert line.cell_length == 80
        assert line.text.startswith("[red]x         [/]    �]2;x��aaa")


async def test_keyed_pages_read_keys_once_and_rows_by_page():
    loaded: list[list[int]] = []

    async def keys() -> Sequence[int]:
        return [30, 10, 20]

    async def rows(wanted: Sequence[int]) -> Sequence[Row]:
        loaded.append(list(wanted))
        return [Row(f"u{key}", (str(key),)) for key in wanted]

    async def key_of(uid: str) -> int | None:
        return int(uid[1:]) if uid != "gone" else None

    pages = KeyedPages(keys, rows, key_of)
    assert await pages.count() == 3
    assert [row.uid for row in await pages.page(1, 2)] == ["u10", "u20"]
    assert loaded == [[10, 20]]
    assert [await pages.index_of(uid) for uid in ("u20", "gone", "u99")] == [2, None, None]


def test_the_cache_lets_old_pages_go():
    cache = PageCache(pages_kept=2)
    for number in range(3):
        cache.keep(number, [Row(str(number), ())] * PAGE_ROWS)
    assert cache.row(0) is None
    assert cache.row(2 * PAGE_ROWS) == Row("2", ())
    assert cache.missing(0, 3 * PAGE_ROWS) == [0, 3]


async def test_nothing_is_said_of_an_empty_list_before_it_was_read():
    app = ListApp()
    async with app.run_test(size=(40, 6)) as pilot:
        app.rows.empty = "Nothing begins like that."
        assert not app.lines()[1].strip()
        await shown(app, pilot, FixedPages(()))
        assert app.lines()[1].strip() == "Nothing begins like that."


def test_a_column_that_gives_has_the_cells_of_its_longest_words_and_the_rest_goes_on() -> None:
    columns = (Column("DUE", 14, gives=True), Column("ABOUT", 0), Column("WITH", 7))
    rows = [Row("a", ("OVERDUE 2d", "words", "me")), Row("b", ("", "x" * 90, "everybody"))]
    longest = row_lines._longest(columns, rows, ())
    assert row_lines._share(columns, 40, longest) == (10, 20, 7)
    longest = row_lines._longest(columns, [Row("c", ("PROM Wed 10:00 again", "", ""))], longest)
    assert row_lines._share(columns, 40, longest) == (14, 16, 7)
