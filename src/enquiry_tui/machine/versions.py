"""Which versions are installed, and whether they are the ones that this program asks for."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable
from importlib import metadata

from enquiry_tui.machine.findings import Finding, bad, good, warning

_HINT = "Install what requirements.lock names."
_PYTHON = (3, 11)
_ASKED = re.compile(r"(?P<name>[A-Za-z0-9._-]+)(?P<range>[^;]*)(?P<extra>;.*extra ==.*)?")
_BOUND = re.compile(r"(?P<how>>=|==|<)\s*(?P<version>[0-9][0-9A-Za-z.]*)")
_NAMED = ("cryptography", "argon2-cffi", "textual")


def python() -> Finding:
    """Look at the interpreter."""
    found = f"Python {sys.version_info.major}.{sys.version_info.minor}.{sys.version_info.micro}"
    if sys.version_info[:2] < _PYTHON:
        return bad(f"{found}: too old", _HINT)
    return good(found)


def libraries(
    asked: Iterable[str] | None = None, installed: Callable[[str], str] = metadata.version
) -> Finding:
    """Look at every library: there, and within what the program asks for."""
    if asked is None:
        try:
            asked = metadata.requires("enquiry-tui") or ()
        except metadata.PackageNotFoundError:
            return warning("libraries: the program is not installed as a package", _HINT)
    wrong, named = [], {}
    for line in asked:
        match = _ASKED.match(line)
        if match is None or match["extra"]:
            continue
        try:
            version = installed(match["name"])
        except metadata.PackageNotFoundError:
            wrong.append(f"{match['name']} is missing")
            continue
        named[match["name"]] = version
        if not within(version, match["range"]):
            wrong.append(f"{match['name']} {version}")
    if wrong:
        return bad(f"libraries: not what was asked for: {', '.join(wrong)}", _HINT)
    told = ", ".join(f"{name} {named[name]}" for name in _NAMED if name in named)
    return good(f"libraries: {told}; all are as asked for")


def within(version: str, asked: str) -> bool:
    """Tell whether a version keeps the bounds `>=`, `<` and `==` of a requirement."""
    have = _numbers(version)
    for bound in _BOUND.finditer(asked):
        wanted = _numbers(bound["version"])
        width = max(len(have), len(wanted))
        ours, theirs = (part + (0,) * (width - len(part)) for part in (have, wanted))
        match bound["how"]:
            case ">=" if ours < theirs:
                return False
            case "<" if ours >= theirs:
                return False
            case "==" if ours != theirs:
                return False
    return True


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version.split("+", maxsplit=1)[0]))
