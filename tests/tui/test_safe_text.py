from __future__ import annotations

import ast
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

import enquiry_tui.tui
from enquiry_tui.tui.line_filter import ControlFilter
from enquiry_tui.tui.safe import LINE_TABLE, block, fit, join, pasted, shown, shown_block, text

TUI = Path(enquiry_tui.tui.__file__).parent
FORBIDDEN = {chr(code) for code in LINE_TABLE}
ANY_TEXT = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.sampled_from(
            ["\x1b", "\x9b", "\u202e", "\u200b", "\x00", "\ud800", "[", "]", "/", "語"]
        ),
    )
)


@given(ANY_TEXT)
def test_no_character_that_steers_is_ever_shown(value):
    assert not FORBIDDEN & set(shown(value))
    assert not (FORBIDDEN - {"\n"}) & set(shown_block(value))
    assert not (FORBIDDEN - {"\n"}) & set(pasted(value))


@given(ANY_TEXT, st.integers(1, 60), st.booleans())
def test_a_cell_is_exactly_as_wide_as_it_is_told(value, width, right):
    assert cell_len(fit(value, width, right=right)) == width


@given(ANY_TEXT)
def test_brackets_are_brackets(value):
    assert text(value).plain == shown(value)
    assert block(value).plain == shown_block(value)
    assert join("a", (value, "bold"), text(value)).plain == f"a{shown(value)}{shown(value)}"


@given(st.lists(ANY_TEXT))
def test_the_last_filter_lets_nothing_through_and_keeps_the_width(values):
    segments = [Segment(value, Style(link="file:///x")) for value in values]
    kept = ControlFilter().apply(segments, Color(0, 0, 0))
    assert not FORBIDDEN & set("".join(segment.text for segment in kept))
    assert [cell_len(segment.text) for segment in kept] == [cell_len(value) for value in values]
    assert all(segment.style is None or segment.style.link is None for segment in kept)


def test_names_keep_their_joiners_and_their_accents():
    for name in ("Łucja", "Siân", "Nguyễn", "علی\u200cرضا", "क्\u200dष"):
        assert shown(name) == name
        assert pasted(name) == name


def test_pasted_line_ends_become_one_kind():
    assert pasted("a\r\nb\rc\u2028d\x85e") == "a\nb\nc\nd\ne"


# What may stand in the face's own source


def _calls(tree: ast.AST) -> list[ast.Call]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


MARKUP_WIDGETS = {
    "Static", "Label", "Button", "DataTable", "Tree", "OptionList", "SelectionList", "Select",
    "Checkbox", "RadioButton", "RichLog", "Markdown", "Collapsible", "Tooltip", "TabPane",
}  # fmt: skip
TITLES = {"border_title", "border_subtitle", "tooltip"}
FIELDS = {"Input", "TextArea", "MaskedInput"}


def _faults(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    door = path.name == "safe.py"
    found = []
    for call in _calls(tree):
        name = _name(call.func)
        if name in MARKUP_WIDGETS and not door:
            found.append(f"{name}( outside safe.py")
        if name in FIELDS and path.name != "entry.py":
            found.append(f"{name}( outside entry.py")
        if name == "notify" and not any(
            word.arg == "markup" and getattr(word.value, "value", True) is False
            for word in call.keywords
        ):
            found.append("notify( without markup=False")
        if name in {"from_markup", "render_str", "highlight"}:
            found.append(f"{name}(")
        if name in {"Hit", "DiscoveryHit"} and any(
            isinstance(argument, ast.Constant | ast.JoinedStr) for argument in call.args[:2]
        ):
            found.append(f"{name}( with a str")
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and not door:
            found.extend(
                f".{target.attr} = from something that is not a literal"
                for target in node.targets
                if isinstance(target, ast.Attribute)
                and target.attr in TITLES
                and not isinstance(node.value, ast.Constant)
            )
        if isinstance(node, ast.ImportFrom) and node.module == "rich.markup":
            found.append("rich.markup")
    return found


def test_the_source_of_the_face_has_no_other_door_for_text():
    sources = sorted(TUI.rglob("*.py"))
    assert len(sources) > 20
    assert {str(path): faults for path in sources if (faults := _faults(path))} == {}


def test_that_check_finds_what_it_looks_for(tmp_path):
    bad = tmp_path / "bad.py"
    bad.write_text(
        "Static(x)\nself.notify(x)\nself.border_title = x\nDataTable()\nHit(1, f'{x}', y)\n"
        "w.Label(x)\nself.app.notify(x, markup=True)\nTextArea(x)\n",
        encoding="utf-8",
    )
    assert len(_faults(bad)) == 8
