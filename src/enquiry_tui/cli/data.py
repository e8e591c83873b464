"""Values of the desk as plain data for a script: times with their offset, days, words, lists."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path


def plain(value: object, *without: str) -> object:
    """Turn a value, or a frozen dataclass of values, into what JSON knows.

    `without` names fields of the outermost dataclass that are left out.
    """
    match value:
        case datetime():
            return moment(value)
        case date():
            return value.isoformat()
        case StrEnum():
            return str(value)
        case Path():
            return file_name(value)
        case Mapping():
            return {str(key): plain(inner) for key, inner in value.items()}
        case list() | tuple():
            return [plain(inner) for inner in value]
        case _ if is_dataclass(value):
            names = (field.name for field in fields(value) if field.name not in without)
            return {name.rstrip("_"): plain(getattr(value, name)) for name in names}
        case _:
            return value


def moment(value: datetime) -> str:
    """Write a moment in London time, with its offset and without fractions of a second."""
    from enquiry_tui.domain.when import LONDON

    return value.astimezone(LONDON).isoformat(timespec="seconds")


def file_name(path: Path) -> str:
    """Write a file's name as text, whatever its bytes are."""
    return os.fsencode(path).decode("utf-8", "replace")
