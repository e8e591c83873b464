"""The screens that other keys open, by name: looked up when they are asked for, never before."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any, cast

from textual.screen import Screen

_PACKAGE = "enquiry_tui.tui.screens"

SCREENS: dict[str, tuple[str, str]] = {
    "who": ("identity", "IdentityScreen"),
    "say": ("say", "SayScreen"),
    "refer": ("referral", "ReferralScreen"),
    "complaint": ("complaint", "ComplaintScreen"),
    "promise": ("promise", "PromiseScreen"),
    "message": ("message", "MessageScreen"),
    "urgent": ("urgent", "UrgentScreen"),
    "find": ("find", "FindScreen"),
    "post": ("post", "PostScreen"),
    "directory": ("directory", "DirectoryScreen"),
    "hand-over": ("hand_over", "HandOverScreen"),
    "audit": ("audit", "AuditScreen"),
    "office": ("officers", "OfficersScreen"),
    "letters": ("letter", "LetterScreen"),
    "review": ("review", "ReviewScreen"),
    "sample": ("sample", "SampleScreen"),
    "figures": ("figures", "FiguresScreen"),
    "said-in-error": ("incident", "SaidInErrorScreen"),
}
"""Command id: the module under `screens` and its class."""

_known: dict[str, bool] = {}


def exists(name: str) -> bool:
    """Say whether a screen is part of this program."""
    if name not in _known:
        module = SCREENS.get(name, ("", ""))[0]
        _known[name] = bool(module) and find_spec(f"{_PACKAGE}.{module}") is not None
    return _known[name]


def make(name: str, *args: object) -> Screen[Any]:
    """Make a screen. Raises KeyError for a name that is not known."""
    module, attribute = SCREENS[name]
    factory = getattr(import_module(f"{_PACKAGE}.{module}"), attribute)
    return cast("Screen[Any]", factory(*args))
