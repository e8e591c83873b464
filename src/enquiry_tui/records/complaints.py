"""Complaints, their allegations, the path so far, the ten lines, and counted equality answers."""

from __future__ import annotations

from collections.abc import Mapping

from enquiry_tui.records.base import Reader, Row, Value, Writer, insert, update

_SEEN = (
    "SELECT c.*, e.uid AS enquiry_uid, e.reference, e.restricted, d.key AS passed_key,"
    " d.name AS passed_name FROM complaint AS c"
    " JOIN visible_enquiry AS e ON e.id = c.enquiry_id"
    " LEFT JOIN directory_entry AS d ON d.id = c.passed_to"
)


def add(tx: Writer, **values: Value) -> int:
    """Log a complaint."""
    return insert(tx, "complaint", **values)


def change(tx: Writer, key: int, **values: Value) -> None:
    """Change columns of a complaint."""
    update(tx, "complaint", key, **values)


def by_uid(reader: Reader, uid: str) -> Row | None:
    """Find a complaint of a matter this officer may see."""
    return reader.one(f"{_SEEN} WHERE c.uid = ?", (uid,))


def of_enquiry(reader: Reader, enquiry_id: int) -> list[Row]:
    """List the complaints of a matter."""
    return reader.query(f"{_SEEN} WHERE c.enquiry_id = ? ORDER BY c.id", (enquiry_id,))


def add_allegation(tx: Writer, **values: Value) -> int:
    """Add an allegation; its category may be left for PSD to say."""
    return insert(tx, "allegation", **values)


def change_allegation(tx: Writer, key: int, **values: Value) -> None:
    """Change the words or the category of an allegation."""
    update(tx, "allegation", key, **values)


def allegations(reader: Reader, complaint_id: int) -> list[Row]:
    """List the allegations of a complaint in their order."""
    return reader.query(
        "SELECT * FROM allegation WHERE complaint_id = ? ORDER BY id", (complaint_id,)
    )


def officers_of_role(reader: Reader, *roles: str) -> list[Row]:
    """List the officers of these roles, for who reads a restricted matter."""
    marks = ", ".join("?" * len(roles))
    return reader.query(f"SELECT * FROM officer WHERE role IN ({marks}) ORDER BY id", roles)


def allegation(reader: Reader, uid: str) -> Row | None:
    """Find an allegation of a complaint this officer may see."""
    return reader.one(
        "SELECT a.*, c.uid AS complaint_uid FROM allegation AS a"
        " JOIN complaint AS c ON c.id = a.complaint_id"
        " JOIN visible_enquiry AS e ON e.id = c.enquiry_id WHERE a.uid = ?",
        (uid,),
    )


def add_entry(tx: Writer, **values: Value) -> int:
    """Add a line to the path of a complaint."""
    return insert(tx, "complaint_entry", **values)


def entries(reader: Reader, complaint_id: int) -> list[Row]:
    """List the path of a complaint so far, oldest first."""
    return reader.query(
        "SELECT p.*, o.name AS officer FROM complaint_entry AS p"
        " JOIN officer AS o ON o.uid = p.officer_uid WHERE p.complaint_id = ? ORDER BY p.id",
        (complaint_id,),
    )


def set_lines(tx: Writer, complaint_id: int, answers: Mapping[str, str]) -> None:
    """Put the answers of the ten lines in the place of those before."""
    tx.execute("DELETE FROM complaint_line WHERE complaint_id = ?", (complaint_id,))
    for line, answer in answers.items():
        insert(tx, "complaint_line", complaint_id=complaint_id, line=line, answer=answer)


def lines(reader: Reader, complaint_id: int) -> dict[str, str]:
    """Give the answers of the ten lines."""
    rows = reader.query(
        "SELECT line, answer FROM complaint_line WHERE complaint_id = ?", (complaint_id,)
    )
    return {str(row["line"]): str(row["answer"]) for row in rows}


def count_answer(tx: Writer, year: int, question: str, answer: str) -> None:
    """Count one voluntary answer: nothing else is kept of it."""
    tx.execute(
        "INSERT INTO equality_count (year, question, answer, count) VALUES (?, ?, ?, 1)"
        " ON CONFLICT (year, question, answer) DO UPDATE SET count = count + 1",
        (year, question, answer),
    )


def counted(reader: Reader, year: int) -> dict[tuple[str, str], int]:
    """Give how often each answer was given in a year."""
    rows = reader.query("SELECT * FROM equality_count WHERE year = ?", (year,))
    return {(str(row["question"]), str(row["answer"])): int(row["count"]) for row in rows}
