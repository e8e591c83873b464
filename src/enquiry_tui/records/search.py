"""What can be found: folded words in a contentless index; the original text stays where it is."""

from __future__ import annotations

from collections.abc import Sequence

from enquiry_tui.domain.text import fold
from enquiry_tui.records.base import Reader, Row, Writer, insert, update

TABLES = ("search_text", "search_entry")  # the index, and the list of the texts that are in it

# Where the original of each source stands, for the snippet. `source_uid` is the uid of that row.
ORIGINALS: dict[str, str] = {
    "subject": "SELECT subject AS text FROM enquiry WHERE uid = ?",
    "their-reference": "SELECT their_reference AS text FROM enquiry WHERE uid = ?",
    "name": "SELECT name AS text FROM person WHERE uid = ?",
    "sound": "SELECT name AS text FROM person WHERE uid = ?",
    "heard": "SELECT who_said AS text FROM contact WHERE uid = ?",
    "note": "SELECT trim(who_said || ' ' || line || ' ' || note) AS text FROM contact"
    " WHERE uid = ?",
    "letter": "SELECT trim(sender || ' ' || subject || ' ' || words) AS text FROM letter"
    " WHERE uid = ?",
    "message": "SELECT trim(for_whom || ' ' || words || ' ' || answer) AS text FROM message"
    " WHERE uid = ?",
    "complaint": "SELECT trim(words || ' ' || about_whom || ' ' || when_where) AS text"
    " FROM complaint WHERE uid = ?",
    "referral": "SELECT trim(request || ' ' || account) AS text FROM referral WHERE uid = ?",
    "urgent": "SELECT trim(place || ' ' || incident_number || ' ' || taken_by || ' ' || coalesce("
    "(SELECT group_concat(l.words, ' · ') FROM urgent_line AS l WHERE l.urgent_id = urgent.id"
    "), '')) AS text FROM urgent WHERE uid = ?",
}

_SLICE = 200  # entries read at a time: grouping all hits of a common word would read them all
_SOUNDING = 200  # newest people of a sound whose matters are looked at
_MOST = 500  # newest entries of one word that are looked at when the words stand in several texts

_HITS = (
    "SELECT rowid AS hit FROM search_text WHERE search_text MATCH ?1 AND rowid < ?2"
    " ORDER BY rowid DESC LIMIT ?3"
)
# A name leads to the matters of its person, an organisation's to those of the people at it.
_ROWS = (
    "SELECT s.id AS hit, s.source, s.source_uid, e.* FROM search_entry AS s"
    " JOIN visible_enquiry AS e ON e.id = s.enquiry_id WHERE s.id IN ({ids})"
    " UNION ALL"
    " SELECT DISTINCT s.id AS hit, s.source, s.source_uid, e.* FROM search_entry AS s"
    " JOIN part AS t ON t.person_id IN (SELECT s.person_id UNION ALL"
    "  SELECT p.id FROM person AS p WHERE p.at_organisation = s.person_id)"
    " JOIN visible_enquiry AS e ON e.id = t.enquiry_id"
    " WHERE s.enquiry_id IS NULL AND s.id IN ({ids}) AND t.ended_at IS NULL"
    " ORDER BY 1 DESC, opened_at DESC"
)
# Which of these matters have a word in any of their texts, or in the name of somebody in them.
_AMONG = (
    "WITH own (id, matter) AS ("
    " SELECT s.id, s.enquiry_id FROM search_entry AS s WHERE s.enquiry_id IN ({matters})"
    " UNION ALL SELECT s.id, t.enquiry_id FROM part AS t JOIN person AS p ON p.id = t.person_id"
    "  LEFT JOIN person AS o ON o.id = p.at_organisation"
    "  JOIN search_entry AS s ON s.source = 'name' AND s.source_uid IN (p.uid, o.uid)"
    "  WHERE t.enquiry_id IN ({matters}) AND t.ended_at IS NULL)"
    " SELECT DISTINCT own.matter FROM own JOIN search_text AS x ON x.rowid = own.id"
    " WHERE x.search_text MATCH ?"
)
# Three last digits lead, through indexes over them, to one in a thousand; those are looked at.
_POINT = "SELECT person_id FROM contact_point WHERE kind = 'phone' AND withdrawn_at IS NULL"
_BY_NUMBER = (
    "WITH whose (person_id) AS ("
    f" SELECT * FROM ({_POINT} AND substr(match_key, -3) = substr(?1, -3)"
    "  AND match_key LIKE '%' || ?1 LIMIT ?4)"
    f" UNION SELECT * FROM ({_POINT} AND ?2 <> '' AND match_key >= ?2"
    "  AND match_key < ?2 || ':' LIMIT ?4)"
    f" UNION SELECT * FROM ({_POINT} AND ?3 <> '' AND match_key >= ?3"
    "  AND match_key < ?3 || ':' LIMIT ?4)),"
    " matters (id, uid) AS ("
    " SELECT t.enquiry_id, p.uid FROM whose AS w JOIN person AS p ON p.id = w.person_id"
    "  JOIN part AS t ON t.person_id = p.id AND t.ended_at IS NULL"
    " UNION SELECT * FROM (SELECT k.enquiry_id, k.uid FROM contact AS k WHERE k.phone <> ''"
    "  AND k.enquiry_id IS NOT NULL AND substr(replace(k.phone, ' ', ''), -3) = substr(?1, -3)"
    "  AND replace(k.phone, ' ', '') LIKE '%' || ?1 AND k.struck_at IS NULL"
    "  ORDER BY k.id DESC LIMIT ?4))"
    " SELECT e.*, 'number' AS source, min(m.uid) AS source_uid FROM matters AS m"
    " JOIN visible_enquiry AS e ON e.id = m.id GROUP BY e.id ORDER BY e.opened_at DESC LIMIT ?5"
)
# Of the people who have the first sound the newest who have all the others too: what a sound that
# everybody has leads to is not read as a whole.
_BY_SOUND = (
    "SELECT DISTINCT e.*, 'sound' AS source, p.uid AS source_uid FROM"
    " (SELECT w.person_id FROM person_word AS w WHERE w.how = 'sounds' AND w.word = ?{also}"
    f"  ORDER BY w.person_id DESC LIMIT {_SOUNDING}) AS w"
    " JOIN person AS p ON p.id = w.person_id"
    " JOIN part AS t ON t.person_id = p.id AND t.ended_at IS NULL"
    " JOIN visible_enquiry AS e ON e.id = t.enquiry_id"
    " ORDER BY e.opened_at DESC LIMIT ?"
)
_ALSO = (
    " AND EXISTS (SELECT 1 FROM person_word AS o"
    " WHERE o.how = 'sounds' AND o.word = ? AND o.person_id = w.person_id)"
)
# And the names as heard that nobody is linked with: whoever rang is found all the same.
_BY_HEARING = (
    "SELECT e.*, 'heard' AS source, k.uid AS source_uid FROM"
    " (SELECT w.contact_id FROM heard_word AS w WHERE w.word = ?{also}"
    f"  ORDER BY w.contact_id DESC LIMIT {_SOUNDING}) AS w"
    " JOIN contact AS k ON k.id = w.contact_id AND k.struck_at IS NULL"
    " JOIN visible_enquiry AS e ON e.id = k.enquiry_id"
    " ORDER BY e.opened_at DESC LIMIT ?"
)
_ALSO_HEARD = (
    " AND EXISTS (SELECT 1 FROM heard_word AS o WHERE o.word = ? AND o.contact_id = w.contact_id)"
)
_WHO = (
    "SELECT p.name FROM part AS t JOIN person AS p ON p.id = t.person_id"
    " WHERE t.enquiry_id = ? AND t.ended_at IS NULL"
    " AND t.part IN ('enquirer', 'complainant', 'acting-for', 'interested-person')"
    " ORDER BY t.part <> 'enquirer', t.part <> 'complainant', t.id LIMIT 1"
)
# As on the desk: a marker on the matter, or on anybody with a part in it. Each is looked up by
# itself: asked for both at once, SQLite goes through all markers.
_PROTECTED = (
    "SELECT 1 FROM marker AS m WHERE m.removed_at IS NULL AND m.kind = 'protected-address'"
    " AND m.enquiry_id = ?1"
    " UNION ALL SELECT 1 FROM part AS t JOIN marker AS m ON m.person_id = t.person_id"
    " WHERE m.removed_at IS NULL AND m.kind = 'protected-address'"
    " AND t.enquiry_id = ?1 AND t.ended_at IS NULL LIMIT 1"
)


def index(
    tx: Writer,
    source: str,
    source_uid: str,
    text: str,
    *,
    enquiry_id: int | None = None,
    person_id: int | None = None,
) -> None:
    """Make a text findable, in the place of what stood under the same source before.

    An entry belongs to a matter, or to a person and through their parts to their matters.
    A text without a single word takes the entry away.
    """
    body = fold(text)
    if not body:
        unindex(tx, source, source_uid)
        return
    key = _key(tx, source, source_uid)
    if key is None:
        owner = {"enquiry_id": enquiry_id, "person_id": person_id}
        key = insert(tx, "search_entry", source=source, source_uid=source_uid, **owner)
    else:
        update(tx, "search_entry", key, enquiry_id=enquiry_id, person_id=person_id)
        tx.execute("DELETE FROM search_text WHERE rowid = ?", (key,))
    tx.execute("INSERT INTO search_text (rowid, body) VALUES (?, ?)", (key, body))


def unindex(tx: Writer, source: str, source_uid: str) -> None:
    """Take a text out of what can be found; nothing happens where it was not there."""
    key = _key(tx, source, source_uid)
    if key is not None:
        tx.execute("DELETE FROM search_text WHERE rowid = ?", (key,))
        tx.execute("DELETE FROM search_entry WHERE id = ?", (key,))


def scrub(tx: Writer) -> None:
    """Drop from the index the words of every text that was taken out or replaced.

    An erasure must end with this: until the index is put together anew its pages keep them, since
    a deletion in a contentless index is only a mark. Takes some seconds for a million texts.
    """
    tx.execute("INSERT INTO search_text (search_text) VALUES ('optimize')")


def find(reader: Reader, folded_words: str, limit: int, offset: int = 0) -> list[Row]:
    """List visible matters in which every word occurs: all in one text first, then the newest.

    One row a matter: the matter's columns, and `source`, `source_uid` of the text that was hit.
    The last word may be a beginning. Words are folded again, so no operator reaches the index.
    """
    words = match_words(fold(folded_words).split())
    expression = " ".join(words)
    if not expression or limit < 1:
        return []
    found: dict[int, Row] = {}
    below = 1 << 62
    while len(found) < limit + offset:
        hits = _hits(reader, expression, below, _SLICE)
        if not hits:
            break
        below = hits[-1]
        _gather(reader, hits, found)
    if len(found) < limit + offset and len(words) > 1:
        _across(reader, words, found)
    return list(found.values())[offset : offset + limit]


def _across(reader: Reader, words: Sequence[str], found: dict[int, Row]) -> None:
    """Add matters whose words stand in several texts: `obrien` a name, `parking` a subject.

    Goes from the rarest word, of whose entries only the newest are looked at.
    """
    hits = {word: _hits(reader, word, 1 << 62, _MOST) for word in words}
    rarest = min(words, key=lambda word: len(hits[word]))
    candidates: dict[int, Row] = {}
    for start in range(0, len(hits[rarest]), _SLICE):
        _gather(reader, hits[rarest][start : start + _SLICE], candidates)
    for word in words:
        if word == rarest or not candidates:
            continue
        matters = ", ".join(map(str, candidates))
        rows = reader.query(_AMONG.format(matters=matters), (word,))
        among = {int(row["matter"]) for row in rows}
        candidates = {key: row for key, row in candidates.items() if key in among}
    for key, row in candidates.items():
        found.setdefault(key, row)


def _hits(reader: Reader, expression: str, below: int, limit: int) -> list[int]:
    return [int(row["hit"]) for row in reader.query(_HITS, (expression, below, limit))]


def _gather(reader: Reader, hits: Sequence[int], found: dict[int, Row]) -> None:
    for row in reader.query(_ROWS.format(ids=", ".join(map(str, hits)))):
        found.setdefault(int(row["id"]), row)


def match_words(folded: Sequence[str]) -> list[str]:
    """Write folded words as the index takes them: each quoted, the last one a beginning.

    One letter begins a third of all words, which the index would put together for every text:
    it is looked for as a word of its own, and after others not before its second letter is there.
    """
    words = [word for word in folded if word.isascii() and word.isalnum()]
    quoted = [f'"{word}"' for word in words]
    if words and len(words[-1]) > 1:
        return [*quoted[:-1], f"{quoted[-1]}*"]
    return quoted[:-1] or quoted


def original(reader: Reader, source: str, source_uid: str) -> str:
    """Give the text as it was written, for a snippet; empty where its row is gone."""
    row = reader.one(ORIGINALS[source], (source_uid,)) if source in ORIGINALS else None
    return str(row["text"] or "") if row is not None else ""


def _key(reader: Reader, source: str, source_uid: str) -> int | None:
    row = reader.one(
        "SELECT id FROM search_entry WHERE source = ? AND source_uid = ?", (source, source_uid)
    )
    return int(row["id"]) if row is not None else None


def by_sound(reader: Reader, sound: str, limit: int) -> list[Row]:
    """List visible matters of people with all these sounds in their name; the columns of `find`.

    Names as heard, with nobody linked yet, among them. Of either the newest 200 are looked at.
    """
    sounds = sorted(set(sound.split()), key=len, reverse=True)  # the longest are the rarest
    if not sounds:
        return []
    also = len(sounds) - 1
    rows = reader.query(_BY_SOUND.format(also=_ALSO * also), (*sounds, limit))
    rows += reader.query(_BY_HEARING.format(also=_ALSO_HEARD * also), (*sounds, limit))
    return sorted(rows, key=lambda row: str(row["opened_at"]), reverse=True)[:limit]


def by_number(reader: Reader, tail: str, heads: Sequence[str], limit: int) -> list[Row]:
    """List visible matters of people with a number that ends or begins so, or of calls from one.

    Digits only, three or more; the columns of `find`. Each way in looks at no more than the first
    500: a beginning that all have finds nobody.
    """
    head, other = (*heads, "", "")[:2]
    return reader.query(_BY_NUMBER, (tail, head, other, _MOST, limit))


def who(reader: Reader, enquiry_id: int) -> tuple[str, bool]:
    """Give who a matter is listed under, and whether a marker protects somebody in it.

    The enquirer or complainant first; with nobody linked, the name as it was heard.
    """
    protected = reader.one(_PROTECTED, (enquiry_id,)) is not None
    row = reader.one(_WHO, (enquiry_id,))
    if row is not None:
        return str(row["name"]), protected
    heard = reader.one(
        "SELECT who_said FROM contact WHERE enquiry_id = ? AND struck_at IS NULL"
        " ORDER BY who_said = '', started_at DESC LIMIT 1",
        (enquiry_id,),
    )
    return (str(heard["who_said"]) if heard is not None else "") or "(not known)", protected
