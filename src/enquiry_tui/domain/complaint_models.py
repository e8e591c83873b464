"""What of the path an office does itself: by whose desk it is, its model, and who decides."""

from __future__ import annotations

from enum import IntEnum, StrEnum

from enquiry_tui.domain.complaint_states import Verb
from enquiry_tui.domain.vocabulary import Office


class Model(IntEnum):
    """The complaint handling models of a local policing body (Policing and Crime Act 2017)."""

    REVIEWS = 1
    FIRST_HANDLING = 2
    TO_THE_OUTCOME = 3


class Decider(StrEnum):
    """Whose complaint it is to decide, as far as the path depends on it."""

    UNKNOWN = "unknown"
    FORCE = "force"
    BODY = "body"
    OTHERS = "others"


_DECIDERS = {
    "": Decider.UNKNOWN,
    "force-service": Decider.FORCE,
    "officer": Decider.FORCE,
    "delegated": Decider.FORCE,
    "chief-constable": Decider.BODY,
}
_V = Verb
# What a desk does with every complaint, whoever decides it.
_DESK = frozenset(
    {
        *(_V.DECIDE_AUTHORITY, _V.SET_WISHES, _V.PASS, _V.HAND_OVER, _V.ADD_ALLEGATION),
        *(_V.CATEGORISE, _V.SET_FACTORS, _V.ASK_WITHDRAWAL, _V.WITHDRAW, _V.WITHDRAWAL_LETTER),
        *(_V.WITHDRAWAL_SILENCE, _V.KEEP_ON, _V.FINALISE, _V.CLOSE, _V.REOPEN, _V.TAKE_UP),
        _V.PRESERVE,
    }
)
# That it is no complaint of this kind is part of the first handling: who decides it says so. Where
# the Act's roads do not go, or nobody is named yet, the desk puts right what was taken down.
_ASIDE = frozenset({_V.SET_ASIDE})
_REVIEWS = frozenset({_V.APPLY_REVIEW, _V.DECIDE_REVIEW})
# Model 2 adds first contact, handling outside Schedule 3, and the decision to record.
_FIRST_HANDLING = frozenset(
    {
        *(_V.FINISH_SCREEN, _V.HANDLE_OUTSIDE, _V.RECORD, _V.GIVE_COPY, _V.ALLOCATE),
        *(_V.UPDATE, _V.DECIDE, _V.CONCLUDE, _V.TELL, _V.CARRY_ON),
        _V.SET_ASIDE,
    }
)
_WHOLE = frozenset(Verb)


def decider(subject: str) -> Decider:
    """Say whose complaint it is, by the subject's name in `rule authority`; blank is unknown."""
    return _DECIDERS.get(subject, Decider.OTHERS)


def offered(office: Office, model: Model, whose: Decider) -> frozenset[Verb]:
    """List the steps that this office enters itself for such a complaint.

    A force's own desk keeps the whole path of the force's complaints; a local policing body keeps
    that of the complaints it decides, and of the force's what its model gives it.
    """
    if whose in {Decider.OTHERS, Decider.UNKNOWN}:
        return _DESK | _ASIDE
    if office is Office.CHIEF_CONSTABLE:
        return _WHOLE if whose is Decider.FORCE else _DESK
    if whose is Decider.BODY:
        return _WHOLE
    match model:
        case Model.REVIEWS:
            return _DESK | _REVIEWS
        case Model.FIRST_HANDLING:
            return _DESK | _REVIEWS | _FIRST_HANDLING
        case Model.TO_THE_OUTCOME:
            return _WHOLE
