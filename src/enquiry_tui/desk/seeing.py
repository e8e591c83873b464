"""What may be seen of a matter now: masked above what the live contact opened, or a right allows.

Every view that holds a field with a class asks here, so that no pane shows what another masks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.gate import open_class
from enquiry_tui.domain.masking import is_open, mask
from enquiry_tui.domain.rights import sees_masked_only
from enquiry_tui.domain.vocabulary import InfoClass
from enquiry_tui.records import contacts

View = TypeVar("View", bound=Any)

# Outside a contact an officer sees what their right allows, short of whereabouts and health.
OUTSIDE = InfoClass.THIRD_PARTY


class Limits:
    """The highest class that may be shown of each matter, by which contact is live.

    A pass opens one matter for one person: what belongs to another matter stays masked meanwhile.
    """

    def __init__(self, desk: Desk) -> None:
        self._masked = sees_masked_only(desk.officer.role)
        rows = contacts.open_of(desk.store, desk.officer.uid)
        self._live = next((row for row in rows if row["state"] == "talking"), None)
        self._open = open_class(desk, self._live) if self._live is not None else None

    def of(self, enquiry_id: int) -> InfoClass | None:
        """Give the highest class to be shown of this matter; None for nothing but public."""
        if self._masked:
            return None
        if self._live is None:
            return OUTSIDE
        if self._live["enquiry_id"] == enquiry_id and self._open is not None:
            return self._open
        return InfoClass.OWN_PROGRESS  # what the rows of the desk show anyhow

    def said_in(self, contact_id: int | None, enquiry_id: int) -> InfoClass | None:
        """Give the limit for what was said in a contact: what is said in the live one is heard."""
        if self._masked or self._live is None or contact_id != self._live["id"]:
            return self.of(enquiry_id)
        return OUTSIDE


def lower(one: InfoClass | None, other: InfoClass | None) -> InfoClass | None:
    """Give the lower of two limits; None, which is nothing but public, is below all."""
    if one is None or other is None:
        return None
    return min(one, other, key=lambda item: item.digit)


def seen_of(desk: Desk, enquiry_id: int) -> InfoClass | None:
    """Give the highest class to be shown of one matter now."""
    return Limits(desk).of(enquiry_id)


def masked(desk: Desk, field: str, value: str, seen: InfoClass | None) -> str:
    """Give a field by the name under which the pack classes it, or the mask; blank stays blank."""
    return mask(value, desk.packs.table.class_of(field), seen) if value else ""


def veiled(desk: Desk, view: View, fields: Mapping[str, str], seen: InfoClass | None) -> View:
    """Give a view with texts masked; `fields`: its names, and those by which the pack classes."""
    found: View = replace(
        view,
        **{name: masked(desk, field, getattr(view, name), seen) for name, field in fields.items()},
    )
    return found


def shows(desk: Desk, field: str, seen: InfoClass | None) -> bool:
    """Say whether a field may be seen."""
    return is_open(desk.packs.table.class_of(field), seen)
