"""A child that writes one word wherever the program can hold words, and waits to be killed.

`python -m tests.faults.canaries ROOT WORD BREAKAGE`: everything that it may write lies under ROOT.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from enquiry_tui.demo.build import build_demo
from enquiry_tui.desk import drafts, letters, quicklog
from enquiry_tui.desk.desk import Desk
from enquiry_tui.domain.audit import Action
from enquiry_tui.errors import EnquiryError
from enquiry_tui.vault.chain import Entry
from tests.faults.breakages import LEAKS, broken
from tests.faults.offices import CLOCK, hash_quickly, mail, sign_in

_SORT = """
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000)
    SELECT i, ? || hex(zeroblob(400)) || (i * 7919 % 60000) AS t FROM n ORDER BY t
"""


def text_columns(desk: Desk) -> list[tuple[str, str]]:
    """Give every column of text in every table."""
    found = []
    tables = desk.store.query(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search_text%'"
        " AND name NOT LIKE 'sqlite%'"
    )
    for table in tables:
        columns = desk.store.query(f"PRAGMA table_info({table[0]})")
        found += [(str(table[0]), str(each["name"])) for each in columns if each["type"] == "TEXT"]
    return found


def write_everywhere(tx: Any, columns: list[tuple[str, str]], word: str) -> int:
    """Put the word into every column that takes it; gives how many did."""
    taken = 0
    for table, column in columns:
        with contextlib.suppress(sqlcipher.DatabaseError, EnquiryError):
            changed = tx.execute(f"UPDATE {table} SET {column} = {column} || ?", (word,))
            taken += changed.rowcount > 0
    return taken


def main(root: Path, word: str, breakage: str) -> None:
    """Build an office, write the word everywhere, leave a transaction open, and wait."""
    hash_quickly()
    office = build_demo(root / "vault", CLOCK)
    with broken(breakage, LEAKS):
        desk = sign_in(office.folder, office.officer.handle, office.officer.passphrase)
        made = quicklog.log_line(desk, quicklog.LineRequest(f"Janet Holt ~ {word} was here"))
        letters.import_letter(desk, mail(word.lower()), f"{word}.eml")
        drafts.save_draft(desk, "desk", {"text": word}, made.contact_uid)
        keys, columns = desk.unlocked.keys, text_columns(desk)
        with desk.store.transaction() as tx:
            taken = write_everywhere(tx, columns, word)
            tx.event(Entry(Action.CONTACT_LOG, detail={"words": word}), keys)
        with desk.store.transaction() as tx:
            write_everywhere(tx, columns, word)
            tx.event(Entry(Action.CONTACT_LOG, detail={"words": word}), keys)
            cursor = tx.execute(_SORT, (word,))
            cursor.fetchone()
            told = {
                "columns": len(columns),
                "taken": taken,
                "secrets": [office.officer.passphrase],
            }
            os.write(1, json.dumps(told).encode() + b"\n")
            signal.pause()


if __name__ == "__main__":
    main(Path(sys.argv[1]), "KANARYBRDxq7", sys.argv[3])  # not in the arguments: they are searched
