"""What is pasted reaches the parser of keys as text only, and Escape is always a key of its own.

Textual takes everything between the marks of a bracketed paste for text until an escape character
comes; then it loses its place, and the rest of the paste is keys. Terminals ought to drop escape
characters from what is pasted, but not all do (tmux passes a buffer as it is).
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from textual import events
from textual._xterm_parser import XTermParser
from textual.message import Message

START: Final = "\x1b[200~"
END: Final = "\x1b[201~"
LARGEST_PASTE: Final = 2_000_000
"""The most characters of one paste; a larger one is refused whole."""

REST_SECONDS: Final = 0.05
"""How long the stream has to rest after an end mark for that mark to be the terminal's own."""
UNFINISHED_SECONDS: Final = 3.0
SPLIT_SECONDS: Final = 0.5
_BULK = 32  # no keyboard sends so many characters at once
_QUICK_SECONDS = 0.02  # nor two pieces as close as this
_PASSED_ON = 2  # of a mark that is cut short: its first two characters are Escape and Alt+[, too

_SEQUENCES = "\x1b[O]_^X\\"  # what stands behind the Escape of a terminal's own sequence
_ESCAPE_AND_KEY = re.compile(r"\x1b(?=[^\x1b\[O\]_^X\\bf\t\x7f])")  # b f Tab: arrows with Alt
_LINE_ENDS = re.compile("\r\n|\r|\x85")
_STEERING: dict[int, None] = dict.fromkeys(
    code for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\t\n"
)


class PasteTooLarge(Message):
    """A paste was larger than a field could ever take; nothing of it was taken."""


def cleaned(pasted: str) -> str:
    """Return the text of a paste: line ends as LF, no control character but tab and line feed."""
    for mark in (START, END):
        pasted = pasted.replace(mark, "")
    return _LINE_ENDS.sub("\n", pasted).translate(_STEERING)


class PasteParser(XTermParser):
    """Textual's parser of keys behind a filter that takes pastes out of the stream first.

    A paste lasts from its start mark to the last end mark before the stream rests; marks in between
    were pasted. One that never ends is given as text after three seconds. What was typed behind it
    comes after it, in order. Marks may be cut anywhere between two reads.
    """

    def __init__(self, debug: bool = False, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._body: str | None = None  # everything since the start mark of the paste under way
        self._ended = -1  # where in it the last end mark begins
        self._began_again = -1  # where in it the last start mark begins
        self._is_too_large = False
        self._due = 0.0
        self._last_read = 0.0
        self._is_escape = False  # whether what was passed on ends with an Escape
        self._mark = ""  # the beginning of a start mark at the end of what has come
        super().__init__(debug)

    def patience(self, longest: float) -> float:
        """Return the seconds after which `tick` has something to do, `longest` at most."""
        if self._body is None and len(self._mark) <= _PASSED_ON:
            return longest
        return min(longest, max(0.0, self._due - self._clock()))

    def feed(self, data: str) -> Iterable[Message]:
        """Take what was read; give keys, mouse events and whole pastes. Empty at the end."""
        if not data:
            yield from self._settle()
            yield from self._release()
            yield from super().feed(data)
            return
        yield from self._settle_if_due()
        if self._body is None:
            yield from self._look_for_start(data)
        else:
            self._add(data)

    def tick(self) -> Iterable[Message]:
        """Give what had to wait: the end of a paste, half a mark, an Escape that was no more."""
        yield from self._settle_if_due()
        if self._body is None and len(self._mark) > _PASSED_ON:
            if self._clock() < self._due:
                return
            yield from self._release()
        yield from super().tick()

    def _look_for_start(self, data: str) -> Iterator[Message]:
        passed = min(_PASSED_ON, len(self._mark))
        text, self._mark = self._mark + data, ""
        at = text.find(START)
        if at < 0:
            self._mark = _beginning_of_mark(text)
            upto = len(text) - len(self._mark) + min(_PASSED_ON, len(self._mark))
            self._due = self._clock() + SPLIT_SECONDS
            if upto > passed:
                yield from self._keys(text[passed:upto])
            return
        behind = at + len(START)
        yield from self._keys(text[passed:behind])
        self._body, self._ended, self._began_again = "", -1, -1
        self._is_too_large = False
        self._due = self._clock() + UNFINISHED_SECONDS
        self._add(text[behind:])

    def _add(self, data: str) -> None:
        now, was_open = self._clock(), self._is_open()
        body = self._body or ""
        overlap = max(0, len(body) - len(END) + 1)
        body += data
        self._ended = max(self._ended, body.rfind(END, overlap))
        self._began_again = max(self._began_again, body.rfind(START, overlap))
        if len(body) > LARGEST_PASTE:
            body = self._cut(body)
        self._body = body
        flows = len(data) >= _BULK or now - self._last_read < _QUICK_SECONDS
        if flows or was_open != self._is_open():
            self._due = now + (UNFINISHED_SECONDS if self._is_open() else REST_SECONDS)
        self._last_read = now

    def _cut(self, body: str) -> str:
        """Keep only what is needed to see the end: the last end mark, or half of one."""
        self._is_too_large = True
        kept = len(body) - len(END) + 1
        if not self._is_open():
            kept = min(kept, self._ended)
        self._ended, self._began_again = self._ended - kept, self._began_again - kept
        return body[kept:]

    def _is_open(self) -> bool:
        return self._ended < 0 or self._began_again > self._ended

    def _settle_if_due(self) -> Iterator[Message]:
        if self._body is not None and self._clock() >= self._due:
            yield from self._settle()

    def _settle(self) -> Iterator[Message]:
        """Give the paste as one event, then whatever was typed after it."""
        if self._body is None:
            return
        body, typed = self._body, ""
        if not self._is_open():
            body, typed = body[: self._ended], body[self._ended + len(END) :]
        self._body = None
        for message in super().feed(END):
            if not isinstance(message, events.Paste):
                yield message
        yield PasteTooLarge() if self._is_too_large else events.Paste(cleaned(body))
        if typed:
            yield from self._look_for_start(typed)

    def _release(self) -> Iterator[Message]:
        """Give half a mark, which was typed, as the keys it is."""
        kept, self._mark = self._mark[_PASSED_ON:], ""
        if kept:
            yield from self._keys(kept)

    def _keys(self, typed: str) -> Iterator[Message]:
        """Give keys; an Escape with a key close behind it is two keys, and not one with Alt.

        Textual would lose the Escape, and the key would go into the text that it should leave.
        """
        if self._timeout_time is not None and self._is_escape and typed[0] not in _SEQUENCES:
            yield from self._escape_now()
        *parts, last = _ESCAPE_AND_KEY.split(typed)
        for part in parts:
            yield from super().feed(f"{part}\x1b")
            yield from self._escape_now()
        if last:
            yield from super().feed(last)
        self._is_escape = last.endswith("\x1b")

    def _escape_now(self) -> Iterator[Message]:
        self._timeout_time = 0.0
        yield from super().tick()


def _beginning_of_mark(text: str) -> str:
    for length in range(min(len(START) - 1, len(text)), 0, -1):
        if text.endswith(START[:length]):
            return START[:length]
    return ""
