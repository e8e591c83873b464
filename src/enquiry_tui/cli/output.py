"""Data to standard output, in the form that its reader wants; narration to standard error."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TextIO

from enquiry_tui.cli.text import visible
from enquiry_tui.errors import UsageError

FORMAT = 1
_WIPE = "\x1b[H\x1b[2J\x1b[3J"  # home, the screen, and what has scrolled off it (xterm's ED 3)

Value = object
Record = Mapping[str, Value]


def narrate(text: str) -> None:
    """Tell the person at the keyboard something, on standard error, one line."""
    if sys.stderr is not None:
        print(visible(text), file=sys.stderr, flush=True)  # noqa: T201


def is_shown(stream: TextIO | None) -> bool:
    """Say whether somebody reads this output on a terminal, where it stays in the scrollback."""
    return stream is not None and not stream.closed and stream.isatty()


def wipe(stream: TextIO | None) -> bool:
    """Clear a terminal and its scrollback; gives False where that cannot be asked of it."""
    if stream is None or not is_shown(stream) or not _takes_orders():
        return False
    stream.write(_WIPE)
    stream.flush()
    return True


def _takes_orders() -> bool:
    """Say whether the terminal reads control sequences: an old Windows console prints them."""
    if sys.platform == "win32":
        return any(name in os.environ for name in ("WT_SESSION", "TERM"))
    return os.environ.get("TERM", "dumb") != "dumb"


def print_line(text: str) -> None:
    """Print one line that is told to a person, as data."""
    out = _stdout()
    _write(out, visible(text))
    out.flush()


def print_text(words: str) -> None:
    """Print a text of several lines as data, as it is but for control characters."""
    out = _stdout()
    for line in words.splitlines():
        _write(out, visible(line))
    out.flush()


def print_record(record: Record, *, as_json: bool, last_line: str | None = None) -> None:
    """Print one object. `last_line` is for the person only: it stands alone, after the rest."""
    out = _stdout()
    if as_json:
        _write(out, _as_json(record))
        return
    pairs = list(_flat(record))
    if out.isatty():
        _print_table(out, ("", ""), pairs)
    else:
        for key, cell in pairs:
            _write(out, f"{visible(key)}\t{visible(cell)}")
    if last_line is not None:
        _write(out, visible(last_line))


def print_rows(rows: Iterable[Record], columns: Sequence[str], *, as_json: bool) -> None:
    """Print a list: JSON Lines, a table on a terminal, or one tab-separated line a row."""
    out = _stdout()
    if as_json:
        for row in rows:
            _write(out, _as_json(row))
        return
    cells = ([_cell(row.get(column)) for column in columns] for row in rows)
    if out.isatty():
        _print_table(out, columns, cells)
        return
    for line in cells:
        _write(out, "\t".join(visible(cell) for cell in line))


def _stdout() -> TextIO:
    if sys.stdout is None:
        raise UsageError(
            "Standard output is closed.", "Run the command with an output to write to."
        )
    return sys.stdout


def _write(out: TextIO, line: str) -> None:
    out.write(line + "\n")


def _as_json(record: Record) -> str:
    """ASCII only, so that no control, direction or separator character is ever sent as itself."""
    return json.dumps({"format": FORMAT, **record}, ensure_ascii=True, allow_nan=False)


def _flat(value: Value, key: str = "") -> Iterator[tuple[str, str]]:
    match value:
        case Mapping():
            for name, inner in value.items():
                yield from _flat(inner, f"{key}.{name}" if key else str(name))
        case list() | tuple():
            for number, inner in enumerate(value):
                yield from _flat(inner, f"{key}.{number}")
        case _:
            yield key, _cell(value)


def _cell(value: Value) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Mapping() | list() | tuple():
            return " ".join(cell for _, cell in _flat(value) if cell)
        case _:
            return str(value)


def _print_table(out: TextIO, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, show_header=any(columns), pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(Text(column), overflow="fold")
    for row in rows:
        table.add_row(*(Text(visible(cell)) for cell in row))
    Console(file=out, markup=False, highlight=False, emoji=False).print(table)
