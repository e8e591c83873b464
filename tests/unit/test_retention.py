from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquiry_tui.domain.closing import HOLDS, Block, Standing, blocks, may_close
from enquiry_tui.domain.holds import STOP_BARS, Barred, HoldKind
from enquiry_tui.domain.retention import (
    Counts,
    MatterDays,
    Traits,
    Trigger,
    end_of_financial_year,
    review_day,
)
from enquiry_tui.domain.workdays import england_and_wales
from enquiry_tui.policy.differences import differences
from enquiry_tui.policy.packs import load_pack, load_shipped, read_pack, shipped_bytes
from enquiry_tui.policy.problems import PackError

PACKS = load_shipped()
BOOK = PACKS.retention.value
OPENED = date(2026, 2, 10)
DAYS = MatterDays(created=OPENED, last_action=date(2026, 3, 31))


@pytest.mark.parametrize(
    ("key", "days", "on"),
    [
        ("correspondence-2y", DAYS, date(2028, 3, 31)),
        ("complaint-6y", DAYS, None),
        ("complaint-6y", replace(DAYS, complaint_final=date(2024, 2, 29)), date(2030, 2, 28)),
        ("complaint-body-12m", DAYS, None),
        ("complaint-body-12m", replace(DAYS, named=date(2028, 5, 11)), date(2029, 5, 11)),
        ("decision", DAYS, None),
        ("mopi-2", DAYS, date(2036, 3, 31)),
        ("mopi-4", DAYS, date(2032, 2, 10)),
    ],
)
def test_the_review_day_follows_from_the_trigger_and_the_length(key, days, on):
    found = review_day(BOOK.classes[key], days)
    assert found.on == on
    assert "verify locally" in found.working


def test_whole_years_may_be_counted_from_the_end_of_the_financial_year():
    rule = replace(BOOK.classes["correspondence-2y"], counts=Counts.FINANCIAL_YEAR)
    assert review_day(rule, DAYS).on == date(2028, 3, 31)
    later = replace(DAYS, last_action=date(2026, 4, 1))
    assert review_day(rule, later).on == date(2029, 3, 31)
    assert "31 Mar 2027" in review_day(rule, later).working


@given(st.dates(date(2000, 1, 1), date(2090, 12, 31)), st.integers(0, 400))
def test_a_later_trigger_never_gives_an_earlier_review(day, more):
    later = date.fromordinal(day.toordinal() + more)
    for rule in BOOK.classes.values():
        if rule.trigger is not Trigger.LAST_ACTION or not rule.months:
            continue
        for counts in Counts:
            counted = replace(rule, counts=counts)
            first = review_day(counted, MatterDays(day, day)).on
            second = review_day(counted, MatterDays(day, later)).on
            assert first is not None
            assert second is not None
            assert day < first <= second
    assert 0 <= (end_of_financial_year(day) - day).days < 366


@pytest.mark.parametrize(
    ("known", "key"),
    [
        (Traits(), "correspondence-2y"),
        (Traits(topics=frozenset({"foi"})), "rights-request-3y"),
        (Traits(clocks=frozenset({"sar"})), "rights-request-3y"),
        (Traits(kinds=frozenset({"elected-representative"})), "representative-6y"),
        (Traits(about=frozenset({"pcc"}), clocks=frozenset({"foi"})), "complaint-body-12m"),
        (Traits(topics=frozenset({"complaint", "foi"})), "complaint-6y"),
    ],
)
def test_what_is_known_of_a_matter_gives_its_class_with_the_reason(known, key):
    found, why = BOOK.class_for(known)
    assert found == key
    assert why.startswith("by the rule: ")


def test_an_office_may_leave_the_class_to_be_chosen():
    body = shipped_bytes("retention").replace(b'default = "correspondence-2y"', b'default = ""')
    assert load_pack("retention", body).value.class_for(Traits()) == ("", "")


def test_a_pack_cannot_weaken_the_stop_or_a_hold():
    body = shipped_bytes("retention")
    weak = body.replace(b'["closing", "outcome", "export", "disposal"]', b'["closing", "disposal"]')
    with pytest.raises(PackError, match=r"holds.kinds.monitoring-officer.bars: has to bar"):
        load_pack("retention", weak)
    with pytest.raises(PackError, match="holds nothing"):
        load_pack("retention", body.replace(b'["closing", "disposal"]', b'["closing"]', 1))
    assert BOOK.holds.rules[HoldKind.MONITORING_OFFICER].bars == STOP_BARS
    assert all(Barred.DISPOSAL in rule.bars for rule in BOOK.holds.rules.values())


def test_a_default_that_names_no_clock_and_no_subject_is_refused():
    for old, new in ((b'"foi-review"', b'"foi-revue"'), (b'about = ["pcc"]', b'about = ["pccs"]')):
        pack = load_pack("retention", shipped_bytes("retention").replace(old, new, 1))
        with pytest.raises(PackError) as caught:
            PACKS.having(pack)
        assert caught.value.hint in {"Did you mean foi-review?", "Did you mean pcc?"}


def test_the_stop_stands_to_the_end_of_the_first_working_day_after_consideration():
    calendar = england_and_wales(range(2026, 2028))
    assert BOOK.holds.stands_to(date(2026, 12, 24), calendar) == date(2026, 12, 29)
    assert BOOK.holds.stands_to(date(2026, 11, 24), calendar) == date(2026, 11, 25)


def test_closing_names_each_hold_and_nobody_closes_over_one():
    for kind in HoldKind:
        found = blocks(Standing(holds=(kind,)))
        assert found == (HOLDS[kind],)
        assert not may_close(found, over=True)
    assert str(Block.STOP).startswith("the monitoring officer's stop stands, which only that")


def test_a_change_is_told_by_the_rule_it_changes():
    body = shipped_bytes("clocks").replace(b"length = 20", b"length = 25", 1)
    (change,) = differences(PACKS.clocks, read_pack("clocks", body))
    assert change.words == "rules.foi.length: 20 → 25"
    body = shipped_bytes("disclosure").replace(b'needed = ["R:low"]', b'needed = ["R:medium"]', 1)
    found = differences(PACKS.disclosure, read_pack("disclosure", body))
    assert found
    assert all(" asks for " in change.place for change in found)
    assert any("R:low" in x.before and "R:medium" in x.after for x in found)


def test_a_list_of_tables_is_compared_by_name_and_not_by_place():
    text = shipped_bytes("complaints").decode()
    start = text.index("[[ticks]]")
    second = text.index("[[ticks]]", start + 1)
    third = text.index("[[ticks]]", second + 1)
    swapped = text[:start] + text[second:third] + text[start:second] + text[third:]
    assert differences(PACKS.complaints, read_pack("complaints", swapped.encode())) == ()
