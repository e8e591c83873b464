from __future__ import annotations

import pytest

from enquiry_tui.desk import quicklog, search
from tests.desk.offices import OFFICER, TestOffice


@pytest.mark.parametrize("heard", ["obrian", "Sian Obrian", "obrian sian", "O'Bryan"])
def test_a_surname_heard_alone_is_found_by_its_sound(office: TestOffice, heard: str) -> None:
    desk = office.sign_in(OFFICER)
    quicklog.log_line(desk, quicklog.LineRequest("Siân O'Brien 07700 900412 ~ parking"))
    quicklog.log_line(desk, quicklog.LineRequest("Ola Bremner ~ lost her purse"))
    assert [found.who for found in search.search(desk, heard)] == ["Siân O'Brien"]
