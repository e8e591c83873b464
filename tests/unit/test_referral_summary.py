from __future__ import annotations

import json
import re
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enquiry_tui.documents.layout import ACCOUNT_CHARACTERS, Kind, layout
from enquiry_tui.documents.printable import FONTS, printable
from enquiry_tui.documents.sheet import sheets
from enquiry_tui.documents.summary import Annex, Field, Nature, Said, verification_words
from enquiry_tui.documents.words import WIDTH, render_json, render_text
from enquiry_tui.documents.wrap import wrap
from enquiry_tui.domain.text import cells
from tests.unit.summaries import SUMMARY

HOSTILE = [
    "W" * 100_000,
    "word " * 20_000,
    "a\n" * 5_000,
    "[/] [bold]x[/bold] {nb} \\",
    "\x1b[2J\x07\x00\x9b31m",
    "\u202egnp.exe\u2066",
    "王" * 3_000,
    "😀" * 2_000,
    "e" + "\u0301" * 500,
    "Œ" * 4_000,
    "\t\t\t" * 900,
    " ",
    "",
]


def everywhere(text: str, many: int = 1):
    said = tuple(Said(nature, text, text) for nature in Nature) * many
    return replace(
        SUMMARY, marking=text, reference=text, officer=text, office=text, recipient=text,
        agency=text, urgency=text, ask=text, contact=text, code=text, account=text, said=said,
        enquirer=(Field(text, text),) * many, risks=(text,) * many, wants=text, knows=text,
        consented=text, done=(text,) * many, basis=text, necessity=text, left_out=(text,) * many,
        verification=text, reply_to=text, annexes=(Annex(text, text),), demonstration=True,
    )  # fmt: skip


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def wide(_: str) -> float:
    return 1400.0


def test_text_and_json_say_the_same_words():
    page = layout(SUMMARY)
    text, document = render_text(SUMMARY), json.loads(render_json(SUMMARY))
    entries = [
        entry
        for section in document["summary"] + document["annexes"]
        for entry in section["entries"]
    ]
    said = [block.text for block in (*page.first_page, *page.annexes)]
    for words in said:
        assert squeezed(words).lower() in squeezed(text).lower()
    headings = [section["heading"] for section in document["summary"] + document["annexes"]]
    assert sorted([*headings, *(entry["text"] for entry in entries)]) == sorted(said)
    assert document["format"] == 1
    assert document["created"] == "2026-11-24T14:05:00.000000Z"
    assert document["audit_code"] == "K7Q2-9FMT-XW"


def test_text_is_marked_in_capitals_first_and_last():
    lines = render_text(SUMMARY).strip().split("\n")
    assert lines[0] == lines[-1] == "OFFICIAL-SENSITIVE – PERSONAL DATA – RECIPIENTS ONLY"
    assert "If received in error, tell us at once: Information desk, 01632 960100" in lines


def test_text_keeps_names_and_spells_them_only_as_printed():
    assert "王小明" in render_text(SUMMARY)
    assert "[Wang Xiaoming]" in render_text(SUMMARY, as_printed=True)


def test_a_demonstration_says_so_and_another_does_not():
    assert "DEMONSTRATION" not in render_text(SUMMARY)
    shown = replace(SUMMARY, demonstration=True)
    assert render_text(shown).count("DEMONSTRATION") == 2
    assert json.loads(render_json(shown))["demonstration"] is True


def test_fact_allegation_and_opinion_stand_apart_with_source_and_day():
    text = render_text(SUMMARY)
    assert "Facts\n-----\n- Her letter was received (our record, Tue 15 Sep 2026)" in text
    assert "- A van reversed over the kerb (the enquirer, Thu 12 Nov 2026)" in text
    assert (
        text.index("Facts") < text.index("Allegations (not established)") < text.index("Opinions")
    )


def test_only_ticked_fields_appear():
    for count in range(4):
        text = render_text(replace(SUMMARY, enquirer=SUMMARY.enquirer[:count]))
        for index, one in enumerate(SUMMARY.enquirer):
            assert (squeezed(one.value) in squeezed(text)) is (index < count)
    assert "No identifying detail is shared." in render_text(replace(SUMMARY, enquirer=()))


def test_a_level_is_scored_and_never_certified():
    assert verification_words("none") == "No identity check was passed."
    words = verification_words("medium", "low")
    assert "Scored against the GPG 45 identity profiles: medium." in words
    assert "scored against GPG 44: low" in words
    assert "certif" not in render_text(SUMMARY).lower()


def test_1200_characters_of_the_account_stay_and_the_rest_is_a_numbered_annex():
    exact = ("word " * 240).strip() + "."
    assert len(exact) == ACCOUNT_CHARACTERS
    assert "Account, continued" not in render_text(replace(SUMMARY, account=exact))
    longer = replace(SUMMARY, account=exact + " And then the rest of it.")
    text = render_text(longer)
    assert "(goes on in annex 1)" in squeezed_lines(text)
    assert "Annex 1: Account, continued" in text
    assert "Annex 2: Times at the gates" in text
    assert "And then the rest of it." in squeezed_lines(text)


def squeezed_lines(text: str) -> str:
    return " ".join(text.split())


def test_nothing_of_a_long_account_is_lost():
    words = [f"w{number}" for number in range(4_000)]
    text = render_text(replace(SUMMARY, account=" ".join(words)))
    assert re.findall(r"\bw\d+\b", text) == words


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("many", [1, 40])
def test_page_one_stays_the_summary_whatever_the_text(text, many):
    text = text[:3_000] if many > 1 else text[:20_000]
    page = layout(everywhere(text, many))
    placed = sheets(page.first_page, (), (wide, wide))
    assert len(placed) == 1
    assert any("Destroy by" in run.text for run in placed[0])


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=3_000), st.integers(1, 6))
def test_page_one_stays_the_summary_for_any_text(text, many):
    page = layout(everywhere(text, many))
    assert len(sheets(page.first_page, (), (wide, wide))) == 1


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_rendered_words_hold_no_control_or_direction_character(text):
    text = text[:5_000]
    for rendered in (render_text(everywhere(text)), render_json(everywhere(text))):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", rendered)
    wrapped = render_text(replace(everywhere(text), marking="x", reference="x"))
    assert all(cells(line) <= WIDTH for line in wrapped.split("\n"))


@given(st.text(max_size=400), st.integers(1, 30))
def test_wrapping_keeps_every_letter_and_the_width(text, width):
    lines = wrap(text, width, lambda _: 1.0)
    assert squeezed("".join(lines)) == squeezed(text)
    assert all(len(line) <= width for line in lines)


@given(st.text(max_size=200))
def test_what_is_printable_is_in_both_fonts(text):
    again = printable(text)
    assert printable(again) == again
    assert (
        printable(text.encode("ascii", "ignore").decode())
        == text.encode("ascii", "ignore").decode()
    )


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("王小明", "[Wang Xiaoming]"),
        ("to 王小明, please", "to [Wang Xiaoming], please"),
        ("北京市朝阳区", "[Bei Jing Shi Chao Yang Qu]"),
        ("محمد", "[mhmd]"),
        ("👍", "[thumbsup]"),
        ("Łukasz Nguyễn Siân", "Łukasz Nguyễn Siân"),
        ("\uf8ff", "[?]"),
    ],
)
def test_what_no_font_has_is_spelled_in_brackets(text, printed):
    assert printable(text) == printed


def test_the_coverage_list_names_only_what_both_fonts_have():
    ttlib = pytest.importorskip("fontTools.ttLib")
    have = [
        set(ttlib.TTFont(FONTS / name).getBestCmap())
        for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")
    ]
    for line in (FONTS / "coverage.txt").read_text("ascii").split():
        first, last = (int(end, 16) for end in line.split("-"))
        assert have[0].issuperset(range(first, last + 1))
        assert have[1].issuperset(range(first, last + 1))
    assert "Bitstream Vera" in (FONTS / "LICENSE.txt").read_text("utf-8")


def test_every_part_of_a_summary_reaches_the_page():
    names = {one.name for one in fields(SUMMARY)}
    words = names - {"version", "created", "said", "demonstration", "enquirer", "annexes", "code"}
    strings = {name for name in words if isinstance(getattr(SUMMARY, name), str)}
    for name in strings - {"marking"}:
        change: dict[str, Any] = {name: "CANARY7"}
        assert "CANARY7" in squeezed(render_text(replace(SUMMARY, **change))), name
    for name in ("risks", "done", "left_out"):
        listed: dict[str, Any] = {name: ("CANARY7",)}
        assert "CANARY7" in render_text(replace(SUMMARY, **listed)), name


def test_headings_are_headings():
    kinds = {block.kind for block in layout(SUMMARY).first_page}
    assert kinds == set(Kind)
