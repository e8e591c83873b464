from __future__ import annotations

import pytest

from enquiry_tui.desk import gate_views
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.directory import (
    EntryChange,
    NewEntry,
    add_entry,
    change_entry,
    confirm_entry,
    entries,
    entry,
)
from enquiry_tui.desk.problems import NotFound
from enquiry_tui.desk.work import WordsMissing
from enquiry_tui.errors import NotPermitted, Refused
from enquiry_tui.records import directory
from tests.desk.offices import count_events, last_event


def test_the_directory_is_there_from_the_first_sign_in_on(desk: Desk) -> None:
    assert entry(desk, "psd").name == "Professional Standards"
    assert entry(desk, "control-room").kind == "emergency"
    assert not entry(desk, "psd").confirmed


def test_entries_are_found_by_the_beginning_of_any_word(desk: Desk) -> None:
    assert "psd" in [item.key for item in entries(desk, "prof stand")]
    assert "psd" in [item.key for item in entries(desk, "RUDE")]
    assert [item.key for item in entries(desk, "prof zebra")] == ["psd"]
    assert entries(desk, "zebra") == ()
    assert {item.kind for item in entries(desk, kind="helpline")} == {"helpline"}


def test_what_people_say_finds_whom_it_is_for(desk: Desk) -> None:
    assert entries(desk, "worry about safety")[0].key == "safeguarding"
    violence = {item.key for item in entries(desk, "violence")}
    assert {"domestic-abuse-team", "domestic-abuse-helpline", "disclosure-schemes"} <= violence
    former = [item.key for item in entries(desk, "ex")]
    assert {"domestic-abuse-team", "disclosure-schemes"} == set(former[:2])


def test_confirming_names_the_way_and_leaves_an_event(desk: Desk) -> None:
    confirmed = confirm_entry(desk, "psd", "rang the published switchboard")
    assert (confirmed.confirmed, confirmed.confirmed_how) == (
        True,
        "rang the published switchboard",
    )
    assert last_event(desk)["action"] == "directory.confirm"
    with pytest.raises(WordsMissing):
        confirm_entry(desk, "psd", " ")
    with pytest.raises(NotFound):
        confirm_entry(desk, "nobody", "rang")


def test_an_officer_does_not_decide_where_data_goes(desk: Desk) -> None:
    before = count_events(desk)
    with pytest.raises(NotPermitted):
        change_entry(desk, "psd", EntryChange(phone="01632 960777"))
    with pytest.raises(NotPermitted):
        add_entry(desk, NewEntry("refuge", "Refuge", "agency"))
    assert count_events(desk) == before + 1
    assert last_event(desk)["action"] == "access.refused"


def test_a_new_number_is_unconfirmed_and_the_old_version_is_kept(supervisor: Desk) -> None:
    confirm_entry(supervisor, "psd", "rang")
    changed = change_entry(supervisor, "psd", EntryChange(phone="01632 960777"))
    assert (changed.phone, changed.confirmed) == ("01632 960777", False)
    assert last_event(supervisor)["detail"]["fields"] == ["phone"]
    row = directory.by_key(supervisor.store, "psd")
    assert row is not None
    kept = directory.history(supervisor.store, row["id"])
    assert "01632 960101" in kept[0]["body"]
    assert changed.version == 3


def test_new_hours_leave_the_confirmation_standing(supervisor: Desk) -> None:
    confirm_entry(supervisor, "psd", "rang")
    assert change_entry(supervisor, "psd", EntryChange(hours="Mon to Fri")).confirmed


def test_a_change_that_changes_nothing_leaves_nothing(supervisor: Desk) -> None:
    before = count_events(supervisor)
    assert change_entry(supervisor, "psd", EntryChange(name="Professional Standards")).version == 1
    assert count_events(supervisor) == before


def test_an_entry_is_added_unconfirmed_and_cleaned(supervisor: Desk) -> None:
    new = NewEntry("refuge-east", "Refuge\x1b[31m East", "agency", ("housing",), "01632 960222")
    added = add_entry(supervisor, new)
    assert (added.name, added.topics, added.confirmed) == ("Refuge[31m East", ("housing",), False)
    assert last_event(supervisor)["action"] == "directory.change"
    with pytest.raises(Refused):
        add_entry(supervisor, new)


@pytest.mark.parametrize("key", ["", "Refuge East", "../psd", "a" * 80])
def test_a_key_is_a_plain_short_word(supervisor: Desk, key: str) -> None:
    with pytest.raises(Refused):
        add_entry(supervisor, NewEntry(key, "Refuge", "agency"))


def test_an_entry_out_of_use_is_not_listed(supervisor: Desk) -> None:
    change_entry(supervisor, "psd", EntryChange(active=False))
    assert "psd" not in [item.key for item in entries(supervisor)]
    assert not entry(supervisor, "psd").active


def test_an_unknown_kind_is_refused(supervisor: Desk) -> None:
    with pytest.raises(Refused):
        change_entry(supervisor, "psd", EntryChange(kind="newspaper"))


def test_a_shipped_number_is_marked_on_every_road_until_somebody_confirms_it(desk: Desk) -> None:
    control, press = entry(desk, "control-room"), gate_views.door_named(desk, "press-office")
    assert control.listed_number == "01632 960999 NOT CONFIRMED"
    assert press.phone == "01632 960118 NOT CONFIRMED"
    assert entry(desk, "ambulance").listed_number == "999"
    for key in ("control-room", "press-office"):
        confirm_entry(desk, key, "rung from the printed list")
    assert entry(desk, "control-room").listed_number == "01632 960999"
    assert gate_views.door_named(desk, "press-office").phone == "01632 960118"
