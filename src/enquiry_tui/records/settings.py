"""What the vault is for, and the packs that are installed in it."""

from __future__ import annotations

from enquiry_tui.records.base import Reader, Row, Writer, insert


def settings(reader: Reader) -> dict[str, str]:
    """Give every setting of the vault."""
    return {r["key"]: r["value"] for r in reader.query("SELECT key, value FROM meta")}


def add_pack(tx: Writer, *, pack_hash: str, name: str, form: int, body: bytes, at: str) -> None:
    """Keep the bytes of a pack under their hash, so that a decision can be read again."""
    insert(tx, "pack", hash=pack_hash, name=name, format=form, body=body, installed_at=at)


def pack_hashes(reader: Reader) -> set[str]:
    """List the hashes of the packs that are kept."""
    return {str(r["hash"]) for r in reader.query("SELECT hash FROM pack")}


def pack(reader: Reader, pack_hash: str) -> Row | None:
    """Find a pack by its hash."""
    return reader.one("SELECT * FROM pack WHERE hash = ?", (pack_hash,))
