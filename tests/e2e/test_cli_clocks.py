from __future__ import annotations

from datetime import date, timedelta

from enquiry_tui.domain.workdays import england_and_wales
from tests.e2e.office import Office


def test_a_holiday_moves_the_clock_of_a_letter_and_the_calendar_file_has_no_names(office: Office):
    letter = office.home / "letter.txt"
    letter.write_text("Siân O'Brien writes about the van.\n", "utf-8")
    [brought] = office.json("import", "letter", letter)
    today = date.today()  # noqa: DTZ011 - the day on which the letter came in, whatever it is
    calendar = england_and_wales(range(today.year, today.year + 2))
    extra = calendar.on_or_after(today + timedelta(days=4))
    said = ("--name", "Mourning", "--why", "gazette")
    moved = office.json("holiday", "add", extra.isoformat(), *said)[0]
    assert moved["reference"] == brought["reference"]
    assert moved["service_from"] < moved["service_to"]
    [shown] = office.json("show", brought["reference"])
    assert {clock["clock"] for clock in shown["clocks"]} == {"letter-acknowledge", "letter-reply"}
    out = office.home / "clocks.ics"
    [written] = office.json("export", "calendar", "--out", out)
    words = out.read_text("utf-8")
    assert words.count("BEGIN:VEVENT") == written["entries"] == 2
    assert f"SUMMARY:{brought['reference']}: reply" in words
    assert "Brien" not in words
