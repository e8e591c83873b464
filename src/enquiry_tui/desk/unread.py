"""What stays masked for who sees records masked only, whatever is open: words without a class."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from enquiry_tui.domain.masking import MASK
from enquiry_tui.domain.rights import sees_masked_only

if TYPE_CHECKING:
    from enquiry_tui.desk.desk import Desk

View = TypeVar("View", bound=Any)


def is_unread(desk: Desk) -> bool:
    """Say whether the signed-in officer sees records masked only."""
    return sees_masked_only(desk.officer.role)


def unread(desk: Desk, view: View, names: Iterable[str]) -> View:
    """Give a view whose named texts are masked for such an officer, as it is for any other."""
    if not is_unread(desk):
        return view
    found: View = replace(view, **dict.fromkeys(names, MASK))
    return found
