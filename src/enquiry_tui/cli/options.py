"""Options and shapes of values that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])

as_json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print JSON, one object a line."
)
force_option = click.option("--force", is_flag=True, help="Replace a file of that name.")


def choice(vocabulary: type[StrEnum]) -> click.Choice[str]:
    """Make a choice among the words of a closed vocabulary."""
    return click.Choice([str(word) for word in vocabulary], case_sensitive=False)


def out_option(words: str = "The file to be written.") -> Callable[[Command], Command]:
    """Ask for the file to be written; `words` say more about it in the help."""
    return click.option(
        "--out", required=True, type=click.Path(path_type=Path), metavar="FILE", help=words
    )
