from __future__ import annotations

from pathlib import Path

import pytest
from textual.command import CommandPalette
from textual.widgets import TextArea

from enquiry_tui.tui.commands import keymap_doc, registry
from enquiry_tui.tui.commands.catalogue import COMMANDS
from enquiry_tui.tui.commands.command import Place, is_letter, key_name
from enquiry_tui.tui.screens.help import HelpScreen
from enquiry_tui.tui.widgets.bars import KeyFooter
from tests.tui.fakes import make_app, screen_text, sign_in

ROOT = Path(__file__).parents[2]


def test_every_command_has_an_id_a_title_and_a_sentence_of_its_own():
    assert len({row.id for row in COMMANDS}) == len(COMMANDS)
    for row in COMMANDS:
        assert row.title, row.id
        assert row.help.endswith("."), row.id
        assert "[" not in row.help + row.title, row.id
        assert row.places, row.id


def test_no_two_commands_of_a_place_share_a_key():
    assert list(registry.duplicates(COMMANDS)) == []


def test_the_unused_function_keys_stay_unused():
    assert not {"f1", "f10", "f11"} & {key for row in COMMANDS for key in row.keys}


def test_a_function_key_has_a_twin_or_a_letter_and_comes_before_any_text():
    for row in COMMANDS:
        if row.keys and row.keys[0].startswith("f") and len(row.keys[0]) > 1:
            assert len(row.keys) > 1 or row.letter, row.id
            assert row.priority, row.id


def test_a_letter_never_comes_before_typing():
    for row in COMMANDS:
        if any(len(key) == 1 for key in row.keys):
            assert not row.priority, row.id


@pytest.mark.parametrize(
    ("command_id", "keys"),
    [
        ("other-call", "F2 · Ctrl+T"),
        ("who", "F3 · Ctrl+O"),
        ("say", "F4 · Ctrl+R"),
        ("refer", "F5 · Esc r"),
        ("complaint", "F6 · Esc c"),
        ("promise", "F7 · Esc p"),
        ("end-call", "F12 · Ctrl+S"),
        ("urgent", "F9 · Ctrl+G"),
        ("hide", "F8 · Ctrl+L"),
        ("step-back", "Esc"),
        ("keys", "?"),
        ("command-palette", "Ctrl+P"),
        ("call-line", "n"),
        ("post", "p"),
        ("again", "+"),
        ("find", "/"),
        ("visitor-view", "V"),
        ("queue-9", "9"),
    ],
)
def test_the_keys_are_those_of_the_key_map(command_id, keys):
    assert registry.command(command_id).all_keys() == keys


def test_the_page_of_keys_in_the_documentation_is_the_one_the_commands_make():
    assert (ROOT / "docs" / "KEYS.md").read_text(encoding="utf-8") == keymap_doc.page()


def test_keys_are_written_as_people_say_them():
    assert [key_name(key) for key in ("f12", "ctrl+shift+a", "H", "slash")] == [
        "F12",
        "Ctrl+Shift+A",
        "H",
        "/",
    ]


@pytest.mark.parametrize(
    ("key", "done"),
    [("f3", "who"), ("ctrl+o", "who"), ("f5", "refer"), ("f6", "complaint"), ("f7", "promise"),
     ("f12", "end"), ("ctrl+s", "end")],
)  # fmt: skip
async def test_function_keys_work_with_the_cursor_in_a_text_area(key, done):
    app = make_app()
    async with app.run_test() as pilot:
        await sign_in(app, pilot)
        area = app.screen.query_one("#note", TextArea)
        area.focus()
        await pilot.press(key)
        assert app.screen.done == [done]
        assert area.text == "CANARY note"
        assert area.selection.is_empty


@pytest.mark.parametrize(("letter", "done"), [("r", "refer"), ("c", "complaint"), ("p", "promise")])
async def test_escape_leaves_the_text_and_then_letters_do_things(letter, done):
    app = make_app()
    async with app.run_test() as pilot:
        await sign_in(app, pilot)
        area = app.screen.query_one("#note", TextArea)
        area.focus()
        await pilot.press(letter)
        assert app.screen.done == []
        assert letter in area.text
        await pilot.press("escape", letter)
        assert app.screen.done == [done]


async def test_a_command_whose_handler_is_missing_is_neither_bound_nor_shown():
    app = make_app()
    async with app.run_test() as pilot:
        await sign_in(app, pilot)
        footer = [row.id for row in app.screen.query_one(KeyFooter).rows()]
        assert footer == [
            "who",
            "refer",
            "complaint",
            "promise",
            "end-call",
            "keys",
            "urgent",
            "hide",
        ]
        keys = {binding.key for _, binding, *_ in app.screen.active_bindings.values()}
        assert "f3" in keys
        assert not {"f2", "f4", "l", "v"} & keys


async def test_the_footer_shows_the_twins_where_fn_is_needed():
    app = make_app()
    async with app.run_test() as pilot:
        await sign_in(app, pilot)
        assert "F3 who F5 refer F6 complaint F7 promise F12 end" in screen_text(app)
        app.action_twins()
        await pilot.pause()
        assert "Ctrl+O who Esc r refer Esc c complaint" in screen_text(app)


async def test_the_help_screen_shows_the_keys_of_the_screen_below():
    app = make_app()
    async with app.run_test() as pilot:
        await sign_in(app, pilot)
        app.screen.set_focus(None)
        home = app.screen
        await pilot.press("question_mark")
        assert isinstance(app.screen, HelpScreen)
        shown = screen_text(app)
        assert "F3 · Ctrl+O" in shown
        assert "Who is asking" in shown
        assert "F2" not in shown
        await pilot.press("escape")
        assert app.screen is home


async def test_a_question_mark_in_a_text_is_a_question_mark():
    app = make_app()
    async with app.run_test() as pilot:
        await sign_in(app, pilot)
        app.screen.query_one("#note").focus()
        await pilot.press("question_mark")
        assert "?" in app.screen.query_one("#note", TextArea).text


async def test_the_palette_runs_what_the_screen_can_do():
    app = make_app()
    async with app.run_test() as pilot:
        await sign_in(app, pilot)
        home = app.screen
        await pilot.press("ctrl+p")
        assert CommandPalette.is_open(app)
        await pilot.press(*"complaint")
        await app.workers.wait_for_complete()
        await pilot.press("down", "enter")
        await pilot.pause()
        assert app.screen is home
        assert home.done == ["complaint"]


async def test_every_place_of_the_list_is_known():
    assert {place for row in COMMANDS for place in row.places} <= set(Place)


def test_a_key_without_fn_is_named_only_where_it_works():
    refer = registry.command("refer")
    assert refer.key_text(twin=True, place=Place.ENQUIRY) == "Esc r"
    assert refer.key_text(twin=True, place=Place.DESK) == "F5"
    assert registry.command("who").key_text(twin=True, place=Place.DESK) == "Ctrl+O"


def test_an_arrow_is_no_letter_that_a_text_would_take():
    assert not is_letter(registry.command("line-pick"))
    assert is_letter(registry.command("again"))
