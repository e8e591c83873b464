"""How bytes, names and numbers are written down, so that every reader gets the same bytes back."""

from __future__ import annotations

import base64
import binascii
import json
import secrets
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime

from enquiry_tui.domain.when import show_moment

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_YEARS = 1900, 9997  # beyond them no zone can show a moment
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})


def canonical(value: object) -> bytes:
    """Write JSON in the one form that is hashed and signed: sorted keys, no spaces, UTF-8."""
    text = json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return text.encode()


def packed(data: bytes | bytearray) -> str:
    """Give bytes as base64 text."""
    return base64.b64encode(data).decode("ascii")


def unpacked(text: object, length: int | None = None) -> bytes:
    """Give the bytes of base64 text, of exactly `length` bytes if given. Raises ValueError."""
    if not isinstance(text, str):
        raise ValueError("base64 is text")  # noqa: TRY004
    try:
        data = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error
    if length is not None and len(data) != length:
        raise ValueError("of the wrong length")
    return data


def framed(context: str, *fields: bytes) -> bytes:
    """Join a context and fields with their lengths, so that no two lists give the same bytes."""
    parts = [context.encode(), b"\0"]
    for field in fields:
        parts += [len(field).to_bytes(8, "big"), field]
    return b"".join(parts)


def crockford(number: int, symbols: int) -> str:
    """Write a number as that many Crockford base32 symbols, five bits each."""
    return "".join(CROCKFORD[number >> 5 * place & 31] for place in reversed(range(symbols)))


def from_crockford(text: str) -> int:
    """Read Crockford symbols; spaces and hyphens do not count. Raises ValueError."""
    number = 0
    for symbol in plain_crockford(text):
        number = number << 5 | CROCKFORD.index(symbol)
    return number


def plain_crockford(text: str) -> str:
    """Give what was meant: upper case, no spaces or hyphens, O as 0, I and L as 1."""
    kept = "".join(symbol for symbol in text.upper() if symbol not in " -\t\n")
    return kept.translate(_MISREAD)


def grouped(symbols: str, size: int = 4) -> str:
    """Put a hyphen after each group, for reading aloud."""
    return "-".join(symbols[at : at + size] for at in range(0, len(symbols), size))


def new_uid(now: datetime) -> str:
    """Make a UUIDv7 (RFC 9562): sorted by time, unique across vaults."""
    milliseconds = int(now.timestamp() * 1000)
    tail = secrets.randbits(74)
    number = milliseconds << 80 | 7 << 76 | (tail >> 62) << 64 | 2 << 62 | tail & (1 << 62) - 1
    return str(uuid.UUID(int=number))


def utc_text(moment: datetime) -> str:
    """Write a moment as it is stored: `2026-11-24T14:05:07.123456Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def utc_moment(text: str) -> datetime:
    """Read a stored moment. Raises ValueError."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


def moment_of(text: object) -> datetime | None:
    """Give a stored moment, or None for one that was altered: no clock says it, nobody can show it.

    Whoever meets it must go on, or one altered byte would keep everybody from the verdict.
    """
    try:
        moment = utc_moment(str(text))
    except ValueError:
        return None
    return moment if _YEARS[0] <= moment.year <= _YEARS[1] else None


def show_utc(text: object) -> str:
    """Show a stored moment; of one that was altered say so, and nothing that stands in it."""
    moment = moment_of(text)
    return "a time that cannot be read" if moment is None else show_moment(moment)


# What these find wrong is the content of a file, hence ValueError throughout.


def text_of(record: Mapping[str, object], key: str) -> str:
    """Give a text field of a decoded record. Raises ValueError."""
    value = record.get(key)
    if not isinstance(value, str):
        raise ValueError(f"{key} is not text")  # noqa: TRY004
    return value


def number_of(record: Mapping[str, object], key: str) -> int:
    """Give a whole-number field of a decoded record; true and false are none. Raises ValueError."""
    value = record.get(key)
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(f"{key} is not a number")  # noqa: TRY004
    return value


def detail_of(text: object) -> dict[str, object]:
    """Give the detail of an event, or nothing of one that was altered and cannot be read."""
    try:
        return record_of(json.loads(str(text)))
    except (ValueError, RecursionError):
        return {}


def record_of(value: object) -> dict[str, object]:
    """Give a decoded JSON object as such. Raises ValueError."""
    if not isinstance(value, dict):
        raise ValueError("not an object")  # noqa: TRY004
    return value
