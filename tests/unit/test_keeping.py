from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from enquiry_tui.domain.keeping import kept, reminders

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
MOMENTS = st.lists(
    st.timedeltas(timedelta(days=-700), timedelta(days=40)).map(NOW.__add__), max_size=120
)


def daily(days: int) -> list[datetime]:
    return [NOW - timedelta(days=n) for n in range(days)]


@given(MOMENTS)
def test_at_most_seventeen_are_kept_of_what_there_is(moments: list[datetime]):
    found = kept(moments)
    assert len(found) <= 17
    assert found <= set(moments)
    assert bool(found) == bool(moments)


@given(MOMENTS)
def test_the_newest_is_always_kept(moments: list[datetime]):
    assert not moments or max(moments) in kept(moments)


@given(MOMENTS)
def test_pruning_again_removes_nothing_more(moments: list[datetime]):
    assert kept(kept(moments)) == kept(moments)


@given(MOMENTS)
def test_what_is_removed_has_a_newer_one_of_its_day_or_seven_newer_days(moments: list[datetime]):
    found = kept(moments)
    for moment in set(moments) - found:
        newer = {other.date() for other in found if other > moment}
        assert moment.date() in newer or len(newer) >= 7


@given(MOMENTS, st.data())
def test_one_backup_more_removes_few(moments: list[datetime], data: st.DataObject):
    newest = max(moments, default=NOW) + data.draw(st.timedeltas(timedelta(1), timedelta(90)))
    assert len(kept(moments) - kept([*moments, newest])) <= 3


def test_a_year_of_days_keeps_days_weeks_and_months():
    found = sorted(kept(daily(365)), reverse=True)
    assert found[:7] == daily(7)
    assert [moment.date().isoformat() for moment in found[7:]] == [
        *("2026-11-15", "2026-11-08", "2026-11-01"),
        *("2026-10-31", "2026-09-30", "2026-08-31", "2026-07-31", "2026-06-30"),
    ]


def test_the_day_is_londons():
    late = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)  # half past midnight on the 2nd
    assert kept([late, late + timedelta(hours=1)]) == {late + timedelta(hours=1)}


def test_no_backup_yet_is_said():
    assert reminders(NOW, None, None, None) == ("No backup yet.",)


def test_a_week_without_a_backup_is_said():
    last = NOW - timedelta(days=7)
    [words] = reminders(NOW, last, last, NOW)
    assert "for 7 days: the last is of Sun 15 Nov 2026" in words
    assert reminders(NOW, last, last + timedelta(seconds=1), NOW) == ()


def test_thirty_days_without_a_drill_are_said():
    first, last = NOW - timedelta(days=40), NOW - timedelta(days=1)
    assert "No backup was ever tried out" in reminders(NOW, first, last, None)[0]
    assert "for 31 days" in reminders(NOW, first, last, NOW - timedelta(days=31))[0]
    assert reminders(NOW, first, last, NOW - timedelta(days=29)) == ()
    assert reminders(NOW, last, last, None) == ()


def test_a_backup_and_a_drill_that_are_both_due_are_both_said():
    long_ago = NOW - timedelta(days=31)
    backup, drill = reminders(NOW, long_ago, long_ago, long_ago)
    assert backup.startswith("No backup for 31 days")
    assert drill.startswith("No backup tried out for 31 days")
