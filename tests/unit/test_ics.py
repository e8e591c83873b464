from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from enquiry_tui.domain.ics import Entry, calendar_text, escaped, folded

MADE = datetime(2026, 11, 24, 14, 5, 7, tzinfo=UTC)


def text_of(*entries: Entry) -> list[str]:
    written = calendar_text(entries, made_at=MADE, product="enquiry-tui")
    assert written.endswith("\r\n")
    return written.split("\r\n")[:-1]


def test_a_day_is_a_whole_day_and_takes_nobodys_time():
    lines = text_of(Entry("u1", "OPCC-2026-000123: reply", date(2026, 12, 31)))
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-1] == "END:VCALENDAR"
    assert "DTSTART;VALUE=DATE:20261231" in lines
    assert "DTEND;VALUE=DATE:20270101" in lines
    assert "DTSTAMP:20261124T140507Z" in lines
    assert "TRANSP:TRANSPARENT" in lines and "CLASS:PRIVATE" in lines


def test_a_moment_is_written_in_utc_and_has_no_end():
    summer = datetime(2026, 6, 1, 12, 30, tzinfo=timezone(timedelta(hours=1)))
    lines = text_of(Entry("u1", "x", summer))
    assert "DTSTART:20260601T113000Z" in lines
    assert not any(line.startswith("DTEND") for line in lines)


def test_what_separates_values_is_escaped():
    assert escaped("a,b;c\\d\ne\x07") == "a\\,b\\;c\\\\d\\ne"


def test_no_entries_is_still_a_calendar():
    lines = text_of()
    assert lines[1:3] == ["VERSION:2.0", "PRODID:-//enquiry-tui//EN"]
    assert len(lines) == 4


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=300))
def test_folded_lines_are_short_and_unfold_to_what_they_were(words):
    found = folded(words).split("\r\n")
    assert all(len(line.encode()) <= 75 for line in found)
    assert all(line.startswith(" ") for line in found[1:])
    assert found[0] + "".join(line[1:] for line in found[1:]) == words
