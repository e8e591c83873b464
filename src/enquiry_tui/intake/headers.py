"""The head of a message: its lines, encoded words (RFC 2047), addresses and dates."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import Message
from email.utils import collapse_rfc2231_value, parseaddr, parsedate_to_datetime

from enquiry_tui.intake import charset, transfer

MAX_HEAD_BYTES = 1024 * 1024
MAX_VALUE_CHARACTERS = 64 * 1024
# The library reads parameters in quadratic time; no honest header of these is as long.
MAX_STRUCTURED_CHARACTERS = 4_096

_NAME = re.compile(rb"([!-9;-~]{1,200})[ \t]*:[ \t]*")
_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
_ADDRESS = re.compile(r"[^\s<>\"',;:()\[\]]{1,200}@[^\s<>\"',;:()\[\]@]{1,250}")
# What the library's readers of dates and parameters are known to raise on nonsense.
_NONSENSE = (ValueError, TypeError, LookupError, OverflowError, AttributeError, RecursionError)


@dataclass(slots=True)
class Head:
    """The headers of one entity in their order, names in lower case, values as unfolded bytes."""

    pairs: list[tuple[str, bytes]] = field(default_factory=list)

    def all(self, name: str) -> list[str]:
        """Give every value under a name, as text that may still hold encoded words."""
        return [_guess(value) for key, value in self.pairs if key == name]

    def first(self, name: str) -> str:
        """Give the first value under a name that is not blank, or an empty string."""
        return next((value for value in self.all(name) if value.strip()), "")

    def names(self) -> set[str]:
        """Give the names that occur."""
        return {name for name, _ in self.pairs}


@dataclass(frozen=True, slots=True)
class ContentKind:
    """What a part says it is: media type, charset, boundary, file name, disposition."""

    media_type: str = "text/plain"
    charset: str = ""
    boundary: str = ""
    filename: str = ""
    disposition: str = ""
    flowed: bool = False
    delsp: bool = False
    named: bool = False


def _guess(value: bytes) -> str:
    """Decode a raw header value: ASCII by the rules, UTF-8 or Windows-1252 in practice."""
    return charset.decode(value[: MAX_VALUE_CHARACTERS * 4])[0][:MAX_VALUE_CHARACTERS]


def read_head(data: bytes, start: int, end: int) -> tuple[Head, int]:
    """Read headers from `start` to the first line that is none; also say where the body begins."""
    head = Head()
    parts: list[bytes] = []
    name = ""
    at = start
    limit = min(end, start + MAX_HEAD_BYTES)
    while at < limit:
        stop = data.find(b"\n", at, end)
        stop = end if stop < 0 else stop + 1
        line = data[at:stop].rstrip(b"\r\n")
        if not line:
            at = stop
            break
        if line[:1] in b" \t" and name:
            parts.append(line)
        elif match := _NAME.match(line):
            _keep(head, name, parts)
            name, parts = match[1].decode("ascii").lower(), [line[match.end() :]]
        else:
            break
        at = stop
    _keep(head, name, parts)
    return head, at


def _keep(head: Head, name: str, parts: list[bytes]) -> None:
    """File one unfolded header."""
    if name:
        head.pairs.append((name, b"".join(parts).strip()))


def decode_words(value: str) -> str:
    """Decode the encoded words in a value; what is malformed stays as it was sent."""
    if "=?" not in value:
        return value
    out: list[str] = []
    label, waiting, at = "", b"", 0
    for match in _WORD.finditer(value):
        between = value[at : match.start()]
        joined = bool(label) and not between.strip()
        if not joined or match[1].lower() != label:
            # A letter may be split over two words of one charset: decode them together.
            out.append(charset.decode(waiting, label)[0] if label else "")
            waiting = b""
            out.append("" if joined else between)
        label, at = match[1].lower(), match.end()
        waiting += _word_bytes(match[2], match[3])
    if label:
        out.append(charset.decode(waiting, label)[0])
    return "".join([*out, value[at:]])


def _word_bytes(kind: str, text: str) -> bytes:
    """Give the bytes inside one encoded word."""
    raw = text.encode("utf-8", "replace")
    if kind in "bB":
        return transfer.from_base64(raw)[0]
    return transfer.undo(raw.replace(b"_", b"=20"), "quoted-printable")[0]


def sender(head: Head) -> tuple[str, str]:
    """Give the sender's name and address; either may be empty. `From` first, then its stand-ins."""
    for name in ("from", "sender", "reply-to", "return-path", "x-sender"):
        value = head.first(name)[:MAX_STRUCTURED_CHARACTERS]
        if not value:
            continue
        shown, address = _parsed(value)
        if shown or address:
            return shown, address
    return "", ""


def _parsed(value: str) -> tuple[str, str]:
    """Split `Name <address>`, then decode, so that a name cannot forge an address."""
    try:
        shown, address = parseaddr(value)
    except _NONSENSE:
        shown, address = "", ""
    if "@" not in address:
        found = _ADDRESS.search(value)
        address = found[0] if found else ""
        shown = value.replace(address, "") if address else value
    return decode_words(shown).strip(" \t<>\"'"), decode_words(address).strip()


def dated(head: Head) -> datetime | None:
    """Give the moment of sending in UTC: `Date`, else the oldest fit `Received`, else None."""
    for value in head.all("date"):
        if found := _moment(value):
            return found
    for value in reversed(head.all("received")):
        if found := _moment(value.rsplit(";", 1)[-1]):
            return found
    return _moment(head.first("delivery-date"))


def came_in(head: Head) -> tuple[tuple[datetime, str], ...]:
    """Give the moments (UTC) that say when a message came in, best first, each with its line.

    The newest `Received` stands on top and was written by the reader's own server (RFC 5321).
    """
    received = (_moment(value.rsplit(";", 1)[-1]) for value in head.all("received"))
    newest = next((found for found in received if found), None)
    sent = next((found for value in head.all("date") if (found := _moment(value))), None)
    both = ((newest, "Received"), (sent, "Date"))
    return tuple((found, line) for found, line in both if found is not None)


def _moment(value: str) -> datetime | None:
    """Read one date; nothing outside 1980–2099 is believed. No zone, or -0000, counts as UTC."""
    try:
        found = parsedate_to_datetime(decode_words(value[:200]))
        found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except _NONSENSE:
        return None
    return found if 1980 <= found.year <= 2099 else None


def content_kind(head: Head) -> ContentKind:
    """Read `Content-Type` and `Content-Disposition`; nonsense gives the default of RFC 2045 5.2."""
    message = Message()
    for name in ("content-type", "content-disposition"):
        if value := head.first(name):
            # The library takes surrogates for bytes; other letters it keeps as they are.
            message[name] = value[:MAX_STRUCTURED_CHARACTERS]
    disposition = message.get("content-disposition", "").split(";")[0].strip().lower()
    filename = decode_words(_read(lambda: _extended(message)) or _read(message.get_filename))
    return ContentKind(
        media_type=_read(message.get_content_type) or "text/plain",
        charset=_read(message.get_content_charset),
        boundary=_read(message.get_boundary),
        filename=filename,
        disposition=disposition,
        flowed=_parameter(message, "format") == "flowed",
        delsp=_parameter(message, "delsp") == "yes",
        named="content-type" in message,
    )


def _extended(message: Message) -> str:
    """Give a file name written by RFC 2231; it goes before a plain one beside it (RFC 6266)."""
    for key, value in message.get_params([], "content-disposition"):
        if key == "filename" and isinstance(value, tuple):
            return collapse_rfc2231_value(value)
    return ""


def _parameter(message: Message, name: str) -> str:
    """Give one parameter of `Content-Type` in lower case, or an empty string."""
    return _read(lambda: message.get_param(name)).lower()


def _read(reader: Callable[[], object]) -> str:
    """Call one of the library's readers; give text, or an empty string where it chokes."""
    try:
        value = reader()
    except _NONSENSE:
        return ""
    return value if isinstance(value, str) else ""
