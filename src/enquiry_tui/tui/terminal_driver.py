"""Textual's driver of the terminal, with a filter before its keys and an eye on its loss."""

from __future__ import annotations

import os
import selectors
import sys
from codecs import getincrementaldecoder
from collections.abc import Callable
from typing import IO, Any

from textual.driver import Driver

from enquiry_tui.tui.paste_filter import PasteParser

_READ_BYTES = 4096
_LOOK_SECONDS = 0.1


class TerminalOutput:
    """The stream to the terminal; once that is gone, what is written is dropped.

    Textual's writer would end with its first error, and whoever writes after it wait for ever.
    """

    def __init__(self, stream: IO[str], lost: Callable[[], None]) -> None:
        self._stream = stream
        self._lost = lost
        self._is_there = True

    def write(self, words: str) -> None:
        """Write, if there is a terminal."""
        self._try(lambda: self._stream.write(words))

    def flush(self) -> None:
        """Have everything written, if there is a terminal."""
        self._try(self._stream.flush)

    def fileno(self) -> int:
        """Return the stream's descriptor."""
        return self._stream.fileno()

    def isatty(self) -> bool:
        """Say whether the stream is a terminal."""
        return self._stream.isatty()

    def _try(self, write: Callable[[], object]) -> None:
        if not self._is_there:
            return
        try:
            write()
        except OSError:
            self._is_there = False
            let_go_of_terminal()
            self._lost()


class GuardedInput:
    """Reads the terminal in the place of textual's own loop, which it follows step by step."""

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 (textual's own)
        super().__init__(*arguments, **options)
        driver: Any = self
        stream = driver._file  # noqa: SLF001 (the base class's own)
        driver._file = TerminalOutput(stream, self._tell_of_loss)  # noqa: SLF001

    def run_input_thread(self: Any) -> None:
        """Read until told to stop or until the terminal is gone."""
        parser = PasteParser(self._debug)
        # A byte that is no UTF-8 must not end the program: it becomes a replacement character.
        decode = getincrementaldecoder("utf-8")("replace").decode
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(parser.patience(_LOOK_SECONDS)):
                    read = _read(self.fileno)
                    if not read and self.input_tty:
                        self._tell_of_loss()
                        return
                    if words := decode(read):
                        self._pass_on(parser.feed(words))
                self._pass_on(parser.tick())
        self._pass_on(parser.feed(""))

    def _pass_on(self: Any, messages: Any) -> None:  # noqa: ANN401
        for message in messages:
            self.process_message(message)

    def _tell_of_loss(self: Any) -> None:
        if not self.exit_event.is_set():
            self._loop.call_soon_threadsafe(self._app.terminal_lost)


def let_go_of_terminal() -> None:
    """Send nowhere what could not be written, so that the end has an exit code of its own."""
    for stream in (sys.__stdout__, sys.__stderr__):
        if stream is None:
            continue
        try:
            stream.flush()
        except OSError:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)


def _read(descriptor: int) -> bytes:
    """Read what has come; nothing when the other side has gone."""
    try:
        return os.read(descriptor, _READ_BYTES)
    except OSError:
        return b""


def guarded(driver: type[Driver]) -> type[Driver]:
    """Put the filter before the keys of a driver: one with a read loop of its own, or Windows'."""
    if hasattr(driver, "run_input_thread"):
        return type("GuardedDriver", (GuardedInput, driver), {})
    windows: Any = sys.modules.get("textual.drivers.win32")
    if hasattr(windows, "XTermParser"):
        windows.XTermParser = PasteParser
    return driver
