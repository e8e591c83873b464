"""Every protection of the terminal, in the one class that the app is made from."""

from __future__ import annotations

import asyncio
import signal
from abc import abstractmethod
from collections.abc import Callable, Iterable, Sequence
from types import FrameType
from typing import Any, ClassVar, NoReturn

from rich.console import RenderableType
from rich.text import Text
from textual import events
from textual.app import App, SystemCommand
from textual.driver import Driver
from textual.filter import LineFilter
from textual.screen import Screen

from enquiry_tui.errors import Refused
from enquiry_tui.tui import faults
from enquiry_tui.tui.idle import IDLE_SECONDS, IDLE_SECONDS_IN_CALL, IdleWatch
from enquiry_tui.tui.line_filter import ControlFilter
from enquiry_tui.tui.paste_filter import PasteTooLarge
from enquiry_tui.tui.safe import toast
from enquiry_tui.tui.terminal_driver import guarded
from enquiry_tui.tui.type_ahead import Lap, TypeAhead

IDLE_CHECK_SECONDS = 5.0
SAVE_ON_SIGNAL_SECONDS = 3.0

# What still works while nobody is signed in: moving about, leaving, and urgent guidance.
ALLOWED_WHILE_LOCKED = frozenset(
    {"focus_next", "focus_previous", "leave", "quit", "urgent", "bell"}
)


class GuardedApp(App[None]):
    """An app that leaks nothing by crash, picture, clipboard, escape sequence or idle screen."""

    ENABLE_COMMAND_PALETTE = True
    ESCAPE_TO_MINIMIZE = False
    ALLOW_SELECT = True
    SYSTEM_SIGNALS: ClassVar[tuple[str, ...]] = ("SIGTERM", "SIGHUP")

    def __init__(self) -> None:
        super().__init__()
        self.idle = IdleWatch()
        self.type_ahead = TypeAhead(self)
        self.locked = True
        self._control_filter = ControlFilter()
        self._ending = False

    # What subclasses fill in

    @abstractmethod
    def lock_now(self, reason: str) -> None:
        """Drop everything and show the lock screen. `reason` is a word of ours, never data."""

    async def save_before_end(self) -> None:
        """Save what is unsaved; runs before every orderly end."""

    async def vault_closed(self) -> None:
        """Wait until a lock that has begun is done."""

    def forget_typed(self) -> None:
        """Drop what was typed before the desk, where nobody is signed in."""

    def call_is_running(self) -> bool:
        """Say whether a call timer runs, which makes the idle limit longer."""
        return False

    # Input

    def get_driver_class(self) -> type[Driver]:
        """Put the filter of pastes before the keys, whatever the terminal."""
        return guarded(super().get_driver_class())

    def on_paste_too_large(self, event: PasteTooLarge) -> None:
        """Say that nothing of it was taken."""
        event.stop()
        toast(self, "More than 2 MB was pasted. Nothing of it was taken.", tone="warning")

    # Output

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Add the control filter after every other filter."""
        return [*super().get_line_filters(), self._control_filter]

    def copy_to_clipboard(self, text: str) -> None:
        """Keep a copy inside the app only: the terminal's clipboard is never written."""
        self._clipboard = text

    def forget_clipboard(self) -> None:
        """Forget the last copy."""
        self._clipboard = ""

    def open_url(self, url: str, *, new_tab: bool = True) -> None:  # noqa: ARG002
        """Refuse: nothing here opens a browser."""
        toast(self, "Links are not opened from here.", tone="warning")

    # Pictures and files

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:  # noqa: ARG002
        """Offer none of textual's own commands: one of them writes the screen to a file."""
        return ()

    def action_screenshot(self, filename: str | None = None, path: str | None = None) -> None:
        """Refuse to write the screen to a file."""
        del filename, path
        toast(self, "Pictures of the screen are switched off.", tone="warning")

    def save_screenshot(self, *_args: object, **_kwargs: object) -> NoReturn:
        """Refuse to write the screen to a file."""
        raise Refused("Pictures of the screen are switched off.", "Use an export instead.")

    def deliver_screenshot(self, *_args: object, **_kwargs: object) -> None:
        """Refuse to write the screen to a file."""

    def deliver_text(self, *_args: object, **_kwargs: object) -> None:
        """Refuse textual's own file writing: exports have their own way, with an event."""

    def deliver_binary(self, *_args: object, **_kwargs: object) -> None:
        """Refuse textual's own file writing: exports have their own way, with an event."""

    # Faults

    def _fatal_error(self) -> None:
        self.bell()
        self._return_code = faults.EXIT_FAULT
        self._exit_renderables.append(Text(f"enquiry-tui: {faults.describe(self._exception)}"))
        self._close_messages_no_wait()

    def panic(self, *renderables: RenderableType) -> None:
        """End with the fault's type and place only, whatever the error would say of itself."""
        del renderables
        self._fatal_error()

    # Locked: no palette, no key but a few

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Refuse the app's actions while locked or hidden, however they are reached."""
        allowed = ALLOWED_WHILE_LOCKED if self.locked else ALLOWED_WHILE_LOCKED | {"hide"}
        if self.is_sealed() and action not in allowed:
            return False
        return super().check_action(action, parameters)

    def is_sealed(self) -> bool:
        """Say whether nothing may be reached: locked, or hidden for a minute."""
        top = self.screen_stack[-1:]
        return self.locked or any(getattr(screen, "SEALS", False) for screen in top)

    def action_command_palette(self) -> None:
        """Open the palette, but never over a lock or a hidden screen."""
        if not self.is_sealed():
            super().action_command_palette()

    def action_help_quit(self) -> None:
        """Say how to leave; on ctrl+c with nothing selected."""
        toast(self, "Ctrl+Q leaves. Drafts are saved first.")

    # Signals, suspending, idling

    async def on_event(self, event: events.Event) -> None:
        """Count every key, paste and mouse event as somebody being there."""
        if isinstance(event, events.InputEvent | events.Paste) and not event.is_forwarded:
            self.idle.touch()
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            await self.type_ahead.receive(event)
        else:
            await super().on_event(event)

    async def pass_on(self, event: events.Event) -> None:
        """Give a key or a paste to whatever has the cursor now."""
        await super().on_event(event)

    async def on_lap(self, event: Lap) -> None:
        """Let the next key come, once this one is through."""
        event.stop()
        await self.type_ahead.came_round(event)

    def on_mount(self) -> None:
        """Take the signals and start the idle check."""
        faults.install_hooks()
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(faults.on_loop_error)
        loop.set_debug(False)  # or it would print what its slow callbacks were called with
        if not self.is_headless:
            self._take_signals(loop)
        self.app_resume_signal.subscribe(self, self._on_resumed, immediate=True)
        self.set_interval(IDLE_CHECK_SECONDS, self.lock_if_idle)

    def _take_signals(self, loop: asyncio.AbstractEventLoop) -> None:
        for name in self.SYSTEM_SIGNALS:
            number = getattr(signal, name, None)
            if number is None:  # Windows has no SIGHUP
                continue
            try:
                loop.add_signal_handler(number, self._on_signal, int(number))
            except NotImplementedError:  # Windows: its event loop takes no signals
                signal.signal(
                    number,
                    lambda received, _frame: loop.call_soon_threadsafe(self._on_signal, received),
                )

        if hasattr(signal, "SIGCONT"):
            self._lock_before_stopping(loop)
            self._also_lock_on(signal.SIGCONT, loop)

    def _lock_before_stopping(self, loop: asyncio.AbstractEventLoop) -> None:
        # A stopped program cannot lock: what it holds would lie in memory for as long.
        before = signal.getsignal(signal.SIGTSTP)

        def stop() -> None:
            self.call_next(self._lock_and, before)  # in the app's own context: it makes a screen

        if callable(before):
            loop.add_signal_handler(signal.SIGTSTP, stop)

    async def _lock_and(self, stop: Callable[[int, FrameType | None], object]) -> None:
        self._lock_unless_urgent("resumed")
        try:
            await asyncio.wait_for(self.vault_closed(), SAVE_ON_SIGNAL_SECONDS)
        except Exception as error:  # noqa: BLE001 (stopped it will be; the fault is told by type)
            faults.report(error)
        stop(signal.SIGTSTP, None)

    def _also_lock_on(self, number: int, loop: asyncio.AbstractEventLoop) -> None:
        # Textual takes its own stop for the only one. Told of one from outside it would start its
        # threads a second time, so for that one the terminal is given back first.
        before = signal.getsignal(number)

        def resume(received: int, frame: FrameType | None) -> None:
            if getattr(self._driver, "_must_signal_resume", False) and callable(before):
                before(received, frame)
            else:
                loop.call_soon_threadsafe(self._take_terminal_again)
            loop.call_soon_threadsafe(self._on_resumed, self)

        signal.signal(number, resume)

    def _take_terminal_again(self) -> None:
        if self._driver is not None:
            self._driver.suspend_application_mode()
            self._driver.resume_application_mode()
            self.refresh()

    def terminal_lost(self) -> None:
        """End the orderly way: the terminal is gone, and with it whoever sat there."""
        self._on_signal(int(getattr(signal, "SIGHUP", 1)))

    def _on_signal(self, number: int) -> None:
        self._leaving = asyncio.create_task(self.end_orderly(128 + number))

    async def end_orderly(self, return_code: int = 0) -> None:
        """Save what is unsaved, for a few seconds at most, then leave with the code."""
        if self._ending:
            return
        self._ending = True
        try:
            await asyncio.wait_for(self.save_before_end(), SAVE_ON_SIGNAL_SECONDS)
        except Exception as error:  # noqa: BLE001 (the end must come; the fault is told by type)
            faults.report(error)
        self.exit(return_code=return_code)

    def _on_resumed(self, _app: App[Any]) -> None:
        # A signal arrives outside the app's own context, in which screens are made.
        self.call_next(self._lock_unless_urgent, "resumed")

    def idle_limit(self) -> float:
        """Return the idle limit in seconds: longer while a call runs, so listening never locks."""
        return IDLE_SECONDS_IN_CALL if self.call_is_running() else IDLE_SECONDS

    def lock_if_idle(self) -> None:
        """Lock if nobody has been there for too long, the machine slept, or eight hours are up."""
        if self.idle.slept():
            self._lock_unless_urgent("resumed")
        elif self.idle.session_is_over():
            self._lock_unless_urgent("long")
        elif self.idle.expired(self.idle_limit()):
            self._lock_unless_urgent("idle")

    def _lock_unless_urgent(self, reason: str) -> None:
        if self.locked:
            self.forget_typed()
        elif not self.never_locks():
            self.lock_now(reason)

    def never_locks(self) -> bool:
        """Say whether a screen is up that must stay: the urgent one, even with another over it."""
        return any(getattr(screen, "NEVER_LOCKS", False) for screen in self.screen_stack)
