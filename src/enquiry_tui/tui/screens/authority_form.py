"""The form of a record of authority: whose, dated, what it covers, what was seen, how checked."""

from __future__ import annotations

from datetime import date

from enquiry_tui.desk import authorities
from enquiry_tui.desk.authorities import NewAuthority
from enquiry_tui.desk.authority_views import AuthorityView
from enquiry_tui.desk.desk import Desk
from enquiry_tui.domain.authorities import AuthorityKind, AuthorityRule
from enquiry_tui.domain.dates import read_day
from enquiry_tui.domain.vocabulary import InfoClass
from enquiry_tui.errors import Refused
from enquiry_tui.tui.screens.prompt import Field, Values


def fields_of(rule: AuthorityRule) -> tuple[Field, ...]:
    """Return the lines of the form; the name is typed from the paper, never offered."""
    classes = tuple((str(item), f"{item.label}") for item in InfoClass if item in rule.covers)
    until = "blank: until withdrawn" if not rule.months else f"blank: {rule.months} months on"
    return (
        Field("whose", "For whom", "", "the person's name, from the paper"),
        Field("dated", "Dated", "", "the date on the paper: 3 nov"),
        Field("classes", "Covers", "", "digits of what the paper names: 1 2", classes, many=True),
        Field("scope", "In words", "", "what it says it is for"),
        Field("seen", "Seen", "", "which paper, and where it is"),
        Field("how", "Checked", "", "how it was checked; blank: only claimed so far"),
        Field("until", "Until", "", f"its own last day; {until}"),
    )


def words_of(rule: AuthorityRule) -> str:
    """Say what has to be looked at, and where that comes from."""
    return f"Look at: {rule.look_at}.\nSource: {rule.source}."


def add(
    desk: Desk, enquiry_uid: str, holder_uid: str, kind: AuthorityKind, values: Values
) -> AuthorityView:
    """Add the record that the form describes. Raises Refused for a day that is none."""
    dated = _day(desk, values["dated"], past=True)
    if dated is None:
        raise Refused("When is it dated?", "Type the date on the paper: 3 nov.")
    new = NewAuthority(
        enquiry_uid,
        kind,
        holder_uid,
        values["whose"],
        values["scope"],
        tuple(InfoClass(word) for word in values["classes"].split()),
        values["seen"],
        dated,
        _day(desk, values["until"], past=False),
        values["how"],
    )
    return authorities.add_authority(desk, new)


def on_file_words(held: AuthorityView) -> str:
    """Say one record in a line."""
    return f"{held.label}: {held.covers}; {held.state_words()}"


def _day(desk: Desk, words: str, *, past: bool) -> date | None:
    if not words.strip():
        return None
    found = read_day(words, desk.today(), desk.calendar, past=past)
    if found is None:
        raise Refused("That is not a day.", "Type 3 nov, 3 nov 27 or 3/11/27.")
    return found.day
