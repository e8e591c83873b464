"""What can be told at once: the lines that may be told, as sentences to say."""

from __future__ import annotations

from dataclasses import dataclass

from enquiry_tui.desk.views import EnquiryView
from enquiry_tui.domain.vocabulary import InfoClass


@dataclass(frozen=True, slots=True)
class Asked:
    """The question that is being answered; without a uid it is not on the record yet."""

    info_class: InfoClass = InfoClass.OWN_PROGRESS
    words: str = ""
    uid: str = ""
    done: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One line that may be told: its number, field and label, and how it is said."""

    number: int
    field: str
    label: str
    words: str


def sentences(view: EnquiryView) -> tuple[Sentence, ...]:
    """Return the lines that may be told as sentences."""
    return tuple(
        Sentence(line.number, line.field, line.label, line.sentence) for line in view.may_be_told
    )


def numbers(said: tuple[Sentence, ...]) -> str:
    """Return `1-3`, or `1` where there is one."""
    if len(said) < 2:
        return "1"
    return f"{said[0].number}-{said[-1].number}"
