from __future__ import annotations

import pytest
from textual import events
from textual.command import CommandPalette

from enquiry_tui.errors import Refused
from enquiry_tui.tui import faults
from enquiry_tui.tui.idle import IdleWatch
from enquiry_tui.tui.live import LiveContact
from enquiry_tui.tui.safe import toast
from enquiry_tui.tui.screens import urgent_card
from enquiry_tui.tui.screens.hide import HideScreen
from enquiry_tui.tui.screens.lock import LockScreen
from enquiry_tui.tui.screens.sign_in import SignInScreen
from enquiry_tui.tui.screens.urgent_card import UrgentCardScreen
from enquiry_tui.tui.store_thread import StoreLocked
from tests.tui.fakes import NOON, FakeDoor, HomeScreen, make_app, screen_text, sign_in


class Clocks:
    def __init__(self) -> None:
        self.monotonic = 1_000.0
        self.wall = 5_000.0

    def watch(self) -> IdleWatch:
        return IdleWatch(lambda: self.monotonic, lambda: self.wall)

    def on(self, seconds: float) -> None:
        self.monotonic += seconds
        self.wall += seconds


async def test_nothing_is_copied_to_the_terminal_and_a_lock_forgets_the_copy():
    app = make_app()
    async with app.run_test() as pilot:
        await sign_in(app, pilot)
        written: list[str] = []
        app._driver.write = written.append
        line = app.screen.query_one("#line")
        line.focus()
        await pilot.press("ctrl+shift+a", "ctrl+c")
        assert app.clipboard == "CANARY line"
        app.lock_now("asked")
        await pilot.pause()
        assert app.clipboard == ""
        assert not any("\x1b]52" in piece for piece in written)


async def test_pictures_files_and_links_are_refused(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    app = make_app()
    async with app.run_test() as pilot:
        await sign_in(app, pilot)
        assert list(app.get_system_commands(app.screen)) == []
        app.action_screenshot()
        assert app.deliver_screenshot() is None
        with pytest.raises(Refused):
            app.save_screenshot("x.svg")
        app.deliver_text("x")
        app.deliver_binary("x")
        app.open_url("https://example.invalid")
        assert list(tmp_path.iterdir()) == []


async def test_the_screen_locks_after_five_minutes_without_input():
    clocks, app = Clocks(), make_app()
    async with app.run_test() as pilot:
        await sign_in(app, pilot)
        app.idle = clocks.watch()
        clocks.on(299)
        app.lock_if_idle()
        assert not app.locked
        await pilot.press("a")
        clocks.on(299)
        app.lock_if_idle()
        assert not app.locked
        clocks.on(1)
        app.lock_if_idle()
        await pilot.pause()
        assert app.locked
        assert isinstance(app.screen, LockScreen)


async def test_the_office_s_rules_say_after_how_long():
    app = make_app(FakeDoor(idle_minutes=(2, 7)))
    async with app.run_test() as pilot:
        await sign_in(app, pilot)
        assert app.idle_limit() == 120
        app.live.begin(LiveContact("c1", NOON), NOON)
        assert app.idle_limit() == 420


@pytest.mark.parametrize("event", [events.Paste("x"), events.Key("x", "x")])
async def test_keys_and_pastes_count_as_somebody_being_there(event):
    clocks, app = Clocks(), make_app()
    async with app.run_test() as pilot:
        await sign_in(app, pilot)
        app.idle = clocks.watch()
        clocks.on(200)
        await app.on_event(event)
        assert app.idle.seconds() == 0


async def test_a_running_call_makes_it_thirty_minutes():
    clocks, app = Clocks(), make_app()
    async with app.run_test() as pilot:
        await sign_in(app, pilot)
        app.live.begin(LiveContact("c1", NOON), NOON)
        app.idle = clocks.watch()
        clocks.on(29 * 60)
        app.lock_if_idle()
        assert not app.locked
        clocks.on(60)
        app.lock_if_idle()
        assert app.locked


async def test_urgent_harm_never_locks_even_behind_another_screen():
    clocks, app = Clocks(), make_app(urgent=UrgentCardScreen)
    async with app.run_test() as pilot:
        await sign_in(app, pilot)
        await pilot.press("f9")
        app.idle = clocks.watch()
        clocks.on(10_000)
        app.lock_if_idle()
        app._on_resumed(app)
        await pilot.pause()
        await pilot.press("f8")
        assert isinstance(app.screen, HideScreen)
        app.screen.minute_over()
        assert not app.locked


async def test_a_sleeping_laptop_counts_as_idle():
    clocks = Clocks()
    watch = clocks.watch()
    clocks.wall += 3_600
    assert watch.expired(300)
    assert not watch.expired(None)


async def test_a_short_sleep_of_the_machine_locks_at_the_next_look():
    clocks, app = Clocks(), make_app()
    async with app.run_test() as pilot:
        await sign_in(app, pilot)
        app.idle = clocks.watch()
        clocks.on(5)
        app.lock_if_idle()
        assert not app.locked
        clocks.on(5)
        clocks.wall += 40
        app.lock_if_idle()
        assert app.locked


async def test_after_eight_hours_it_locks_whatever_is_typed_but_not_in_urgent_harm():
    clocks, app = Clocks(), make_app(urgent=UrgentCardScreen)
    async with app.run_test() as pilot:
        await sign_in(app, pilot)
        app.idle = clocks.watch()
        await pilot.press("f9")
        for _ in range(8 * 60 * 4):
            clocks.on(15)
            app.idle.touch()
            app.lock_if_idle()
        assert not app.locked
        await pilot.press("escape")
        app.lock_if_idle()
        await pilot.pause()
        assert app.locked
        assert "eight hours" in screen_text(app)
        await sign_in(app, pilot)
        app.lock_if_idle()
        assert not app.locked


async def test_a_passphrase_left_half_typed_is_dropped():
    clocks, app = Clocks(), make_app(officer="PB-0142")
    async with app.run_test():
        field = app.screen.query_one("#passphrase")
        field.value = "half a passph"
        app.idle = clocks.watch()
        clocks.on(301)
        app.lock_if_idle()
        assert field.value == ""


async def test_what_is_typed_after_a_second_sign_in_is_saved_at_the_end_too():
    door = FakeDoor()
    app = make_app(door)
    async with app.run_test() as pilot:
        await sign_in(app, pilot)
        app.lock_now("asked")
        await pilot.pause()
        await sign_in(app, pilot)
        app.drafts.note("note", "words")
        await app.save_before_end()
        assert door.drafts == {"note": "words"}
        assert door.calls.count("lock") == 2


async def test_resuming_after_a_stop_locks():
    app = make_app()
    async with app.run_test() as pilot:
        await sign_in(app, pilot)
        app.app_resume_signal.publish(app)
        await pilot.pause()
        assert isinstance(app.screen, LockScreen)


async def test_a_lock_drops_every_screen_closes_the_vault_and_refuses_reads():
    door = FakeDoor()
    app = make_app(door)
    async with app.run_test() as pilot:
        await sign_in(app, pilot)
        await app.push_screen(HomeScreen())
        before = list(app.screen_stack)
        app.lock_now("asked")
        await pilot.pause()
        await app.store.idle()
        await pilot.pause()
        assert "lock" in door.calls
        assert app.screen_stack == [app.screen]
        assert not any(screen.is_attached for screen in before)
        assert "CANARY" not in screen_text(app)
        assert app.who_is_on() == ()
        with pytest.raises(StoreLocked):
            await app.store.run(lambda: None)
        with pytest.raises(StoreLocked):
            _ = app.session


@pytest.mark.parametrize("keys", [["ctrl+p"], ["f8"], ["question_mark"], ["f3"], ["escape"]])
async def test_keys_are_dead_while_locked(keys):
    app = make_app()
    async with app.run_test() as pilot:
        await sign_in(app, pilot)
        app.lock_now("asked")
        await pilot.pause()
        await pilot.press(*keys)
        assert isinstance(app.screen, LockScreen)
        app.action_command_palette()
        await pilot.pause()
        assert not CommandPalette.is_open(app)


async def test_the_palette_is_dead_before_the_first_sign_in_too():
    app = make_app()
    async with app.run_test() as pilot:
        await pilot.press("ctrl+p")
        assert isinstance(app.screen, SignInScreen)


async def test_urgent_guidance_is_there_while_locked_and_shows_nothing_of_anybody():
    app = make_app(urgent=HomeScreen)
    async with app.run_test() as pilot:
        await sign_in(app, pilot)
        app.lock_now("asked")
        await pilot.pause()
        await pilot.press("f9")
        assert isinstance(app.screen, UrgentCardScreen)
        assert "Where are you right now" in screen_text(app)
        assert "CANARY" not in screen_text(app)
        assert app.screen.focused is None
        await pilot.press("escape")
        assert isinstance(app.screen, LockScreen)


async def test_hiding_is_undone_by_any_key_and_locks_after_a_minute():
    app = make_app()
    async with app.run_test() as pilot:
        await sign_in(app, pilot)
        home = app.screen
        await pilot.press("f8")
        assert "CANARY" not in screen_text(app)
        await pilot.press("x")
        assert app.screen is home
        assert home.query_one("#line").value == "CANARY line"
        await pilot.press("ctrl+l")
        app.screen.minute_over()
        await pilot.pause()
        assert isinstance(app.screen, LockScreen)


async def test_hiding_twice_locks_and_the_palette_does_not_open_over_it():
    app = make_app()
    async with app.run_test() as pilot:
        await sign_in(app, pilot)
        await pilot.press("f8", "ctrl+p")
        assert not CommandPalette.is_open(app)
        await pilot.press("f8")
        await pilot.press("f8")
        await pilot.pause()
        assert isinstance(app.screen, LockScreen)


async def test_the_urgent_card_fits_the_smallest_screen_line_by_line():
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f9")
        shown = screen_text(app).splitlines()
        for _, words in (*urgent_card._STEPS, *urgent_card._CARDS):
            assert any(line.rstrip().endswith(words) for line in shown), words
        assert shown[-2].startswith(" Esc back")


def test_a_fault_is_described_by_type_and_place_only():
    def inner(secret: str) -> None:
        raise ValueError(secret)

    with pytest.raises(ValueError) as caught:
        inner("CANARY")
    words = faults.describe(caught.value)
    assert "CANARY" not in words
    assert "ValueError" in words
    assert "tui/test_guard.py:" in words
    assert "raise" not in words
    assert faults.describe(None) == "unknown fault"


def test_the_hooks_of_threads_and_destructors_say_no_more(capsys, monkeypatch):
    import sys
    import threading

    for module, name in ((sys, "excepthook"), (threading, "excepthook"), (sys, "unraisablehook")):
        monkeypatch.setattr(module, name, getattr(module, name))
    faults.install_hooks()
    error = RuntimeError("CANARY")
    sys.excepthook(RuntimeError, error, None)
    threading.excepthook(threading.ExceptHookArgs((RuntimeError, error, None, None)))
    faults.on_loop_error(None, {"message": "CANARY", "exception": error})  # type: ignore[arg-type]
    said = capsys.readouterr().err
    assert said.count("RuntimeError") == 3
    assert "CANARY" not in said


@pytest.mark.parametrize("key", ["tab", "escape", "enter", "up", "f5", "ctrl+c", "question_mark"])
async def test_any_key_goes_back_from_hiding_and_does_nothing_else(key):
    app = make_app()
    async with app.run_test() as pilot:
        await sign_in(app, pilot)
        home = app.screen
        focused = app.focused
        await pilot.press("f8", key)
        assert app.screen is home
        assert app.focused is focused
        assert home.done == []


async def test_no_short_message_stands_over_a_hidden_screen_or_comes_up_on_it():
    app = make_app()
    async with app.run_test(notifications=True) as pilot:
        await sign_in(app, pilot)
        toast(app, "CANARY before")
        await pilot.pause()
        assert "CANARY before" in screen_text(app)
        await pilot.press("f8")
        toast(app, "CANARY while")
        await pilot.pause()
        assert isinstance(app.screen, HideScreen)
        assert "CANARY" not in screen_text(app)
