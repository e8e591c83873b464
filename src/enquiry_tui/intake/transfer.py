"""Undo a part's transfer encoding; what cannot be undone comes back as it was sent."""

from __future__ import annotations

import binascii
import quopri
import re
import string

_BASE64 = (string.ascii_letters + string.digits + "+/=").encode()
_NOT_BASE64 = bytes(set(range(256)) - set(_BASE64))
_SPACES = b" \t\r\n"
_PADDING = re.compile(rb"=+")
_MAX_SEGMENTS = 10_000


def undo(data: bytes, encoding: str) -> tuple[bytes, bool]:
    """Give the bytes under `Content-Transfer-Encoding`, and whether they were found damaged."""
    match encoding.strip().lower():
        case "base64" | "b":
            return from_base64(data)
        case "quoted-printable" | "quotedprintable" | "qp":
            return quopri.decodestring(data), False
        case "" | "7bit" | "8bit" | "binary" | "none":
            return data, False
        case _:
            return data, True


def from_base64(data: bytes) -> tuple[bytes, bool]:
    """Decode base64 that may hold junk, lack padding or be several pieces end to end."""
    packed = data.translate(None, _SPACES)
    kept = packed.translate(None, _NOT_BASE64)
    junk = len(packed) - len(kept)
    inner_spaces = data.count(b" ")
    if junk * 10 > len(packed) or inner_spaces * 16 > len(data) > 80:
        return data, True  # labelled base64, but it is words
    segments = [segment for segment in _PADDING.split(kept) if segment]
    if len(segments) > _MAX_SEGMENTS:
        return data, True
    whole = [_segment(segment) for segment in segments]
    damaged = bool(junk) or any(len(segment) % 4 == 1 for segment in segments)
    return b"".join(whole), damaged


def _segment(letters: bytes) -> bytes:
    """Decode one run of base64 letters; a left-over letter carries no byte and is dropped."""
    usable = letters[:-1] if len(letters) % 4 == 1 else letters
    return binascii.a2b_base64(usable + b"=" * (-len(usable) % 4))
