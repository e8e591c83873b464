"""What the gate's screens share: verbs in order on the store thread, and keys handed on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

from textual.content import Content
from textual.css.query import NoMatches
from textual.screen import Screen
from textual.widgets import Input, TextArea

from enquiry_tui.desk import messages
from enquiry_tui.desk.views import ContactView
from enquiry_tui.errors import EnquiryError
from enquiry_tui.tui import others
from enquiry_tui.tui.calls import live_contact, short
from enquiry_tui.tui.host import host
from enquiry_tui.tui.screens.base import EnquiryScreen
from enquiry_tui.tui.store_thread import Superseded
from enquiry_tui.tui.widgets.panels import Notice

T = TypeVar("T")

HANDED_ON = frozenset({"other_call", "say", "who", "refer", "complaint", "promise", "end_call"})
"""A call's keys that this screen does not do itself: it steps aside and the one below does."""


class QuietNotice(Notice):
    """A notice that takes no line while it has nothing to say."""

    def on_mount(self) -> None:
        """Begin without a line."""
        self.display = False

    def show(self, content: str | Content) -> None:
        """Replace the text, and go away with it."""
        super().show(content)
        self.display = bool(str(content).strip())


class GateScreen(EnquiryScreen):
    """A screen over one contact: it changes through verbs only, one after the other.

    Errors stand in the notice in their own words; the screen goes on.
    """

    OWN_ACTIONS: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, contact_uid: str = "", enquiry_uid: str = "") -> None:
        super().__init__()
        self.contact_uid = contact_uid
        self.enquiry_uid = enquiry_uid
        self._in_turn = asyncio.Lock()

    @property
    def notice(self) -> Notice:
        """Return the line for what happened."""
        return self.query_one("#notice", Notice)

    async def attempt(self, task: Callable[[], Any]) -> bool:
        """Await a task once those before it are done; say in the notice what it was refused."""
        async with self._in_turn:
            if not self.is_attached or not self.is_current:
                return False
            try:
                await task()
            except Superseded:
                return False
            except EnquiryError as error:
                if self.is_attached:
                    self.fault(error)
                return False
            except NoMatches:
                if self.is_up:
                    raise
                return False  # a lock took the screen away while the store worked
        return True

    def begin(self, task: Callable[[], Any]) -> None:
        """Do the first reading once the screen stands: what it says by itself is painted first."""
        self.run_worker(self.attempt(task), group="begin", name="begin")

    def fault(self, error: EnquiryError) -> None:
        """Show what was refused and why."""
        self.notice.fault(error)
        self.app.bell()

    def show_contact(self, contact: ContactView) -> None:
        """Show the contact anew in the bar, if it is the one that is talked to."""
        live = host(self).live
        if live.talking is not None and live.talking.uid == contact.uid:
            live.change(live_contact(contact))

    def title_for(self, contact: ContactView) -> str:
        """Return the heading: the matter, the channel and the direction."""
        way = "incoming" if contact.direction == "in" else "outgoing"
        parts = [short(contact.reference), f"{contact.channel.replace('-', ' ')}, {way}"]
        return f"{self.HEADING}  {' · '.join(part for part in parts if part)}"

    # Keys

    def in_text(self) -> bool:
        """Say whether letters go into a text now."""
        return isinstance(self.focused, Input | TextArea)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer a key of the call only where somebody below can do it."""
        if action in HANDED_ON and action not in self.OWN_ACTIONS:
            return self._below(action) is not None
        return super().check_action(action, parameters)

    def _below(self, action: str) -> Screen[Any] | None:
        stack = self.app.screen_stack
        at = stack.index(self) if self in stack else 0
        for screen in reversed(stack[:at]):
            if getattr(screen, "HANDS_ON", False):
                continue
            if hasattr(screen, f"action_{action}") and screen.check_action(action, ()):
                below: Screen[Any] = screen
                return below
        return None

    async def hand_on(self, action: str) -> None:
        """Leave, once what runs here is on the record, and let the screen below do it."""
        await self.attempt(self.settle)
        if not self.is_current:
            return
        self.dismiss(self.leaves_with())
        below = self.app.screen
        if below is not self:
            self.app.call_later(self.app.run_action, action, below)

    async def settle(self) -> None:
        """Do what has to be on the record before this screen goes."""

    def leaves_with(self) -> object:
        """Return what the screen is left with."""
        return None

    async def leave(self, result: object = None) -> None:
        """Go back, once what runs here is on the record."""
        await self.attempt(self.settle)
        if self.is_current:
            self.dismiss(result)

    def step_back(self) -> None:
        """Go back; what was done is kept."""
        self.run_worker(self.leave(self.leaves_with()), group="leave", name="leave")

    async def action_other_call(self) -> None:
        """Go to the other call."""
        await self.hand_on("other_call")

    async def action_refer(self) -> None:
        """Refer, route or signpost."""
        await self.hand_on("refer")

    async def action_complaint(self) -> None:
        """Take down a complaint."""
        await self.hand_on("complaint")

    async def action_promise(self) -> None:
        """Promise something."""
        await self.hand_on("promise")

    async def action_end_call(self) -> None:
        """End the call."""
        await self.hand_on("end_call")

    async def say_stopped(self, words: str) -> None:
        """Say that the check was stopped, and which messages of this call still stand."""
        taken = await self.read(messages.taken_in, self.contact_uid)
        hint = f"Message to {', '.join(taken)} still stands: tell them the check was stopped."
        self.notice.say(words, tone="warning", hint=hint if taken else "")

    def open_other(self, name: str, *args: object) -> None:
        """Open another screen by its name."""
        self.app.push_screen(others.make(name, *args))
