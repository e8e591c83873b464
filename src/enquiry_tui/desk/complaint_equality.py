"""Voluntary equality answers: counted as they come, and read only as numbers that name nobody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from enquiry_tui.desk import complaint_moves
from enquiry_tui.desk.desk import Desk
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.complaint_book import Question
from enquiry_tui.domain.small_numbers import Cell, suppressed
from enquiry_tui.errors import Refused
from enquiry_tui.records import complaints


@dataclass(frozen=True, slots=True)
class Counted:
    """One question with how often each answer was given; small numbers are not said."""

    question: str
    cells: tuple[Cell, ...]


def equality_questions(desk: Desk) -> tuple[Question, ...]:
    """Give the questions of the form, each with `prefer not to say` as its last answer."""
    rules = complaint_moves.book(desk)
    return tuple(
        Question(item.id, item.label, (*item.answers, rules.refusal)) for item in rules.equality
    )


def enter_equality(desk: Desk, answers: Mapping[str, str]) -> int:
    """Count the answers of one form, and keep nothing else of it; gives how many were counted.

    A question left blank counts as nothing. Raises Refused for an answer that is none of those.
    """
    with desk.act(Action.EQUALITY_ENTERED) as act:
        known = {item.id: item.answers for item in equality_questions(desk)}
        given = {name: answer for name, answer in answers.items() if answer}
        if any(answer not in known.get(name, ()) for name, answer in given.items()):
            raise Refused("That is none of the answers.", "Choose one, or prefer not to say.")
        if not given:
            raise Refused("Nothing was answered.", "That is their right: nothing is kept.")
        for name, answer in given.items():
            complaints.count_answer(act.tx, desk.today().year, name, answer)
        act.event("", "")
    return len(given)


def equality_figures(desk: Desk, year: int) -> tuple[Counted, ...]:
    """Read how often each answer was given in a year; small numbers are left out.

    Raises NotPermitted for whoever has no right to figures.
    """
    with desk.act(Action.EQUALITY_READ) as act:
        rules = complaint_moves.book(desk)
        found = complaints.counted(act.tx, year)
        act.event("", "", year=year)
    return tuple(
        Counted(
            item.label,
            suppressed({a: found.get((item.id, a), 0) for a in item.answers}, rules.smallest),
        )
        for item in equality_questions(desk)
    )
