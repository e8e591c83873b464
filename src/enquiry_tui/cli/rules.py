"""`rule`: what the rules say, for whoever wants to check them. No vault is opened."""

from __future__ import annotations

import re

import click

from enquiry_tui.cli.clocks import clock
from enquiry_tui.cli.complaint_rules import referral_screen, review_body
from enquiry_tui.cli.options import as_json_option, choice
from enquiry_tui.cli.output import print_record
from enquiry_tui.domain.vocabulary import (
    Authority,
    Channel,
    InfoClass,
    Kind,
    Office,
    Proof,
    Recognition,
)
from enquiry_tui.errors import UsageError

_PAIR = re.compile(r"([0-4])/([0-4])")
_SCORE = click.IntRange(0, 4)


@click.group()
def rule() -> None:
    """Ask the rules: identity, the gate, complaints, when things are due. Needs no vault."""


for _command in (clock, review_body, referral_screen):
    rule.add_command(_command)


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


@rule.command()
@click.option("--requester", type=choice(Kind), help="What sort of requester asks.")
@click.option("--class", "info_class", type=choice(InfoClass), help="What is asked for.")
@click.option("--channel", type=choice(Channel), required=True, help="How it is asked.")
@click.option("--level", type=choice(Proof), default="none", help="Identity proved (GPG 45).")
@click.option(
    "--recognition", type=choice(Recognition), default="none", help="Recognised (GPG 44)."
)
@click.option(
    "--authority", default="none", metavar="A", help="Shown for another: client, org+request."
)
@as_json_option
def say(
    requester: str | None,
    info_class: str | None,
    channel: str,
    level: str,
    recognition: str,
    authority: str,
    as_json: bool,
) -> None:
    """Say what may be said. A requester or class that is left out gives the strictest answer."""
    from enquiry_tui.domain.gate import explain, neutral_sentence
    from enquiry_tui.domain.standing import Standing
    from enquiry_tui.policy.packs import load_shipped

    verdict = explain(
        load_shipped().table,
        Kind(requester) if requester else None,
        InfoClass(info_class) if info_class else None,
        Channel(channel),
        Standing(Recognition(recognition), Proof(level), _authorities(authority)),
    )
    record = {
        "allowed": str(verdict.allowed),
        "needed": [need.as_dict() for need in verdict.needed],
        "route": verdict.route or None,
        "may": list(verdict.may),
        "only_if": list(verdict.only_if),
        "never": list(verdict.never),
        "neutral": neutral_sentence(),
        "pack": verdict.pack,
    }
    print_record(record, as_json=as_json)


@rule.command()
@click.option("--about", required=True, metavar="WHOM", help="Whom or what the complaint is about.")
@click.option(
    "--office", type=choice(Office), default="chief-constable", help="Whose desk this is."
)
@as_json_option
def authority(about: str, office: str, as_json: bool) -> None:
    """Say who decides a complaint, and what this desk does with it."""
    from enquiry_tui.policy.packs import load_shipped

    rules = load_shipped().complaints.value
    found = rules.authority(Office(office), about)
    if found is None:
        known = ", ".join(dict.fromkeys((*rules.subjects, *rules.aliases)))
        raise UsageError("There is no rule for that.", f"--about is one of: {known}.")
    record = {"authority": found.authority, "action": found.action, "source": found.source}
    print_record(record, as_json=as_json)


def _authorities(text: str) -> frozenset[Authority]:
    try:
        shown = frozenset(Authority(word.strip().lower()) for word in text.split("+"))
    except ValueError:
        words = ", ".join(str(word) for word in Authority)
        raise UsageError(
            "There is no such authority.", f"One of: {words}; or several, with +."
        ) from None
    return shown - {Authority.NONE}
