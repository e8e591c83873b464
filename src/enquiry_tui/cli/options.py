"""Options and shapes of values that several commands share."""

from __future__ import annotations

from enum import StrEnum

import click

as_json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print JSON, one object a line."
)


def choice(vocabulary: type[StrEnum]) -> click.Choice[str]:
    """Make a choice among the words of a closed vocabulary."""
    return click.Choice([str(word) for word in vocabulary], case_sensitive=False)
