"""A referral summary as plain text and as JSON: the words of the PDF, to read or to feed on."""

from __future__ import annotations

import json
from collections.abc import Callable

from enquiry_tui.documents.layout import Block, Kind, layout
from enquiry_tui.documents.printable import printable
from enquiry_tui.documents.summary import ReferralSummary
from enquiry_tui.documents.wrap import wrap
from enquiry_tui.domain.text import cells
from enquiry_tui.domain.when import utc_text

WIDTH = 78
_LABEL = 16


def render_text(summary: ReferralSummary, *, as_printed: bool = False) -> str:
    """Give the summary as text, 78 cells wide; `as_printed` spells what the PDF would spell."""
    page = layout(summary)
    shape: Callable[[str], str] = printable if as_printed else str
    lines = [page.marking, *filter(None, [page.demonstration])]
    lines.append(f"{page.reference} · version {page.version}")
    lines.extend(_lines(page.first_page, shape))
    if page.annexes:
        lines.extend(["", "-" * WIDTH])
        lines.extend(_lines(page.annexes, shape))
    lines.extend(["", "-" * WIDTH, *_wrapped(page.in_error, WIDTH)])
    lines.extend([f"Audit code {page.code}", *filter(None, [page.demonstration]), page.marking])
    return "\n".join(shape(line) for line in lines) + "\n"


def render_json(summary: ReferralSummary) -> str:
    """Give the summary as JSON (`"format": 1`): the same blocks, in their sections."""
    page = layout(summary)
    document = {
        "format": 1,
        "document": "referral-summary",
        "marking": page.marking,
        "demonstration": bool(page.demonstration),
        "reference": page.reference,
        "version": page.version,
        "created": utc_text(page.created),
        "summary": _sections(page.first_page),
        "annexes": _sections(page.annexes),
        "if_received_in_error": page.in_error,
        "audit_code": page.code,
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _lines(blocks: tuple[Block, ...], shape: Callable[[str], str]) -> list[str]:
    """Set blocks as lines of text."""
    lines: list[str] = []
    for block in blocks:
        text = shape(block.text)
        match block.kind:
            case Kind.TITLE:
                lines.extend(["", text.upper()])
            case Kind.HEADING:
                lines.extend(["", *_wrapped(text, WIDTH), "-" * min(WIDTH, cells(text))])
            case Kind.PAIR:
                lines.extend(_pair(shape(block.label), text))
            case Kind.BULLET:
                first, *rest = _wrapped(text, WIDTH - 2)
                lines.extend([f"- {first}", *(f"  {line}" for line in rest)])
            case Kind.TEXT:
                lines.extend(_wrapped(text, WIDTH))
    return lines


def _pair(label: str, text: str) -> list[str]:
    """Set a label and its value beside it; a long label has a line of its own."""
    head = f"{label}:"
    wrapped = _wrapped(text, WIDTH - _LABEL)
    if cells(head) >= _LABEL:
        return [*_wrapped(head, WIDTH), *(" " * _LABEL + line for line in wrapped)]
    first, *rest = wrapped
    return [head + " " * (_LABEL - cells(head)) + first, *(" " * _LABEL + line for line in rest)]


def _wrapped(text: str, width: int) -> list[str]:
    """Wrap by terminal cells."""
    return wrap(text, width, cells)


def _sections(blocks: tuple[Block, ...]) -> list[dict[str, object]]:
    """Group blocks under their headings."""
    sections: list[dict[str, object]] = []
    entries: list[dict[str, str]] = []
    for block in blocks:
        if block.kind in {Kind.TITLE, Kind.HEADING} or not sections:
            entries = []
            titled = block.kind in {Kind.TITLE, Kind.HEADING}
            sections.append({"heading": block.text if titled else "", "entries": entries})
            if titled:
                continue
        entries.append({"kind": block.kind.value, "label": block.label, "text": block.text})
    return sections
