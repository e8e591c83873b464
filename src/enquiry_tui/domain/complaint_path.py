"""The path of a complaint as one table: state and step give the next state; the code follows it.

Police Reform Act 2002 Sch 3 and the Police (Complaints and Misconduct) Regulations 2020 name the
steps; their order at a desk, and who of the office enters them, is this product's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from enquiry_tui.domain.complaint_states import Before, Need, State, Verb, Who

_S, _V, _N = State, Verb, Need
_SAME, _BEFORE = Before.SAME, Before.BEFORE
_FIRST = (_S.LOGGED, _S.PASSED)
_WORKED_ON = (_S.OUTSIDE, _S.HANDLING, _S.IOPC)
# Everything that is not over yet: what may still be taken back by the complainant.
_LIVE = (*_FIRST, _S.OUTSIDE, _S.RECORDED, _S.WITH_IOPC, _S.HANDLING, _S.IOPC, _S.SUSPENDED)
_OPEN = (*_LIVE, _S.DECIDED, _S.REVIEW)
# The outcome stands and is not final: what comes to light now may still have to be referred.
_BEFORE_FINAL = (_S.DECIDED, _S.TOLD)


@dataclass(frozen=True, slots=True)
class Step:
    """One row: from these states this step leads there, if all that it needs stands."""

    verb: Verb
    title: str
    start: tuple[State, ...]
    end: State | Before
    needs: tuple[Need, ...] = ()
    who: Who = Who.OFFICER


_D = Who.DECIDER
STEPS: tuple[Step, ...] = (
    Step(_V.DECIDE_AUTHORITY, "say who decides it, or transfer it", _FIRST, _S.LOGGED),
    Step(_V.SET_WISHES, "what they want, read back", (*_LIVE, _S.DECIDED), _SAME),
    Step(_V.PRESERVE, "evidence is to be kept", (*_LIVE, *_BEFORE_FINAL), _SAME),
    Step(_V.PASS, "pass it to who decides", (_S.LOGGED,), _S.PASSED, (_N.ABOUT, _N.ASKED)),
    Step(
        _V.FINISH_SCREEN,
        "the ten lines of the referral screen",
        (*_FIRST, _S.RECORDED, _S.HANDLING, *_BEFORE_FINAL),
        _SAME,
        who=_D,
    ),
    Step(
        _V.HANDLE_OUTSIDE,
        "handle it outside Schedule 3",
        _FIRST,
        _S.OUTSIDE,
        (_N.ABOUT, _N.SCREEN, _N.SCREEN_NO, _N.AGREED, _N.NOT_RECORDED),
        _D,
    ),
    Step(
        _V.RECORD,
        "record it under Schedule 3",
        (*_FIRST, _S.OUTSIDE, _S.DECIDED, _S.TOLD, _S.SET_ASIDE, _S.FINALISED, _S.CLOSED),
        _S.RECORDED,
        (_N.ABOUT, _N.NOT_RECORDED),
    ),
    Step(_V.SET_ASIDE, "no complaint of this kind", _FIRST, _S.SET_ASIDE, (_N.NOT_CAUGHT,), _D),
    Step(_V.HAND_OVER, "they have taken it over", (_S.PASSED, _S.RECORDED), _S.ELSEWHERE),
    Step(
        _V.GIVE_COPY,
        "a copy of the record is given",
        (_S.RECORDED, _S.WITH_IOPC, _S.HANDLING, _S.IOPC, _S.SUSPENDED, _S.DECIDED, _S.TOLD),
        _SAME,
        (_N.RECORDED,),
    ),
    Step(
        _V.REFER,
        "referred to the IOPC",
        (_S.RECORDED, _S.HANDLING, *_BEFORE_FINAL),
        _S.WITH_IOPC,
        (_N.RECORDED, _N.SCREEN),
    ),
    Step(_V.IOPC_RETURNS, "the IOPC sends it back", (_S.WITH_IOPC,), _S.RECORDED),
    Step(_V.IOPC_KEEPS, "the IOPC directs or investigates", (_S.WITH_IOPC,), _S.IOPC),
    Step(_V.ADD_ALLEGATION, "another allegation", _LIVE, _SAME),
    Step(_V.CATEGORISE, "the category of an allegation", _LIVE, _SAME),
    Step(_V.SET_FACTORS, "factors", (*_LIVE, _S.DECIDED), _SAME),
    Step(_V.ALLOCATE, "give it to a handler", (_S.OUTSIDE, _S.RECORDED, _S.HANDLING), _SAME),
    Step(
        _V.HANDLE,
        "begin handling it, or change how",
        (_S.RECORDED, _S.HANDLING),
        _S.HANDLING,
        (_N.SCREEN, _N.REFERRED, _N.HANDLER),
    ),
    Step(
        _V.UPDATE,
        "an update has gone to them",
        (*_WORKED_ON, _S.WITH_IOPC, _S.SUSPENDED, _S.WITHDRAWING),
        _SAME,
    ),
    Step(
        _V.DECIDE,
        "decide one allegation",
        _WORKED_ON,
        _SAME,
        (_N.CATEGORIES,),
    ),
    Step(
        _V.CONCLUDE,
        "the outcome is reached",
        _WORKED_ON,
        _S.DECIDED,
        (_N.CATEGORIES, _N.ALL_DECIDED, _N.NONE_MOVED, _N.REFERRED, _N.STILL_OUTSIDE),
    ),
    Step(
        _V.TELL,
        "the outcome is told",
        (_S.DECIDED,),
        _S.TOLD,
        (_N.STILL_OUTSIDE, _N.REFERRED_SINCE),
    ),
    Step(
        _V.APPLY_REVIEW,
        "a review is applied for",
        (_S.TOLD, _S.FINALISED, _S.ELSEWHERE),
        _S.REVIEW,
        (_N.REVIEW_RIGHT, _N.REFERRED_SINCE),
    ),
    Step(_V.DECIDE_REVIEW, "the review is decided", (_S.REVIEW,), _S.REVIEWED),
    Step(_V.SUSPEND, "suspend it", (_S.RECORDED, _S.HANDLING), _S.SUSPENDED, (), _D),
    Step(_V.RESUME, "go on with it", (_S.SUSPENDED,), _BEFORE),
    Step(_V.ASK_WITHDRAWAL, "they want to drop it, unsigned", _OPEN, _SAME),
    Step(_V.WITHDRAW, "a signed withdrawal has come", (*_OPEN, _S.WITHDRAWING), _S.WITHDRAWN),
    Step(
        _V.WITHDRAWAL_LETTER,
        "the withdrawal letter has gone",
        _OPEN,
        _S.WITHDRAWING,
        (_N.ASKED_TO_WITHDRAW,),
    ),
    Step(
        _V.WITHDRAWAL_SILENCE,
        "no answer came in time",
        (_S.WITHDRAWING,),
        _S.WITHDRAWN,
        (_N.SILENCE,),
    ),
    Step(_V.KEEP_ON, "they want it to go on after all", (_S.WITHDRAWING,), _BEFORE),
    Step(_V.CARRY_ON, "carry on in the public interest", (_S.WITHDRAWN,), _BEFORE, (), _D),
    Step(
        _V.FINALISE,
        "make it final",
        (_S.TOLD, _S.REVIEWED, _S.WITHDRAWN, _S.SET_ASIDE),
        _S.FINALISED,
        (_N.REFERRED_SINCE,),
    ),
    Step(
        _V.REOPEN,
        "open it again",
        (_S.REVIEWED, _S.FINALISED, _S.CLOSED, _S.ELSEWHERE),
        _S.RECORDED,
        (_N.RECORDED,),
        _D,
    ),
    Step(
        _V.TAKE_UP,
        "take it up again",
        (_S.FINALISED, _S.CLOSED, _S.ELSEWHERE),
        _S.LOGGED,
        (_N.NOT_RECORDED,),
        _D,
    ),
    Step(_V.CLOSE, "close it", (_S.FINALISED,), _S.CLOSED, (_N.WINDOW_OVER,)),
)
_BY_VERB = {step.verb: step for step in STEPS}


@dataclass(frozen=True, slots=True)
class Facts:
    """What stands in a complaint, as far as a step may ask for it."""

    about: bool = False
    asked: bool = False
    screen: bool = False
    screen_no: bool = False
    caught: bool = False
    agreed: bool = False
    recorded: bool = False
    referred: bool = False
    referred_since: bool = True
    handler: bool = False
    undecided: bool = False
    alleged: bool = False
    categories: bool = False
    moved: bool = False
    still_outside: bool = True
    review_right: bool = False
    asked_to_withdraw: bool = False
    silence: bool = False
    window_over: bool = False

    def stands(self, need: Need) -> bool:
        """Say whether what a step needs stands."""
        return {
            Need.ABOUT: self.about,
            Need.ASKED: self.asked,
            Need.SCREEN: self.screen,
            Need.SCREEN_NO: self.screen_no,
            Need.NOT_CAUGHT: not self.caught,
            Need.AGREED: self.agreed,
            Need.NOT_RECORDED: not self.recorded,
            Need.RECORDED: self.recorded,
            Need.REFERRED: self.referred,
            Need.REFERRED_SINCE: self.referred_since,
            Need.HANDLER: self.handler,
            Need.CATEGORIES: self.categories,
            Need.ALL_DECIDED: self.alleged and not self.undecided,
            Need.NONE_MOVED: not self.moved,
            Need.STILL_OUTSIDE: self.still_outside,
            Need.REVIEW_RIGHT: self.review_right,
            Need.ASKED_TO_WITHDRAW: self.asked_to_withdraw,
            Need.SILENCE: self.silence,
            Need.WINDOW_OVER: self.window_over,
        }[need]


def step_of(verb: Verb) -> Step:
    """Return the row of a step."""
    return _BY_VERB[verb]


def steps_from(state: State, offered: Iterable[Verb] | None = None) -> tuple[Step, ...]:
    """List the steps that the table knows from a state; `offered` leaves out the others'."""
    wanted = frozenset(offered) if offered is not None else frozenset(Verb)
    return tuple(step for step in STEPS if state in step.start and step.verb in wanted)


def unmet(step: Step, facts: Facts) -> tuple[Need, ...]:
    """List what must still stand before a step."""
    return tuple(need for need in step.needs if not facts.stands(need))


def next_state(step: Step, state: State, before: State | None) -> State:
    """Return where a step leads from a state; `before` is the one it stood in before this.

    Raises LookupError where the table has no such row, or nothing was kept to go back to.
    """
    if state not in step.start:
        raise LookupError(f"no step {step.verb} from {state}")
    match step.end:
        case Before.SAME:
            return state
        case Before.BEFORE:
            if before is None:
                raise LookupError("nothing to go back to")
            return before
        case State():
            return step.end
