"""A letter on the wrong matter: what goes along when it is moved or struck, what stands in the way.

The clocks that count from its arrival and a request that has no outcome yet go with it. What was
answered, decided or logged from it stays where it was done, and then so does the letter.
"""

from __future__ import annotations

from datetime import date

from enquiry_tui.desk import retention_steps
from enquiry_tui.desk.clock_dating import close, keep_reply_date
from enquiry_tui.desk.clock_steps import ACKNOWLEDGE, start_if_none
from enquiry_tui.desk.desk import Act
from enquiry_tui.desk.problems import MatterClosed
from enquiry_tui.domain.clock_data import rule_from
from enquiry_tui.domain.clock_rules import Sort
from enquiry_tui.domain.vocabulary import Channel, Kind
from enquiry_tui.domain.when import LONDON, parse_utc
from enquiry_tui.errors import Refused
from enquiry_tui.records import authorities, clocks, complaints, enquiries, letters, search
from enquiry_tui.records.base import Row

_MOVE, _STRIKE = "moved", "struck"


class StandsInTheWay(Refused):
    """A letter cannot be moved or struck yet; `what` names what hangs on it, `hint` the way out."""

    def __init__(self, done: str, what: str, hint: str) -> None:
        super().__init__(f"This letter cannot be {done}: {what}.", hint)


def is_letter(contact: Row) -> bool:
    """Say whether a contact is a letter or an e-mail."""
    return Channel(contact["channel"]).is_written


def move(act: Act, contact: Row, old: Row, new: Row) -> None:
    """Let everything that hangs on a letter follow it to its new matter.

    Raises MatterClosed, StandsInTheWay.
    """
    if new["state"] == "closed":
        raise MatterClosed
    _demand_unanswered(act, contact, old, _MOVE)
    hanging = _clocks_of(act, contact, old)
    for clock in hanging:
        _take_clock(act, clock, new)
    if not hanging and contact["direction"] == "in":  # they count from another letter too
        elected = contact["kind"] == Kind.ELECTED_REPRESENTATIVE
        for rule in (ACKNOWLEDGE, "mp-letter" if elected else "letter-reply"):
            start_if_none(act, new["uid"], rule, _came_on(act, contact, old))
    if old["acknowledged_on"] and any(clock["rule"] == ACKNOWLEDGE for clock in hanging):
        _take_acknowledgement(act, old, new)
    _take_words(act, contact, old, new)
    if any(clock["is_reply"] for clock in hanging) and not clocks.replies(act.tx, old["id"]):
        enquiries.change(act.tx, old["id"], due_on=None, due_why="")
    for matter in (old, new):
        keep_reply_date(act, matter["id"])
        retention_steps.settle(act, matter["id"])


def _take_words(act: Act, contact: Row, old: Row, new: Row) -> None:
    """Put the letter itself, and a request that an agency made in it, into the new matter."""
    for letter in _of(act, contact, old):
        letters.change(act.tx, letter["id"], enquiry_id=new["id"])
        words = search.original(act.tx, "letter", letter["uid"])
        search.index(act.tx, "letter", letter["uid"], words, enquiry_id=new["id"])
    for request in authorities.requests_of(act.tx, old["id"]):
        if request["contact_id"] == contact["id"]:
            authorities.change_request(act.tx, request["id"], enquiry_id=new["id"])


def _take_clock(act: Act, clock: Row, new: Row) -> None:
    """Put a clock into the matter its letter goes to; one that runs there already is enough."""
    running = {(row["rule"], row["about"]) for row in clocks.open_of_enquiry(act.tx, new["id"])}
    if clock["finished_at"] is not None or (clock["rule"], clock["about"]) not in running:
        clocks.change(act.tx, clock["id"], enquiry_id=new["id"])
    elif clock["sort"] == Sort.SERVICE:
        close(act, clock, "ended", act.desk.today(), f"its letter went to {new['reference']}")
    else:
        title = rule_from(clock["terms"]).title
        hint = "Look at both with k: one of them is finished or ended first."
        raise StandsInTheWay(_MOVE, f"the other matter runs {title} too", hint)


def strike(act: Act, contact: Row, matter: Row, why: str) -> None:
    """End the office's own clocks of a letter that is struck. Raises StandsInTheWay."""
    _demand_unanswered(act, contact, matter, _STRIKE)
    for request in authorities.requests_of(act.tx, matter["id"]):
        if request["contact_id"] == contact["id"]:
            hint = "Give it an outcome first: a q on the matter."
            raise StandsInTheWay(_STRIKE, "an agency's request in it waits", hint)
    open_clocks = [row for row in _clocks_of(act, contact, matter) if row["finished_at"] is None]
    for clock in open_clocks:
        if clock["sort"] != Sort.SERVICE:
            title = rule_from(clock["terms"]).title
            hint = "A supervisor ends that clock first, with the reason: k on the matter."
            raise StandsInTheWay(_STRIKE, f"{title} counts from it", hint)
    for clock in open_clocks:
        close(act, clock, "ended", act.desk.today(), f"its letter was struck: {why}")
    keep_reply_date(act, matter["id"])


def _demand_unanswered(act: Act, contact: Row, matter: Row, done: str) -> None:
    """Check that nothing was decided, answered or logged from the letter."""
    if any(letter["direction"] == "out" for letter in _of(act, contact, matter)) or (
        matter["sent_on"] and any(row["is_reply"] for row in _clocks_of(act, contact, matter))
    ):
        hint = "What was answered stays where it was. Link the two matters instead: a l."
        raise StandsInTheWay(done, "it was answered in this matter", hint)
    if any(
        row["contact_id"] == contact["id"] for row in complaints.of_enquiry(act.tx, matter["id"])
    ):
        hint = "The complaint stays with its words. Link the two matters instead: a l."
        raise StandsInTheWay(done, "a complaint was logged from it", hint)
    for request in authorities.requests_of(act.tx, matter["id"]):
        if request["contact_id"] == contact["id"] and request["outcome"] is not None:
            hint = "What was decided stays where it was. Link the two matters instead: a l."
            raise StandsInTheWay(done, "an agency's request in it was decided", hint)


def _of(act: Act, contact: Row, matter: Row) -> list[Row]:
    """List the letters of a contact: what came in, and what answers it."""
    every = letters.of_enquiry(act.tx, matter["id"])
    return [letter for letter in every if letter["contact_id"] == contact["id"]]


def _clocks_of(act: Act, contact: Row, matter: Row) -> list[Row]:
    """List the clocks that count from the day a letter came, unless another came that day too."""
    if contact["direction"] != "in":
        return []
    day = _came_on(act, contact, matter).isoformat()
    others = [
        letter
        for letter in letters.of_enquiry(act.tx, matter["id"])
        if letter["contact_id"] != contact["id"] and letter["direction"] == "in"
        if letter["received_on"] == day and letter["struck_at"] is None
    ]
    if others:
        return []
    every = clocks.of_enquiry(act.tx, matter["id"])
    return [row for row in every if not row["about"] and row["start"][:10] == day]


def _came_on(act: Act, contact: Row, matter: Row) -> date:
    came = [letter["received_on"] for letter in _of(act, contact, matter)]
    began = parse_utc(contact["started_at"]).astimezone(LONDON).date()
    return date.fromisoformat(came[0]) if came else began


def _take_acknowledgement(act: Act, old: Row, new: Row) -> None:
    """Let the day on which the letter was acknowledged go with it, where no other day stands."""
    said = {"acknowledged_on": old["acknowledged_on"], "sent_what": old["sent_what"]}
    enquiries.change(act.tx, old["id"], acknowledged_on=None, sent_what="")
    if not new["acknowledged_on"] and not new["sent_on"]:
        enquiries.change(act.tx, new["id"], **said)
