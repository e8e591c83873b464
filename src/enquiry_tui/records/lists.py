"""The desk list: queues as conditions over the matters an officer may see, a page at a time."""

from __future__ import annotations

from enquiry_tui.records.base import Reader, Row, Value

# The order of the desk begins with 9 for what is closed: so the open ones are one stretch of it.
_OPEN = "e.desk_key < '9'"
_TODAY = (
    f"{_OPEN} AND (e.urgent = 1"
    " OR e.desk_key > '1' AND e.desk_key < '1 ' || :tomorrow"
    " OR e.desk_key > '2' AND substr(e.desk_key, 1, 12) <= '2 ' || :today"
    " OR e.opened_at >= :midnight)"
)


def _with(inner: str) -> str:
    return f"{_OPEN} AND e.id IN ({inner})"


def _due(than: str) -> str:
    """Say when a reply or a clock is due; somebody else's time that has run out is not late."""
    return (
        f"(e.due_on {than} :today AND e.sent_on IS NULL OR e.id IN (SELECT c.enquiry_id"
        f" FROM clock AS c WHERE c.finished_at IS NULL AND c.state = 'running'"
        f" AND c.sort <> 'window' AND c.due_on {than} :today))"
    )


# Each queue is one condition over `visible_enquiry AS e`, in the order of the desk's left column.
QUEUES: dict[str, str] = {
    "today": _TODAY,
    "promises": "e.desk_key < '2'",
    "overdue": f"{_OPEN} AND {_due('<')}",
    "due-today": f"{_OPEN} AND {_due('=')}",
    "messages": "e.id IN (SELECT m.enquiry_id FROM message AS m WHERE m.state = 'taken')",
    "unfinished": "("
    " e.id IN (SELECT k.enquiry_id FROM contact AS k"
    "  WHERE k.person_id IS NULL AND k.possible > 0 AND k.enquiry_id IS NOT NULL)"
    " OR e.id IN (SELECT k.enquiry_id FROM contact AS k WHERE k.state <> 'ended'"
    "  AND k.channel IN ('telephone', 'in-person') AND k.enquiry_id IS NOT NULL)"
    " OR e.id IN (SELECT k.enquiry_id FROM identity_check AS c JOIN contact AS k"
    "  ON k.id = c.contact_id WHERE c.outcome IS NULL AND k.enquiry_id IS NOT NULL))",
    "post": _with(
        "SELECT k.enquiry_id FROM contact AS k"
        " WHERE k.state <> 'ended' AND k.channel IN ('letter', 'email')"
    ),
    "referred": _with(
        "SELECT r.enquiry_id FROM referral AS r"
        " WHERE r.state IN ('sent', 'accepted', 'declined') AND r.told_at IS NULL"
    ),
    "complaints": _with("SELECT x.enquiry_id FROM complaint AS x"),
    "restricted": f"{_OPEN} AND e.restricted <> ''",
    "everything": "1",
    "open": _OPEN,
    "closed": "e.desk_key >= '9'",
}

_ROW = """
SELECT e.*, o.name AS owner_name,
 (SELECT p.name FROM part AS t JOIN person AS p ON p.id = t.person_id
   WHERE t.enquiry_id = e.id AND t.ended_at IS NULL AND t.part IN ('enquirer', 'complainant')
   ORDER BY t.id LIMIT 1) AS person_name,
 (SELECT p.unsure FROM part AS t JOIN person AS p ON p.id = t.person_id
   WHERE t.enquiry_id = e.id AND t.ended_at IS NULL AND t.part IN ('enquirer', 'complainant')
   ORDER BY t.id LIMIT 1) AS person_unsure,
 (SELECT coalesce(nullif(k.who_said, ''), CASE WHEN k.anonymous = 1 THEN '(anonymous)'
   WHEN k.withheld = 1 THEN '(withheld)' ELSE '' END) FROM contact AS k
   WHERE k.enquiry_id = e.id ORDER BY k.id LIMIT 1) AS said_name,
 (SELECT max(k.started_at) FROM contact AS k WHERE k.enquiry_id = e.id) AS last_at,
 (SELECT min(p.due_at) FROM promise AS p WHERE p.enquiry_id = e.id AND p.state = 'open')
   AS promise_at,
 (SELECT min(b.on_day) FROM bring_forward AS b WHERE b.enquiry_id = e.id AND b.state = 'open')
   AS bring_forward_on,
 (SELECT c.due_on || ' ' || CASE WHEN c.sort = 'legal' AND c.service_due = c.due_on
   THEN 'service' ELSE c.sort END
   FROM clock AS c WHERE c.enquiry_id = e.id AND c.state = 'running'
   ORDER BY c.due_on, c.sort LIMIT 1) AS clock_due,
 EXISTS (SELECT 1 FROM clock AS c WHERE c.enquiry_id = e.id AND c.state = 'running'
   AND c.sort = 'legal') AS legal_runs,
 (SELECT group_concat(m.kind, ' ') FROM marker AS m WHERE m.removed_at IS NULL AND (
   m.enquiry_id = e.id OR m.person_id IN (SELECT t.person_id FROM part AS t
   WHERE t.enquiry_id = e.id AND t.ended_at IS NULL))) AS marker_kinds
FROM visible_enquiry AS e JOIN officer AS o ON o.uid = e.owner
"""
_ORDER = " ORDER BY e.desk_key, e.id"


def ids(
    reader: Reader, queue: str, owner: str, moments: dict[str, Value], limit: int, offset: int
) -> list[int]:
    """List keys of a queue in desk order; `owner` empty: everybody's."""
    sql = f"SELECT e.id FROM visible_enquiry AS e WHERE {QUEUES[queue]}{_mine(owner)}{_ORDER}"
    given = _used(sql, {**moments, "owner": owner})
    rows = reader.query(f"{sql} LIMIT {int(limit)} OFFSET {int(offset)}", given)
    return [int(row["id"]) for row in rows]


def rows(reader: Reader, keys: list[int]) -> list[Row]:
    """Give the rows of a page, in the order of its keys."""
    if not keys:
        return []
    marks = ", ".join("?" * len(keys))
    found = {r["id"]: r for r in reader.query(f"{_ROW} WHERE e.id IN ({marks})", tuple(keys))}
    return [found[key] for key in keys if key in found]


def count(reader: Reader, queue: str, owner: str, moments: dict[str, Value]) -> int:
    """Count a queue."""
    sql = f"SELECT count(*) AS n FROM visible_enquiry AS e WHERE {QUEUES[queue]}{_mine(owner)}"
    row = reader.one(sql, _used(sql, {**moments, "owner": owner}))
    return int(row["n"]) if row is not None else 0


def _mine(owner: str) -> str:
    return " AND e.owner = :owner" if owner else ""


def _used(sql: str, values: dict[str, Value]) -> dict[str, Value]:
    """Keep the values that the statement names."""
    return {name: value for name, value in values.items() if f":{name}" in sql}
