from __future__ import annotations

from datetime import timedelta

import pytest

from enquiry_tui.desk import audit, notices
from enquiry_tui.domain.audit import Action
from enquiry_tui.errors import NotPermitted
from tests.desk.attacks import Site
from tests.desk.matters import new_matter
from tests.desk.offices import OFFICER, SUPERVISOR, last_event, passphrase_of


def test_the_sign_in_says_how_the_last_session_ended(site: Site) -> None:
    desk = site.sign_in()
    head = desk.store.query(
        "SELECT seq FROM event WHERE actor = ? AND action = 'session.sign-out'"
        " ORDER BY seq DESC LIMIT 1",
        (desk.officer.uid,),
    )[0]["seq"]
    words = notices.last_session(desk)
    assert words.startswith(f"your last session ended Tue 24 Nov 2026 14:03 at event {head}, code ")
    assert len(words.rsplit(" ", 1)[1]) == 14


def test_a_session_that_was_cut_off_is_said(site: Site) -> None:
    desk = site.sign_in()
    desk.store.close()
    desk.unlocked._lock.release()
    site.office.open = None
    assert notices.last_session(site.sign_in()).endswith("was cut off")


def test_a_clock_set_back_is_said_recorded_and_moves_no_deadline(site: Site) -> None:
    clock = site.office.clock
    last = clock.now() - timedelta(seconds=60)
    clock.set(clock.now() - timedelta(hours=5))
    desk = site.sign_in()
    assert any("hours behind the record" in words for words in notices.at_sign_in(desk))
    assert "behind the record" in notices.banner(desk)
    assert desk.now() >= last
    rows = desk.store.query("SELECT seq, outcome FROM event WHERE action = 'clock.back'")
    assert [row["outcome"] for row in rows] == ["noticed"]
    before = desk.now()
    clock.advance(seconds=30)
    assert desk.now() - before == timedelta(seconds=30)
    site.sign_out()
    assert site.verified().verified


def test_a_clock_set_back_at_work_is_noticed_by_the_next_act_once(site: Site) -> None:
    desk = site.sign_in()
    at = desk.now()
    site.office.clock.set(at - timedelta(days=1))
    assert desk.now() == at
    assert "behind the record" in notices.banner(desk)
    new_matter(desk, "One")
    new_matter(desk, "Two")
    rows = desk.store.query("SELECT seq FROM event WHERE action = 'clock.back'")
    assert len(rows) == 1
    site.office.clock.set(at + timedelta(minutes=5))
    assert notices.banner(desk) == ""
    assert desk.now() == at + timedelta(minutes=5)


def test_a_clock_that_stays_set_back_is_said_and_recorded_at_every_sign_in(site: Site) -> None:
    clock = site.office.clock
    right = clock.now()
    clock.set(right - timedelta(days=3))
    recorded = 0
    for _ in range(3):
        desk = site.sign_in()
        assert any("days behind the record" in words for words in notices.at_sign_in(desk))
        assert "behind the record" in notices.banner(desk)
        assert desk.now() >= right - timedelta(minutes=2)
        recorded = len(desk.store.query("SELECT seq FROM event WHERE action = 'clock.back'"))
        new_matter(desk, "Under the wrong clock")
        site.sign_out()
    assert recorded == 3
    clock.set(right + timedelta(hours=1))
    for _ in range(2):
        assert notices.banner(site.sign_in()) == ""


def test_a_clock_set_back_at_work_is_said_at_the_next_sign_in_too(site: Site) -> None:
    desk = site.sign_in()
    site.office.clock.set(desk.now() - timedelta(days=1))
    new_matter(desk, "One")
    assert "behind the record" in notices.banner(site.sign_in())


def test_an_administrator_accepts_a_clock_that_is_right_and_it_is_said_no_more(site: Site) -> None:
    clock = site.office.clock
    right = clock.now()
    clock.set(right + timedelta(days=40))
    new_matter(site.sign_in(), "Under a clock that was ahead")
    clock.set(right + timedelta(hours=1))
    with pytest.raises(NotPermitted):
        audit.accept_record(site.sign_in(OFFICER), "It is right", passphrase_of(OFFICER))
    desk = site.sign_in(SUPERVISOR)
    [words] = [words for words in notices.at_sign_in(desk) if "behind the record" in words]
    assert "has reached Sun 3 Jan 2027 14:0" in words
    assert "an administrator accepts it" in words
    assert audit.accept_record(desk, "The battery was changed", passphrase_of(SUPERVISOR)) == ""
    assert notices.banner(desk) == ""
    assert desk.now() == clock.now()
    assert (last_event(desk)["action"], last_event(desk)["outcome"]) == ("clock.back", "accepted")
    for handle in (SUPERVISOR, OFFICER):
        desk = site.sign_in(handle)
        assert not [words for words in notices.at_sign_in(desk) if "behind" in words]
    assert desk.now() == clock.now()
    site.sign_out()
    assert site.verified().verified


def test_only_an_administrators_word_for_the_clock_counts(site: Site) -> None:
    clock = site.office.clock
    clock.set(clock.now() - timedelta(days=3))
    desk = site.sign_in(OFFICER)
    with desk.act(Action.CLOCK_BACK) as act:  # past the rules of the program, in his own name
        act.event("", "", outcome="accepted", reason="It is fine")
    assert "behind the record" in notices.banner(site.sign_in(OFFICER))


def test_a_minute_put_right_is_nothing_to_say(site: Site) -> None:
    desk = site.sign_in()
    site.office.clock.set(desk.now() - timedelta(seconds=100))
    new_matter(desk, "One")
    assert last_event(desk)["action"] != "clock.back"
    assert notices.banner(desk) == ""
