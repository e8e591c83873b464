"""Bytes to text when the label on the bytes may be absent, wrong or nonsense."""

from __future__ import annotations

import codecs
import re

_LABEL = re.compile(r"[A-Za-z0-9_.:+-]{1,40}")
# What mail programs write, and the wider encoding that the bytes are really in.
_ALIASES = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "ansi": "cp1252",
    "x-sjis": "cp932",
    "x-gbk": "gb18030",
    "iso-8859-8-i": "iso8859-8",
    "iso-8859-8-e": "iso8859-8",
    "windows-874": "cp874",
    "unicode-1-1-utf-7": "utf-7",
}
# Codecs of the language, not of letters: some are slow or interpret escapes.
_NOT_FOR_LETTERS = {
    "idna",
    "punycode",
    "unicode-escape",
    "unicode_escape",
    "raw-unicode-escape",
    "raw_unicode_escape",
    "undefined",
    "mbcs",
    "oem",
}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HIGH = bytes(range(0x80, 0x100))


def known_codec(label: str) -> str:
    """Give the codec that a charset label stands for, or an empty string if there is none."""
    label = label.strip().strip("\"'").split("*")[0].lower()
    if not _LABEL.fullmatch(label):
        return ""
    try:
        name = codecs.lookup(_ALIASES.get(label, label)).name
        # Raises for what is no text encoding, such as hex or zlib.
        b"A".decode(name, "replace")
    except (LookupError, UnicodeError):
        return ""
    return "" if name in _NOT_FOR_LETTERS else _ALIASES.get(name, name)


def split_bom(data: bytes) -> tuple[str, bytes]:
    """Give the encoding that a byte-order mark names, if any, and the bytes after it."""
    for bom, codec in _BOMS:
        if data.startswith(bom):
            return codec, data[len(bom) :]
    return "", data


def without_bom_utf16(data: bytes) -> str:
    """Recognise UTF-16 with no mark by its zero bytes: give the codec or an empty string."""
    head = data[:2000]
    pairs = len(head) // 2
    if pairs < 4:
        return ""
    even = head[0 : pairs * 2 : 2].count(0)
    odd = head[1 : pairs * 2 : 2].count(0)
    if odd * 10 > pairs * 7 and even * 10 < pairs:
        return "utf-16-le"
    if even * 10 > pairs * 7 and odd * 10 < pairs:
        return "utf-16-be"
    return ""


def decode(data: bytes, label: str = "") -> tuple[str, bool]:
    """Give the text of some bytes, and whether it had to be guessed or patched."""
    named, data = split_bom(data)
    if named:
        return data.decode(named, "replace"), False
    if data.isascii() and known_codec(label) in {"", "cp1252", "utf-8"}:
        return data.decode("ascii"), False
    codec = known_codec(label)
    # Bytes that are valid UTF-8 and labelled Latin are UTF-8 with the wrong label in practice.
    order = ["utf-8", codec] if codec in {"", "cp1252"} else [codec, "utf-8"]
    for guess in filter(None, order):
        try:
            text = data.decode(guess)
        except ValueError:  # UnicodeError is one; a few multi-byte codecs raise the parent
            continue
        return text, bool(label) and guess != codec
    return _patched(data, codec), True


def _patched(data: bytes, codec: str) -> str:
    """Decode bytes that no encoding fits: the best fit with its faults shown as U+FFFD."""
    high = len(data) - len(data.translate(None, _HIGH))
    if codec not in {"", "cp1252", "utf-8"}:
        text = data.decode(codec, "replace")
        if text.count("\ufffd") * 8 <= max(high, 8):
            return text
    text = data.decode("utf-8", "replace")
    if text.count("\ufffd") * 8 <= high:
        return text
    return data.decode("cp1252", "replace")
