"""A question at the foot of a screen: one line, or one key, or nothing after all."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input

from enquiry_tui.errors import Refused
from enquiry_tui.tui.safe import NoMarkup, text
from enquiry_tui.tui.widgets.entry import LineInput, SecretInput

WORD_SECONDS = 0.5  # between two letters of a word; an answer does not come in the midst of one


class Prompt(Horizontal, can_focus=True):
    """Hidden until it asks. What had the focus gets it back; Escape answers None."""

    DEFAULT_CSS = """
    Prompt { height: 1; display: none; background: $boost; }
    Prompt.-asking { display: block; }
    Prompt > NoMarkup { width: auto; height: 1; max-width: 100%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", show=False)]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._answer: asyncio.Future[str | None] | None = None
        self._keys = ""
        self._other_key_at = -WORD_SECONDS  # when a key that was no answer came
        self._before: Widget | None = None

    def compose(self) -> ComposeResult:
        """Hold the question and the line."""
        yield NoMarkup(id="prompt-label")
        yield LineInput(id="prompt-line")
        yield SecretInput(id="prompt-secret")

    @property
    def is_asking(self) -> bool:
        """Say whether a question stands."""
        return self._answer is not None

    async def line(self, question: str, value: str = "", *, offered: bool = False) -> str | None:
        """Ask for one line; None where Escape was pressed. What is offered gives way to typing."""
        field = self._only("prompt-line")
        field.value = value
        field.cursor_position = len(value)
        if offered:
            field.action_select_all()
        return await self._ask(question, "", field)

    async def until(self, question: str, read: Callable[[str], str]) -> str | None:
        """Ask for one line until `read` takes it; what it refuses stays on the line, with why."""
        asked, typed = question, await self.line(question)
        while typed is not None:
            try:
                return read(typed)
            except Refused as error:
                asked = f"{error.title} {question}"
            typed = await self.line(asked, typed)
        return None

    async def secret(self, question: str) -> str | None:
        """Ask for a passphrase, masked; None where Escape was pressed."""
        field = self._only("prompt-secret")
        field.clear()
        return await self._ask(question, "", field)

    def _only(self, field_id: str) -> LineInput:
        for field in self.query(LineInput):
            field.display = field.id == field_id
        return self.query_one(f"#{field_id}", LineInput)

    async def key(self, question: str, keys: Sequence[str]) -> str | None:
        """Ask for one of some keys; None where Escape was pressed."""
        for field in self.query(LineInput):
            field.display = False
        return await self._ask(question, "".join(keys), self)

    async def yes(self, question: str) -> bool | None:
        """Ask for yes or no; None where Escape was pressed."""
        key = await self.key(f"{question}  y yes · n no", "yn")
        return None if key is None else key == "y"

    async def _ask(self, question: str, keys: str, target: Widget) -> str | None:
        self._settle(None)
        label = self.query_one("#prompt-label", NoMarkup)
        label.styles.width = min(cell_len(question) + 3, max(20, self.screen.size.width - 20))
        if keys:
            label.styles.width = "1fr"
        label.show(text(f" {question} ", "bold"))
        self._keys = keys
        self._other_key_at = -WORD_SECONDS
        self._before = self.screen.focused
        self._answer = asyncio.get_running_loop().create_future()
        self.add_class("-asking")
        target.focus()
        return await self._answer

    @on(Input.Submitted)
    def submit(self, event: Input.Submitted) -> None:
        """Give the line."""
        event.stop()
        value = event.value
        self.query_one("#prompt-secret", LineInput).clear()
        self._settle(value)

    @on(Input.Changed)
    def typed(self, event: Input.Changed) -> None:
        """Keep what is typed here to itself."""
        event.stop()

    def on_key(self, event: events.Key) -> None:
        """Give the key, if it is one of those asked for."""
        if not (self._keys and self.has_focus and event.character):
            return
        in_a_word, self._other_key_at = event.time - self._other_key_at < WORD_SECONDS, event.time
        if event.character not in self._keys or in_a_word:
            return
        event.stop()
        event.prevent_default()
        self._settle(event.character)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Take Escape only while a question stands: hidden, it may still have the focus."""
        del parameters
        return action != "cancel" or self.is_asking

    def action_cancel(self) -> None:
        """Give nothing."""
        self._settle(None)

    def on_unmount(self) -> None:
        """Let whoever waits go when the screen goes."""
        if self._answer is not None and not self._answer.done():
            self._answer.cancel()

    def _settle(self, answer: str | None) -> None:
        waiting, self._answer, self._keys = self._answer, None, ""
        self.remove_class("-asking")
        if waiting is None:
            return
        if self._before is not None and self._before.is_attached:
            self._before.focus()
        if not waiting.done():
            waiting.set_result(answer)
