from __future__ import annotations

from enquiry_tui.desk.views import PersonView
from enquiry_tui.tui.screens.enquiry_text import each_once


def test_a_person_with_two_parts_stands_there_once():
    dave = PersonView("u1", "Dave Turner", "enquirer", False, "", "", ())
    again = PersonView("u1", "Dave Turner", "complainant", False, "", "", ())
    other = PersonView("u2", "Ann Mercer", "witness", False, "", "", ())
    found = each_once((dave, again, other))
    assert [(item.name, item.part) for item in found] == [
        ("Dave Turner", "enquirer, complainant"),
        ("Ann Mercer", "witness"),
    ]
