"""The path as tables: `python -m enquiry_tui.domain.complaint_path_doc < page > new page`."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from enquiry_tui.domain.complaint_models import Decider, Model, offered
from enquiry_tui.domain.complaint_path import STEPS, Step
from enquiry_tui.domain.complaint_states import Before, State, Verb, Who
from enquiry_tui.domain.vocabulary import Office

BEGIN = "<!-- made by domain/complaint_path_doc.py, not by hand, up to the end mark -->"
END = "<!-- end -->"
_COLUMNS = (
    ("force's own desk", Office.CHIEF_CONSTABLE, Model.REVIEWS),
    ("body, model 1", Office.LOCAL_POLICING_BODY, Model.REVIEWS),
    ("model 2", Office.LOCAL_POLICING_BODY, Model.FIRST_HANDLING),
    ("model 3", Office.LOCAL_POLICING_BODY, Model.TO_THE_OUTCOME),
)


def tables() -> str:
    """Write the states, the steps, and what each office enters itself."""
    return "\n".join([BEGIN, *_states(), "", *_steps(), "", *_offers(), END, ""])


def page(text: str) -> str:
    """Put the tables into a page, between their marks. Raises ValueError where it has none."""
    head, _, rest = text.partition(BEGIN)
    middle, mark, tail = rest.partition(END)
    if not mark or not middle:
        raise ValueError("no marks for the tables")
    return f"{head}{tables().rstrip()}{tail}"


def _states() -> Iterable[str]:
    yield "### States\n"
    yield "| State | On screen |"
    yield "|---|---|"
    for state in State:
        yield f"| `{state}` | {state.words} |"


def _steps() -> Iterable[str]:
    yield "### Steps\n"
    yield "| Step | On screen | From | To | Who | First |"
    yield "|---|---|---|---|---|---|"
    for step in STEPS:
        needs = "; ".join(str(need) for need in step.needs) or "–"
        who = "supervisor" if step.who is Who.DECIDER else "officer"
        start = " ".join(f"`{state}`" for state in step.start)
        yield f"| `{step.verb}` | {step.title} | {start} | {_end(step)} | {who} | {needs} |"


def _end(step: Step) -> str:
    return f"*{step.end}*" if isinstance(step.end, Before) else f"`{step.end}`"


def _offers() -> Iterable[str]:
    yield "### What an office enters itself, for a complaint that the chief constable decides\n"
    yield f"| Step | {' | '.join(name for name, _, _ in _COLUMNS)} |"
    yield "|---" * (len(_COLUMNS) + 1) + "|"
    sets = [offered(office, model, Decider.FORCE) for _, office, model in _COLUMNS]
    for verb in Verb:
        marks = " | ".join("✓" if verb in found else "–" for found in sets)
        yield f"| `{verb}` | {marks} |"


if __name__ == "__main__":
    sys.stdout.write(page(sys.stdin.read()))
