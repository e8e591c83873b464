"""The packs of a vault: their bytes, which is in force since when, and what they rule just now."""

from __future__ import annotations

from enquiry_tui.records.base import Reader, Row, Value, Writer, insert

_LISTED = (
    "SELECT i.*, o.name AS by_name FROM pack_installed AS i LEFT JOIN officer AS o ON o.uid = i.by"
)
# Each gives `what` is ruled, the reference where the officer may see the matter, and else none.
_OPEN = " LEFT JOIN visible_enquiry AS v ON v.id = e.id WHERE e.state <> 'closed'"
_CLOCKS = (
    "SELECT c.rule AS what, v.reference FROM clock AS c JOIN enquiry AS e ON e.id = c.enquiry_id"
    f"{_OPEN} AND c.finished_at IS NULL ORDER BY e.id"
)
_ASKS = (
    "SELECT a.info_class, k.kind, k.channel, v.reference FROM ask AS a"
    " JOIN contact AS k ON k.id = a.contact_id JOIN enquiry AS e ON e.id = a.enquiry_id"
    f"{_OPEN} AND a.decided_at IS NULL ORDER BY e.id"
)
_COMPLAINTS = (
    "SELECT g.category, g.decision, x.route, v.reference FROM allegation AS g"
    " JOIN complaint AS x ON x.id = g.complaint_id JOIN enquiry AS e ON e.id = x.enquiry_id"
    f"{_OPEN} AND x.state NOT IN ('closed', 'elsewhere') ORDER BY e.id"
)
_PATHS = (
    "SELECT x.about, v.reference FROM complaint AS x JOIN enquiry AS e ON e.id = x.enquiry_id"
    f"{_OPEN} AND x.state NOT IN ('closed', 'elsewhere') ORDER BY e.id"
)
_KEPT = f"SELECT e.retention_class AS what, v.reference FROM enquiry AS e{_OPEN} ORDER BY e.id"
_HELD = (
    "SELECT h.kind AS what, v.reference FROM hold AS h JOIN enquiry AS e ON e.id = h.enquiry_id"
    f"{_OPEN} AND h.lifted_at IS NULL ORDER BY e.id"
)


def keep(tx: Writer, *, pack_hash: str, name: str, form: int, body: bytes, at: str) -> None:
    """Keep the bytes of a pack under their hash, once."""
    if pack(tx, pack_hash) is None:
        insert(tx, "pack", hash=pack_hash, name=name, format=form, body=body, installed_at=at)


def install(tx: Writer, **values: Value) -> int:
    """Put a pack that is kept in force."""
    return insert(tx, "pack_installed", **values)


def hashes(reader: Reader) -> set[str]:
    """List the hashes of the packs that are kept."""
    return {str(row["hash"]) for row in reader.query("SELECT hash FROM pack")}


def pack(reader: Reader, pack_hash: str) -> Row | None:
    """Find a pack by its hash."""
    return reader.one("SELECT * FROM pack WHERE hash = ?", (pack_hash,))


def begins_with(reader: Reader, start: str) -> list[Row]:
    """List the packs whose hash begins like this: figures and letters a to f only."""
    return reader.query("SELECT * FROM pack WHERE substr(hash, 1, ?) = ?", (len(start), start))


def in_force(reader: Reader) -> list[Row]:
    """List what is in force, one line a name."""
    return reader.query(
        f"{_LISTED} WHERE i.id IN (SELECT max(id) FROM pack_installed GROUP BY name) ORDER BY i.id"
    )


def installed(reader: Reader) -> set[tuple[str, str]]:
    """List everything that ever was in force: name and hash."""
    rows = reader.query("SELECT DISTINCT name, pack_hash FROM pack_installed")
    return {(str(row["name"]), str(row["pack_hash"])) for row in rows}


def history(reader: Reader, name: str) -> list[Row]:
    """List what was in force under a name, the latest first."""
    return reader.query(f"{_LISTED} WHERE i.name = ? ORDER BY i.id DESC", (name,))


def of_hash(reader: Reader, pack_hash: str) -> Row | None:
    """Find when a pack was first put in force."""
    return reader.one(f"{_LISTED} WHERE i.pack_hash = ? ORDER BY i.id", (pack_hash,))


def running_clocks(reader: Reader) -> list[Row]:
    """List the clocks that run in open matters, by rule."""
    return reader.query(_CLOCKS)


def undecided_asks(reader: Reader) -> list[Row]:
    """List the asks of open matters that are not decided yet."""
    return reader.query(_ASKS)


def open_allegations(reader: Reader) -> list[Row]:
    """List the allegations of complaints that are not closed."""
    return reader.query(_COMPLAINTS)


def open_complaints(reader: Reader) -> list[Row]:
    """List the complaints that are not closed, by what they are about."""
    return reader.query(_PATHS)


def open_matters(reader: Reader) -> list[Row]:
    """List open matters by retention class."""
    return reader.query(_KEPT)


def standing_holds(reader: Reader) -> list[Row]:
    """List the holds that stand on open matters, by kind."""
    return reader.query(_HELD)
