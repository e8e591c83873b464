"""The entry: makes the process tight, picks a face, and turns every ending into an exit code."""

from __future__ import annotations

import signal

# While the rest is imported, an interrupt ends the program as it ends any other, without a word:
# Python would print where it was. What stood before is put back below.
_importing = signal.getsignal(signal.SIGINT) is signal.default_int_handler
if _importing:
    signal.signal(signal.SIGINT, signal.SIG_DFL)

import os  # noqa: E402
import sys  # noqa: E402
import threading  # noqa: E402
from collections.abc import Sequence  # noqa: E402
from pathlib import Path  # noqa: E402
from types import FrameType, TracebackType  # noqa: E402

from enquiry_tui.errors import EnquiryError, UsageError  # noqa: E402
from enquiry_tui.machine import process  # noqa: E402

if _importing:
    signal.signal(signal.SIGINT, signal.default_int_handler)

_OURS = 70  # EX_SOFTWARE of sysexits.h
_PACKAGE = Path(__file__).parent
_signals: list[int] = []  # those that came, for where the exception they raise is lost


class Stopped(BaseException):
    """A signal asked the program to end: everything on the way out still runs."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.exit_code = 128 + number


def main() -> int:
    """Run the program and give its exit code; nothing that was typed or stored is in its words."""
    try:
        process.harden()
        process.scrub_environment()
        _quiet_threads()
        code = _face(sys.argv[1:])
        if sys.stdout is not None:
            sys.stdout.flush()
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except Stopped as stopped:
        return stopped.exit_code
    except Exception as error:  # noqa: BLE001 - the last net: its text could hold data, so it stays unsaid
        # SQLite's callbacks turn what a signal raises within them into an error of the database.
        return 128 + _signals[0] if _signals else _refused(error)
    return code


def _refused(error: Exception) -> int:
    """Say what went wrong, without any text that could hold data, and give the exit code."""
    match error:
        case EnquiryError():
            _tell(error.title, error.hint)
            return error.exit_code
        case BrokenPipeError():
            _leave_stdout()
            return 1
        case OSError():
            _tell(f"The machine refused: {error.strerror or type(error).__name__}.", _where(error))
            _leave_stdout()
            return 1
        case _:
            _tell(f"The program made a mistake: {type(error).__name__}.", _where(error))
            return _OURS


class _WholeScreen:
    """The desk as a face of its own, for the command line to open without knowing it."""

    def demand(self) -> None:
        """Check that there is a terminal to open on. Raises UsageError."""
        if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout)):
            raise UsageError(
                "The desk needs a terminal to open on.",
                "Run it in a terminal, or name a command: enquiry-tui --help lists them.",
            )

    def open(
        self,
        vault: Path | None,
        officer: str | None,
        line: str = "",
        anchors: Path | None = None,
    ) -> int:
        """Run the desk until it ends; gives its exit code."""
        self.demand()
        from enquiry_tui.tui.start import run

        return run(vault, officer or None, line, anchors)


def _face(arguments: Sequence[str]) -> int:
    desk = _WholeScreen()
    if not arguments:  # the usual way in: the sign-in paints before anything else is imported
        vault = os.environ.get("ENQUIRY_VAULT")
        return desk.open(Path(vault) if vault else None, os.environ.get("ENQUIRY_OFFICER"))
    _end_on_signals()
    from enquiry_tui.cli.app import run

    return run(arguments, desk)


def _end_on_signals() -> None:
    """Turn a polite end into an exception, so that the vault is closed and files are removed."""

    def end(number: int, frame: FrameType | None) -> None:
        del frame
        _signals.append(number)
        raise KeyboardInterrupt if number == signal.SIGINT else Stopped(number)

    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, end)


def _quiet_threads() -> None:
    """Tell a fault in a thread or a destructor like any other: without its text."""

    def in_thread(fault: threading.ExceptHookArgs) -> None:
        _tell(f"The program made a mistake: {fault.exc_type.__name__}.", _where(fault.exc_value))

    def in_destructor(fault: sys.UnraisableHookArgs) -> None:
        _tell(f"The program made a mistake: {fault.exc_type.__name__}.", _where(fault.exc_value))

    threading.excepthook = in_thread
    sys.unraisablehook = in_destructor


def _where(error: BaseException | None) -> str:
    """Give the last place in this program that the fault passed: file and line, nothing else."""
    trace: TracebackType | None = error.__traceback__ if error is not None else None
    place = "no place known"
    while trace is not None:
        path = Path(trace.tb_frame.f_code.co_filename)
        if path.is_relative_to(_PACKAGE):
            place = f"{path.relative_to(_PACKAGE).as_posix()}:{trace.tb_lineno}"
        trace = trace.tb_next
    return f"Tell whoever looks after this program: {place}."


def _tell(title: str, hint: str) -> None:
    """Two lines on standard error, where there is one."""
    try:
        for line in (title, hint):
            if line and sys.stderr is not None:
                sys.stderr.write(_plain(line) + "\n")
    except OSError:  # nobody listens: the exit code still tells
        return


def _plain(line: str) -> str:
    return "".join(char if char.isprintable() else "\ufffd" for char in line)


def _leave_stdout() -> None:
    """Stop Python from trying once more, at exit, to write where writing failed."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
