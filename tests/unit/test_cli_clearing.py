from __future__ import annotations

import io
import sys

import pytest

from enquiry_tui.cli import clearing, setup
from enquiry_tui.cli.clearing import clear_after, clear_when_ready
from enquiry_tui.cli.output import wipe

WIPED = "\x1b[H\x1b[2J\x1b[3J"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.setenv("TERM", "xterm-256color")
    shown = Terminal()
    monkeypatch.setattr(sys, "stderr", shown)
    return shown


def test_a_terminal_is_cleared_with_its_scrollback_and_it_is_said(monkeypatch: pytest.MonkeyPatch):
    terminal = on_a_terminal(monkeypatch)
    terminal.write("the key\n")
    clear_after("recovery key", terminal)
    before, after = terminal.getvalue().split(WIPED)
    assert before == "the key\n"
    assert "Cleared, scrollback too: the recovery key" in after and after.count("\n") == 1


def test_nothing_is_cleared_or_said_where_the_output_goes_into_a_pipe(
    monkeypatch: pytest.MonkeyPatch,
):
    terminal = on_a_terminal(monkeypatch)
    pipe = io.StringIO()
    clear_after("recovery key", pipe)
    clear_when_ready("temporary passphrase", pipe, None)
    assert not wipe(pipe) and not wipe(None)
    assert pipe.getvalue() == terminal.getvalue() == ""


def test_a_terminal_that_takes_no_orders_is_left_and_it_is_said_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
):
    terminal = on_a_terminal(monkeypatch)
    monkeypatch.setenv("TERM", "dumb")
    clear_after("recovery key", terminal)
    assert "close the window" in terminal.getvalue() and "\x1b" not in terminal.getvalue()


def test_a_temporary_passphrase_stays_until_enter(monkeypatch: pytest.MonkeyPatch):
    terminal = on_a_terminal(monkeypatch)
    monkeypatch.setattr(clearing, "is_blind", lambda source: source is None)
    monkeypatch.setattr(sys, "stdin", Terminal("\n"))
    clear_when_ready("temporary passphrase", terminal, None)
    assert "Enter clears" in terminal.getvalue().split(WIPED)[0]
    monkeypatch.setattr(sys, "stdin", Terminal(""))
    for source in (None, "a file"):  # the input has ended; a script is not kept waiting
        terminal.truncate(0)
        clear_when_ready("temporary passphrase", terminal, source)
        assert WIPED not in terminal.getvalue() and "close the window" in terminal.getvalue()


@pytest.mark.parametrize("is_right", [True, False])
def test_the_recovery_key_is_cleared_once_it_was_typed_back_and_not_before(
    monkeypatch: pytest.MonkeyPatch, is_right: bool
):
    terminal = on_a_terminal(monkeypatch)
    monkeypatch.setattr(setup, "typed_back", lambda *_: is_right)
    setup.have_it_kept("aaaa-bbbb", is_typed_blind=True)
    told = terminal.getvalue()
    assert (WIPED in told) is is_right
    assert ("close the window" in told) is not is_right
