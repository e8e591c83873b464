from __future__ import annotations

import subprocess
import sys

import pytest

from enquiry_tui.tui.ports import OfficeKind
from enquiry_tui.tui.screens import forms
from enquiry_tui.tui.screens.first_run import FirstRunScreen, RecoveryScreen
from enquiry_tui.tui.screens.lock import LockScreen
from enquiry_tui.tui.screens.passphrase import PassphraseScreen
from enquiry_tui.tui.screens.sign_in import SignInScreen
from enquiry_tui.tui.screens.urgent_card import UrgentCardScreen
from tests.tui.fakes import PASSPHRASE, FakeDoor, HomeScreen, make_app, screen_text

NEW = "new words nobody would put together"


async def settled(app, pilot) -> None:
    await app.workers.wait_for_complete()
    await pilot.pause()


def fill(app, **values: str) -> None:
    for field, value in values.items():
        app.screen.query_one(f"#{field}").value = value


async def test_signing_in_with_the_keys_alone():
    door = FakeDoor()
    app = make_app(door)
    async with app.run_test() as pilot:
        assert isinstance(app.screen, SignInScreen)
        assert app.focused.id == "handle"
        await pilot.press("p", "b", "enter")
        assert app.focused.id == "passphrase"
        fill(app, passphrase=PASSPHRASE)
        await pilot.press("enter")
        await settled(app, pilot)
        assert isinstance(app.screen, HomeScreen)
        assert door.calls == ["sign-in pb"]
        assert not app.locked
        assert len(app.screen_stack) == 1


async def test_escape_at_the_sign_in_says_what_the_keys_do_now():
    app = make_app(officer="PB-0142")
    async with app.run_test() as pilot:
        await pilot.press("escape")
        await pilot.pause()
        assert "Tab goes back to the fields" in screen_text(app)
        await pilot.press("tab")
        assert app.focused is not None


async def test_a_known_officer_starts_in_the_passphrase():
    app = make_app(officer="PB-0142")
    async with app.run_test():
        assert app.focused.id == "passphrase"
        assert app.screen.query_one("#handle").value == "PB-0142"


async def test_a_wrong_passphrase_is_said_in_words_and_leaves_no_trace_of_it():
    app = make_app(officer="PB-0142")
    async with app.run_test() as pilot:
        fill(app, passphrase="not the one at all")
        await pilot.press("enter")
        await settled(app, pilot)
        assert "✗ Handle and passphrase do not go together." in screen_text(app)
        assert app.screen.query_one("#passphrase").value == ""
        assert app.focused.id == "passphrase"
        assert app.locked


async def test_a_try_that_came_too_soon_keeps_what_was_typed_and_says_how_long(monkeypatch):
    now = [1_000.0]
    monkeypatch.setattr(forms, "monotonic", lambda: now[0])
    door = FakeDoor(wait=8)
    app = make_app(door, officer="PB-0142")
    async with app.run_test() as pilot:
        fill(app, passphrase=PASSPHRASE)
        await pilot.press("enter")
        await settled(app, pilot)
        assert "Wait 8 seconds and try again." in screen_text(app)
        assert app.screen.query_one("#passphrase").value == PASSPHRASE
        assert app.focused.id == "passphrase"
        now[0] += 6.5
        app.screen._tell_on()
        await pilot.pause()
        assert "Wait 2 seconds and try again." in screen_text(app)
        now[0] += 2
        app.screen._tell_on()
        await pilot.pause()
        assert "You can try again now" in screen_text(app)
        door.wait = 0
        await pilot.press("enter")
        await settled(app, pilot)
        assert isinstance(app.screen, HomeScreen)


@pytest.mark.parametrize(
    ("handle", "passphrase", "words"),
    [("", "x", "Type your handle first."), ("PB", "", "Type your passphrase.")],
)
async def test_what_is_missing_is_asked_for(handle, passphrase, words):
    door = FakeDoor()
    app = make_app(door)
    async with app.run_test() as pilot:
        fill(app, handle=handle, passphrase=passphrase)
        app.screen.query_one("#passphrase").focus()
        await pilot.press("enter")
        await pilot.pause()
        assert words in screen_text(app)
        assert door.calls == []


async def test_the_office_stands_on_the_sign_in_and_nobody_is_on():
    app = make_app()
    async with app.run_test() as pilot:
        await pilot.pause()
        shown = screen_text(app)
        assert "Office of the Chief Constable of Northmere" in shown
        assert "F9 URGENT" in shown
        assert "hide" not in shown


async def test_a_temporary_passphrase_has_to_be_changed_before_anything_else():
    door = FakeDoor(must_change=True)
    app = make_app(door, officer="PB-0142", urgent=HomeScreen)
    async with app.run_test() as pilot:
        fill(app, passphrase=PASSPHRASE)
        await pilot.press("enter")
        await settled(app, pilot)
        assert isinstance(app.screen, PassphraseScreen)
        await pilot.press("escape")
        assert isinstance(app.screen, PassphraseScreen)
        await pilot.press("f9")
        assert isinstance(app.screen, UrgentCardScreen)  # nothing could be recorded yet
        await pilot.press("escape")
        fill(app, old=PASSPHRASE, new=NEW, again="something else again")
        app.screen.query_one("#again").focus()
        await pilot.press("enter")
        await pilot.pause()
        assert "The two new ones differ" in screen_text(app)
        fill(app, old="wrong", new=NEW, again=NEW)
        app.screen.query_one("#again").focus()
        await pilot.press("enter")
        await settled(app, pilot)
        assert "That is not the present passphrase." in screen_text(app)
        fill(app, old=PASSPHRASE, new=NEW, again=NEW)
        app.screen.query_one("#again").focus()
        await pilot.press("enter")
        await settled(app, pilot)
        assert isinstance(app.screen, HomeScreen)
        assert door.calls[-1] == "change session of PB-0142"
        assert app.can_record()


async def test_changing_ones_own_passphrase_goes_back_to_where_one_was():
    app = make_app(officer="PB-0142")
    async with app.run_test() as pilot:
        await app.sign_in("PB-0142", PASSPHRASE)
        await pilot.pause()
        home = app.screen
        app.action_passphrase()
        await pilot.pause()
        await pilot.press("escape")
        assert app.screen is home
        app.action_passphrase()
        await pilot.pause()
        fill(app, old=PASSPHRASE, new=NEW, again=NEW)
        app.screen.query_one("#again").focus()
        await pilot.press("enter")
        await settled(app, pilot)
        assert app.screen is home


VAULT = {
    "handle": "okafor",
    "name": "Ngozi Okafor",
    "kind": "1",
    "office": "Office of the Chief Constable of Northmere",
    "prefix": "nm",
    "contact": "01632 960100",
    "passphrase": PASSPHRASE,
    "again": PASSPHRASE,
}


async def make_vault(app, pilot, **changes: str) -> None:
    fill(app, **{**VAULT, **changes})
    app.screen.query_one("#again").focus()
    await pilot.press("enter")
    await settled(app, pilot)


async def test_the_first_run_makes_a_vault_and_wants_the_recovery_key_on_paper():
    door = FakeDoor(made=False)
    app = make_app(door)
    async with app.run_test(size=(80, 24)) as pilot:
        assert isinstance(app.screen, FirstRunScreen)
        await make_vault(app, pilot)
        assert isinstance(app.screen, RecoveryScreen)
        assert "K7QD  2MNP  9RST  VWXY" in screen_text(app)
        assert "fingerprint: 7QD9-2MX4-T8W1-5C3F" in screen_text(app)
        request = door.requests[0]
        assert request.office_kind is OfficeKind.CHIEF_CONSTABLE
        assert request.prefix == "NM"
        assert PASSPHRASE not in repr(request)
        await pilot.press("escape")
        fill(app, groups="4DEF 5GHJ")
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, RecoveryScreen)
        assert "That is not how the key ends." in screen_text(app)
        fill(app, groups="5ghj 6kmn")
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, SignInScreen)
        assert app.focused.id == "passphrase"
        assert "K7QD" not in screen_text(app)
        assert app.screen_stack == [app.screen]


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"handle": ""}, "handle", "A short handle"),
        ({"kind": "3"}, "kind", "1 for a chief constable's office"),
        ({"prefix": "!"}, "prefix", "The prefix of references"),
        ({"again": "other words"}, "again", "The two passphrases differ."),
        ({"contact": ""}, "contact", "How to reach the office"),
    ],
)
async def test_the_first_run_says_what_is_missing_and_goes_there(changes, field, words):
    door = FakeDoor(made=False)
    app = make_app(door)
    async with app.run_test(size=(80, 24)) as pilot:
        await make_vault(app, pilot, **changes)
        assert isinstance(app.screen, FirstRunScreen)
        assert words in screen_text(app)
        assert app.focused.id == field
        assert door.requests == []


async def test_the_lock_lets_the_same_officer_back_and_keeps_the_calls():
    from enquiry_tui.tui.live import LiveContact
    from tests.tui.fakes import NOON

    app = make_app(officer="PB-0142")
    async with app.run_test() as pilot:
        await app.sign_in("PB-0142", PASSPHRASE)
        app.live.begin(LiveContact("a", NOON, who="Holt"), NOON)
        app.lock_now("idle")
        await pilot.pause()
        assert isinstance(app.screen, LockScreen)
        assert "nobody had touched a key" in screen_text(app)
        assert "Holt" not in screen_text(app)
        assert app.focused.id == "passphrase"
        fill(app, passphrase=PASSPHRASE)
        await pilot.press("enter")
        await settled(app, pilot)
        assert isinstance(app.screen, HomeScreen)
        assert app.live.talking.uid == "a"
        assert app.has_returned


async def test_another_officer_gets_a_desk_without_the_calls_of_the_first():
    from enquiry_tui.tui.live import LiveContact
    from tests.tui.fakes import NOON

    app = make_app(officer="PB-0142")
    async with app.run_test() as pilot:
        await app.sign_in("PB-0142", PASSPHRASE)
        app.live.begin(LiveContact("a", NOON, who="Holt"), NOON)
        app.action_switch_officer()
        await pilot.pause()
        assert app.focused.id == "handle"
        fill(app, handle="PB-0200", passphrase=PASSPHRASE)
        app.screen.query_one("#passphrase").focus()
        await pilot.press("enter")
        await settled(app, pilot)
        assert app.live.talking is None
        assert not app.has_returned


async def test_what_is_heavy_is_imported_on_the_store_thread_after_the_first_screen():
    import threading

    done: list[str] = []
    app = make_app(warm=lambda: done.append(threading.current_thread().name))
    async with app.run_test() as pilot:
        await pilot.pause()
        await app.store.idle()
        assert done == ["store"]


def test_the_sign_in_loads_no_vault_no_desk_and_no_policy():
    heavy = ("sqlcipher3", "argon2", "cryptography", "pydantic", "fpdf", "holidays", "phonenumbers")
    code = (
        "import sys; from enquiry_tui.tui.app import EnquiryApp;"
        "import enquiry_tui.tui.screens.sign_in, enquiry_tui.tui.start;"
        "own = ('vault', 'desk', 'records', 'policy', 'documents', 'intake');"
        f"found = [name for name in sys.modules if name.split('.')[0] in {heavy!r}"
        " or (name.startswith('enquiry_tui.') and name.split('.')[1] in own)];"
        "print(found)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
