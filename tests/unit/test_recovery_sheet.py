from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader

from enquiry_tui.documents.recovery_sheet import RecoverySheet, SheetForm, render

KEY = "K7QD-9M2X-4T8W-1B6P-Z3HC-5RNV-8YJG-2F4A"


def sheet(part: str = "") -> RecoverySheet:
    made = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
    office = "Chief Constable, Łódź \x1b[2J王小明"
    return RecoverySheet(office, "01a20cc8-8e00", "7QD9-2MX4-T8W1-5C3F", made, KEY, part)


def words_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_the_text_begins_with_the_key_and_tells_vault_fingerprint_and_day():
    text = render(sheet(), SheetForm.TEXT).decode()
    assert text.splitlines()[0] == KEY
    shown = ("01a20cc8-8e00", "7QD9-2MX4-T8W1-5C3F", "Sun 22 Nov 2026 09:30", "--officer HANDLE")
    for words in shown:
        assert words in text
    assert "\x1b" not in text
    assert max(map(len, text.splitlines())) <= 78


def test_the_page_holds_the_key_in_groups_on_one_side():
    pdf = render(sheet(), SheetForm.PDF)
    assert len(PdfReader(io.BytesIO(pdf)).pages) == 1
    words = words_of(pdf)
    assert [group for group in KEY.split("-") if group not in words] == []
    assert "7QD9-2MX4-T8W1-5C3F" in words


@pytest.mark.parametrize(("part", "other"), [("A", "B"), ("B", "A")])
def test_one_of_two_sheets_names_the_other(part, other):
    text = render(sheet(part), SheetForm.TEXT).decode()
    assert f"SHEET {part} OF TWO" in text
    assert f"It takes sheet {other} as well" in text


def test_a_sheet_does_not_show_its_key_where_objects_are_shown():
    assert KEY not in repr(sheet())
