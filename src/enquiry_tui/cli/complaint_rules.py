"""`rule review-body` and `rule referral-screen`: what complaints law says. No vault is opened."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from enquiry_tui.cli.options import as_json_option
from enquiry_tui.cli.output import narrate, print_record
from enquiry_tui.errors import UsageError

if TYPE_CHECKING:
    from enquiry_tui.domain.complaint_book import Rule
    from enquiry_tui.domain.office_rules import ComplaintRules
    from enquiry_tui.domain.referral_screen import Answer, Screened
    from enquiry_tui.domain.review_body import Reviewing


@click.command("review-body")
@click.option("--about", required=True, metavar="WHOM", help="As in `rule authority`.")
@click.option("--route", default="otherwise", metavar="R", help="How it was handled.")
@click.option("--standing", default="victim", metavar="S", help="In which standing they complain.")
@click.option("--senior/--no-senior", default=None, help="Somebody above chief superintendent.")
@click.option(
    "--serious/--no-serious",
    default=None,
    help="It could, if proved, be a crime, justify discipline, or breach Art 2 or 3.",
)
@click.option(
    "--referred/--no-referred", default=None, help="It was, or must be, referred to the IOPC."
)
@click.option(
    "--same-incident/--no-same-incident", default=None, help="As one that goes to the IOPC."
)
@as_json_option
def review_body(
    about: str,
    route: str,
    standing: str,
    *,
    as_json: bool,
    **asked: bool | None,
) -> None:
    """Say who reviews the outcome, and why. What is not answered counts as yes, the strictest."""
    from enquiry_tui.domain.complaint_models import Decider, decider
    from enquiry_tui.domain.review_body import NOT_ELIGIBLE, Circumstances, strictest
    from enquiry_tui.policy.packs import load_shipped

    pack = load_shipped().complaints
    rules: ComplaintRules = pack.value
    subject = _known(rules.aliases.get(about, about), rules.subjects, "--about")
    whose = decider(subject)
    found, would_change = strictest(
        Circumstances(
            recorded=_known(route, rules.book.routes, "--route") != "outside",
            eligible=_known(standing, rules.book.standings, "--standing") not in NOT_ELIGIBLE,
            other_procedure=whose is Decider.OTHERS,
            iopc_investigation=route == "iopc",
            body_decides=whose is Decider.BODY,
        ),
        asked,
        rules.book.review,
    )
    unanswered = [name.replace("_", "-") for name in would_change]
    print_record(_reviewing(found, unanswered, pack.hash), as_json=as_json)
    if unanswered:
        no = " ".join(f"--no-{name}" for name in unanswered)
        narrate(f"not answered, so the strictest stands; it would change with all of: {no}")


@click.command("referral-screen")
@click.option("--yes", "yes", multiple=True, metavar="LINE", help="A line answered yes; repeat.")
@click.option("--unsure", multiple=True, metavar="LINE", help="A line answered unsure; repeat.")
@click.option("--no", "no", multiple=True, metavar="LINE", help="A line answered no; repeat.")
@click.option(
    "--rest", type=click.Choice(["yes", "no", "unsure"]), help="The answer to every other line."
)
@click.option("--mentioned", multiple=True, metavar="TICK", help="A tick of the desk; repeat.")
@as_json_option
def referral_screen(
    yes: tuple[str, ...],
    unsure: tuple[str, ...],
    no: tuple[str, ...],
    rest: str | None,
    mentioned: tuple[str, ...],
    *,
    as_json: bool,
) -> None:
    """Say what the ten lines mean: what must go to the IOPC, and what that bars."""
    from enquiry_tui.domain.referral_screen import screen
    from enquiry_tui.policy.packs import load_shipped

    pack = load_shipped().complaints
    rules: ComplaintRules = pack.value
    lines = {line.id: line for line in rules.book.lines}
    given = {"yes": yes, "unsure": unsure, "no": no}
    answers = _answers(given, rest, tuple(lines))
    ticks = {tick.id: tick.label for tick in rules.ticks}
    for tick in mentioned:
        _known(tick, ticks, "--mentioned")
    found = screen(rules.book.lines, answers)
    record = {
        "refer": found.must_refer,
        "outside": found.may_stay_outside,
        "finished": found.is_finished,
        "answers": [
            {"line": line.id, "label": line.label, "answer": _said(line, answers)}
            | {"source": line.cited}
            for line in lines.values()
        ],
        "mentioned": [{"tick": tick, "label": ticks[tick]} for tick in mentioned],
        "clock": _clock(found, mentioned),
        "reasons": list(found.reasons),
        "source": rules.book.source("finish-screen"),
        "pack": pack.hash,
    }
    print_record(record, as_json=as_json)


def _clock(found: Screened, mentioned: tuple[str, ...]) -> dict[str, object] | None:
    """Say which clock runs: the real one after a yes, a provisional one while it is not known."""
    if found.must_refer:
        return {"rule": "iopc-referral", "provisional": False}
    if mentioned and not found.may_stay_outside:
        return {"rule": "iopc-referral", "provisional": True}
    return None


def _answers(
    given: dict[str, tuple[str, ...]], rest: str | None, lines: tuple[str, ...]
) -> dict[str, Answer]:
    from enquiry_tui.domain.referral_screen import Answer

    answers: dict[str, Answer] = {}
    for word, names in given.items():
        for name in names:
            if _known(name, lines, f"--{word}") in answers:
                raise UsageError(f"A line has two answers: {name}.", "Give it one.")
            answers[name] = Answer(word)
    if rest is not None:
        answers = dict.fromkeys(lines, Answer(rest)) | answers
    return answers


def _said(line: Rule, answers: dict[str, Answer]) -> str | None:
    return str(answers[line.id]) if line.id in answers else None


def _reviewing(found: Reviewing, unanswered: list[str], pack: str) -> dict[str, object]:
    return {
        "body": str(found.body),
        "name": found.body.words,
        "reasons": [_reason(rule) for rule in found.reasons],
        "unanswered": unanswered,
        "source": "; ".join(dict.fromkeys(rule.cited for rule in found.reasons)),
        "pack": pack,
    }


def _reason(rule: Rule) -> dict[str, object]:
    return {"reason": rule.label, "source": rule.source, "verify": rule.verify}


def _known(name: str, known: Iterable[str], option: str) -> str:
    names = list(known)
    if name not in names:
        raise UsageError("There is no rule for that.", f"{option} is one of: {', '.join(names)}.")
    return name
