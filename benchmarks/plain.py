"""What the vault is measured against: the standard library's SQLite, in the clear."""

from __future__ import annotations

import sqlite3
from pathlib import Path


class Plain:
    """One table of contacts with a full-text index, unencrypted, at the vault's durability."""

    def __init__(self, path: Path, texts: list[str]) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        run = self._connection.execute
        for pragma in ("journal_mode=TRUNCATE", "synchronous=EXTRA", "fullfsync=ON"):
            run(f"PRAGMA {pragma}").fetchall()
        run("CREATE TABLE contact (id INTEGER PRIMARY KEY, at TEXT, line TEXT)")
        run("CREATE VIRTUAL TABLE words USING fts5 (body, content='')")
        run("BEGIN")
        for text in texts:
            self._add(text)
        run("COMMIT")

    def save(self, text: str) -> None:
        """Add one row and its words, and have them on the disk."""
        self._connection.execute("BEGIN IMMEDIATE")
        self._add(text)
        self._connection.execute("COMMIT")

    def close(self) -> None:
        """Close the database."""
        self._connection.close()

    def _add(self, text: str) -> None:
        run = self._connection.execute
        key = run("INSERT INTO contact (at, line) VALUES ('2026-11-24', ?)", (text,)).lastrowid
        run("INSERT INTO words (rowid, body) VALUES (?, ?)", (key, text))
