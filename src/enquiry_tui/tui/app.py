"""The app: who is on, the store thread, the calls that run, and the way from door to desk."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from textual.binding import BindingType
from textual.command import Provider
from textual.screen import Screen

from enquiry_tui.errors import EnquiryError
from enquiry_tui.tui import themes
from enquiry_tui.tui.anywhere import Anywhere
from enquiry_tui.tui.calls import Calls
from enquiry_tui.tui.commands import registry
from enquiry_tui.tui.commands.palette import CommandProvider
from enquiry_tui.tui.drafts import DraftKeeper
from enquiry_tui.tui.live import LiveContacts
from enquiry_tui.tui.ports import Door, SignedIn
from enquiry_tui.tui.safe import toast
from enquiry_tui.tui.store_thread import Priority, StoreLocked, StoreThread

AnyScreen = Screen[Any]


class EnquiryApp(Anywhere):
    """The desk in a terminal.

    `door` opens the vault; `home` makes the first screen after a sign-in; `urgent` makes the
    urgent screen of a signed-in officer (while locked it is the static card); `warm` imports what
    a sign-in needs, on the store thread, once the first screen has been painted; `demo` says so on
    every screen, those before the sign-in too.
    """

    TITLE = "enquiry-tui"
    CSS_PATH = Path(__file__).with_name("app.tcss")
    DEFAULT_MODE = "start"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 (textual's own type)
    BINDINGS: ClassVar[list[BindingType]] = registry.app_bindings()
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {CommandProvider}

    def __init__(
        self,
        door: Door,
        home: Callable[[], AnyScreen],
        *,
        urgent: Callable[[], AnyScreen] | None = None,
        officer: str = "",
        clock: Callable[[], datetime] | None = None,
        warm: Callable[[], object] | None = None,
        demo: bool = False,
    ) -> None:
        super().__init__()
        self.door = door
        self.store = StoreThread()
        self.live = LiveContacts()
        self.drafts = DraftKeeper(self._save_draft, self._draft_failed)
        self.signed_in: SignedIn | None = None
        self.last_officer = officer
        self.has_returned = False
        """True after a lock with calls still running: the desk asks if it is the same person."""
        self._home = home
        self.urgent_screen = urgent
        self._clock = clock
        self._warm = warm
        self._demo = demo
        self.calls = Calls(self)
        self._draft_session: object = None
        self._modes_made = 0
        self._vault_closing: asyncio.Task[None] | None = None
        self.add_mode("start", self._first_screen)
        for theme in themes.THEMES:
            self.register_theme(theme)
        self.theme = themes.DEFAULT_THEME
        self.animation_level = "none"

    def on_ready(self) -> None:
        """Load what a sign-in needs, behind the first screen."""
        if self._warm is not None:
            self.store.submit(self._warm, Priority.LOCK)

    # What the widgets ask

    def now(self) -> datetime:
        """Return the time, in UTC."""
        return self._clock() if self._clock is not None else datetime.now(UTC)

    def who_is_on(self) -> tuple[str, ...]:
        """Return the officer and role as shown, or nothing."""
        if self.signed_in is None:
            return ()
        return (f"{self.signed_in.name} {self.signed_in.handle}", self.signed_in.role)

    def is_demo(self) -> bool:
        """Say whether the people in this vault are made up."""
        return self._demo or (self.signed_in is not None and self.signed_in.is_demo)

    def banner(self) -> str:
        """Return what stands on every screen for as long as it is so, or nothing."""
        give = self.signed_in.banner if self.signed_in is not None else None
        return give() if give is not None else ""

    def call_is_running(self) -> bool:
        """Say whether a call timer runs."""
        return self.live.any_call

    def open_calls(self) -> tuple[int, int]:
        """Return how many calls are talked to and how many are on hold, letters left out."""
        talking = self.live.talking
        held = sum(contact.is_call for contact in self.live.held)
        return int(talking is not None and talking.is_call), held

    def can_record(self) -> bool:
        """Say whether somebody is on whose passphrase is more than a lent one."""
        on = self.signed_in
        return super().can_record() and on is not None and not on.must_change_passphrase

    def idle_limit(self) -> float:
        """Return the idle limit in seconds, as the office's rules have it for who is signed in."""
        if self.signed_in is None:
            return super().idle_limit()
        return 60.0 * self.signed_in.idle_minutes[self.call_is_running()]

    @property
    def session(self) -> Any:  # noqa: ANN401 (the face passes it on and never looks into it)
        """Return the session that verbs take. Raises StoreLocked when nobody is on."""
        if self.signed_in is None:
            raise StoreLocked("Nobody is signed in.", "Sign in first.")
        return self.signed_in.session

    # From door to desk

    def _first_screen(self) -> AnyScreen:
        if not self.door.exists():
            from enquiry_tui.tui.screens.first_run import FirstRunScreen  # noqa: PLC0415

            return FirstRunScreen()
        return self._door_screen()

    def _door_screen(self) -> AnyScreen:
        from enquiry_tui.tui.screens.sign_in import SignInScreen  # noqa: PLC0415

        return SignInScreen(self.last_officer)

    def show_sign_in(self, handle: str = "") -> None:
        """Go to the sign-in screen, dropping whatever was there."""
        self.last_officer = handle or self.last_officer
        self.show_only(self._door_screen)

    async def sign_in(self, handle: str, passphrase: str) -> None:
        """Open the vault and go to the desk. Raises EnquiryError and stays where it was."""
        await self.vault_closed()
        signed_in = await self.store.run(
            self.door.sign_in, handle, passphrase, priority=Priority.LOCK
        )
        self.admit(signed_in)

    def admit(self, signed_in: SignedIn) -> None:
        """Let an officer in: to the desk, or first to a new passphrase."""
        if signed_in.handle != self.last_officer:
            self.live.clear()
        self.has_returned = self.live.any_call
        self.signed_in = signed_in
        self.last_officer = signed_in.handle
        self.store.unlock()
        self._draft_session = signed_in.session
        self.drafts.open()
        self.idle.begin()
        self.locked = False
        if signed_in.must_change_passphrase:
            self.show_only(self._passphrase_screen)
        else:
            self.show_home()
            self.tell_notices(signed_in)

    def tell_notices(self, signed_in: SignedIn) -> None:
        """Say what the officer has to be told at sign-in."""
        if signed_in.last_seen:
            toast(self, signed_in.last_seen[:1].upper() + signed_in.last_seen[1:] + ".")
        if signed_in.notices:
            told = "\n".join(signed_in.notices)
            toast(self, told, title="At sign-in", tone="warning", seconds=15)

    def show_home(self) -> None:
        """Go to the desk, dropping whatever was there."""
        self.show_only(self._home)

    def _passphrase_screen(self) -> AnyScreen:
        from enquiry_tui.tui.screens.passphrase import PassphraseScreen  # noqa: PLC0415

        return PassphraseScreen(is_temporary=True)

    def show_only(self, make: Callable[[], AnyScreen]) -> None:
        """Show one screen and drop every other, with whatever they held."""
        before = self.current_mode
        self._modes_made += 1
        mode = f"mode-{self._modes_made}"
        self.add_mode(mode, make)
        self.switch_mode(mode)
        self.remove_mode(before)

    # Locking and leaving

    def forget_typed(self) -> None:
        """Have the screens before the desk drop what was typed into them."""
        for screen in self.screen_stack:
            if (forget := getattr(screen, "forget", None)) is not None:
                forget()

    def lock_now(self, reason: str) -> None:
        """Show the lock screen at once, drop every other screen, save, and close the vault."""
        if self.locked:
            return
        self.locked = True
        self.type_ahead.drop()
        self.clear_notifications()
        self.forget_clipboard()
        self.calls.forget_words()
        self.signed_in = None
        self.show_only(partial(self._lock_screen, reason))
        self._vault_closing = asyncio.create_task(self._close_vault())

    def _lock_screen(self, reason: str) -> AnyScreen:
        from enquiry_tui.tui.screens.lock import LockScreen  # noqa: PLC0415

        return LockScreen(reason, self.last_officer)

    async def _close_vault(self) -> None:
        await self.drafts.flush()
        await self.store.lock(self.door.lock)
        self.drafts.close()
        self._draft_session = None

    async def vault_closed(self) -> None:
        """Wait until a lock that has begun is done."""
        closing = self._vault_closing
        if closing is None:
            return
        try:
            await asyncio.shield(closing)
        finally:
            if self._vault_closing is closing and closing.done():
                self._vault_closing = None

    async def save_before_end(self) -> None:
        """Save drafts and close the vault."""
        await self.vault_closed()
        if not self.locked:
            await self._close_vault()

    async def on_unmount(self) -> None:
        """Let the store thread end."""
        await asyncio.to_thread(self.store.stop)

    async def _save_draft(self, key: str, body: str) -> None:
        await self.store.run(
            self.door.save_draft, self._draft_session, key, body, priority=Priority.SAVE
        )

    def _draft_failed(self, error: EnquiryError) -> None:
        toast(self, f"Not saved yet: {error.title}", title="Draft", tone="error")
