"""The states of a complaint, the steps between them, and what a step may ask to stand first."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where a complaint stands. Logged is not recorded; final is not closed."""

    LOGGED = "logged"
    PASSED = "passed"
    ELSEWHERE = "elsewhere"
    OUTSIDE = "outside"
    RECORDED = "recorded"
    WITH_IOPC = "with-iopc"
    HANDLING = "handling"
    IOPC = "iopc"
    SUSPENDED = "suspended"
    WITHDRAWING = "withdrawing"
    WITHDRAWN = "withdrawn"
    SET_ASIDE = "set-aside"
    DECIDED = "decided"
    TOLD = "told"
    REVIEW = "review"
    REVIEWED = "reviewed"
    FINALISED = "finalised"
    CLOSED = "closed"

    @property
    def words(self) -> str:
        """Return the state in the words of the screen."""
        return _STATE_WORDS[self]


_STATE_WORDS = {
    State.LOGGED: "logged, not recorded",
    State.PASSED: "passed to who decides",
    State.ELSEWHERE: "handed over for good",
    State.OUTSIDE: "handled outside Schedule 3",
    State.RECORDED: "recorded under Schedule 3",
    State.WITH_IOPC: "with the IOPC, answer awaited",
    State.HANDLING: "being handled under Schedule 3",
    State.IOPC: "investigated by or for the IOPC",
    State.SUSPENDED: "suspended",
    State.WITHDRAWING: "withdrawal asked, their answer awaited",
    State.WITHDRAWN: "withdrawn",
    State.SET_ASIDE: "no complaint of this kind",
    State.DECIDED: "decided, complainant not told yet",
    State.TOLD: "outcome told",
    State.REVIEW: "under review",
    State.REVIEWED: "review decided",
    State.FINALISED: "final",
    State.CLOSED: "closed",
}


class Before(StrEnum):
    """A target that is no state of its own: the one the complaint stands in, or stood in before."""

    SAME = "the same"
    BEFORE = "the state before"


class Verb(StrEnum):
    """One step on the path, by the name that the table, the screen and the record use."""

    DECIDE_AUTHORITY = "decide-authority"
    SET_WISHES = "set-wishes"
    PRESERVE = "preserve-evidence"
    PASS = "pass"
    HAND_OVER = "hand-over"
    FINISH_SCREEN = "finish-screen"
    HANDLE_OUTSIDE = "handle-outside"
    SET_ASIDE = "set-aside"
    RECORD = "record"
    GIVE_COPY = "give-copy"
    REFER = "refer"
    IOPC_RETURNS = "iopc-returns"
    IOPC_KEEPS = "iopc-keeps"
    ADD_ALLEGATION = "add-allegation"
    CATEGORISE = "categorise"
    SET_FACTORS = "set-factors"
    ALLOCATE = "allocate"
    HANDLE = "handle"
    UPDATE = "update"
    DECIDE = "decide"
    CONCLUDE = "conclude"
    TELL = "tell"
    APPLY_REVIEW = "apply-review"
    DECIDE_REVIEW = "decide-review"
    SUSPEND = "suspend"
    RESUME = "resume"
    ASK_WITHDRAWAL = "ask-withdrawal"
    WITHDRAW = "withdraw"
    WITHDRAWAL_LETTER = "withdrawal-letter"
    WITHDRAWAL_SILENCE = "withdrawal-silence"
    KEEP_ON = "keep-on"
    CARRY_ON = "carry-on"
    FINALISE = "finalise"
    REOPEN = "re-open"
    TAKE_UP = "take-up"
    CLOSE = "close"

    @property
    def done(self) -> str:
        """Return the step in the words of the path so far, when it was taken."""
        return _DONE[self]


_DONE = {
    Verb.DECIDE_AUTHORITY: "who decides it",
    Verb.SET_WISHES: "what they want",
    Verb.PRESERVE: "asked to keep evidence",
    Verb.PASS: "passed to who decides",
    Verb.HAND_OVER: "taken over by them",
    Verb.FINISH_SCREEN: "the ten lines answered",
    Verb.HANDLE_OUTSIDE: "outside Schedule 3",
    Verb.SET_ASIDE: "no complaint of this kind",
    Verb.RECORD: "recorded under Schedule 3",
    Verb.GIVE_COPY: "copy of the record",
    Verb.REFER: "referred to the IOPC",
    Verb.IOPC_RETURNS: "sent back by the IOPC",
    Verb.IOPC_KEEPS: "kept by the IOPC",
    Verb.ADD_ALLEGATION: "another allegation",
    Verb.CATEGORISE: "category",
    Verb.SET_FACTORS: "factors",
    Verb.ALLOCATE: "given to a handler",
    Verb.HANDLE: "handling begun",
    Verb.UPDATE: "update sent",
    Verb.DECIDE: "allegation decided",
    Verb.CONCLUDE: "outcome reached",
    Verb.TELL: "outcome told",
    Verb.APPLY_REVIEW: "review applied for",
    Verb.DECIDE_REVIEW: "review decided",
    Verb.SUSPEND: "suspended",
    Verb.RESUME: "gone on with",
    Verb.ASK_WITHDRAWAL: "wants to drop it, unsigned",
    Verb.WITHDRAW: "withdrawn, signed",
    Verb.WITHDRAWAL_LETTER: "withdrawal letter sent",
    Verb.WITHDRAWAL_SILENCE: "withdrawn, no answer",
    Verb.KEEP_ON: "goes on after all",
    Verb.CARRY_ON: "carried on with",
    Verb.FINALISE: "made final",
    Verb.REOPEN: "opened again",
    Verb.TAKE_UP: "taken up again",
    Verb.CLOSE: "closed",
}


class Who(StrEnum):
    """Who may enter a step."""

    OFFICER = "any officer of the desk"
    DECIDER = "a supervisor or the monitoring officer"


class Need(StrEnum):
    """What must stand before a step, in the words of the screen and the manual."""

    ABOUT = "whom it is about is decided"
    ASKED = "whom exactly, how to reach them and what they want are written down"
    SCREEN = "the ten lines of the referral screen are finished"
    SCREEN_NO = "each of the ten lines is answered no"
    NOT_CAUGHT = "none of the ten lines is yes or unsure, and no referral to the IOPC is due"
    AGREED = "they agree to it outside Schedule 3: wishes read back, recording not asked for"
    NOT_RECORDED = "it was never recorded"
    RECORDED = "it was recorded"
    REFERRED = "what the ten lines answer yes is referred to the IOPC and answered"
    REFERRED_SINCE = "a yes since the outcome is referred to the IOPC and answered"
    HANDLER = "somebody without a conflict has it"
    CATEGORIES = "each allegation has its one category"
    ALL_DECIDED = "each allegation has its decision"
    NONE_MOVED = "no allegation is to be moved under Schedule 3"
    STILL_OUTSIDE = "outside Schedule 3, they have not asked for recording meanwhile"
    REVIEW_RIGHT = "the route has a right of review"
    ASKED_TO_WITHDRAW = "they asked to withdraw it"
    SILENCE = "no answer came within the time of the letter"
    WINDOW_OVER = "the review window is over, or there is none"
