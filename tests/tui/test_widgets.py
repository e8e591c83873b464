from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from textual import events
from textual.app import ComposeResult

from enquiry_tui.errors import EnquiryError
from enquiry_tui.tui import themes
from enquiry_tui.tui.commands.command import Place
from enquiry_tui.tui.live import LiveContact, LiveContacts
from enquiry_tui.tui.screens.base import EnquiryScreen
from enquiry_tui.tui.widgets.bars import CallBar, KeyFooter, clock, spread
from enquiry_tui.tui.widgets.entry import Full, LineInput, SecretInput
from enquiry_tui.tui.widgets.note_area import NOTE_BYTES, NoteArea
from enquiry_tui.tui.widgets.panels import Echo, Notice, Panel, SayCard, pair
from tests.tui.fakes import NOON, FakeDoor, make_app, screen_text, sign_in


class Sheet(EnquiryScreen):
    PLACE = Place.FIND
    HEADING = "A sheet"

    def __init__(self) -> None:
        super().__init__()
        self.full: list[int] = []

    def body(self) -> ComposeResult:
        yield LineInput(id="line", limit=40)
        yield SecretInput(id="secret")
        yield NoteArea(id="note")
        yield Panel("PERSON  O'Brien, Siân", id="panel")
        yield Echo(id="echo")
        yield SayCard(id="say")
        yield Notice(id="notice")

    def on_full(self, event: Full) -> None:
        self.full.append(event.left_out)


async def on_sheet(app, pilot) -> Sheet:
    await sign_in(app, pilot)
    sheet = Sheet()
    await app.push_screen(sheet)
    await pilot.pause()
    return sheet


async def test_pasted_lines_are_joined_and_nothing_of_them_is_lost():
    app = make_app()
    async with app.run_test() as pilot:
        sheet = await on_sheet(app, pilot)
        line = sheet.query_one("#line", LineInput)
        line.focus()
        await pilot.pause()
        app.post_message(events.Paste("Janet Holt\r\n 07700 900111\n\x1b[31mHarlow"))
        await pilot.pause()
        assert line.value == "Janet Holt 07700 900111 [31mHarlow"


async def test_a_line_that_is_full_says_how_much_it_left_out():
    app = make_app()
    async with app.run_test() as pilot:
        sheet = await on_sheet(app, pilot)
        line = sheet.query_one("#line", LineInput)
        line.take("x" * 45)
        await pilot.pause()
        assert len(line.value) == 40
        line.insert_text_at_cursor("y")
        await pilot.pause()
        assert sheet.full == [5, 1]


async def test_a_secret_is_never_copied_cut_or_shown():
    app = make_app()
    async with app.run_test() as pilot:
        sheet = await on_sheet(app, pilot)
        secret = sheet.query_one("#secret", SecretInput)
        secret.focus()
        secret.take("four words with blanks\n")
        await pilot.press("ctrl+shift+a", "ctrl+c", "ctrl+x", "super+c")
        assert app.clipboard == ""
        assert secret.value == "four words with blanks"
        assert "four words" not in screen_text(app)
        assert secret.take_out() == "four words with blanks"
        assert secret.value == ""


async def test_enter_in_a_note_starts_a_line_with_its_time():
    app = make_app()
    async with app.run_test() as pilot:
        sheet = await on_sheet(app, pilot)
        note = sheet.query_one("#note", NoteArea)
        note.focus()
        await pilot.press("a", "enter", "b")
        assert note.text == "a\n14:05 b"
        note.stamp = "%H:%M:%S"
        await pilot.press("enter")
        assert note.text.endswith("\n14:05:00 ")


async def test_a_note_takes_a_paste_whole_and_cleans_it():
    app = make_app()
    async with app.run_test() as pilot:
        sheet = await on_sheet(app, pilot)
        note = sheet.query_one("#note", NoteArea)
        note.focus()
        await pilot.pause()
        app.post_message(events.Paste("one\r\ntwo [/] \x1b]52;c;eA==\x07\u202e\nthree"))
        await pilot.pause()
        assert note.text == "one\ntwo [/] ]52;c;eA==\nthree"


async def test_a_note_is_bounded_and_says_what_it_left_out():
    app = make_app()
    async with app.run_test() as pilot:
        sheet = await on_sheet(app, pilot)
        note = sheet.query_one("#note", NoteArea)
        note.load_text("é" * (NOTE_BYTES // 2 - 2))
        note.move_cursor((0, 0))
        note.focus()
        await pilot.pause()
        app.post_message(events.Paste("ééééé"))
        await pilot.pause()
        assert note.size_in_bytes() == NOTE_BYTES
        assert sheet.full == [3]
        await pilot.press("x")
        assert note.size_in_bytes() == NOTE_BYTES


async def test_panels_cards_and_notices_show_words_and_marks():
    app = make_app()
    async with app.run_test() as pilot:
        sheet = await on_sheet(app, pilot)
        sheet.query_one("#panel", Panel).show_lines(["[red]phone[/]", pair("needs", "large print")])
        sheet.query_one("#echo", Echo).show_parts([("who", "Janet Holt, new"), ("for", "CC")])
        sheet.query_one("#say", SayCard).show_words("I won't prompt.", heading="SAY")
        sheet.query_one("#notice", Notice).fault(EnquiryError("Not saved.", "Try again."))
        await pilot.pause()
        shown = screen_text(app)
        for words in (
            "PERSON  O'Brien, Siân", "[red]phone[/]", "needs   large print",
            "who Janet Holt, new · for CC", "SAY “I won't prompt.”", "✗ Not saved.", "  Try again.",
        ):  # fmt: skip
            assert words in shown


async def test_the_call_bar_counts_and_is_blank_without_a_call():
    times = [NOON]
    app = make_app(clock=lambda: times[0])
    async with app.run_test() as pilot:
        await sign_in(app, pilot)
        bar = app.screen.query_one(CallBar)
        assert bar.words() == ("", "")
        app.live.begin(LiveContact("a", NOON, who='man, "DI Marsh"?', reference="26-131"), NOON)
        times[0] = NOON + timedelta(minutes=3, seconds=41)
        assert bar.words() == (' CALL 03:41 man, "DI Marsh"? · NOT CHECKED · 26-131', "")
        app.live.hold(times[0])
        assert bar.words()[0].startswith(" CALL 03:41 ON HOLD  man,")
        assert bar.words()[1] == "F2 back to call"
        app.live.begin(LiveContact("b", times[0], who="Holt"), times[0])
        assert bar.words() == (" CALL 00:00 Holt · NOT CHECKED", "HOLD 00:00 F2")
        times[0] += timedelta(minutes=2)
        assert bar.words()[1] == "HOLD 02:00 go back F2"
        talking = app.live.talking
        assert talking is not None
        app.live.change(replace(talking, who="Llanfairpwllgwyngyll-" * 5))
        left, right = bar.words()
        assert left.endswith("… · NOT CHECKED")
        assert len(left) + 1 + len(right) == 80
        bar.tick()
        await pilot.pause()
        assert "CALL 02:00 Llanfairpwll" in screen_text(app)
        app.live.end("a")
        app.live.end("b")
        assert bar.words() == ("", "")


def test_calls_are_held_taken_up_and_ended_each_by_its_own():
    live = LiveContacts()
    told: list[object] = []
    stop = live.listen(lambda: told.append(live.talking))
    live.begin(LiveContact("a", NOON), NOON)
    live.begin(LiveContact("b", NOON), NOON)
    assert [contact.uid for contact in live.held] == ["a"]
    live.take_up("a", NOON)
    assert live.talking == LiveContact("a", NOON)
    live.change(LiveContact("b", NOON, who="Holt"))
    assert live.held[0].who == "Holt"
    with pytest.raises(KeyError):
        live.take_up("a", NOON)
    live.end("a")
    assert live.talking is None
    assert live.any_call is True
    stop()
    live.clear()
    assert not live.any_call
    assert len(told) == 5


def test_a_letter_that_waits_is_no_running_call():
    live = LiveContacts()
    live.begin(LiveContact("a", NOON, is_call=False), NOON)
    assert live.any_call is False


async def test_the_title_bar_says_who_is_on_and_the_london_time():
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await on_sheet(app, pilot)
        first = screen_text(app).splitlines()[0]
        assert first.startswith(" A sheet")
        assert first.endswith("Okafor PB-0142 · officer · 14:05")
        assert len(first) == 80


async def test_a_demonstration_says_so_on_every_screen():
    app = make_app(FakeDoor(is_demo=True))
    async with app.run_test() as pilot:
        await on_sheet(app, pilot)
        assert "DEMONSTRATION" in screen_text(app)
    app = make_app()
    async with app.run_test() as pilot:
        await on_sheet(app, pilot)
        assert "DEMONSTRATION" not in screen_text(app)


async def test_the_footer_is_two_lines_at_most():
    app = make_app()
    async with app.run_test(size=(40, 24)) as pilot:
        await sign_in(app, pilot)
        assert app.screen.query_one(KeyFooter).size.height == 2
        assert len(screen_text(app).splitlines()) == 24


@pytest.mark.parametrize("theme", [theme.name for theme in themes.THEMES])
async def test_every_theme_paints_and_comes_round(theme):
    app = make_app()
    async with app.run_test() as pilot:
        await on_sheet(app, pilot)
        app.theme = theme
        await pilot.pause()
        for _ in themes.THEMES:
            app.action_colours()
        assert app.theme == theme


async def test_without_colour_the_words_and_marks_stay(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    app = make_app()
    async with app.run_test() as pilot:
        sheet = await on_sheet(app, pilot)
        sheet.query_one("#notice", Notice).say("OVERDUE 2d", tone="urgent")
        await pilot.pause()
        assert "✗ OVERDUE 2d" in screen_text(app)


def test_times_and_lines_are_written_out():
    assert [clock(seconds) for seconds in (-1, 0, 221, 3_661)] == [
        "00:00",
        "00:00",
        "03:41",
        "1:01:01",
    ]
    assert spread("left", "right", 14) == "left     right"
    assert spread("a long left text", "right", 14) == "a long … right"
    assert spread("left", "", 6) == "left  "


async def test_a_wide_terminal_marks_the_screen_as_wide():
    app = make_app()
    async with app.run_test(size=(120, 30)) as pilot:
        sheet = await on_sheet(app, pilot)
        assert sheet.has_class("-wide")
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        sheet = await on_sheet(app, pilot)
        assert sheet.has_class("-narrow")
