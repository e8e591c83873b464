from __future__ import annotations

import re
import signal

import pytest

from tests.tui.pty_apps import CANARY
from tests.tui.terminal import Terminal

APPS = ("-m", "tests.tui.pty_apps")
WITH_CALLS = ("hostile", "harmless")  # so that leaving asks first


def painted(*arguments: str) -> Terminal:
    with Terminal(*APPS, *arguments) as terminal:
        terminal.read_until(b"PAINTED")
        terminal.press(b"\x11")
        if arguments[0] in WITH_CALLS:
            terminal.read_until(b"Ctrl+Q again leaves")
            terminal.press(b"\x11")
        assert terminal.wait() == 0
        return terminal


def test_no_text_however_hostile_steers_the_terminal():
    hostile, harmless = painted("hostile"), painted("harmless")
    assert b"EVIL" in hostile.output
    assert b"[@click=app.quit]x[/]" in hostile.output
    assert hostile.sequences() - harmless.sequences() == set()
    assert b"\x1b]52" not in hostile.output
    assert not re.search(rb"\xc2[\x80-\x9f]", hostile.output)
    assert not re.search(rb"\xe2\x80[\x8b\xa8-\xae]|\xe2\x81[\xa0-\xaf]", hostile.output)
    assert not re.search(rb"\xed[\xa0-\xbf]|\xf3\xa0[\x80\x81]|\xef\xbb\xbf", hostile.output)
    assert not re.search(rb"[\x00-\x06\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f]", hostile.output)


@pytest.mark.parametrize("where", ["handler", "compose", "worker", "store"])
def test_a_crash_says_its_type_and_place_and_nothing_it_held(where):
    with Terminal(*APPS, "crash", where) as terminal:
        code = terminal.wait()
    assert code == 70
    assert CANARY.encode() not in terminal.output
    assert b"fault: " in terminal.output
    assert b"pty_apps.py:" in terminal.output
    assert b"raise " not in terminal.output
    assert b"\x1b[?1049l" in terminal.output


@pytest.mark.parametrize("where", ["callback", "thread", "task", "warning"])
def test_a_fault_beside_the_app_says_nothing_of_what_it_held(where):
    assert CANARY.encode() not in painted("crash", where).output


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_saves_the_draft_closes_the_vault_and_restores_the_terminal(
    number, code, tmp_path
):
    kept = tmp_path / "draft"
    with Terminal(*APPS, "draft", str(kept)) as terminal:
        terminal.read_until(b"PAINTED")
        assert not kept.exists()
        terminal.send(number)
        assert terminal.wait() == code
    assert kept.read_text(encoding="utf-8") == f"note={CANARY}|locked"
    _, restored, after = terminal.output.rpartition(b"\x1b[?1049l")
    assert restored
    assert CANARY.encode() not in after


def test_ctrl_q_leaves_only_after_the_draft_is_saved(tmp_path):
    kept = tmp_path / "draft"
    with Terminal(*APPS, "draft", str(kept)) as terminal:
        terminal.read_until(b"PAINTED")
        terminal.press(b"\x11")
        assert terminal.wait() == 0
    assert kept.read_text(encoding="utf-8") == f"note={CANARY}|locked"


@pytest.mark.parametrize("stop", [signal.SIGSTOP, signal.SIGTSTP])
def test_a_program_locks_before_it_is_stopped_or_else_when_it_goes_on(stop, tmp_path):
    kept = tmp_path / "draft"
    with Terminal(*APPS, "draft", str(kept)) as terminal:
        terminal.read_until(b"PAINTED")
        terminal.send(stop)
        terminal.wait_until_stopped()
        assert kept.exists() == (stop == signal.SIGTSTP)
        terminal.send(signal.SIGCONT)
        terminal.read_until(b"was resumed")
        terminal.press(b"\x11")
        assert terminal.wait() == 0
    assert kept.read_text(encoding="utf-8").endswith("|locked")


def test_nothing_in_a_paste_is_a_key_and_the_text_arrives_whole(tmp_path):
    kept = tmp_path / "line"
    hostile = b"\x1b]52;c;RVZJTA==\x07 \x07\x1b[2J\x1b[6n\x00\xc2\x9b6n\x9b\x11\x1b"
    hostile += b"\x1b[201~\x07 end "
    with Terminal(*APPS, "paste", str(kept)) as terminal:
        terminal.read_until(b"PAINTED")
        terminal.press(b"typed \x1b[20")
        terminal.press(b"0~" + hostile + b"x" * 100_000 + b"\x1b[2")
        terminal.press(b"01~ after\x11")
        assert terminal.wait() == 0
    clean = "typed ]52;c;RVZJTA== [2J[6n6n\ufffd end " + "x" * 100_000 + " after"
    assert kept.read_text(encoding="utf-8") == f"1|{clean}"


def test_a_terminal_that_goes_away_ends_the_program_and_saves_the_draft(tmp_path):
    kept = tmp_path / "draft"
    with Terminal(*APPS, "draft", str(kept)) as terminal:
        terminal.read_until(b"PAINTED")
        terminal.hang_up()
        assert terminal.process.wait(10) == 129
    assert kept.read_text(encoding="utf-8") == f"note={CANARY}|locked"
