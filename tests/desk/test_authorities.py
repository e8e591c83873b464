from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from enquiry_tui.desk import (
    authorities,
    authority_lists,
    bring_forwards,
    checks,
    contacts,
    gate,
    people,
    steps,
    telling,
)
from enquiry_tui.desk.authorities import NewAuthority
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.people import NewPerson
from enquiry_tui.desk.problems import GateShut
from enquiry_tui.desk.ring_backs import RingBack, ring_back
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.authorities import AuthorityKind, Stands
from enquiry_tui.domain.checks import StepName
from enquiry_tui.domain.masking import MASK
from enquiry_tui.domain.standing import Need
from enquiry_tui.domain.vocabulary import Allowed, Authority, Decision, InfoClass, Kind
from enquiry_tui.errors import Refused
from tests.desk.calls import Known, known_caller
from tests.desk.offices import TestOffice

SIGNED = date(2026, 11, 3)
PROGRESS = InfoClass.OWN_PROGRESS
PAPER = Need(authorities=frozenset({Authority.ORG, Authority.CLIENT}))


@pytest.fixture
def known(desk: Desk, office: TestOffice) -> Known:
    return known_caller(desk, office)


@pytest.fixture
def reed(desk: Desk) -> str:
    return people.record_person(desk, NewPerson("Ms Reed", organisation="Adeyemi & Co"))


def letter(known: Known, holder: str, **changed: object) -> NewAuthority:
    new = NewAuthority(
        known.enquiry,
        AuthorityKind.LETTER,
        holder,
        known.person,
        "the parking complaint",
        (PROGRESS,),
        "letter of 3 Nov, in the file",
        SIGNED,
        checked_how="signature compared; firm in the register",
    )
    return replace(new, **changed)  # type: ignore[arg-type]


def solicitor_rings(desk: Desk, known: Known, who: str) -> tuple[str, str]:
    call = contacts.begin_contact(desk, person_uid=who, enquiry_uid=known.enquiry).uid
    contacts.set_kind(desk, call, Kind.SOLICITOR)
    return call, checks.open_check(desk, call).uid


def firm_rung(desk: Desk, check: str) -> None:
    ring = RingBack(check, number="01632 960250", source="the register", answered_by="Ms Reed")
    ring_back(desk, ring, until=PAPER)


def allowed(desk: Desk, call: str, info_class: InfoClass = PROGRESS) -> Allowed:
    return gate.verdict(desk, call, info_class).allowed


def test_a_checked_record_and_the_firm_rung_open_what_its_scope_covers(
    desk: Desk, known: Known, reed: str
) -> None:
    record = authorities.add_authority(desk, letter(known, reed))
    call, check = solicitor_rings(desk, known, reed)
    assert [item.uid for item in authority_lists.on_file(desk, call)] == [record.uid]
    assert allowed(desk, call) is Allowed.MESSAGE
    authorities.take_authority(desk, check, record.uid, PROGRESS, until=PAPER)
    firm_rung(desk, check)
    assert allowed(desk, call) is Allowed.RELEASE
    told = (telling.Item("enquiry.received_on", "On 24 November.", None, "", known.person),)
    assert telling.decide(desk, telling.Telling(call, Decision.RELEASE, told))


def test_a_record_that_is_withdrawn_in_the_call_shuts_the_gate_at_once(
    desk: Desk, known: Known, reed: str
) -> None:
    record = authorities.add_authority(desk, letter(known, reed))
    call, check = solicitor_rings(desk, known, reed)
    authorities.take_authority(desk, check, record.uid, PROGRESS)
    firm_rung(desk, check)
    assert authorities.withdraw_authority(desk, record.uid, "client rang").stands == "withdrawn"
    assert allowed(desk, call) is Allowed.MESSAGE
    told = (telling.Item("enquiry.received_on", "On 24 November."),)
    with pytest.raises(GateShut):
        telling.decide(desk, telling.Telling(call, Decision.RELEASE, told))
    with pytest.raises(Refused, match="withdrawn"):
        authorities.withdraw_authority(desk, record.uid, "again")


def test_an_unchecked_record_is_a_claim_and_opens_nothing(
    desk: Desk, known: Known, reed: str
) -> None:
    record = authorities.add_authority(desk, letter(known, reed, checked_how=""))
    assert record.stands is Stands.CLAIMED and record.gives is Authority.CLAIMED
    _, check = solicitor_rings(desk, known, reed)
    with pytest.raises(Refused, match="CLAIMED"):
        authorities.take_authority(desk, check, record.uid, PROGRESS)
    assert authorities.check_authority(desk, record.uid, "rang the client").gives == "client"
    authorities.take_authority(desk, check, record.uid, PROGRESS)


def test_an_expired_record_says_so_and_somebody_was_reminded_before(
    desk: Desk, office: TestOffice, known: Known, reed: str
) -> None:
    record = authorities.add_authority(desk, letter(known, reed))
    assert record.expires_on == date(2027, 11, 3)
    reminder = bring_forwards.bring_forwards_of(desk, known.enquiry)[0]
    assert reminder.on_day == date(2027, 11, 3) - timedelta(days=28)
    office.clock.advance(seconds=86_400 * 345)
    call, check = solicitor_rings(desk, known, reed)
    with pytest.raises(Refused, match="EXPIRED on Wed 3 Nov 2027"):
        authorities.take_authority(desk, check, record.uid, PROGRESS)
    assert allowed(desk, call) is Allowed.MESSAGE
    with pytest.raises(Refused, match="ended on"):
        authorities.add_authority(desk, letter(known, reed, dated_on=date(2026, 10, 1)))


def test_a_record_counts_only_for_its_holder_its_person_its_kind_and_its_scope(
    desk: Desk, office: TestOffice, known: Known, reed: str
) -> None:
    record = authorities.add_authority(desk, letter(known, reed))
    other = people.record_person(desk, NewPerson("Mr Lyle", organisation="Lyle Ltd"))
    _, check = solicitor_rings(desk, known, other)
    with pytest.raises(Refused, match="somebody else"):
        authorities.take_authority(desk, check, record.uid, PROGRESS)
    call, check = solicitor_rings(desk, known, reed)
    with pytest.raises(Refused, match="does not cover own personal"):
        authorities.take_authority(desk, check, record.uid, InfoClass.OWN_PERSONAL)
    contacts.set_kind(desk, call, Kind.MEDIA)
    with pytest.raises(Refused, match="not brought by media"):
        authorities.take_authority(desk, checks.open_check(desk, call).uid, record.uid)
    elsewhere = known_caller(desk, office, "Ryan Pell 07700 900222 ~ custody")
    call = contacts.begin_contact(desk, person_uid=reed, enquiry_uid=elsewhere.enquiry).uid
    contacts.set_kind(desk, call, Kind.SOLICITOR)
    with pytest.raises(Refused, match="somebody else"):
        authorities.take_authority(desk, checks.open_check(desk, call).uid, record.uid)


def test_what_is_told_about_somebody_the_record_does_not_name_is_third_party(
    desk: Desk, office: TestOffice, known: Known, reed: str
) -> None:
    record = authorities.add_authority(desk, letter(known, reed))
    call, check = solicitor_rings(desk, known, reed)
    authorities.take_authority(desk, check, record.uid, PROGRESS)
    firm_rung(desk, check)
    other = people.record_person(desk, NewPerson("Ryan Pell"))
    told = (telling.Item("enquiry.received_on", "On 24 November.", None, "", other),)
    with pytest.raises(GateShut):
        telling.decide(desk, telling.Telling(call, Decision.RELEASE, told))


def test_a_colleague_at_the_same_firm_may_use_what_the_firm_holds(desk: Desk, known: Known) -> None:
    reed = people.record_person(desk, NewPerson("Ms Reed", organisation="Adeyemi & Co"))
    row = desk.store.one(
        "SELECT o.uid FROM person AS p JOIN person AS o ON o.id = p.at_organisation"
        " WHERE p.uid = ?",
        (reed,),
    )
    assert row is not None
    record = authorities.add_authority(desk, letter(known, row["uid"]))
    _, check = solicitor_rings(desk, known, reed)
    authorities.take_authority(desk, check, record.uid, PROGRESS)


def test_paper_is_never_ticked_by_hand_and_never_covers_more_than_its_kind(
    desk: Desk, known: Known, reed: str
) -> None:
    _, check = solicitor_rings(desk, known, reed)
    with pytest.raises(Refused, match="its record"):
        checks.take_step(desk, check, StepName.CLIENT_AUTHORITY, "seen")
    for kind, beyond in (
        (AuthorityKind.PARENT, InfoClass.OWN_PERSONAL),
        (AuthorityKind.CONSTITUENT, InfoClass.THIRD_PARTY),
    ):
        with pytest.raises(Refused, match="never covers"):
            authorities.add_authority(desk, letter(known, reed, kind=kind, classes=(beyond,)))
    with pytest.raises(Refused, match="themselves"):
        authorities.add_authority(desk, letter(known, known.person))


def test_each_use_keeps_the_pack_of_its_day(desk: Desk, known: Known, reed: str) -> None:
    authorities.add_authority(desk, letter(known, reed))
    row = desk.store.one("SELECT pack_hash FROM authority")
    pack = desk.packs.authority
    assert row is not None and row["pack_hash"] == pack.hash
    held = desk.store.one("SELECT body FROM pack WHERE hash = ?", (pack.hash,))
    assert held is not None and f'version = "{pack.version}"'.encode() in held["body"]


def test_in_a_call_with_somebody_else_the_names_of_a_record_are_masked(
    desk: Desk, known: Known, reed: str
) -> None:
    authorities.add_authority(desk, letter(known, reed))
    other = people.record_person(desk, NewPerson("Ryan Pell"))
    call = contacts.begin_contact(desk, person_uid=other, enquiry_uid=known.enquiry).uid
    (seen,) = authority_lists.authorities_of(desk, known.enquiry, call)
    assert seen.whose == seen.holder == MASK
    call, _ = solicitor_rings(desk, known, reed)
    (seen,) = authority_lists.authorities_of(desk, known.enquiry, call)
    assert seen.whose == "Janet Holt"


def test_whoever_is_complained_of_is_sent_to_professional_standards(
    desk: Desk, known: Known
) -> None:
    officer = people.record_person(desk, NewPerson("PC Vale"))
    row = desk.store.one("SELECT id FROM enquiry WHERE uid = ?", (known.enquiry,))
    with desk.act(Action.CONTACT_LINK) as act:
        assert row is not None
        steps.give_part(act, desk, row["id"], steps.person(desk, officer)["id"], "complained-of")
        act.event("person", officer)
    call = contacts.begin_contact(desk, person_uid=officer, enquiry_uid=known.enquiry).uid
    contacts.set_kind(desk, call, Kind.OWN_FORCE)
    for info_class in InfoClass:
        verdict = gate.verdict(desk, call, info_class)
        if info_class is not InfoClass.PUBLIC:
            assert verdict.allowed in {Allowed.ROUTE, Allowed.NEVER}
    assert gate.verdict(desk, call, PROGRESS).route == "psd or hr"
