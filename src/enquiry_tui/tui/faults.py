"""What may be said about a fault of ours: its type and where, never what it held."""

from __future__ import annotations

import asyncio
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType
from typing import Any

EXIT_FAULT = 70
"""The exit code of a fault of the program itself."""

_FRAMES_SHOWN = 6


def describe(error: BaseException | None) -> str:
    """Name an error by type and by file and line of its innermost frames.

    Messages, locals and source lines stay out: each of them can hold what somebody typed.
    """
    if error is None:
        return "unknown fault"
    lines = [f"fault: {type(error).__name__}"]
    lines.extend(f"  at {place}" for place in places(error.__traceback__))
    inner = getattr(error, "error", None) or error.__cause__
    if isinstance(inner, BaseException) and inner is not error:
        lines.append(f"because of: {type(inner).__name__}")
        lines.extend(f"  at {place}" for place in places(inner.__traceback__))
    return "\n".join(lines)


def places(trace: TracebackType | None) -> list[str]:
    """List the innermost frames as `folder/file.py:line`."""
    frames = [(frame.f_code.co_filename, line) for frame, line in traceback.walk_tb(trace)]
    return [f"{'/'.join(Path(name).parts[-2:])}:{line}" for name, line in frames[-_FRAMES_SHOWN:]]


def report(error: BaseException | None) -> None:
    """Write the description of an error to the error stream, if there is one."""
    if sys.stderr is not None:
        sys.stderr.write(f"enquiry-tui: {describe(error)}\n")


def install_hooks() -> None:
    """Make the interpreter's own hooks say no more than `describe` does."""
    sys.excepthook = _on_uncaught
    threading.excepthook = _on_thread
    sys.unraisablehook = _on_unraisable


def on_loop_error(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:  # noqa: ARG001
    """Stand in for asyncio's handler, which would log messages and source lines."""
    report(context.get("exception"))


def _on_uncaught(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    report(error.with_traceback(trace))


def _on_thread(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
        report(args.exc_value)


def _on_unraisable(args: sys.UnraisableHookArgs) -> None:
    report(args.exc_value)
