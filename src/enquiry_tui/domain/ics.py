"""Due dates as an iCalendar file (RFC 5545): titles say reference and rule, and nobody's name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

_LONGEST = 75  # octets of a line, without its break (RFC 5545, 3.1)
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": ""})


@dataclass(frozen=True, slots=True)
class Entry:
    """One date: its lasting id, its title, a whole day or an aware moment."""

    uid: str
    title: str
    on: date | datetime


def calendar_text(entries: Iterable[Entry], *, made_at: datetime, product: str) -> str:
    """Write the file, lines folded at 75 octets and ended by CR LF. `made_at` is aware."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//{escaped(product)}//EN"]
    for entry in entries:
        lines += _event(entry, made_at)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines)


def escaped(text: str) -> str:
    """Escape what separates values in iCalendar (RFC 5545, 3.3.11); controls go."""
    kept = "".join(c for c in text if c >= " " or c == "\n")
    return kept.translate(_ESCAPED)


def folded(line: str) -> str:
    """Fold a line at 75 octets of UTF-8, never inside a character (RFC 5545, 3.1)."""
    parts: list[str] = []
    part, size, room = "", 0, _LONGEST
    for char in line:
        octets = len(char.encode())
        if size + octets > room:
            parts.append(part)
            part, size, room = "", 0, _LONGEST - 1
        part, size = part + char, size + octets
    return "\r\n ".join([*parts, part])


def _event(entry: Entry, made_at: datetime) -> list[str]:
    if isinstance(entry.on, datetime):
        when = [f"DTSTART:{_utc(entry.on)}"]  # an end would have to lie later (3.8.2.2)
    else:
        after = entry.on + timedelta(days=1)
        when = [f"DTSTART;VALUE=DATE:{entry.on:%Y%m%d}", f"DTEND;VALUE=DATE:{after:%Y%m%d}"]
    return [
        "BEGIN:VEVENT",
        f"UID:{escaped(entry.uid)}",
        f"DTSTAMP:{_utc(made_at)}",
        *when,
        f"SUMMARY:{escaped(entry.title)}",
        "TRANSP:TRANSPARENT",
        "CLASS:PRIVATE",
        "END:VEVENT",
    ]


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
