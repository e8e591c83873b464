from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from enquiry_tui.desk.complaints import ComplaintIntake, log_complaint
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.directory import confirm_entry
from enquiry_tui.desk.messages import MessageStopped
from enquiry_tui.desk.problems import NotFound
from enquiry_tui.desk.referral_fields import choices_for
from enquiry_tui.desk.referrals import (
    AddressNotConfirmed,
    ReferralIncomplete,
    ReferralRequest,
    answer_referral,
    field_choices,
    refer,
    referrals_of,
    tell_enquirer_of_referral,
)
from enquiry_tui.desk.steps import enquiry
from enquiry_tui.desk.work import WordsMissing, WrongState
from enquiry_tui.domain.masking import MASK
from enquiry_tui.errors import NotPermitted, Refused
from enquiry_tui.records import ledger
from tests.desk.matters import new_call, new_matter, new_person, set_marker
from tests.desk.offices import AUDITOR, OFFICER, TestOffice, count_events, last_event

BASIS, NECESSITY = "Public task", "They decide about parking"


def onward(matter: str, *fields: str, call: str = "") -> ReferralRequest:
    return ReferralRequest(
        matter,
        "neighbourhood",
        contact_uid=call,
        request="Please look at the vans outside the school",
        account="Vans park on the zigzags every morning.",
        fields=fields,
        basis=BASIS,
        necessity=NECESSITY,
        reply_by=date(2026, 12, 1),
    )


def linked(desk: Desk, **person: str) -> tuple[str, str]:
    matter = new_matter(desk)
    return matter, new_call(desk, matter, person=new_person(desk, **person))


def test_a_signpost_shares_nothing_and_writes_no_ledger_line(desk: Desk) -> None:
    matter, call = linked(desk)
    made = refer(desk, ReferralRequest(matter, "victim-support", "signpost", contact_uid=call))
    assert (made.state, made.number) == ("given", 1)
    assert last_event(desk)["action"] == "referral.signpost"
    assert ledger.of_enquiry(desk.store, enquiry(desk, matter)["id"]) == []


def test_a_signpost_with_ticked_fields_is_refused(desk: Desk) -> None:
    matter, _ = linked(desk)
    with pytest.raises(Refused):
        refer(desk, ReferralRequest(matter, "psd", "signpost", fields=("person.name",)))


def test_onward_writes_a_shared_line_for_each_field_and_the_account(desk: Desk) -> None:
    matter, call = linked(desk)
    confirm_entry(desk, "neighbourhood", "rang the switchboard")
    made = refer(desk, onward(matter, "enquiry.reference", "person.name", call=call))
    event = last_event(desk)
    assert (event["action"], event["outcome"]) == ("referral.send", "onward")
    assert event["recipient"]
    lines = ledger.of_enquiry(desk.store, enquiry(desk, matter)["id"])
    found = {line["item"]: (line["route"], line["content"], line["basis"]) for line in lines}
    shared = ("shared", 1, BASIS)
    assert found == {
        "enquiry.reference": shared,
        "person.name": shared,
        "referral.request": shared,
        "referral.account": shared,
    }
    classes = {line["item"]: line["info_class"] for line in lines}
    assert classes["referral.account"] == "third-party"
    assert made.fields == ("enquiry.reference", "person.name")
    assert enquiry(desk, matter)["held_by"] == made.entry_name


def test_nothing_is_sent_to_an_address_that_nobody_confirmed(desk: Desk) -> None:
    matter, call = linked(desk)
    before = count_events(desk)
    with pytest.raises(AddressNotConfirmed) as refused:
        refer(desk, onward(matter, call=call))
    assert "confirm" in refused.value.hint
    assert count_events(desk) == before
    assert referrals_of(desk, matter) == ()


@pytest.mark.parametrize("empty", ["request", "basis", "necessity"])
def test_what_is_missing_is_named(desk: Desk, empty: str) -> None:
    matter, _ = linked(desk)
    with pytest.raises(ReferralIncomplete) as refused:
        refer(desk, replace(onward(matter), **{empty: " "}))  # type: ignore[arg-type]
    assert len(refused.value.missing) == 1


def test_identifiers_are_apart_and_whereabouts_of_the_protected_are_not_offered(
    desk: Desk,
) -> None:
    person = new_person(desk, address="4 Mill Lane, Harlow")
    matter = new_matter(desk)
    new_call(desk, matter, person=person)
    offered = {choice.name: choice for choice in field_choices(desk, matter)}
    assert offered["contact_point.address"].identifier
    assert not offered["enquiry.subject"].identifier
    assert offered["contact_point.address"].info_class == "sensitive"
    set_marker(desk, person, "protected-address")
    assert "contact_point.address" not in {item.name for item in field_choices(desk, matter)}


def test_a_protected_address_cannot_be_ticked_by_name(desk: Desk) -> None:
    person = new_person(desk, address="4 Mill Lane, Harlow")
    set_marker(desk, person, "protected-address")
    matter = new_matter(desk)
    new_call(desk, matter, person=person)
    confirm_entry(desk, "neighbourhood", "rang")
    with pytest.raises(Refused):
        refer(desk, onward(matter, "contact_point.address"))


def test_only_the_safe_number_goes_with_a_referral(desk: Desk) -> None:
    person = new_person(desk, phone="07700 900111")
    set_marker(desk, person, "safe-contact-only", safe_number="07700 900555")
    matter = new_matter(desk)
    new_call(desk, matter, person=person)
    row = enquiry(desk, matter)
    offered = {choice.name: choice.value for choice in choices_for(desk, row)}
    assert offered["contact_point.phone"] == "07700 900555"
    seen = {choice.name: choice.value for choice in field_choices(desk, matter)}
    assert seen["contact_point.phone"] == MASK


def test_a_name_as_heard_can_be_sent_where_nobody_is_linked(desk: Desk) -> None:
    matter = new_matter(desk)
    new_call(desk, matter, who="Shivawn Mcgilicudy", phone="07700 900222")
    offered = {choice.name: choice.value for choice in field_choices(desk, matter)}
    assert offered["person.name"] == "Shivawn Mcgilicudy"
    assert offered["contact_point.phone"] == "07700 900222"


def test_it_is_accepted_and_then_the_enquirer_is_told(desk: Desk) -> None:
    matter, _ = linked(desk)
    confirm_entry(desk, "neighbourhood", "rang")
    uid = refer(desk, onward(matter)).uid
    with pytest.raises(WrongState):
        tell_enquirer_of_referral(desk, uid)
    with pytest.raises(WordsMissing):
        answer_referral(desk, uid, accepted=True, by="")
    assert answer_referral(desk, uid, accepted=True, by="Sgt Reid").state == "accepted"
    assert last_event(desk)["action"] == "referral.accepted"
    assert tell_enquirer_of_referral(desk, uid).state == "told"
    assert last_event(desk)["action"] == "referral.enquirer-told"


def test_a_declined_referral_comes_back_to_this_office(desk: Desk) -> None:
    matter, _ = linked(desk)
    confirm_entry(desk, "neighbourhood", "rang")
    uid = refer(desk, onward(matter)).uid
    assert answer_referral(desk, uid, accepted=False, by="Sgt Reid").state == "declined"
    assert last_event(desk)["action"] == "referral.declined"
    assert enquiry(desk, matter)["held_by"] == "this office"


def test_several_in_one_call_are_numbered(desk: Desk) -> None:
    matter, call = linked(desk)
    confirm_entry(desk, "neighbourhood", "rang")
    refer(desk, ReferralRequest(matter, "victim-support", "signpost", contact_uid=call))
    refer(desk, onward(matter, call=call))
    assert [item.number for item in referrals_of(desk, matter)] == [1, 2]


def test_a_complaint_about_the_chief_is_not_shared_with_the_chiefs_staff(desk: Desk) -> None:
    matter, _ = linked(desk)
    log_complaint(desk, ComplaintIntake(matter, "He lied", about="chief-constable"))
    confirm_entry(desk, "staff-officer", "went there")
    with pytest.raises(MessageStopped):
        refer(desk, replace(onward(matter), entry_key="staff-officer"))


def test_an_unknown_entry_or_kind_is_refused(desk: Desk) -> None:
    matter, _ = linked(desk)
    with pytest.raises(NotFound):
        refer(desk, replace(onward(matter), entry_key="nobody"))
    with pytest.raises(Refused):
        refer(desk, replace(onward(matter), kind="gossip"))


def test_a_statutory_referral_goes_to_the_iopc_only(desk: Desk) -> None:
    matter, _ = linked(desk)
    confirm_entry(desk, "neighbourhood", "rang")
    confirm_entry(desk, "iopc", "its published number")
    with pytest.raises(Refused):
        refer(desk, replace(onward(matter), kind="iopc"))
    made = refer(desk, replace(onward(matter), kind="iopc", entry_key="iopc"))
    assert made.state == "sent"
    assert enquiry(desk, matter)["held_by"] == "this office"


def test_hostile_text_is_cleaned_in_every_field(desk: Desk) -> None:
    matter, call = linked(desk)
    confirm_entry(desk, "neighbourhood", "rang")
    nasty = "a\x1b]0;t\x07b\u202ec"
    request = onward(matter, call=call)
    made = refer(desk, replace(request, request=nasty, account=nasty, risk=nasty, wants=nasty))
    row = desk.store.query("SELECT * FROM referral WHERE uid = ?", (made.uid,))[0]
    for words in (row["request"], row["account"], row["risk"], row["wants"]):
        assert words == "a]0;tbc"
    assert (made.request, made.risk) == ("a]0;tbc", MASK)


def test_an_auditor_refers_nothing(office: TestOffice) -> None:
    matter = new_matter(office.sign_in(OFFICER))
    desk = office.sign_in(AUDITOR)
    with pytest.raises(NotPermitted):
        refer(desk, onward(matter))
    with pytest.raises(NotPermitted):
        field_choices(desk, matter)
