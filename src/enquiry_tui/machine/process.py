"""What the process gives away: file modes, core dumps, memory to other processes, environment."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import MutableMapping
from contextlib import suppress

try:
    import resource
except ImportError:  # Windows writes no core files
    resource = None  # type: ignore[assignment]

_PR_SET_DUMPABLE = 4  # linux/prctl.h
_KEPT = frozenset(
    {"TEXTUAL_ANIMATIONS", "TEXTUAL_COLOR_SYSTEM", "TEXTUAL_THEME", "TEXTUAL_FPS"},
)
_DROPPED = frozenset({"PYTHONINSPECT", "PYTHONSTARTUP", "PYTHONASYNCIODEBUG"})


def harden() -> None:
    """Make new files private, forbid core dumps and a look into memory by the user's own tools.

    Each measure is taken where the platform has it; none needs a privilege.
    """
    os.umask(0o077)
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # a libc without prctl: the other two stand
            ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def scrub_environment(environment: MutableMapping[str, str] = os.environ) -> list[str]:
    """Drop what could make the program log, load or open things. Returns the names dropped.

    Textual can be told by its environment to write a log, import a driver or open a socket, so
    this must run before Textual is imported. Settings of looks stay.
    """
    dropped = [
        name
        for name in environment
        if name in _DROPPED or (name.startswith("TEXTUAL") and name not in _KEPT)
    ]
    for name in dropped:
        del environment[name]
    return dropped
