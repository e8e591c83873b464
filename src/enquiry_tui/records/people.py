"""People and the points at which they can be reached."""

from __future__ import annotations

from enquiry_tui.domain.names import name_key, name_words, sound_key
from enquiry_tui.domain.text import fold, fold_words
from enquiry_tui.records.base import Reader, Row, Value, Writer, insert, update

_WORDS = 6  # of a name, that are looked up
_AFTER_Z = "{"  # comes after every letter and digit
_MOST, _MOST_BEGUN = 5000, 2000  # people of one word, or beginning, that are looked at
# Each gives people with a weight: whoever has more of the words comes first.
_SPELT = (
    "SELECT * FROM (SELECT person_id, 4, 0 FROM person_word"
    f" WHERE how = 'spelt' AND word = ? ORDER BY person_id DESC LIMIT {_MOST})"
)
_BEGUN = (
    "SELECT * FROM (SELECT person_id, 1, 0 FROM person_word"
    f" WHERE how = 'spelt' AND word >= ? AND word < ? LIMIT {_MOST_BEGUN})"
)
_SOUNDS = (
    "SELECT * FROM (SELECT person_id, 3, 0 FROM person_word"
    f" WHERE how = 'sounds' AND word = ? ORDER BY person_id DESC LIMIT {_MOST})"
)
_NUMBERED = (
    "SELECT * FROM (SELECT person_id, 100, 1 FROM contact_point"
    f" WHERE match_key = ? AND withdrawn_at IS NULL ORDER BY id DESC LIMIT {_MOST})"
)
# Whoever has a part in restricted matters only is there for their readers alone; a marker that
# protects somebody is there for everybody, or the next officer would ring the wrong number.
_THERE = (
    "(NOT EXISTS (SELECT 1 FROM part AS t WHERE t.person_id = p.id AND t.ended_at IS NULL)"
    " OR EXISTS (SELECT 1 FROM part AS t JOIN visible_enquiry AS e ON e.id = t.enquiry_id"
    " WHERE t.person_id = p.id AND t.ended_at IS NULL)"
    " OR EXISTS (SELECT 1 FROM marker AS m WHERE m.person_id = p.id AND m.removed_at IS NULL))"
)
_CANDIDATES = (
    "WITH hit (person_id, weight, numbered) AS ({arms})"
    " SELECT p.*, h.numbered FROM (SELECT person_id, sum(weight) AS weight,"
    " max(numbered) AS numbered FROM hit GROUP BY person_id"
    " ORDER BY weight DESC, person_id DESC LIMIT ?) AS h JOIN person AS p ON p.id = h.person_id"
    " WHERE {there} ORDER BY h.weight DESC, p.id DESC"
)


def add(tx: Writer, name: str, **values: Value) -> int:
    """Add a person, natural or organisation, with the keys it is found by."""
    key = insert(tx, "person", name=name, folded=fold(name), sound=sound_key(name), **values)
    _add_words(tx, key, name)
    return key


def rename(tx: Writer, key: int, name: str, *, unsure: bool) -> None:
    """Change a name and its keys together."""
    changed = {"name": name, "folded": fold(name), "sound": sound_key(name)}
    update(tx, "person", key, unsure=int(unsure), **changed)
    tx.execute("DELETE FROM person_word WHERE person_id = ?", (key,))
    _add_words(tx, key, name)


def _add_words(tx: Writer, key: int, name: str) -> None:
    """Keep the words of a name, as spelt and as they sound."""
    kept = [("spelt", word) for word in name_words(name)]
    kept += [("sounds", sound) for sound in set(sound_key(name).split())]
    for how, word in sorted(kept):
        tx.execute(
            "INSERT INTO person_word (how, word, person_id) VALUES (?, ?, ?)", (how, word, key)
        )


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


def candidates(
    reader: Reader, who: str, last9: str, limit: int, *, hidden: bool = False
) -> list[Row]:
    """List people who may be the one named, likeliest first: `numbered` where the number is theirs.

    By the words of the name, as spelt, begun or sounding so, and by the number. One question,
    whatever there is: of each word no more than the newest few thousand people are looked at.
    Those whom this officer may know; or with `hidden` the others, only to tell who reads of them.
    """
    arms: list[str] = []
    values: list[str] = []
    for word in [word for word in fold_words(name_key(who)) if len(word) > 1][:_WORDS]:
        arms += [_SPELT, _BEGUN, _BEGUN]
        values += [word, word, f"{word}{_AFTER_Z}", word[:3], f"{word[:3]}{_AFTER_Z}"]
    for sound in sound_key(who).split()[:_WORDS]:
        arms.append(_SOUNDS)
        values.append(sound)
    if last9:
        arms.append(_NUMBERED)
        values.append(last9)
    if not arms:
        return []
    there = f"NOT {_THERE}" if hidden else _THERE
    sql = _CANDIDATES.format(arms=" UNION ALL ".join(arms), there=there)
    return reader.query(sql, (*values, limit))


def with_phone(reader: Reader, last9: str) -> list[Row]:
    """List people who have this number: a number is not a person."""
    return reader.query(
        "SELECT DISTINCT p.* FROM person AS p JOIN contact_point AS c ON c.person_id = p.id"
        " WHERE c.match_key = ? AND c.kind = 'phone' AND c.withdrawn_at IS NULL",
        (last9,),
    )
