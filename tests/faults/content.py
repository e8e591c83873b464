"""Everything that a vault holds, as plain rows, read without the product in between."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from tests.faults.inspecting import database_key
from tests.faults.offices import SUPERVISOR, WORDS

# A sign-in adds to these; what was there before must still be there.
GROWING = {"event", "event_detail", "checkpoint", "row_state", "sqlite_sequence"}
# A sign-in writes these anew.
_PASSING = {"sqlite_stat1"}
# Derived from rows: a word of it that is lost is a word not found by searching, nothing more.
INDEX = "search_text"
Content = dict[str, set[Any]]


def content(folder: Path, words: str = WORDS[SUPERVISOR]) -> Content:
    """Give all rows of all tables, by table. Raises sqlcipher3's errors, and the product's."""
    connection = opened(folder, words)
    try:
        names = [
            row[0]
            for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        found = {
            name: {tuple(row) for row in connection.execute(f'SELECT * FROM "{name}"')}
            for name in names
            if name not in _PASSING and not name.startswith(INDEX)
        }
        found["meta"] = {row for row in found["meta"] if row[0] != "header_seq"}
        return found
    finally:
        connection.close()


def lost(before: Content, after: Content) -> list[str]:
    """Name the tables in which something is not as it was."""
    wrong = []
    for name, rows in before.items():
        now = after.get(name, set())
        if not rows <= now or (name not in GROWING and rows != now):
            wrong.append(name)
    return wrong


def opened(folder: Path, words: str = WORDS[SUPERVISOR]) -> Any:
    """Open the database to read it as it stands: no journal is played back, nothing is written."""
    key = database_key(folder, SUPERVISOR, words)
    uri = f"{(folder / 'vault.db').as_uri()}?mode=ro&immutable=1"
    connection = sqlcipher.connect(uri, uri=True)
    connection.execute("PRAGMA cipher_log_level=NONE")
    connection.set_key(key)
    return connection
