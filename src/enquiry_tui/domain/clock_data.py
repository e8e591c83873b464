"""Rules and reckonings of clocks as plain data, and back: how a matter keeps its own working."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from enquiry_tui.domain.clock_rules import (
    Again,
    ClockRule,
    Effect,
    ExtensionRule,
    PauseRule,
    Rolls,
    Sort,
    Starts,
    Unit,
)
from enquiry_tui.domain.clocks import Due, Reckoning, Skip
from enquiry_tui.domain.when import LONDON, parse_utc, utc_text
from enquiry_tui.domain.workdays import CalendarName


def rule_text(rule: ClockRule) -> str:
    """Write a rule as JSON."""
    return json.dumps(asdict(rule), ensure_ascii=False)


def rule_from(text: str) -> ClockRule:
    """Read a rule back. Raises ValueError, KeyError or TypeError where the text is none."""
    data: dict[str, Any] = json.loads(text)
    more = data.pop("extension")
    pauses = tuple(
        PauseRule(**{**item, "effect": Effect(item["effect"])}) for item in data.pop("pauses")
    )
    made: dict[str, Any] = {
        "sort": Sort(data.pop("sort")),
        "starts": Starts(data.pop("starts")),
        "unit": Unit(data.pop("unit")),
        "calendar": CalendarName(data.pop("calendar")),
        "rolls": Rolls(data.pop("rolls")),
        "replaces": tuple(data.pop("replaces")),
        "asked_by": tuple(data.pop("asked_by", ())),
        "again": Again(data.pop("again", Again.DONE)),
    }
    extension = ExtensionRule(**more) if more else None
    return ClockRule(**data, **made, pauses=pauses, extension=extension)


def working_text(found: Reckoning) -> str:
    """Write a reckoning as JSON."""
    data = {
        "start": stored(found.start),
        "begins": stored(found.begins),
        "counted": found.counted,
        "unit": str(found.unit),
        "legal": stored_due(found.legal),
        "service": stored_due(found.service),
        "skipped": [[skip.day.isoformat(), skip.why] for skip in found.skipped],
        "rolled_from": found.rolled_from.isoformat() if found.rolled_from else None,
        "calendar": found.calendar,
        "calendar_version": found.calendar_version,
        "known_to": found.known_to.isoformat(),
        "is_known": found.is_known,
    }
    return json.dumps(data, ensure_ascii=False)


def working_from(text: str) -> Reckoning:
    """Read a reckoning back. Raises ValueError or KeyError where the text is none."""
    data: Mapping[str, Any] = json.loads(text)
    return Reckoning(
        start=read_stored(data["start"]),
        begins=read_stored(data["begins"]),
        counted=data["counted"],
        unit=Unit(data["unit"]),
        legal=read_due(data["legal"]),
        service=read_due(data["service"]),
        skipped=tuple(Skip(date.fromisoformat(day), why) for day, why in data["skipped"]),
        rolled_from=date.fromisoformat(data["rolled_from"]) if data["rolled_from"] else None,
        calendar=data["calendar"],
        calendar_version=data["calendar_version"],
        known_to=date.fromisoformat(data["known_to"]),
        is_known=data["is_known"],
    )


def stored(start: date | datetime) -> str:
    """Write a day as a day, and a moment in UTC."""
    return utc_text(start) if isinstance(start, datetime) else start.isoformat()


def read_stored(text: str) -> date | datetime:
    """Read a day, or a moment (given in London time)."""
    return parse_utc(text).astimezone(LONDON) if "T" in text else date.fromisoformat(text)


def stored_due(due: Due | None) -> str | None:
    """Write a due date: the moment where it has one."""
    if due is None:
        return None
    return stored(due.at or due.day)


def read_due(text: str | None) -> Due | None:
    """Read a due date back."""
    if not text:
        return None
    found = read_stored(text)
    return Due(found.date(), found) if isinstance(found, datetime) else Due(found)
