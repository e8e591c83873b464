"""The forms of a complaint's later steps: handling, outcome, review, withdrawal, the end."""

from __future__ import annotations

from collections.abc import Callable

from enquiry_tui.desk import complaint_allegations as allegations
from enquiry_tui.desk import complaint_handling as handling
from enquiry_tui.desk import complaint_outcome as outcome
from enquiry_tui.desk import complaint_withdrawal as withdrawal
from enquiry_tui.desk.complaint_life import Life
from enquiry_tui.desk.desk import Desk
from enquiry_tui.domain.complaint_states import State, Verb
from enquiry_tui.domain.review_body import ReviewBody
from enquiry_tui.tui.screens.complaint_form import (
    YES_NO,
    Form,
    book,
    by_field,
    conflict_fields,
    conflicts,
    day,
    many,
    on_field,
    options,
)
from enquiry_tui.tui.screens.prompt import Field, Values

_WHY = Field("why", "Why", "", "one line")


def _factors(desk: Desk, life: Life) -> tuple[Field, ...]:
    known = options(book(desk).factors)
    names = [name for name, _ in known]
    field = Field("factors", "Factors", "", "as many keys as fit: 2 7 c", known, many=True)
    now = " ".join(field.key(names.index(name)) for name in life.factors if name in names)
    return (Field("factors", "Factors", now, field.hint, known, many=True),)


def _allocate(desk: Desk, life: Life) -> tuple[Field, ...]:
    handler = Field("handler", "Handler", life.handler, "name and unit", offered=True)
    return (handler, *conflict_fields(desk))


def _allocated(desk: Desk, life: Life, values: Values) -> object:
    return handling.allocate(
        desk, life.complaint.uid, values["handler"], conflicts(values), why=values["why"]
    )


def _handle(desk: Desk, life: Life) -> tuple[Field, ...]:
    routes = book(desk).routes
    ways = tuple((name, routes[name].label) for name in handling.ROUTES)
    return (
        Field("route", "How", "", "its digit", ways),
        Field("why", "Why", "", "needed where how it is handled changes"),
        by_field(life),
        on_field("From"),
    )


def _handled(desk: Desk, life: Life, values: Values) -> object:
    return handling.start_handling(
        desk,
        life.complaint.uid,
        values["route"],
        by=values["by"],
        why=values["why"],
        on=day(desk, values),
    )


def _update(_desk: Desk, _life: Life) -> tuple[Field, ...]:
    return (
        Field("words", "Told", "", "what they were told, and how it went"),
        Field("long", "12 months?", "no", "also the letter after twelve months?", YES_NO),
        on_field(),
    )


def _updated(desk: Desk, life: Life, values: Values) -> object:
    return handling.note_update(
        desk,
        life.complaint.uid,
        values["words"],
        long=values["long"] == "yes",
        on=day(desk, values),
    )


def decision_form(allegation_uid: str) -> Form:
    """Make the form that decides one allegation, in the words of the route."""

    def fields(desk: Desk, life: Life) -> tuple[Field, ...]:
        rules = book(desk)
        words = tuple((name, rules.decisions[name].label) for name in _words(desk, life))
        return (
            Field("decision", "Decision", "", "its digit", words),
            Field("actions", "Actions", "", "one or more", options(rules.actions), many=True),
            _WHY,
            by_field(life),
            on_field(),
        )

    def save(desk: Desk, _life: Life, values: Values) -> object:
        return allegations.decide_allegation(
            desk,
            allegation_uid,
            values["decision"],
            many(values, "actions"),
            why=values["why"],
            by=values["by"],
            on=day(desk, values),
        )

    return Form(fields, save)


def _words(desk: Desk, life: Life) -> tuple[str, ...]:
    for route in book(desk).routes.values():
        if route.label == life.route:
            return route.decisions
    return ()


def _conclude(desk: Desk, life: Life) -> tuple[Field, ...]:
    return (by_field(life), *conflict_fields(desk), on_field())


def _concluded(desk: Desk, life: Life, values: Values) -> object:
    return handling.conclude(
        desk,
        life.complaint.uid,
        conflicts(values),
        by=values["by"],
        why=values["why"],
        on=day(desk, values),
    )


def _tell(_desk: Desk, life: Life) -> tuple[Field, ...]:
    return (
        Field("how", "How", "", "its digit", tuple((how, how) for how in outcome.HOW)),
        by_field(life, "Told by"),
        on_field(),
    )


def _told(desk: Desk, life: Life, values: Values) -> object:
    return outcome.tell_outcome(
        desk, life.complaint.uid, values["how"], by=values["by"], on=day(desk, values)
    )


def _reviewed_fields(desk: Desk, life: Life) -> tuple[Field, ...]:
    found = options(book(desk).review_outcomes)
    return (
        Field("outcome", "Outcome", "", "its digit", found),
        Field("recommends", "Recommended", "", "what is recommended, in words; else blank"),
        Field("why", "Why", "", "the reasons, in a line"),
        Field("by", "Decided by", life.review, "who reviewed it", offered=True),
        on_field(),
    )


def _reviewed(desk: Desk, life: Life, values: Values) -> object:
    return outcome.decide_review(
        desk,
        life.complaint.uid,
        values["outcome"],
        by=values["by"],
        why=values["why"],
        recommends=values["recommends"],
        on=day(desk, values),
    )


_BODIES = tuple((str(body), body.words) for body in (ReviewBody.BODY, ReviewBody.IOPC))


def _apply(_desk: Desk, life: Life) -> tuple[Field, ...]:
    theirs = (
        Field("told", "Told on", "", "the day they were told, by the application: 20 nov"),
        Field("body", "Reviewed by", "1", "whom the outcome letter names", _BODIES),
    )
    return (
        on_field("Received"),
        *(theirs if life.state is State.ELSEWHERE else ()),
        Field("why", "If late", "", "which special circumstances let it in"),
    )


def _applied(desk: Desk, life: Life, values: Values) -> object:
    told = day(desk, values, "told") if values.get("told") else None
    body = ReviewBody(values.get("body") or ReviewBody.BODY)
    return outcome.apply_for_review(
        desk,
        life.complaint.uid,
        why=values["why"],
        on=day(desk, values),
        elsewhere=outcome.ToldElsewhere(told, body),
    )


def _signed(_desk: Desk, _life: Life) -> tuple[Field, ...]:
    return (
        Field("by", "Signed by", "", "complainant, solicitor or agent"),
        _TOLD,
        on_field(),
    )


def _withdrawn(desk: Desk, life: Life, values: Values) -> object:
    return withdrawal.withdraw_signed(
        desk, life.complaint.uid, values["by"], told=values["told"], on=day(desk, values)
    )


_TOLD = Field("told", "Also told", "", "the IOPC, the review body, where they have it")


def _with_reason(verb: Callable[..., object]) -> Form:
    """Make a form of a reason and who decided."""
    return Form(
        lambda _desk, life: (_WHY, by_field(life)),
        lambda desk, life, values: verb(desk, life.complaint.uid, values["why"], by=values["by"]),
    )


def _with_words(verb: Callable[..., object], label: str, hint: str) -> Form:
    """Make a form of words and a day."""
    return Form(
        lambda _desk, _life: (Field("words", label, "", hint), on_field()),
        lambda desk, life, values: verb(
            desk, life.complaint.uid, values["words"], on=day(desk, values)
        ),
    )


LATER_FORMS: dict[Verb, Form] = {
    Verb.SET_FACTORS: Form(
        _factors,
        lambda desk, life, values: allegations.set_factors(
            desk, life.complaint.uid, many(values, "factors")
        ),
    ),
    Verb.ALLOCATE: Form(_allocate, _allocated),
    Verb.HANDLE: Form(_handle, _handled),
    Verb.UPDATE: Form(_update, _updated),
    Verb.CONCLUDE: Form(_conclude, _concluded),
    Verb.TELL: Form(_tell, _told),
    Verb.APPLY_REVIEW: Form(_apply, _applied),
    Verb.DECIDE_REVIEW: Form(_reviewed_fields, _reviewed),
    Verb.SUSPEND: _with_reason(handling.suspend),
    Verb.RESUME: _with_reason(handling.resume),
    Verb.CARRY_ON: _with_reason(withdrawal.carry_on),
    Verb.REOPEN: _with_reason(outcome.reopen_complaint),
    Verb.TAKE_UP: _with_reason(outcome.take_up),
    Verb.ASK_WITHDRAWAL: _with_words(withdrawal.ask_withdrawal, "They said", "in their own words"),
    Verb.KEEP_ON: _with_words(withdrawal.keep_on, "Answer", "what they answered"),
    Verb.WITHDRAW: Form(_signed, _withdrawn),
    Verb.WITHDRAWAL_LETTER: Form(
        lambda _desk, _life: (on_field("Sent on"),),
        lambda desk, life, values: withdrawal.withdrawal_letter(
            desk, life.complaint.uid, on=day(desk, values)
        ),
    ),
    Verb.WITHDRAWAL_SILENCE: Form(
        lambda _desk, _life: (_TOLD,),
        lambda desk, life, values: withdrawal.withdrawal_silence(
            desk, life.complaint.uid, told=values["told"]
        ),
    ),
    Verb.FINALISE: Form(
        lambda _desk, _life: (
            Field("why", "More", "", "after a recommendation: what was answered to it"),
            on_field(),
        ),
        lambda desk, life, values: outcome.finalise(
            desk, life.complaint.uid, values["why"], on=day(desk, values)
        ),
    ),
    Verb.CLOSE: Form(
        lambda _desk, _life: (Field("why", "More", "", "may stay blank"),),
        lambda desk, life, values: outcome.close_complaint(desk, life.complaint.uid, values["why"]),
    ),
}
