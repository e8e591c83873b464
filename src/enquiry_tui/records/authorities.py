"""Records of authority, what rests on them, agencies' requests, and agreed passwords."""

from __future__ import annotations

from enquiry_tui.records.base import Reader, Row, Value, Writer, insert, update

_AUTHORITY = (
    "SELECT a.*, p.name AS whose, p.uid AS whose_uid, h.name AS holder, h.uid AS holder_uid,"
    " e.uid AS enquiry_uid, c.name AS checker FROM authority AS a"
    " JOIN person AS p ON p.id = a.person_id JOIN person AS h ON h.id = a.holder_id"
    " JOIN visible_enquiry AS e ON e.id = a.enquiry_id"
    " LEFT JOIN officer AS c ON c.uid = a.checked_by"
)
_REQUEST = (
    "SELECT r.*, e.uid AS enquiry_uid, e.reference, k.uid AS contact_uid, k.kind AS asker_kind"
    " FROM agency_request AS r JOIN visible_enquiry AS e ON e.id = r.enquiry_id"
    " JOIN contact AS k ON k.id = r.contact_id"
)


def add(tx: Writer, **values: Value) -> int:
    """Add a record of authority: a claim until somebody has checked it."""
    return insert(tx, "authority", **values)


def change(tx: Writer, key: int, **values: Value) -> None:
    """Check or withdraw a record of authority."""
    update(tx, "authority", key, **values)


def by_uid(reader: Reader, uid: str) -> Row | None:
    """Find a record in a matter this officer may see."""
    return reader.one(f"{_AUTHORITY} WHERE a.uid = ?", (uid,))


def of_enquiry(reader: Reader, enquiry_id: int) -> list[Row]:
    """List the records of a matter and of those represented in it, newest first."""
    return reader.query(
        f"{_AUTHORITY} WHERE a.enquiry_id = ?1 OR a.person_id IN"
        " (SELECT person_id FROM part WHERE enquiry_id = ?1 AND part = 'acting-for'"
        " AND ended_at IS NULL) ORDER BY a.id DESC",
        (enquiry_id,),
    )


def held_by(reader: Reader, holders: tuple[int, ...], enquiry_id: int) -> list[Row]:
    """List what these people hold for somebody with a part in a matter, newest first."""
    marks = ", ".join("?" * len(holders))
    return reader.query(
        f"{_AUTHORITY} WHERE a.holder_id IN ({marks}) AND (a.enquiry_id = ? OR a.person_id IN"
        " (SELECT person_id FROM part WHERE enquiry_id = ? AND ended_at IS NULL))"
        " ORDER BY a.id DESC",
        (*holders, enquiry_id, enquiry_id),
    )


def rest(tx: Writer, **values: Value) -> int:
    """Keep on which record a step of a check rests."""
    return insert(tx, "authority_use", **values)


def in_contact(reader: Reader, contact_id: int) -> list[Row]:
    """List the records that checks of a contact rest on, failed and shut checks left out."""
    return reader.query(
        "SELECT a.*, u.check_id FROM authority AS a JOIN authority_use AS u"
        " ON u.authority_id = a.id JOIN identity_check AS c ON c.id = u.check_id"
        " WHERE c.contact_id = ? AND c.shut_at IS NULL"
        " AND (c.outcome IS NULL OR c.outcome = 'passed') ORDER BY u.id",
        (contact_id,),
    )


def add_request(tx: Writer, **values: Value) -> int:
    """Write down what an agency asks."""
    return insert(tx, "agency_request", **values)


def change_request(tx: Writer, key: int, **values: Value) -> None:
    """Keep that the form came, or what was done about the request."""
    update(tx, "agency_request", key, **values)


def request_by_uid(reader: Reader, uid: str) -> Row | None:
    """Find a request in a matter this officer may see."""
    return reader.one(f"{_REQUEST} WHERE r.uid = ?", (uid,))


def requests_of(reader: Reader, enquiry_id: int) -> list[Row]:
    """List the requests in a matter, those without an outcome first."""
    return reader.query(
        f"{_REQUEST} WHERE r.enquiry_id = ? ORDER BY r.outcome IS NOT NULL, r.id DESC",
        (enquiry_id,),
    )


def agree(tx: Writer, **values: Value) -> int:
    """Keep the hash of an agreed password."""
    return insert(tx, "agreed_password", **values)


def end_agreed(tx: Writer, key: int, *, at: str, by: str, why: str) -> None:
    """End an agreed password; its hash matches nobody any more."""
    update(tx, "agreed_password", key, ended_at=at, ended_by=by, ended_why=why)


def agreed(reader: Reader, person_id: int | None) -> Row | None:
    """Give the password agreed with a person, as its hash; None where there is none."""
    return reader.one(
        "SELECT * FROM agreed_password WHERE person_id = ? AND ended_at IS NULL", (person_id or 0,)
    )
