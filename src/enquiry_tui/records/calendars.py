"""Working-day calendars: seeded once, then the office's own, every version readable again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from enquiry_tui.domain.when import utc_text
from enquiry_tui.domain.workdays import CalendarName, WorkCalendar, computed
from enquiry_tui.records.base import Reader, Row, Value, Writer, insert, new_uid, update

TITLES = {CalendarName.ENGLAND_WALES: "England & Wales", CalendarName.UK: "United Kingdom"}
YEARS_BACK, YEARS_AHEAD = 10, 5


def seed_calendars(tx: Writer, *, vault: str, by: str, now: datetime) -> int:
    """Fill the calendars of a vault that has none, from the library; give how many days."""
    if tx.one("SELECT 1 FROM calendar LIMIT 1") is not None:
        return 0
    years = range(now.year - YEARS_BACK, now.year + YEARS_AHEAD + 1)
    count = 0
    for name in CalendarName:
        found = computed(name, years)
        key = insert(
            tx,
            "calendar",
            uid=new_uid(now),
            origin_vault=vault,
            name=str(name),
            version=1,
            known_to=found.known_to.isoformat(),
            changed_at=utc_text(now),
            changed_by=by,
        )
        seeded = {"why": found.version, "added_at": utc_text(now), "added_by": by}
        for day in sorted(found.holidays):
            values: dict[str, Value] = {"name": found.names[day], "from_version": 1, **seeded}
            add_day(tx, key, day, uid=new_uid(now), origin_vault=vault, **values)
            count += 1
    return count


def add_day(tx: Writer, calendar_id: int, day: date, **values: Value) -> int:
    """Put a day into a calendar, from a version on."""
    return insert(tx, "holiday", calendar_id=calendar_id, day=day.isoformat(), **values)


def remove_day(tx: Writer, key: int, **values: Value) -> None:
    """Take a day out of a calendar, from a version on; its row stays."""
    update(tx, "holiday", key, **values)


def change(tx: Writer, key: int, **values: Value) -> None:
    """Change the version of a calendar, or how far its holidays are known."""
    update(tx, "calendar", key, **values)


def by_name(reader: Reader, name: CalendarName) -> Row | None:
    """Find a calendar."""
    return reader.one("SELECT * FROM calendar WHERE name = ?", (str(name),))


def day_of(reader: Reader, calendar_id: int, day: date) -> Row | None:
    """Find a day that is in force in a calendar."""
    return reader.one(
        "SELECT * FROM holiday WHERE calendar_id = ? AND day = ? AND to_version IS NULL",
        (calendar_id, day.isoformat()),
    )


def load(reader: Reader, name: CalendarName, version: int | None = None) -> WorkCalendar:
    """Read a calendar as it is, or as an older version had it. Raises LookupError."""
    row = by_name(reader, name)
    if row is None:
        raise LookupError(f"this vault has no calendar {name}")
    asked = version or int(row["version"])
    rows = reader.query(
        "SELECT day, name FROM holiday WHERE calendar_id = ? AND from_version <= ?"
        " AND (to_version IS NULL OR to_version > ?)",
        (row["id"], asked, asked),
    )
    names = {date.fromisoformat(day["day"]): str(day["name"]) for day in rows}
    known_to = date.fromisoformat(row["known_to"])
    return WorkCalendar(TITLES[name], frozenset(names), known_to, names, str(asked))


def days(reader: Reader, years: Iterable[int]) -> list[Row]:
    """List the days of some years: those in force, then those taken out."""
    wanted = sorted(years)
    first, last = f"{wanted[0]}-01-01", f"{wanted[-1]}-12-31"
    return reader.query(
        "SELECT h.*, c.name AS calendar FROM holiday AS h JOIN calendar AS c ON c.id ="
        " h.calendar_id WHERE h.day BETWEEN ? AND ? ORDER BY h.day, c.name, h.id",
        (first, last),
    )
