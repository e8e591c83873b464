"""What a class of information means to whoever asks, and which kind a line speaks of.

*Own* is judged by the person it is about: for whoever acts for somebody it is that person's.
"""

from __future__ import annotations

from enquiry_tui.domain.text import fold_words
from enquiry_tui.domain.vocabulary import InfoClass, Kind

_FOR_WHOM = {
    Kind.RELATIVE: "the person they help",
    Kind.SOLICITOR: "their client",
    Kind.ELECTED_REPRESENTATIVE: "their constituent",
    Kind.VICTIM_SERVICE: "the person they support",
}
_KINDS = {
    Kind.SOLICITOR: {"solicitor", "solicitors", "llp", "barrister", "barristers"},
    Kind.ELECTED_REPRESENTATIVE: {"mp", "msp", "cllr", "councillor", "mayor"},
    Kind.MEDIA: {"journalist", "reporter", "newspaper", "newsdesk"},
}


def means(info_class: InfoClass, kind: Kind) -> str:
    """Say which question a class is for who acts for somebody; blank where it needs no word."""
    whose = _FOR_WHOM.get(kind)
    if info_class is InfoClass.THIRD_PARTY:
        return f"Others, not {whose}; the other side" if whose else ""
    if whose is None:
        return ""
    match info_class:
        case InfoClass.OWN_PROGRESS:
            return f"Case: how far it is, of {whose}: received, with, due"
        case InfoClass.OWN_PERSONAL:
            return f"Case: contents, of {whose}"
    return ""


def kind_on(line: str) -> Kind | None:
    """Suggest the kind that a call line names in so many words; the officer decides."""
    words = set(fold_words(line))
    return next((kind for kind, named in _KINDS.items() if words & named), None)
