"""How a screen or widget reaches the app, with its type."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.dom import DOMNode

if TYPE_CHECKING:
    from enquiry_tui.tui.app import EnquiryApp


def host(node: DOMNode) -> EnquiryApp:
    """Return the app a screen or widget belongs to."""
    return cast("EnquiryApp", node.app)
