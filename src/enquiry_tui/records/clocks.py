"""Clocks of matters, and the times in which they stood still."""

from __future__ import annotations

from enquiry_tui.records.base import Reader, Row, Value, Writer, insert, update

_CLOCK = (
    "SELECT c.*, e.uid AS enquiry_uid, e.reference, e.owner, e.restricted FROM clock AS c"
    " JOIN visible_enquiry AS e ON e.id = c.enquiry_id"
)
_NEAREST = " ORDER BY c.finished_at IS NOT NULL, c.state = 'paused', c.due_on, c.id"


def add(tx: Writer, **values: Value) -> int:
    """Start a clock."""
    return insert(tx, "clock", **values)


def change(tx: Writer, key: int, **values: Value) -> None:
    """Date a clock again, stop it or finish it."""
    update(tx, "clock", key, **values)


def by_uid(reader: Reader, uid: str) -> Row | None:
    """Find a clock in a matter this officer may see."""
    return reader.one(f"{_CLOCK} WHERE c.uid = ?", (uid,))


def of_enquiry(reader: Reader, enquiry_id: int) -> list[Row]:
    """List the clocks of a matter, open ones first and the nearest of them first."""
    return reader.query(f"{_CLOCK} WHERE c.enquiry_id = ?{_NEAREST}", (enquiry_id,))


def replies(reader: Reader, enquiry_id: int) -> list[Row]:
    """List the reply clocks of a matter, whoever may see it: only to keep its reply date."""
    return reader.query(
        "SELECT * FROM clock WHERE enquiry_id = ? AND is_reply = 1 ORDER BY id", (enquiry_id,)
    )


def open_of_enquiry(reader: Reader, enquiry_id: int) -> list[Row]:
    """List the clocks of a matter that run or stand still, the nearest first."""
    return reader.query(
        f"{_CLOCK} WHERE c.enquiry_id = ? AND c.finished_at IS NULL{_NEAREST}", (enquiry_id,)
    )


def open_of_owner(reader: Reader, owner: str) -> list[Row]:
    """List the open clocks of an officer's matters; of everybody's where no owner is named."""
    return reader.query(
        f"{_CLOCK} WHERE c.finished_at IS NULL AND e.state <> 'closed'"
        f" AND (:owner = '' OR e.owner = :owner){_NEAREST}",
        {"owner": owner},
    )


def every_open(reader: Reader, calendar: str) -> list[Row]:
    """List every open clock of a calendar, in restricted matters too: only to date them again."""
    return reader.query(
        "SELECT c.*, e.uid AS enquiry_uid, e.reference, e.owner,"
        " EXISTS (SELECT 1 FROM visible_enquiry AS v WHERE v.id = e.id) AS visible"
        " FROM clock AS c JOIN enquiry AS e ON e.id = c.enquiry_id"
        f" WHERE c.finished_at IS NULL AND c.calendar = ?{_NEAREST}",
        (calendar,),
    )


def dates(reader: Reader, key: int) -> tuple[str | None, str | None]:
    """Give the legal and the service date of a clock as they are kept."""
    row = reader.one("SELECT legal_due, service_due FROM clock WHERE id = ?", (key,))
    return (row["legal_due"], row["service_due"]) if row is not None else (None, None)


def add_stop(tx: Writer, **values: Value) -> int:
    """Stop a clock."""
    return insert(tx, "clock_stop", **values)


def end_stop(tx: Writer, clock_id: int, *, until: str, at: str, by: str) -> None:
    """Let a clock that stands still go on."""
    tx.execute(
        "UPDATE clock_stop SET until = ?, resumed_at = ?, resumed_by = ?"
        " WHERE clock_id = ? AND until IS NULL AND taken_back_at IS NULL",
        (until, at, by, clock_id),
    )


def take_back_stop(tx: Writer, key: int, *, at: str, by: str, why: str) -> None:
    """Take back a stop that was a mistake; its row stays."""
    taken = {"taken_back_at": at, "taken_back_by": by, "taken_back_why": why}
    update(tx, "clock_stop", key, **taken)


def stops(reader: Reader, clock_id: int) -> list[Row]:
    """List the times in which a clock stood still, oldest first."""
    return [row for row in every_stop(reader, clock_id) if row["taken_back_at"] is None]


def every_stop(reader: Reader, clock_id: int) -> list[Row]:
    """List the stops of a clock, those too that were taken back, oldest first."""
    return reader.query("SELECT * FROM clock_stop WHERE clock_id = ? ORDER BY id", (clock_id,))
