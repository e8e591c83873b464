"""The screens that other keys open, by name: looked up when they are asked for, never before."""

from __future__ import annotations

from importlib import import_module
from typing import Any, cast

from textual.screen import Screen

_PACKAGE = "enquiry_tui.tui.screens"

SCREENS: dict[str, tuple[str, str]] = {
    "who": ("identity", "IdentityScreen"),
    "say": ("say", "SayScreen"),
    "refer": ("referral", "ReferralScreen"),
    "complaint": ("complaint", "ComplaintScreen"),
    "complaint-path": ("complaint_path", "ComplaintPathScreen"),
    "promise": ("promise", "PromiseScreen"),
    "message": ("message", "MessageScreen"),
    "urgent": ("urgent", "UrgentScreen"),
    "find": ("find", "FindScreen"),
    "post": ("post", "PostScreen"),
    "directory": ("directory", "DirectoryScreen"),
    "audit": ("audit", "AuditScreen"),
    "office": ("office", "OfficeScreen"),
    "accounts": ("accounts", "AccountsScreen"),
    "letters": ("letter", "LetterScreen"),
    "backups": ("backups", "BackupsScreen"),
    "machine": ("machine", "MachineScreen"),
    "policy": ("policy", "PolicyScreen"),
    "clocks": ("clocks", "ClocksScreen"),
    "holidays": ("holidays", "HolidaysScreen"),
    "said-in-error": ("incident", "SaidInErrorScreen"),
}
"""Command id: the module under `screens` and its class."""


def make(name: str, *args: object) -> Screen[Any]:
    """Make a screen. Raises KeyError for a name that is not known."""
    module, attribute = SCREENS[name]
    factory = getattr(import_module(f"{_PACKAGE}.{module}"), attribute)
    return cast("Screen[Any]", factory(*args))
