"""People and the points at which they can be reached."""

from __future__ import annotations

from enquiry_tui.domain.names import sound_key
from enquiry_tui.domain.text import fold
from enquiry_tui.records.base import Reader, Row, Value, Writer, insert, update


def add(tx: Writer, name: str, **values: Value) -> int:
    """Add a person, natural or organisation, with the keys it is found by."""
    return insert(tx, "person", name=name, folded=fold(name), sound=sound_key(name), **values)


def rename(tx: Writer, key: int, name: str, *, unsure: bool) -> None:
    """Change a name and its keys together."""
    changed = {"name": name, "folded": fold(name), "sound": sound_key(name)}
    update(tx, "person", key, unsure=int(unsure), **changed)


def set_details(tx: Writer, key: int, *, needs: str, born: str, postcode: str) -> None:
    """Keep what a person needs, and two items that a check may compare."""
    update(tx, "person", key, needs=needs, born=born, postcode=postcode)


def by_uid(reader: Reader, uid: str) -> Row | None:
    """Find a person."""
    return reader.one("SELECT * FROM person WHERE uid = ?", (uid,))


def by_key(reader: Reader, key: int) -> Row | None:
    """Find a person by the integer key of this vault."""
    return reader.one("SELECT * FROM person WHERE id = ?", (key,))


def organisation(reader: Reader, folded: str) -> Row | None:
    """Find an organisation by its whole name."""
    return reader.one(
        "SELECT * FROM person WHERE kind = 'organisation' AND folded = ? ORDER BY id", (folded,)
    )


def add_point(tx: Writer, **values: Value) -> int:
    """Add a phone, e-mail or address: unverified until a second channel confirms it."""
    return insert(tx, "contact_point", **values)


def confirm_point(tx: Writer, key: int, *, at: str, by: str, how: str) -> None:
    """Mark a point confirmed: when, by whom, through which second channel."""
    update(tx, "contact_point", key, confirmed_at=at, confirmed_by=by, confirmed_how=how)


def withdraw_point(tx: Writer, key: int, *, at: str) -> None:
    """Say that a point is not to be used any more."""
    update(tx, "contact_point", key, withdrawn_at=at)


def points(reader: Reader, person_id: int) -> list[Row]:
    """List a person's points in use, confirmed ones first."""
    return reader.query(
        "SELECT * FROM contact_point WHERE person_id = ? AND withdrawn_at IS NULL"
        " ORDER BY confirmed_at IS NULL, added_at",
        (person_id,),
    )


def point_by_uid(reader: Reader, uid: str) -> Row | None:
    """Find a contact point."""
    return reader.one("SELECT * FROM contact_point WHERE uid = ?", (uid,))


def confirmed_before(reader: Reader, person_id: int, kind: str, day: str) -> list[Row]:
    """List points confirmed before the day that begins at `day` (UTC): those to ring back."""
    return reader.query(
        "SELECT * FROM contact_point WHERE person_id = ? AND kind = ? AND withdrawn_at IS NULL"
        " AND confirmed_at IS NOT NULL AND confirmed_at < ? ORDER BY confirmed_at",
        (person_id, kind, day),
    )


def candidates(reader: Reader, folded: str, sound: str, last9: str, limit: int) -> list[Row]:
    """List people who may be the one named: same number, beginning, word or sound."""
    words = [word for word in folded.split() if len(word) > 1]
    clauses = ["p.folded LIKE ? || '%'", "p.sound = ?"]
    values: list[str] = [folded, sound]
    if not folded:
        clauses, values = [], []
    for word in words:
        clauses.append("p.folded LIKE '%' || ? || '%'")
        values.append(word)
    if last9:
        clauses.append(
            "p.id IN (SELECT person_id FROM contact_point"
            " WHERE match_key = ? AND withdrawn_at IS NULL)"
        )
        values.append(last9)
    if not clauses:
        return []
    return reader.query(
        f"SELECT p.* FROM person AS p WHERE {' OR '.join(clauses)} LIMIT ?",
        (*values, limit),
    )


def with_phone(reader: Reader, last9: str) -> list[Row]:
    """List people who have this number: a number is not a person."""
    return reader.query(
        "SELECT DISTINCT p.* FROM person AS p JOIN contact_point AS c ON c.person_id = p.id"
        " WHERE c.match_key = ? AND c.kind = 'phone' AND c.withdrawn_at IS NULL",
        (last9,),
    )
