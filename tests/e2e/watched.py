"""Runs the program as `python -m tests.e2e.watched NOTES ARGUMENT…` and notes what it reaches for.

One JSON line for each file opened for writing, made, renamed or removed by Python, and for every
program, socket or browser. What SQLite itself opens is not seen here: the test watches the folders.
"""

from __future__ import annotations

import json
import os
import sys

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CHANGING = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.chmod"}
_CHANGING |= {"os.truncate", "shutil.rmtree", "shutil.copyfile", "tempfile.mkstemp"}
_FORBIDDEN: tuple[str, ...] = ("subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork")
_FORBIDDEN += ("os.spawn",)
_FORBIDDEN += ("os.startfile", "pty.", "webbrowser.", "socket.", "urllib.", "http.", "ftplib.")


def watch(notes: int) -> None:
    def note(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open":
            path, _, flags = arguments
            if isinstance(path, int) or not isinstance(flags, int) or not flags & _WRITING:
                return
            told = [os.fsdecode(path)]  # type: ignore[arg-type]
        elif event in _CHANGING:
            told = [os.fsdecode(item) for item in arguments if isinstance(item, str | bytes)]
        elif event.startswith(_FORBIDDEN):
            told = [str(item) for item in arguments[1:3]]
        else:
            return
        os.write(notes, json.dumps([event, *told]).encode() + b"\n")

    sys.addaudithook(note)


def main() -> int:
    notes = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    sys.argv = ["enquiry-tui", *sys.argv[2:]]
    watch(notes)
    from enquiry_tui.__main__ import main as program

    return program()


if __name__ == "__main__":
    sys.exit(main())
