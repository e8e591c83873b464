"""Sign-in, lock and change of officer over a real vault, with calls that go on."""

from __future__ import annotations

import subprocess
import sys

from textual import events

from enquiry_tui.desk import contacts
from enquiry_tui.tui.app import EnquiryApp
from enquiry_tui.tui.door import VaultDoor
from enquiry_tui.tui.ports import NewVault, OfficeKind
from enquiry_tui.tui.screens.still_open import open_words
from enquiry_tui.tui.start import home, make_app
from tests.desk.offices import FLOOR, OFFICER, SECOND, TestOffice, passphrase_of
from tests.tui.desk_app import DeskApp, desk_app, logged

_HEAVY = ("argon2", "sqlcipher3", "cryptography", "pydantic", "enquiry_tui.desk")


async def lock_and_return(run: DeskApp, handle: str) -> None:
    run.app.lock_now("asked")
    await run.settle()
    await run.app.sign_in(handle, passphrase_of(handle))
    await run.settle()


def test_the_app_is_imported_without_the_vault() -> None:
    words = "import sys, enquiry_tui.tui.app, enquiry_tui.tui.start; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)
    assert [name for name in done.stdout.split() if name.startswith(_HEAVY)] == []


async def test_a_vault_is_made_and_opened_through_the_door(tmp_path) -> None:
    door = VaultDoor(tmp_path / "vault", memory_kib=FLOOR)
    assert not door.exists()
    made = door.create(
        NewVault(
            "okafor",
            "Ada Okafor",
            OfficeKind.CHIEF_CONSTABLE,
            "Chief Constable's Office",
            "CCO",
            "01632 960100",
            "heron lamp tundra vessel oak",
        )
    )
    assert door.exists() and len(made.recovery_key) > 30
    signed_in = door.sign_in("okafor", "heron lamp tundra vessel oak")
    assert (signed_in.name, signed_in.role) == ("Okafor", "supervisor")
    assert signed_in.idle_minutes == (5, 30)
    door.lock()
    door.lock()


async def test_the_program_shows_the_sign_in_of_the_folder_it_was_given(
    office: TestOffice,
) -> None:
    office.sign_out()
    app = make_app(office.folder, OFFICER)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert type(app.screen).__name__ == "SignInScreen"
        assert app.last_officer == OFFICER


async def test_after_a_lock_a_call_goes_on_and_it_is_asked_who_is_there(
    office: TestOffice,
) -> None:
    async with desk_app(office) as run:
        await run.press("n")
        await run.type("Janet Holt ~ long story")
        await run.press("tab")
        call = run.app.live.talking
        assert call is not None
        await lock_and_return(run, OFFICER)
        assert run.name == "AskScreen" and "Still the same person?" in run.text
        await run.press("y")
        assert run.app.live.talking is not None and run.app.live.talking.uid == call.uid
        assert run.name == "MatterScreen" and run.screen.contact_uid == call.uid
        assert run.screen.note.has_focus


async def test_what_is_typed_on_after_an_unlock_goes_into_the_note_and_is_no_key_of_the_desk(
    office: TestOffice,
) -> None:
    async with desk_app(office) as run:
        await run.press("n")
        await run.type("Janet Holt ~ long story")
        await run.press("tab")
        await run.type("she says")
        run.app.lock_now("asked")
        await run.settle()
        run.screen.query_one("#passphrase").value = passphrase_of(OFFICER)
        # The question is not there yet: neither its n nor that of the desk is meant.
        for key in ("enter", "n", "o", "n"):
            await run.app.on_event(events.Key(key, key if len(key) == 1 else None))
        await run.settle()
        assert run.name == "AskScreen" and run.app.live.talking is not None
        for key in "y no":
            named = "space" if key == " " else key
            await run.app.on_event(events.Key(named, key))
        await run.settle()
        assert run.name == "MatterScreen" and run.screen.note.has_focus
        assert run.screen.note.text.endswith("she says no")
        assert len(await run.rows("SELECT uid FROM contact")) == 1


async def test_a_word_typed_into_the_question_of_an_unlock_does_not_end_the_call(
    office: TestOffice,
) -> None:
    async with desk_app(office) as run:
        await run.press("n")
        await run.type("Janet Holt ~ long story")
        await run.press("tab")
        await lock_and_return(run, OFFICER)
        word = [events.Key(key, key) for key in "and"]
        for at, key in enumerate(word):
            key.time = 1000.0 + at / 10
            run.screen.post_message(key)
        await run.settle()
        assert run.name == "AskScreen" and run.app.live.talking is not None


async def test_when_it_may_be_somebody_else_the_call_ends(office: TestOffice) -> None:
    async with desk_app(office) as run:
        await run.press("n")
        await run.type("Janet Holt ~ long story")
        await run.press("tab")
        await lock_and_return(run, OFFICER)
        await run.press("n")
        assert run.app.live.talking is None
        assert (await run.rows("SELECT state FROM contact"))[0]["state"] == "ended"


async def test_another_officer_sees_none_of_the_calls_and_the_first_finds_hers_again(
    office: TestOffice,
) -> None:
    async with desk_app(office) as run:
        await run.press("n")
        await run.type("Janet Holt ~ long story")
        await run.press("tab")
        call = run.app.live.talking
        assert call is not None
        await lock_and_return(run, SECOND)
        assert run.app.live.talking is None and not run.app.live.held
        assert "Patel" in run.text
        await lock_and_return(run, OFFICER)
        talking = run.app.live.talking
        assert talking is not None and talking.uid == call.uid


async def test_a_call_past_its_limit_is_ended_and_said(office: TestOffice) -> None:
    async with desk_app(office) as run:
        await run.press("n")
        await run.type("Janet Holt ~ long story")
        await run.press("tab", "escape", "escape")
        office.clock.advance(seconds=2 * 3600)
        await run.screen._over()
        assert run.app.live.talking is None
        assert (await run.rows("SELECT state FROM contact"))[0]["state"] == "ended"


async def test_a_half_typed_line_is_forgotten_by_a_lock_and_comes_back_from_its_draft(
    office: TestOffice,
) -> None:
    async with desk_app(office) as run:
        await run.press("n")
        await run.type("Janet Holt ~ half a sentence")
        run.app.lock_now("asked")
        assert run.app.calls.kept == {}
        await run.settle()
        await run.app.sign_in(OFFICER, passphrase_of(OFFICER))
        await run.settle()
        await run.press("y")
        assert run.screen.in_line
        assert run.screen.line.value == "Janet Holt ~ half a sentence"


async def test_a_lock_drops_every_row_from_memory(office: TestOffice) -> None:
    logged(office, "Janet Holt ~ worry")
    async with desk_app(office) as run:
        run.app.lock_now("asked")
        await run.settle()
        assert type(run.app.screen).__name__ == "LockScreen"
        assert "Holt" not in run.text
        names = {type(screen).__name__ for screen in run.app.screen_stack}
        assert "DeskScreen" not in names


async def test_a_wrong_passphrase_says_so_and_opens_nothing(office: TestOffice) -> None:
    office.sign_out()
    app = EnquiryApp(VaultDoor(office.folder, office.clock), home, officer=OFFICER)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.screen.query_one("#passphrase").value = "not this one at all"  # type: ignore[attr-defined]
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.signed_in is None and app.locked


async def test_leaving_with_open_calls_says_so_and_wants_one_more_key(office: TestOffice) -> None:
    async with desk_app(office) as run:
        await run.press("n")
        await run.type("Janet Holt ~ long story")
        await run.press("tab", "f2")
        await run.type("Tom Bright ~ another")
        await run.press("ctrl+q")
        assert run.name == "StillOpenScreen" and run.app.is_running
        assert "2 calls stay open: 1 live, 1 on hold." in run.text
        assert "kept as a draft" in run.text and "Ctrl+Q again leaves. Esc stays." in run.text
        await run.press("escape")
        assert run.name == "DeskScreen" and run.screen.line.value == "Tom Bright ~ another"
        await run.press("ctrl+q", "f8", "f8")
        assert run.name == "LockScreen"  # what hides and locks still does


async def test_the_second_key_leaves_and_the_call_stays_open(office: TestOffice) -> None:
    async with desk_app(office) as run:
        await run.press("n")
        await run.type("Janet Holt ~ long story")
        await run.pilot.press("ctrl+q", "ctrl+q")
        await run.pilot.pause()
        assert run.app._exit and run.app.store.is_locked
    desk = office.sign_in(OFFICER)
    assert [view.state for view in contacts.live_contacts(desk)] == ["talking"]


async def test_leaving_without_a_call_asks_nothing(office: TestOffice) -> None:
    async with desk_app(office) as run:
        await run.pilot.press("ctrl+q")
        await run.pilot.pause()
        assert run.app._exit


def test_what_stays_open_is_said_in_words() -> None:
    assert open_words(1, 0) == "1 call stays open, live."
    assert open_words(0, 1) == "1 call stays open, on hold."
    assert open_words(0, 2) == "2 calls stay open: 2 on hold."
