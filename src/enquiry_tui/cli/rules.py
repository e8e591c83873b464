"""`rule`: what the rules say, for whoever wants to check them. No vault is opened."""

from __future__ import annotations

import re

import click

from enquiry_tui.cli.options import as_json_option
from enquiry_tui.cli.output import print_record
from enquiry_tui.errors import UsageError

_PAIR = re.compile(r"([0-4])/([0-4])")
_SCORE = click.IntRange(0, 4)


@click.group()
def rule() -> None:
    """Ask the rules: identity scores, the gate. Needs no vault."""


@rule.command()
@click.option(
    "--evidence",
    multiple=True,
    required=True,
    metavar="S/V...",
    help="Strength and validity of each piece of evidence, such as 3/3 2/2.",
)
@click.argument("more", nargs=-1, metavar="")
@click.option("--activity", type=_SCORE, required=True, help="Activity history, 0 to 4.")
@click.option("--fraud", type=_SCORE, required=True, help="Identity fraud, 0 to 4.")
@click.option("--verification", type=_SCORE, required=True, help="Verification, 0 to 4.")
@as_json_option
def identity(
    evidence: tuple[str, ...],
    more: tuple[str, ...],
    activity: int,
    fraud: int,
    verification: int,
    as_json: bool,
) -> None:
    """Score proof of identity against GPG 45: the level met, and by which profiles."""
    from enquiry_tui.domain.gpg45 import evaluate

    pairs = [_pair(item) for item in evidence + more]
    result = evaluate(pairs, activity, fraud, verification)
    record = {"level": str(result.level), "profiles": list(result.profiles)}
    print_record(record, as_json=as_json)


def _pair(text: str) -> tuple[int, int]:
    match = _PAIR.fullmatch(text)
    if match is None:
        raise UsageError(
            "Evidence is strength/validity, each 0 to 4.", "Such as: --evidence 3/3 2/2"
        )
    return int(match[1]), int(match[2])
