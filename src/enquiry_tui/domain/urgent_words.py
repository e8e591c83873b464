"""What a line of an urgent log says by itself: who rings, from which number, who took it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from enquiry_tui.domain.phones import find_phones, read_phone
from enquiry_tui.domain.quickwho import find_who

_LOOSE = re.compile(r"\+?[0-9][0-9 ()-]{8,}[0-9]")
_NAMED = re.compile(r"\bname(?:d|s|'s|’s)?\b(?: is\b)?[ :]{0,3}", re.IGNORECASE)
_TAKER = r"(?:PC|PS|DC|DS|DI|Sgt|Insp|PCSO|Op|Operator)\b\.? [^\W\d_][\w'’-]{1,40}"
_NUMBER = r"[A-Z]{0,6}[-/ ]?[0-9][0-9/-]{1,12}"
# A number alone says nothing: it is one before who took it, or behind what such a number is called.
_GIVEN = re.compile(rf"(?P<number>{_NUMBER}),? (?P<by>{_TAKER})")
_CALLED = re.compile(
    rf"\b(?i:incident|inc|cad)\b(?i:[ .:]{{0,2}}(?:no|number|ref)\b)?[ .:]{{0,3}}"
    rf"(?P<number>{_NUMBER})(?:,? (?P<by>{_TAKER}))?"
)

_RINGING = re.compile(
    r"\b(?:rang|rung|rings|ringing|answer\w*|call(?:ed|s) back|on the line|voicemail|engaged)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Heard:
    """What was recognised in one line; empty where it is not there. `name` is as heard."""

    name: str = ""
    phone: str = ""
    incident: str = ""
    taken_by: str = ""


def speaks_of_ringing(words: str) -> bool:
    """Say whether a line seems to tell that they were rung, or are on the line again."""
    return _RINGING.search(words) is not None


def hear(words: str) -> Heard:
    """Recognise what a line names. A name counts beside a number, or where it is called one."""
    phone, at = _phone(words)
    given = None if phone else _GIVEN.fullmatch(words.strip()) or _CALLED.search(words)
    return Heard(
        name=_name(words, at),
        phone=phone,
        incident=given["number"].strip() if given else "",
        taken_by=(given["by"] or "") if given else "",
    )


def _phone(words: str) -> tuple[str, int]:
    """Find the first number, and where it begins; -1 where there is none."""
    spans = find_phones(words)
    if spans:
        return spans[0].phone.raw, spans[0].start
    found = _LOOSE.search(words)
    if found is not None and read_phone(found[0]).last9:
        return found[0], found.start()
    return "", -1


def _name(words: str, number_at: int) -> str:
    said = _NAMED.search(words)
    part = words[said.end() :] if said else words[: max(0, number_at)]
    part = part if not said or number_at < said.end() else words[said.end() : number_at]
    found = find_who(part.strip(" ,;:-~!"), 0, bounded=True)
    return found.name if found is not None else ""
