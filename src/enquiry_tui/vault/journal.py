"""Files that SQLite would act on by itself when the database is opened, looked at before it does.

A write-ahead log or rollback journal that belongs to another key is written over a good file page
by page. The vault never makes a write-ahead log; a rollback journal is left by a power cut, and its
pages carry the same HMAC as the database's, so that it can be told whose they are.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from enquiry_tui.vault.errors import VaultDamaged

PAGE = 4096  # bytes, SQLCipher 4's default
_SALT = 16
_HMAC = 64
_MAGIC = bytes.fromhex("d9d505f920a163d7")  # sqlite3: pager.c, aJournalMagic
_UNCOUNTED = 0xFFFFFFFF


def demand_own_journals(database: Path, raw_key: bytearray) -> None:
    """Refuse files beside the database that SQLite must not act on. Raises VaultDamaged.

    `raw_key` is the 67-byte form `x'…'`. Nothing is changed.
    """
    for suffix in ("-wal", "-shm"):
        beside = database.with_name(database.name + suffix)
        if beside.exists() or beside.is_symlink():
            raise VaultDamaged(
                f"A file {beside.name} lies beside the vault that does not belong there",
                "Move it out of the folder, keep it, and sign in again.",
            )
    journal = database.with_name(database.name + "-journal")
    if journal.is_symlink() or (journal.exists() and not _is_own(journal, database, raw_key)):
        raise VaultDamaged(
            f"The file {journal.name} belongs to another vault",
            "Move it out of the folder, keep it, and sign in again.",
        )


def has_own_journal(database: Path, raw_key: bytearray) -> bool:
    """Tell whether a journal with page images of this raw key lies beside the database."""
    journal = database.with_name(database.name + "-journal")
    if journal.is_symlink() or not journal.exists():
        return False
    return _is_own(journal, database, raw_key, empty=False)


def _is_own(journal: Path, database: Path, raw_key: bytearray, *, empty: bool = True) -> bool:
    with database.open("rb") as stream:
        salt = stream.read(_SALT)
    with journal.open("rb") as stream:
        pages = list(_pages(stream))
    if not pages:
        return empty  # nothing, or a header that was never completed: SQLite ignores it
    first = next((page for number, page in pages if number == 1), None)
    if first is not None:
        salt = first[:_SALT]
    key = bytearray.fromhex(raw_key[2:-1].decode("ascii"))
    mask = bytes(byte ^ 0x3A for byte in salt)
    mac_key = hashlib.pbkdf2_hmac("sha512", key, mask, 2, 32)
    key[:] = bytes(len(key))
    return all(_authentic(mac_key, number, page) for number, page in pages)


def _authentic(mac_key: bytes, number: int, page: bytes) -> bool:
    start = _SALT if number == 1 else 0
    signed = page[start : PAGE - _HMAC] + number.to_bytes(4, "little")
    return hmac.compare_digest(hmac.digest(mac_key, signed, "sha512"), page[PAGE - _HMAC :])


def _pages(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Give the page images that SQLite would put back: whole records under completed headers."""
    size = os.fstat(stream.fileno()).st_size
    start = 0
    while start + 28 <= size:
        stream.seek(start)
        header = stream.read(28)
        if header[:8] != _MAGIC:
            return
        count, nonce, _pages_before, sector, page_size = (
            int.from_bytes(header[at : at + 4], "big") for at in range(8, 28, 4)
        )
        if page_size != PAGE or not 32 <= sector <= 65536:
            return
        at = start + sector
        whole = (size - at) // (PAGE + 8)
        for _ in range(whole if count == _UNCOUNTED else min(count, whole)):
            stream.seek(at)
            number = int.from_bytes(stream.read(4), "big")
            page = stream.read(PAGE)
            if int.from_bytes(stream.read(4), "big") != _checksum(nonce, page):
                return  # torn: SQLite stops here too
            yield number, page
            at += PAGE + 8
        start = -(-at // sector) * sector  # the next header begins at a sector boundary


def _checksum(nonce: int, page: bytes) -> int:
    total = nonce
    for at in range(PAGE - 200, 0, -200):
        total += page[at]
    return total & 0xFFFFFFFF
