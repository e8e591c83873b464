"""What the screens of work share: matter, drafts, verbs on the store thread, keys handed on."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any, ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.css.query import NoMatches
from textual.widgets import Input, TextArea

from enquiry_tui.errors import EnquiryError
from enquiry_tui.tui import others
from enquiry_tui.tui.commands.command import Command, is_letter
from enquiry_tui.tui.matters import Matter, matter_of, other_matter
from enquiry_tui.tui.safe import toast
from enquiry_tui.tui.screens.base import EnquiryScreen
from enquiry_tui.tui.screens.unfinished import DraftScreen
from enquiry_tui.tui.store_thread import StoreLocked, Superseded
from enquiry_tui.tui.widgets.entry import Full, LineInput, is_text_entry
from enquiry_tui.tui.widgets.panels import Notice
from enquiry_tui.tui.widgets.question import Prompt

T = TypeVar("T")
HANDED_ON = frozenset({"other_call", "who", "say", "refer", "complaint", "promise", "end_call"})
"""What a key of the call does here: this screen steps aside and the one below does it."""


class WorkScreen(DraftScreen):
    """A screen for one piece of work on a matter.

    Subclasses give `content`, and `ready` for what is to be read once the matter is known.
    """

    NEEDS_MATTER: ClassVar[bool] = True
    OWN_ACTIONS: ClassVar[frozenset[str]] = frozenset()
    """Actions with a call's key that this screen does itself."""
    TEXT_BLOCKS: ClassVar[frozenset[str]] = frozenset()
    """Actions on letter keys: not there while the cursor is in a text."""
    CSS = ".label { width: 13; padding: 0 0 0 1; }"

    def __init__(self, contact_uid: str = "", enquiry_uid: str = "") -> None:
        super().__init__(contact_uid, enquiry_uid)
        self.matter: Matter | None = None
        self._busy = False
        self._has_begun = False
        self._ahead: Coroutine[Any, Any, object] | None = None
        self._then = ""

    # Frame

    def body(self) -> ComposeResult:
        """Put the content over the question line and the notice."""
        yield from self.content()
        yield Prompt()
        yield Notice(id="notice")

    def content(self) -> ComposeResult:
        """Compose what is this screen's own."""
        yield from ()

    def on_mount(self) -> None:
        """Read what this is about."""
        self.work(self._begin())

    async def _begin(self) -> None:
        if self.NEEDS_MATTER:
            await self._settle_matter()
        await self.ready()
        self._blank = self._as_text()
        await self._restore()
        self._is_filled = True
        self.begun()
        self._has_begun = True

    def begun(self) -> None:
        """Do what was asked for while the screen was still reading."""

    async def _settle_matter(self) -> None:
        other = await self.read(other_matter, self.contact_uid, self.enquiry_uid)
        if other:
            key = await self.prompt.key(f"The call is on {other}.  c this call · r that row", "cr")
            if key is None:
                self.dismiss(None)
                return
            if key == "c":
                self.enquiry_uid = ""
            else:
                self.contact_uid = ""
        matter = await self.write(matter_of, self.contact_uid, self.enquiry_uid)
        self.matter, self.enquiry_uid = matter, matter.enquiry_uid
        self.look_for_stop()
        self.set_heading(f"{self.HEADING} {matter.short}")

    async def ready(self) -> None:
        """Read and show what the screen begins with."""

    @property
    def prompt(self) -> Prompt:
        """Return the question line."""
        return self.query_one(Prompt)

    # Verbs

    def work(self, task: Coroutine[Any, Any, object], *, group: str = "work") -> None:
        """Carry out one thing at a time: a second Enter while the first is at work does nothing.

        What is asked for while the screen still reads what it begins with waits for that.
        """
        if group == "work" and self._busy:
            if not self._has_begun and self._ahead is None:
                self._ahead = task
            else:
                task.close()
            return
        if group == "work":
            self._busy = True
        self.run_worker(self._guarded(task, group), group=group, name=group, exit_on_error=True)

    async def _guarded(self, task: Coroutine[Any, Any, object], group: str) -> None:
        try:
            await task
        except (Superseded, StoreLocked):
            return
        except NoMatches:
            if self.is_up:
                raise  # a fault of ours, and not a screen that has gone meanwhile
        except EnquiryError as error:
            self._then = ""
            if self.is_attached:
                self.notice.fault(error)
                self.app.bell()
        finally:
            if group == "work":
                self._busy = False
        if group != "work":
            return
        if self._ahead is not None:
            task, self._ahead = self._ahead, None
            self.work(task)
        elif self._then:
            after, self._then = self._then, ""
            self._hand_on(after)

    def done(self, words: str = "", result: object = None) -> None:
        """Leave: the entry is on the record, its draft goes."""
        self._forget_draft()
        if words:
            toast(self.app, words)
        self._leave(result)

    def _leave(self, result: object = None) -> None:
        self._is_filled = False
        if self.is_current:
            self.dismiss(result)

    def on_unmount(self) -> None:
        """Drop what was never begun."""
        if self._ahead is not None:
            self._ahead.close()

    @on(Full)
    def say_full(self, event: Full) -> None:
        """Say that a field took no more."""
        event.stop()
        self.notice.say(
            f"That is too long for this field: {event.left_out:,} characters were not taken.",
            tone="warning",
        )

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer a call's key where this screen or the one below can do it, letters out of texts."""
        if action in self.TEXT_BLOCKS and isinstance(self.focused, Input | TextArea):
            return False
        if action in HANDED_ON and action not in self.OWN_ACTIONS:
            return self._below(action) is not None
        return super().check_action(action, parameters)

    def footer_shows(self, row: Command) -> bool:
        """Leave letters out of the footer while a text or a question takes them."""
        asks = any(prompt.is_asking for prompt in self.query(Prompt))
        taken = asks or is_text_entry(self.focused)
        return super().footer_shows(row) and not (is_letter(row) and taken)

    def on_descendant_focus(self) -> None:
        """Show the keys that work where the cursor has come to."""
        self.refresh_bindings()

    def _below(self, action: str) -> EnquiryScreen | None:
        stack = self.app.screen_stack
        if self not in stack:
            return None
        for screen in reversed(stack[: stack.index(self)]):
            if isinstance(screen, EnquiryScreen) and hasattr(screen, f"action_{action}"):
                allowed = isinstance(screen, WorkScreen) or screen.check_action(action, ())
                return screen if allowed else None
        return None

    def hand_on(self, action: str) -> None:
        """Step aside and let the screen below do it, once what runs here is on the record."""
        if self._busy:
            self._then = action
        else:
            self._hand_on(action)

    def _hand_on(self, action: str) -> None:
        self.save_draft()
        self._leave()
        below = self.app.screen
        if below is not self and isinstance(below, EnquiryScreen):
            self.app.call_later(self.app.run_action, action, below)

    def action_other_call(self) -> None:
        """Go to the other call."""
        self.hand_on("other_call")

    def action_who(self) -> None:
        """Go to who is asking."""
        self.hand_on("who")

    def action_say(self) -> None:
        """Go to what may be said."""
        self.hand_on("say")

    def action_refer(self) -> None:
        """Go to the referral."""
        self.hand_on("refer")

    def action_complaint(self) -> None:
        """Go to the complaint."""
        self.hand_on("complaint")

    def action_promise(self) -> None:
        """Go to the promise."""
        self.hand_on("promise")

    def action_end_call(self) -> None:
        """End the call."""
        self.hand_on("end_call")

    def action_directory(self) -> None:
        """Look something up in the directory, or confirm it there; this screen waits below."""
        self.app.push_screen(others.make("directory"))

    def step_back(self) -> None:
        """Go back; what is unfinished is kept."""
        self.save_draft()
        self._leave()

    def field(self, field_id: str) -> LineInput:
        """Return a field of one line."""
        return self.query_one(f"#{field_id}", LineInput)

    def go_to(self, field_id: str) -> None:
        """Put the cursor into a field."""
        self.query_one(f"#{field_id}").focus()
