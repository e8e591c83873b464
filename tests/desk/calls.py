"""Calls as the tests need them: a caller known from an earlier letter, recognised or not."""

from __future__ import annotations

from dataclasses import dataclass

from enquiry_tui.desk import checks, contact_points, contacts, gate, quicklog, telling
from enquiry_tui.desk.desk import Desk
from enquiry_tui.domain.standing import Need
from enquiry_tui.domain.vocabulary import Channel, Decision, InfoClass, Recognition
from tests.desk.offices import TestOffice

LOW = Need(recognition=Recognition.LOW)
MEDIUM = Need(recognition=Recognition.MEDIUM)
PHONE = "07700 900111"


@dataclass(frozen=True)
class Known:
    """A matter with its enquirer, her code word, and a phone confirmed the day before."""

    enquiry: str
    person: str
    word: str
    point: str


def known_caller(desk: Desk, office: TestOffice, line: str = "") -> Known:
    done = quicklog.log_line(
        desk, quicklog.LineRequest(line or f"Janet Holt {PHONE} due:10wd ~ parking at school")
    )
    word = desk.store.one("SELECT code_word FROM enquiry WHERE uid = ?", (done.enquiry_uid,))
    person = desk.store.one("SELECT id FROM person WHERE uid = ?", (done.person_uid,))
    assert word is not None
    assert person is not None
    point = desk.store.one("SELECT uid FROM contact_point WHERE person_id = ?", (person["id"],))
    assert point is not None
    confirmed(desk, point["uid"])
    office.clock.advance(seconds=86_400)
    return Known(done.enquiry_uid, done.person_uid, word["code_word"], point["uid"])


def confirmed(desk: Desk, point: str) -> None:
    """Confirm a point by the first second channel that is open for it."""
    contact_points.confirm_by(desk, point, contact_points.confirm_ways(desk, point)[0], "asked")


def call_from(desk: Desk, known: Known, channel: Channel = Channel.TELEPHONE) -> str:
    return contacts.begin_contact(
        desk, channel, person_uid=known.person, enquiry_uid=known.enquiry
    ).uid


def recognise(desk: Desk, contact: str, known: Known) -> str:
    """Recognise the caller: code word and number volunteered."""
    check = checks.open_check(desk, contact)
    checks.try_step(desk, check.uid, known.word, until=LOW)
    checks.try_step(desk, check.uid, PHONE, until=LOW)
    return check.uid


def tell_received(desk: Desk, contact: str) -> tuple[str, ...]:
    items = (telling.Item("enquiry.received_on", "It reached us on 24 November."),)
    return telling.decide(desk, telling.Telling(contact, Decision.RELEASE, items))


def allowed(desk: Desk, contact: str, info_class: InfoClass) -> str:
    return str(gate.verdict(desk, contact, info_class).allowed)
