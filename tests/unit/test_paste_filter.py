from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events

from enquiry_tui.tui import paste_filter
from enquiry_tui.tui.paste_filter import END, START, PasteParser, PasteTooLarge, cleaned

HOSTILE = "a\x1b]52;c;RVZJTA==\x07b\x07\x1b[2J\x1b[6n\x00\x9b6n\x1b\x1bOP\x11\x7fz"


class Stream:
    def __init__(self) -> None:
        self.now = 100.0
        self.parser = PasteParser(clock=lambda: self.now)
        self.keys: list[str] = []
        self.pastes: list[str] = []
        self.refused = 0

    def read(self, *pieces: str, after: float = 0.0) -> Stream:
        for piece in pieces:
            self.now += after
            self.take(self.parser.feed(piece))
            self.take(self.parser.tick())
        return self

    def rest(self, seconds: float = 0.06) -> Stream:
        self.now += seconds
        if self.parser._timeout_time is not None:  # textual's own wait for the rest of an escape
            self.parser._timeout_time = 0.0
        self.take(self.parser.tick())
        return self

    def take(self, messages) -> None:
        for message in messages:
            match message:
                case events.Paste():
                    self.pastes.append(message.text)
                case events.Key():
                    self.keys.append(message.key)
                case PasteTooLarge():
                    self.refused += 1


def test_keys_pass_as_they_are():
    assert Stream().read("ab", "\x1b[A", "\x07").keys == ["a", "b", "up", "ctrl+g"]


def test_nothing_in_a_paste_is_a_key():
    stream = Stream().read("x" + START + HOSTILE + END).rest()
    assert stream.keys == ["x"]
    assert stream.pastes == ["a]52;c;RVZJTA==b[2J[6n6nOPz"]


def test_line_ends_and_tabs_of_a_paste_stay():
    assert cleaned("a\r\nb\rc\nd\te\x85f") == "a\nb\nc\nd\te\nf"


@given(st.text(alphabet="ab\x1b[]0126~\x07\r\n\t\x9b", max_size=40), st.data())
def test_however_a_paste_is_cut_into_reads_it_comes_whole_and_clean(body, data):
    stream, whole = Stream(), "x" + START + body + END
    while whole:
        size = data.draw(st.integers(1, len(whole)))
        stream.read(whole[:size])
        whole = whole[size:]
    stream.rest()
    assert stream.keys == ["x"]
    assert stream.pastes == [cleaned(body)]
    stream.read("y")
    assert stream.keys == ["x", "y"]


def test_an_end_mark_inside_a_paste_does_not_end_it():
    stream = Stream().read(START + "a" + END + "\x07b" + START + "\x11c" + END + "d\x07" + END)
    assert stream.rest().pastes == ["abcd"]
    assert stream.keys == []


def test_an_end_mark_at_the_end_of_a_read_waits_for_the_rest_of_the_paste():
    stream = Stream().read(START + "a" + END, "\x07b" * 40 + END, after=0.01)
    assert stream.rest().pastes == ["a" + "b" * 40]
    assert stream.keys == []


def test_what_is_typed_right_after_a_paste_comes_after_it():
    stream = Stream().read(START + "text" + END + "\r", "q", after=0.01)
    assert stream.pastes == []
    stream.rest()
    assert (stream.pastes, stream.keys) == (["text"], ["enter", "q"])


def test_a_key_held_down_does_not_keep_a_paste_waiting():
    stream = Stream().read(START + "text" + END)
    stream.read("a", "a", after=0.03)
    assert (stream.pastes, stream.keys) == (["text"], ["a", "a"])


def test_two_pastes_one_after_the_other_are_two():
    stream = Stream().read(START + "a" + END).rest().read("\t" + START + "b" + END).rest()
    assert (stream.pastes, stream.keys) == (["a", "b"], ["tab"])


def test_a_paste_that_never_ends_is_given_after_three_seconds_and_keys_are_keys_again():
    stream = Stream().read(START + "abc").rest(2.9)
    assert stream.pastes == []
    stream.rest(0.2).read("d", END, "e", "\x07", after=1.0)
    assert stream.pastes == ["abc"]
    assert stream.keys == ["d", "e", "ctrl+g"]


def test_a_slow_line_does_not_cut_a_paste():
    stream = Stream().read(START, *(["ab"] * 1_000), END, after=0.01)
    assert stream.rest().pastes == ["ab" * 1_000]


def test_half_a_mark_that_was_typed_is_typed():
    stream = Stream().read("\x1b[20").rest(0.4)
    assert stream.keys == []
    stream.rest(0.2).rest(0.2).read("x")
    assert stream.keys[-3:] == ["2", "0", "x"]
    assert Stream().read("\x1b[2", "~").keys == ["insert"]


def test_escape_alone_is_escape():
    assert Stream().read("\x1b").rest().keys == ["escape"]


def test_what_waits_is_given_when_the_terminal_ends():
    stream = Stream().read(START + "abc")
    stream.take(stream.parser.feed(""))
    assert stream.pastes == ["abc"]


def test_a_paste_beyond_the_cap_is_refused_whole_and_what_follows_is_typed(monkeypatch):
    monkeypatch.setattr(paste_filter, "LARGEST_PASTE", 10_000)
    stream = Stream().read("x" + START, *(["\x07" + "a" * 4_095] * 5), "b" + END + "y").rest()
    assert (stream.refused, stream.pastes, stream.keys) == (1, [], ["x", "y"])
    assert stream.read(START + "small" + END).rest().pastes == ["small"]


@pytest.mark.parametrize("cut", range(1, 9))
def test_the_cap_finds_an_end_mark_wherever_it_is_cut(cut, monkeypatch):
    monkeypatch.setattr(paste_filter, "LARGEST_PASTE", 100)
    text = "a" * 200 + END + "y"
    stream = Stream().read(START, text[:-cut], text[-cut:], after=0.01).rest()
    assert (stream.refused, stream.keys) == (1, ["y"])


def test_a_long_line_arrives_whole():
    line = "x" * 100_000
    stream = Stream().read(START, *(line[at : at + 4096] for at in range(0, len(line), 4096)), END)
    assert stream.rest().pastes == [line]


@pytest.mark.parametrize(
    "pieces", [("\x1br",), ("\x1b", "r"), ("a\x1b", "r"), ("\x1br\x1b\r\x1b",), ("\x1b", "\x1br")]
)
def test_an_escape_close_before_a_key_is_never_lost(pieces: tuple[str, ...]):
    names = {"\x1b": "escape", "\r": "enter"}
    wanted = [names.get(character, character) for character in "".join(pieces)]
    assert Stream().read(*pieces).rest().keys == wanted


def test_a_sequence_cut_behind_its_escape_stays_one_key():
    assert Stream().read("\x1b", "[A", "\x1b", "OP", "\x1b[15~").keys == ["up", "f1", "f5"]


def test_alt_with_a_key_of_its_own_stays_that_key():
    assert Stream().read("\x1b\x7f", "\x1bb").keys == ["ctrl+w", "ctrl+left"]
    assert Stream().read("\x1b", "b").keys == ["escape", "b"]
