"""Holds on matters, and the days and traits by which a matter is kept."""

from __future__ import annotations

from datetime import date

from enquiry_tui.records.base import Reader, Row, Value, Writer, insert, update

_SEEN = (
    "SELECT h.*, e.uid AS enquiry_uid, o.name AS set_name, l.name AS lifted_name FROM hold AS h"
    " JOIN visible_enquiry AS e ON e.id = h.enquiry_id JOIN officer AS o ON o.uid = h.set_by"
    " LEFT JOIN officer AS l ON l.uid = h.lifted_by"
)
# The days of a matter in UTC; closed_on and final_on are empty until they have come.
_DAYS = """
SELECT e.opened_at, e.closed_at, e.retention_from,
 (SELECT max(c.started_at) FROM contact AS c WHERE c.enquiry_id = e.id) AS contact_at,
 CASE WHEN EXISTS (SELECT 1 FROM complaint AS x WHERE x.enquiry_id = e.id
   AND x.finalised_on IS NULL AND x.state <> 'elsewhere') THEN NULL
  ELSE (SELECT max(coalesce(x.finalised_on, substr(x.passed_at, 1, 10)))
   FROM complaint AS x WHERE x.enquiry_id = e.id) END AS final_on
FROM enquiry AS e WHERE e.id = ?
"""


def add(tx: Writer, **values: Value) -> int:
    """Place a hold."""
    return insert(tx, "hold", **values)


def change(tx: Writer, key: int, **values: Value) -> None:
    """Change columns of a hold that stands."""
    update(tx, "hold", key, **values)


def by_uid(reader: Reader, uid: str) -> Row | None:
    """Find a hold on a matter this officer may see."""
    return reader.one(f"{_SEEN} WHERE h.uid = ?", (uid,))


def of_enquiry(reader: Reader, enquiry_id: int) -> list[Row]:
    """List the holds of a matter, those that stand first."""
    return reader.query(
        f"{_SEEN} WHERE h.enquiry_id = ? ORDER BY h.lifted_at IS NOT NULL, h.id", (enquiry_id,)
    )


def standing(reader: Reader, enquiry_id: int, today: date) -> list[Row]:
    """List the holds that stand on a matter today; a stop may stand on after its lifting."""
    return reader.query(
        f"{_SEEN} WHERE h.enquiry_id = ? AND (h.lifted_at IS NULL OR h.stands_to >= ?)"
        " ORDER BY h.id",
        (enquiry_id, today.isoformat()),
    )


def days(reader: Reader, enquiry_id: int) -> Row | None:
    """Give the days that a retention rule may count from."""
    return reader.one(_DAYS, (enquiry_id,))


def traits(reader: Reader, enquiry_id: int) -> dict[str, frozenset[str]]:
    """Give what is known of a matter that can decide its class, by the names of `Traits`."""
    row = reader.one("SELECT topics FROM enquiry WHERE id = ?", (enquiry_id,))
    words = str(row["topics"]).split() if row is not None else []
    complaint = reader.one("SELECT 1 FROM complaint WHERE enquiry_id = ?", (enquiry_id,))
    words += ["complaint"] if complaint is not None else []
    return {
        "topics": frozenset(word.casefold().lstrip("#") for word in words),
        "clocks": _set(reader, "SELECT DISTINCT rule FROM clock WHERE enquiry_id = ?", enquiry_id),
        "kinds": _set(reader, "SELECT DISTINCT kind FROM contact WHERE enquiry_id = ?", enquiry_id),
        "about": _set(
            reader, "SELECT DISTINCT about FROM complaint WHERE enquiry_id = ?", enquiry_id
        ),
    }


def _set(reader: Reader, sql: str, enquiry_id: int) -> frozenset[str]:
    return frozenset(str(row[0]) for row in reader.query(sql, (enquiry_id,)) if row[0])
