from __future__ import annotations

import io
import json
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquiry_tui.cli.output import narrate, print_record, print_rows
from enquiry_tui.cli.text import visible
from enquiry_tui.errors import UsageError

HOSTILE = "Łukasz\x1b[2J\t\u202eO'Brien\r\n\u2028[red]x[/red]\x9b\U000e0041"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def steers(text: str) -> bool:
    return any(
        unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp", "Cf"}
        and char not in "\n\u200c\u200d"
        for char in text
    )


@given(st.text(st.characters()))
def test_nothing_that_steers_a_terminal_is_visible(text: str):
    assert not steers(visible(text))
    assert "\n" not in visible(text)


@given(st.text(st.characters(categories=["L", "Mn", "N", "P", "Zs"])))
def test_ordinary_text_stays_as_it_is(text: str):
    assert visible(text) == text


def test_json_is_ascii_on_one_line_with_the_format_first(capsys: pytest.CaptureFixture[str]):
    print_record({"name": HOSTILE, "at": None}, as_json=True)
    out = capsys.readouterr().out
    assert out.isascii()
    assert out.startswith('{"format": 1, ')
    assert out.count("\n") == 1
    assert not steers(out)
    assert json.loads(out) == {"format": 1, "name": HOSTILE, "at": None}


def test_a_list_in_json_is_one_object_a_line(capsys: pytest.CaptureFixture[str]):
    print_rows([{"who": "A"}, {"who": "B"}], ["who"], as_json=True)
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert lines == [{"format": 1, "who": "A"}, {"format": 1, "who": "B"}]


def test_a_pipe_gets_one_tab_separated_line_a_row(capsys: pytest.CaptureFixture[str]):
    print_rows([{"who": HOSTILE, "due": None, "x": True}], ["who", "due", "x"], as_json=False)
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    assert out.count("\t") == 2
    assert out.endswith("\t\ttrue\n")
    assert not steers(out.replace("\t", ""))


def test_a_pipe_gets_an_object_as_keys_and_values(capsys: pytest.CaptureFixture[str]):
    print_record({"reference": "R", "contact": {"uid": "1"}, "topics": ["a", "b"]}, as_json=False)
    assert capsys.readouterr().out == "reference\tR\ncontact.uid\t1\ntopics.0\ta\ntopics.1\tb\n"


def test_the_last_line_stands_alone(capsys: pytest.CaptureFixture[str]):
    print_record({"handle": "patel"}, as_json=False, last_line="one two three")
    assert capsys.readouterr().out.splitlines()[-1] == "one two three"


def test_a_terminal_gets_a_table_in_which_markup_is_only_text(monkeypatch: pytest.MonkeyPatch):
    terminal = Terminal()
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setattr(sys, "stdout", terminal)
    print_rows([{"who": HOSTILE}], ["who"], as_json=False)
    shown = terminal.getvalue()
    assert "[red]x[/red]" in shown
    assert not steers(shown)


def test_narration_goes_to_standard_error(capsys: pytest.CaptureFixture[str]):
    narrate(HOSTILE)
    captured = capsys.readouterr()
    assert captured.out == ""
    assert not steers(captured.err)


def test_a_closed_output_is_said_before_data_is_lost(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "stdout", None)
    with pytest.raises(UsageError):
        print_record({"a": 1}, as_json=True)
