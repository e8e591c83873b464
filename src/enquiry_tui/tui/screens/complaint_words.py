"""What the complaint screen says to the officer: whom, who decides, words to say, categories."""

from __future__ import annotations

from dataclasses import dataclass

from enquiry_tui.desk import complaint_steps, complaints, contacts, letters
from enquiry_tui.desk.complaints import Complaint
from enquiry_tui.desk.desk import Desk
from enquiry_tui.domain.masking import MASK
from enquiry_tui.domain.office_rules import Category
from enquiry_tui.domain.vocabulary import Office
from enquiry_tui.domain.when import show_moment
from enquiry_tui.tui.widgets.options import Tick

Choice = tuple[str, str, str]
UNSAID: tuple[Choice, ...] = (("0", "", "for them to say (/ all)"),)
_MOST = 2
MASKED = "One was taken down in another call: masked while this one is not checked for it."
UNMASK = "F3 says what opens it. What is typed here would be another complaint."


@dataclass(frozen=True, slots=True)
class Advice:
    """What follows from what is known so far; `categories` as choices, the first is none."""

    words: str
    say: str
    restricted: bool
    categories: tuple[Choice, ...]


def passed_before(last: Complaint) -> str:
    """Say that the matter has a complaint already, which went on."""
    when = f" {show_moment(last.passed_at)}" if last.passed_at else ""
    return f"One was passed to {last.passed_to}{when}. This would be another."


def letter_words(desk: Desk, enquiry_uid: str) -> str:
    """Give the words of the letter that came, as far as they are there; nothing during a call."""
    if any(item.state == "talking" for item in contacts.live_contacts(desk)):
        return ""
    found = letters.letters_of(desk, enquiry_uid)
    came = next((item for item in found if item.direction == "in"), None)
    if came is None:
        return ""
    read = letters.open_letter(desk, came.uid, "complaint")
    return "\n".join(part for part in (read.subject, read.words) if part not in {"", MASK})


def restricts(desk: Desk, about: str) -> str:
    """Return why a complaint about this is restricted to named readers, or nothing."""
    return complaint_steps.restricts(desk, about)


def about_choices(desk: Desk) -> tuple[Choice, ...]:
    """List the five answers of the first minute, in the names of this office."""
    return tuple(
        (str(at), about, complaint_steps.name_of(desk, about).short)
        for at, about in enumerate(complaint_steps.ABOUT, start=1)
    )


def ticks(desk: Desk) -> tuple[Tick, ...]:
    """List the five ticks of this office."""
    return tuple(Tick(tick.id, tick.label) for tick in desk.packs.complaints.value.ticks)


def every_category(desk: Desk, words: str) -> tuple[dict[str, Category], tuple[str, ...]]:
    """List every category, and those that the words suggest."""
    found = complaints.suggestions(desk, words)
    return dict(desk.packs.complaints.value.categories), found.categories


def advise(desk: Desk, words: str, about: str) -> Advice:
    """Say who decides and what to do, and suggest categories: nothing is decided here."""
    found = complaints.suggestions(desk, words, about)
    rules = desk.packs.complaints.value
    choices = [
        (str(at), code, f"{code} {rules.categories[code].name}")
        for at, code in enumerate(found.categories[:_MOST], start=1)
    ]
    if not about:
        label = complaint_steps.name_of(desk, found.about).short
        hint = f"Whom is it about? The words suggest: {label}." if label else "Whom is it about?"
        return Advice(hint, "", restricted=False, categories=(*UNSAID, *choices))
    rule = complaint_steps.authority(desk, about)
    restricted = bool(complaint_steps.restricts(desk, about))
    lead = "RESTRICTED from now on. " if restricted else ""
    return Advice(
        words=f"{lead}{rule.authority}. {rule.action}",
        say=_say(desk, about, rule.authority) if restricted else "",
        restricted=restricted,
        categories=(*UNSAID, *choices),
    )


def _say(desk: Desk, about: str, authority: str) -> str:
    ours = Office(desk.office.kind) is Office.LOCAL_POLICING_BODY
    # Where this office is the body that decides it, "not handled here" would be untrue.
    wording = "complaint-chief" if about == "chief-constable" and not ours else "complaint"
    body = f"the {authority[:1].lower()}{authority[1:]}"
    return desk.packs.say.value.say(wording, body=body)
