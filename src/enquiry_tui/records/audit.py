"""The chain of events as it is read: never a detail, and nothing of a matter that is not there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from enquiry_tui.records.base import Reader, Row, Value

# Everything that hangs on a restricted matter which this officer does not read.
_PARTS = (
    *("contact", "message", "promise", "bring_forward", "referral", "complaint", "letter"),
    *("ask", "identity_check", "ledger", "incident", "part", "marker"),
    *("authority", "agency_request", "clock", "hold"),
)
# And what hangs on that, by the table and the column that lead there.
_FURTHER = (
    ("link", "other_id", "enquiry"),
    ("link", "enquiry_id", "enquiry"),
    ("export", "referral_id", "referral"),
    ("attachment", "letter_id", "letter"),
    ("allegation", "complaint_id", "complaint"),
    ("clock_stop", "clock_id", "clock"),
    ("urgent", "contact_id", "contact"),
    ("leg", "contact_id", "contact"),
    ("agreed_password", "contact_id", "contact"),
    ("check_step", "check_id", "identity_check"),
    ("authority_use", "authority_id", "authority"),
    ("ask", "contact_id", "contact"),
    ("identity_check", "contact_id", "contact"),
    ("ledger", "contact_id", "contact"),
    ("incident", "contact_id", "contact"),
)
# People with a part in such matters only, and what hangs on them.
_OF_PEOPLE = ("contact_point", "marker", "agreed_password")
_HIDDEN = (
    "WITH shut (id, uid) AS (SELECT id, uid FROM main.enquiry WHERE restricted <> ''"
    " AND id NOT IN (SELECT id FROM visible_enquiry)),"
    " unknown (id) AS (SELECT t.person_id FROM part AS t"
    "  WHERE t.enquiry_id IN (SELECT id FROM shut) AND t.ended_at IS NULL AND NOT EXISTS ("
    "  SELECT 1 FROM part AS o JOIN visible_enquiry AS e ON e.id = o.enquiry_id"
    "  WHERE o.person_id = t.person_id AND o.ended_at IS NULL)),"
    " hidden (uid) AS (SELECT uid FROM shut"
    + "".join(
        f" UNION ALL SELECT uid FROM {table} WHERE enquiry_id IN (SELECT id FROM shut)"
        for table in _PARTS
    )
    + "".join(
        f" UNION ALL SELECT uid FROM {table} WHERE {column} IN (SELECT id FROM {above} WHERE"
        f" {'id' if above == 'enquiry' else 'enquiry_id'} IN (SELECT id FROM shut))"
        for table, column, above in _FURTHER
    )
    + " UNION ALL SELECT uid FROM person WHERE id IN (SELECT id FROM unknown)"
    + "".join(
        f" UNION ALL SELECT uid FROM {table} WHERE person_id IN (SELECT id FROM unknown)"
        for table in _OF_PEOPLE
    )
    + ")"
)


@dataclass(frozen=True, slots=True)
class Scope:
    """How far somebody reads: of one actor, only or never of some actions, restricted or not."""

    actor: str | None = None
    only: Sequence[str] = ()
    never: Sequence[str] = ()
    hide_restricted: bool = True


def events(reader: Reader, vault: str, scope: Scope, limit: int, offset: int = 0) -> list[Row]:
    """List the events within a scope, the latest first, without their details."""
    where = ["v.vault = ?"]
    values: list[Value] = [vault]
    if scope.actor is not None:
        where.append("(v.actor = ? OR v.second = ?)")
        values += [scope.actor, scope.actor]
    if scope.only:
        where.append(f"v.action IN ({', '.join('?' * len(scope.only))})")
        values += scope.only
    if scope.never:
        where.append(f"v.action NOT IN ({', '.join('?' * len(scope.never))})")
        values += scope.never
    if scope.hide_restricted:
        where.append("v.object NOT IN (SELECT uid FROM hidden)")
    hidden = _HIDDEN if scope.hide_restricted else ""
    return reader.query(
        f"{hidden} SELECT v.seq, v.utc, v.actor, v.second, v.action, v.object, v.purpose,"
        " v.outcome, v.recipient, o.handle, o.name, s.name AS second_name, e.reference"
        " FROM event AS v LEFT JOIN officer AS o ON o.uid = v.actor"
        " LEFT JOIN officer AS s ON s.uid = v.second"
        " LEFT JOIN visible_enquiry AS e ON e.uid = v.object"
        f" WHERE {' AND '.join(where)} ORDER BY v.seq DESC LIMIT ? OFFSET ?",
        (*values, limit, offset),
    )


def by_code(reader: Reader, vault: str, digits: str) -> int | None:
    """Find the event of a chain whose hash begins with these hex digits."""
    row = reader.one(
        "SELECT max(seq) AS seq FROM event WHERE vault = ? AND substr(hex(leaf), 1, ?) = ?",
        (vault, len(digits), digits.upper()),
    )
    return None if row is None else row["seq"]


def happened(reader: Reader, uid: str, action: str, *, since: str) -> bool:
    """Say whether an act was done to an object at a moment (UTC as stored) or after it."""
    return (
        reader.one(
            "SELECT 1 FROM event WHERE object = ? AND action = ? AND utc >= ? LIMIT 1",
            (uid, action, since),
        )
        is not None
    )


def last_outcome(reader: Reader, uid: str, action: str) -> str:
    """Give the outcome of the last act of this name on an object that had one; else nothing."""
    row = reader.one(
        "SELECT outcome FROM event WHERE object = ? AND action = ? AND outcome <> ''"
        " ORDER BY seq DESC LIMIT 1",
        (uid, action),
    )
    return "" if row is None else str(row["outcome"])
