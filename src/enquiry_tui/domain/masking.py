"""Masking: one mask of one width, so that not even the length of a value is seen."""

from __future__ import annotations

from enquiry_tui.domain.vocabulary import InfoClass

MASK = "▒▒▒▒▒▒"


def mask(value: str, field_class: InfoClass, open_class: InfoClass | None) -> str:
    """Return the value, or the mask where its class is above what is open; also for empty.

    `open_class` is the highest class that is open now, None where nothing is.
    """
    return value if is_open(field_class, open_class) else MASK


def is_open(field_class: InfoClass, open_class: InfoClass | None) -> bool:
    """Say whether a field of this class may be seen."""
    if field_class is InfoClass.PUBLIC:
        return True
    return open_class is not None and field_class.digit <= open_class.digit
