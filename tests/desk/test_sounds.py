from __future__ import annotations

import pytest

from enquiry_tui.desk import contacts, corrections, people, quicklog, search
from tests.desk.offices import OFFICER, TestOffice


@pytest.mark.parametrize("heard", ["obrian", "Sian Obrian", "obrian sian", "O'Bryan"])
def test_a_surname_heard_alone_is_found_by_its_sound(office: TestOffice, heard: str) -> None:
    desk = office.sign_in(OFFICER)
    quicklog.log_line(desk, quicklog.LineRequest("Siân O'Brien 07700 900412 ~ parking"))
    quicklog.log_line(desk, quicklog.LineRequest("Ola Bremner ~ lost her purse"))
    assert [found.who for found in search.search(desk, heard)] == ["Siân O'Brien"]


@pytest.mark.parametrize("heard", ["Adeymi", "adeyemi", "Tunde Adeymi"])
def test_a_caller_who_is_linked_with_nobody_is_found_by_the_sound(
    office: TestOffice, heard: str
) -> None:
    desk = office.sign_in(OFFICER)
    first = quicklog.log_line(desk, quicklog.LineRequest("Tunde Adeyemi 07700 900412 ~ parking"))
    again = quicklog.log_line(desk, quicklog.LineRequest("Tunde Adeyemi 07700 900413 ~ swans"))
    assert again.possible
    found = {item.enquiry_uid for item in search.search(desk, heard)}
    assert found == {first.enquiry_uid, again.enquiry_uid}


def test_a_name_as_heard_is_no_longer_found_by_ear_once_somebody_else_is_linked(
    office: TestOffice,
) -> None:
    desk = office.sign_in(OFFICER)
    quicklog.log_line(desk, quicklog.LineRequest("Janet Holt 07700 900412 ~ parking"))
    logged = quicklog.log_line(desk, quicklog.LineRequest("Janet Holt 07700 900413 ~ swans"))
    contacts.pick_person(desk, logged.contact_uid, people.NewPerson("Ryan Pell"))
    assert [item.about for item in search.search(desk, "halt")] == ["parking"]


@pytest.mark.parametrize("how", ["note", "no note", "moved", "amended"])
def test_whoever_is_named_on_the_line_is_found_whatever_is_written_later(
    office: TestOffice, how: str
) -> None:
    desk = office.sign_in(OFFICER)
    quicklog.log_line(desk, quicklog.LineRequest("Queenie Larkin 01632 960780 ~ parking"))
    begun = contacts.begin_contact(desk).uid
    line = "Queenie Larkin 01632 960781 about the swans"
    logged = quicklog.log_line(desk, quicklog.LineRequest(line, begun, end=False))
    if how != "no note":
        contacts.save_note(desk, begun, "three of them, on the road")
    contacts.end_contact(desk, begun)
    if how == "moved":
        logged = quicklog.log_line(desk, quicklog.LineRequest("somebody else"))
        corrections.move_contact(desk, begun, logged.enquiry_uid, "hers")
    if how == "amended":
        corrections.amend_note(desk, begun, "four of them", "counted again")
    assert not logged.person_uid
    assert logged.enquiry_uid in {item.enquiry_uid for item in search.search(desk, "Queenie")}
