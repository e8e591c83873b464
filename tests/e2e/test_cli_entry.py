from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from enquiry_tui import __version__
from tests.e2e.running import environment, run


def test_the_version_is_data_on_standard_output(tmp_path: Path):
    ended = run(tmp_path, "--version")
    assert (ended.code, ended.out, ended.err) == (0, f"enquiry-tui {__version__}\n", "")


def test_help_names_every_command_and_the_exit_codes(tmp_path: Path):
    from enquiry_tui.cli.app import COMMANDS

    ended = run(tmp_path, "--help")
    assert ended.code == 0
    assert all(f"\n  {name}" in ended.out for name in COMMANDS)
    assert "70" in ended.out


def test_every_command_explains_itself(tmp_path: Path):
    from enquiry_tui.cli.app import COMMANDS, group

    context = group.make_context("enquiry-tui", ["--help"], resilient_parsing=True)
    for name in COMMANDS:
        command = group.get_command(context, name)
        assert command is not None
        assert command.get_help(context)
        assert command.short_help or command.help


@pytest.mark.parametrize(
    "arguments",
    [("mrs-holt-rang",), ("--nosuch",), ("--vault",), ("--passphrase-file", "-"), ("Mrs Holt",)],
)
def test_a_wrong_command_line_is_exit_2_in_two_lines_that_repeat_nothing(
    tmp_path: Path, arguments: tuple[str, ...]
):
    ended = run(tmp_path, *arguments)
    assert ended.code == 2
    assert ended.out == ""
    assert 1 <= len(ended.err.splitlines()) <= 2
    assert "holt" not in ended.err.lower()


def test_without_a_terminal_and_without_a_command_it_says_what_to_do(tmp_path: Path):
    ended = run(tmp_path)
    assert ended.code == 2
    assert "terminal" in ended.err
    assert "--help" in ended.err


def test_an_option_that_is_nearly_right_is_offered(tmp_path: Path):
    assert "--officer" in run(tmp_path, "--offcer", "x").err


def test_a_hostile_command_line_cannot_steer_the_terminal(tmp_path: Path):
    ended = run(tmp_path, "--\x1b]52;c;aGk=\x07", "\x1b[2J")
    assert ended.code == 2
    assert "\x1b" not in ended.err + ended.out


def test_a_reader_that_goes_away_is_no_fault(tmp_path: Path):
    with subprocess.Popen(
        [sys.executable, "-m", "enquiry_tui", "--help"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(tmp_path),
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode in {0, 1}


_STOPPED_IN_A_CALLBACK = """
import signal, sqlite3, sys
from enquiry_tui import __main__ as entry

def face(arguments):
    entry._end_on_signals()
    connection = sqlite3.connect(":memory:")
    connection.set_authorizer(lambda *_: signal.raise_signal(signal.{name}) or 0)
    connection.execute("SELECT 1")
    return 0

entry._face = face
sys.exit(entry.main())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)])
def test_a_signal_that_comes_within_the_database_still_gives_its_exit_code(name: str, code: int):
    done = subprocess.run(
        [sys.executable, "-c", _STOPPED_IN_A_CALLBACK.replace("{name}", name)],
        capture_output=True,
        check=False,
        timeout=30,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    assert (done.returncode, done.stdout, done.stderr) == (code, b"", b"")


_STOPPED_WHILE_IMPORTING = """
import signal, sys

class Interrupted:
    def find_spec(self, name, path=None, target=None):
        if name == "enquiry_tui.machine":
            signal.raise_signal(signal.SIGINT)

sys.meta_path.insert(0, Interrupted())
import enquiry_tui.__main__
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize(
    ("handler", "code"), [(signal.default_int_handler, -signal.SIGINT), (signal.SIG_IGN, 0)]
)
def test_an_interrupt_while_the_program_is_imported_ends_it_without_a_word(handler, code: int):
    done = subprocess.run(
        [sys.executable, "-c", _STOPPED_WHILE_IMPORTING],
        capture_output=True,
        check=False,
        timeout=30,
        preexec_fn=lambda: signal.signal(signal.SIGINT, handler),
    )
    assert (done.returncode, done.stdout, done.stderr) == (code, b"", b"")


def test_importing_the_entry_leaves_the_handler_as_it_was():
    before = signal.getsignal(signal.SIGINT)
    import enquiry_tui.__main__  # noqa: F401

    assert signal.getsignal(signal.SIGINT) is before


_FAILS = """
import sys, threading
from enquiry_tui import __main__ as entry

class Unhappy:
    def __del__(self):
        raise ValueError("CANARY-7741")

def beside(passphrase):
    raise KeyError(passphrase)

def face(arguments):
    passphrase = "CANARY-7741"
    where = {where!r}
    if where == "thread":
        thread = threading.Thread(target=beside, args=(passphrase,), name=passphrase)
        thread.start()
        thread.join()
        return 5
    if where == "destructor":
        Unhappy()
        return 5
    if where == "machine":
        raise PermissionError(13, "Permission denied", passphrase)
    raise ValueError(passphrase)

entry._face = face
sys.exit(entry.main())
"""


@pytest.mark.parametrize(
    ("where", "code"), [("command", 70), ("thread", 5), ("destructor", 5), ("machine", 1)]
)
def test_a_fault_of_the_command_line_tells_its_type_and_nothing_it_held(where: str, code: int):
    program = _FAILS.replace("{where!r}", repr(where))
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=False, timeout=30
    )
    assert (done.returncode, done.stdout) == (code, b"")
    assert b"CANARY" not in done.stderr
    assert b"Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 2
