from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Sequence

import pytest

from enquiry_tui import __main__ as entry
from enquiry_tui.errors import EnquiryError, Refused, UsageError, VaultUnavailable
from enquiry_tui.machine import process

SECRET = "Janet Holt 01632 960123"


@pytest.fixture(autouse=True)
def tame(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "harden", lambda: None)
    monkeypatch.setattr(process, "scrub_environment", list)
    monkeypatch.setattr(sys, "argv", ["enquiry-tui", "show"])
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)


def ending_with(monkeypatch: pytest.MonkeyPatch, end: Callable[[], BaseException]) -> int:
    def face(arguments: Sequence[str]) -> int:
        raise end()

    monkeypatch.setattr(entry, "_face", face)
    return entry.main()


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (Refused("No.", "Ask."), 1),
        (UsageError("No.", "Ask."), 2),
        (VaultUnavailable("No.", "Ask."), 3),
        (EnquiryError("No.", "Ask."), 1),
    ],
)
def test_what_the_program_raises_on_purpose_is_two_lines_and_its_exit_code(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: EnquiryError,
    code: int,
):
    assert ending_with(monkeypatch, lambda: error) == code
    assert capsys.readouterr().err == "No.\nAsk.\n"


@pytest.mark.parametrize(
    ("end", "code"),
    [
        (KeyboardInterrupt(), 130),
        (entry.Stopped(signal.SIGTERM), 143),
        (entry.Stopped(1), 129),
        (BrokenPipeError(), 1),
    ],
)
def test_an_interruption_has_its_own_exit_code_and_no_words(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    end: BaseException,
    code: int,
):
    monkeypatch.setattr(entry, "_leave_stdout", lambda: None)
    assert ending_with(monkeypatch, lambda: end) == code
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("fault", [ValueError, KeyError, RuntimeError, RecursionError, MemoryError])
def test_a_fault_of_ours_is_exit_70_and_names_its_type_and_place_only(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    fault: type[Exception],
):
    assert ending_with(monkeypatch, lambda: fault(SECRET)) == 70
    told = capsys.readouterr().err
    assert fault.__name__ in told
    assert "__main__.py:" in told
    assert "Holt" not in told
    assert len(told.splitlines()) == 2


def test_a_full_disk_is_told_without_the_name_of_the_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(entry, "_leave_stdout", lambda: None)
    full = OSError(28, "No space left on device", f"/home/{SECRET}")
    assert ending_with(monkeypatch, lambda: full) == 1
    told = capsys.readouterr().err
    assert "No space left" in told
    assert "Holt" not in told


def test_a_fault_in_a_thread_says_no_more_than_one_in_the_main_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    def face(arguments: Sequence[str]) -> int:
        def fail() -> None:
            raise ValueError(SECRET)

        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
        return 0

    monkeypatch.setattr(entry, "_face", face)
    assert entry.main() == 0
    told = capsys.readouterr().err
    assert "ValueError" in told
    assert "Holt" not in told
