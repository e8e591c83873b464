"""The desk list: queues as conditions over the matters an officer may see, a page at a time."""

from __future__ import annotations

from enquiry_tui.records.base import Reader, Row, Value

# The order of the desk begins with 9 for what is closed: so the open ones are one stretch of it.
# Such a stretch is read from an index that has all it takes.
_STRETCHES: dict[str, tuple[str, str]] = {  # from where, and up to where
    "promises": ("0", "2"),
    "everything": ("", "~"),
    "open": ("", "9"),
    "closed": ("9", "~"),
}
# An urgent call stands before the promises: it is one of them where something was promised in it.
_ONLY = {
    "promises": " AND (substr(e.desk_key, 1, 1) = '1' OR EXISTS (SELECT 1 FROM promise AS p"
    " WHERE p.enquiry_id = e.id AND p.state = 'open'))"
}
# The others are looked up by what they are, each part through an index of its own, and only then
# put in order. After the day of a key comes a blank, and after the blank the exclamation mark.
_TODAY = (
    "SELECT x.id FROM main.enquiry AS x WHERE x.urgent = 1"
    " UNION ALL SELECT x.id FROM main.enquiry AS x WHERE x.desk_key > '0' AND x.desk_key < '1'"
    " UNION ALL SELECT x.id FROM main.enquiry AS x"
    "  WHERE x.desk_key > '1' AND x.desk_key < '1 ' || :tomorrow"
    " UNION ALL SELECT x.id FROM main.enquiry AS x"
    "  WHERE x.desk_key > '2' AND x.desk_key < '2 ' || :today || '!'"
    " UNION ALL SELECT x.id FROM main.enquiry AS x WHERE x.opened_at >= :midnight"
)


def _due(than: str) -> str:
    """Say when a reply or a clock is due; somebody else's time that has run out is not late."""
    return (
        f"SELECT x.id FROM main.enquiry AS x WHERE x.due_on {than} :today"
        "  AND x.sent_on IS NULL AND x.state <> 'closed'"
        f" UNION ALL SELECT c.enquiry_id FROM clock AS c WHERE c.finished_at IS NULL"
        f"  AND c.state = 'running' AND c.sort <> 'window' AND c.due_on {than} :today"
    )


_UNFINISHED = (
    "SELECT k.enquiry_id FROM contact AS k"
    "  WHERE k.person_id IS NULL AND k.possible > 0 AND k.enquiry_id IS NOT NULL"
    " UNION ALL SELECT k.enquiry_id FROM contact AS k WHERE k.state <> 'ended'"
    "  AND k.channel IN ('telephone', 'in-person') AND k.enquiry_id IS NOT NULL"
    " UNION ALL SELECT k.enquiry_id FROM identity_check AS c JOIN contact AS k"
    "  ON k.id = c.contact_id WHERE c.outcome IS NULL AND k.enquiry_id IS NOT NULL"
)
_SETS: dict[str, str] = {
    "today": _TODAY,
    "overdue": f"{_due('<')} UNION ALL SELECT p.enquiry_id FROM promise AS p"
    " WHERE p.state = 'open' AND p.due_at < :now",
    "due-today": _due("="),
    "messages": "SELECT m.enquiry_id FROM message AS m"
    " WHERE m.state = 'taken' AND m.withdrawn_at IS NULL",
    "unfinished": _UNFINISHED,
    "post": "SELECT k.enquiry_id FROM contact AS k"
    " WHERE k.state <> 'ended' AND k.channel IN ('letter', 'email')",
    "referred": "SELECT r.enquiry_id FROM referral AS r"
    " WHERE r.state IN ('sent', 'accepted', 'declined') AND r.told_at IS NULL",
    "complaints": "SELECT x.enquiry_id FROM complaint AS x",
    "restricted": "SELECT x.id FROM main.enquiry AS x INDEXED BY enquiry_restricted"
    " WHERE x.restricted <> ''",
}
_CLOSED_TOO = frozenset({"messages", "unfinished"})

QUEUES = frozenset({*_STRETCHES, *_SETS})
STRETCHES = frozenset(_STRETCHES)
"""The queues that can be read slice by slice; the others are read as a whole."""

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
 (SELECT k.phone FROM contact AS k WHERE k.enquiry_id = e.id AND e.urgent = 1
   AND k.phone <> '' ORDER BY k.id LIMIT 1) AS urgent_phone,
 (SELECT max(k.started_at) FROM contact AS k WHERE k.enquiry_id = e.id) AS last_at,
 (SELECT min(p.due_at) FROM promise AS p WHERE p.enquiry_id = e.id AND p.state = 'open')
   AS promise_at,
 (SELECT min(b.on_day) FROM bring_forward AS b WHERE b.enquiry_id = e.id AND b.state = 'open')
   AS bring_forward_on,
 (SELECT c.due_on || ' ' || CASE WHEN c.sort = 'legal' AND c.service_due = c.due_on
   THEN 'service' ELSE c.sort END || ' ' || CASE WHEN c.service_due = c.due_on THEN ''
   ELSE coalesce(c.legal_due, c.service_due) END || ' ' || json_extract(c.terms, '$.unit')
   FROM clock AS c WHERE c.enquiry_id = e.id AND c.state = 'running'
   ORDER BY c.due_on, c.sort LIMIT 1) AS clock_due,
 (SELECT m.for_whom FROM message AS m WHERE m.enquiry_id = e.id AND m.state = 'taken'
   AND m.withdrawn_at IS NULL ORDER BY m.id LIMIT 1) AS message_for,
 EXISTS (SELECT 1 FROM clock AS c WHERE c.enquiry_id = e.id AND c.state = 'running'
   AND c.sort = 'legal') AS legal_runs,
 coalesce((SELECT group_concat(m.kind, ' ') FROM marker AS m
   WHERE m.removed_at IS NULL AND m.enquiry_id = e.id), '') || ' ' ||
 coalesce((SELECT group_concat(m.kind, ' ') FROM part AS t JOIN marker AS m
   ON m.person_id = t.person_id WHERE m.removed_at IS NULL
   AND t.enquiry_id = e.id AND t.ended_at IS NULL), '') AS marker_kinds
FROM visible_enquiry AS e JOIN officer AS o ON o.uid = e.owner
"""


def ids(reader: Reader, queue: str, owner: str, moments: dict[str, Value]) -> list[int]:
    """List keys of a queue in desk order; `owner` empty: everybody's."""
    # A plus keeps the order from being read off an index: it would go through all matters.
    order = "e.desk_key, e.id" if queue in _STRETCHES else "+e.desk_key, +e.id"
    sql = f"{_keys(queue, owner)} ORDER BY {order}"
    return [int(row["id"]) for row in reader.query(sql, _used(sql, moments, owner))]


Place = tuple[str, int]
"""Where in the order of the desk something stands: its order and its key."""
START: Place = ("", 0)


def slice_of(
    reader: Reader, queue: str, owner: str, limit: int, after: Place
) -> tuple[list[int], Place]:
    """List the next keys of a queue that is one stretch, behind a place; and where they end.

    From the place and not by counting: what lies before it would be read for every slice.
    """
    low, high = _STRETCHES[queue]
    place, key = max(after, (low, 0))
    mine = " AND e.owner = :owner" if owner else ""
    sql = (
        "SELECT e.id FROM visible_enquiry AS e"
        f" WHERE (e.desk_key, e.id) > (:place, :key) AND e.desk_key < :high"
        f"{mine}{_ONLY.get(queue, '')} ORDER BY e.desk_key, e.id LIMIT :limit"
    )
    values: dict[str, Value] = {"place": place, "key": key, "high": high, "limit": limit}
    keys = [int(row["id"]) for row in reader.query(sql, _used(sql, values, owner))]
    if not keys:
        return keys, after
    last = reader.query("SELECT e.desk_key FROM main.enquiry AS e WHERE e.id = ?", (keys[-1],))
    return keys, (str(last[0]["desk_key"]), keys[-1])


def rows(reader: Reader, keys: list[int]) -> list[Row]:
    """Give the rows of a page, in the order of its keys."""
    if not keys:
        return []
    marks = ", ".join("?" * len(keys))
    found = {r["id"]: r for r in reader.query(f"{_ROW} WHERE e.id IN ({marks})", tuple(keys))}
    return [found[key] for key in keys if key in found]


def count(reader: Reader, queue: str, owner: str, moments: dict[str, Value], most: int = -1) -> int:
    """Count a queue, no further than `most`."""
    sql = f"SELECT count(*) AS n FROM ({_keys(queue, owner)} LIMIT {int(most)})"
    row = reader.one(sql, _used(sql, moments, owner))
    return int(row["n"]) if row is not None else 0


def _keys(queue: str, owner: str) -> str:
    if queue in _STRETCHES:
        mine = " AND e.owner = :owner" if owner else ""
        low, high = _STRETCHES[queue]
        stretch = f"e.desk_key >= '{low}' AND e.desk_key < '{high}'"
        return f"SELECT e.id FROM visible_enquiry AS e WHERE {stretch}{mine}{_ONLY.get(queue, '')}"
    mine = " AND +e.owner = :owner" if owner else ""
    still = "" if queue in _CLOSED_TOO else " AND +e.desk_key < '9'"
    return f"SELECT e.id FROM visible_enquiry AS e WHERE e.id IN ({_SETS[queue]}){still}{mine}"


def _used(sql: str, moments: dict[str, Value], owner: str) -> dict[str, Value]:
    """Keep the values that the statement names."""
    values = {**moments, "owner": owner}
    return {name: value for name, value in values.items() if f":{name}" in sql}
