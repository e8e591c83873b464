from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from enquiry_tui.desk import clocks, enquiries, exports, holds, opening, retention
from enquiry_tui.desk.complaint_authority import set_aside
from enquiry_tui.desk.complaints import ComplaintIntake, log_complaint
from enquiry_tui.desk.contacts import set_kind
from enquiry_tui.desk.directory import confirm_entry
from enquiry_tui.desk.hold_steps import HoldInForce
from enquiry_tui.desk.problems import ClosingRefused, NotFound, ReasonMissing
from enquiry_tui.desk.quicklog import LineRequest, log_line
from enquiry_tui.desk.referrals import ReferralRequest, refer
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.holds import HoldKind
from enquiry_tui.domain.vocabulary import Kind
from enquiry_tui.errors import NotPermitted, Refused
from tests.desk.matters import new_call, new_matter
from tests.desk.offices import AUDITOR, MONITOR, OFFICER, SUPERVISOR, last_event, passphrase_of

TODAY = date(2026, 11, 24)
STOP = HoldKind.MONITORING_OFFICER


def log(desk, line: str) -> str:
    return log_line(desk, LineRequest(line)).enquiry_uid


# Retention


def test_a_quick_line_is_kept_by_the_rule_and_says_why(desk):
    kept = retention.kept_of(desk, log(desk, "Siân O'Brien ~ parking at school"))
    assert (kept.short, kept.by_rule) == ("2y corresp", True)
    assert kept.review_on == date(2028, 11, 24)
    assert "verify locally" in kept.working
    asked = retention.kept_of(desk, log(desk, "Ann Mercer #foi ~ asks for papers"))
    assert (asked.short, asked.why) == (
        "3y request",
        "by the rule: freedom of information or subject access",
    )
    matter = log(desk, "Col Reid $s ~ wants what we hold")
    assert retention.kept_of(desk, matter).key == "rights-request-3y"
    assert [clock.rule for clock in clocks.clocks_of(desk, matter)] == ["sar"]


def test_the_rule_follows_what_becomes_known_until_an_officer_chooses(desk):
    matter = new_matter(desk)
    set_kind(desk, new_call(desk, matter), Kind.ELECTED_REPRESENTATIVE)
    assert retention.kept_of(desk, matter).key == "representative-6y"
    log_complaint(desk, ComplaintIntake(matter, "PC Holm swore", about="officer"))
    kept = retention.kept_of(desk, matter)
    assert (kept.key, kept.review_on) == ("complaint-6y", None)
    retention.set_retention(desk, matter, "mopi-3", "names an offender")
    enquiries.amend_enquiry(desk, matter, "asked", topics="foi")
    kept = retention.kept_of(desk, matter)
    assert (kept.key, kept.why, kept.by_rule) == ("mopi-3", "names an offender", False)
    assert last_event(desk)["action"] == "enquiry.amend"
    retention.set_retention(desk, matter, "", "back to the rule")
    assert retention.kept_of(desk, matter).key == "complaint-6y"


def test_a_class_wants_a_reason_and_only_the_one_that_waits_for_a_day_takes_one(desk):
    matter = new_matter(desk)
    with pytest.raises(ReasonMissing):
        retention.set_retention(desk, matter, "mopi-3", " ")
    with pytest.raises(NotFound):
        retention.set_retention(desk, matter, "for ever", "why not")
    with pytest.raises(Refused, match="no named day"):
        retention.set_retention(desk, matter, "mopi-3", "offender", event_on=TODAY)
    waits = "complaint-body-12m"
    retention.set_retention(desk, matter, waits, "about them", event_on=date(2028, 5, 11))
    assert retention.kept_of(desk, matter).review_on == date(2029, 5, 11)


def test_the_place_of_the_paper_is_cleaned_and_its_old_place_kept(desk):
    matter = new_matter(desk)
    retention.set_paper_place(desk, matter, "cabinet 3\x1b[2J, shelf 2")
    assert "\x1b" not in retention.set_paper_place(desk, matter, "archive box 12").paper
    old = desk.store.one("SELECT old_value FROM amendment WHERE field = 'paper_place'")
    assert "\x1b" not in old["old_value"]
    assert old["old_value"].startswith("cabinet 3")


# Holds


def test_a_hold_is_placed_and_lifted_by_a_supervisor_and_closing_names_it(office, supervisor):
    matter = new_matter(supervisor)
    hold = holds.place_hold(supervisor, matter, HoldKind.LITIGATION, "letter before claim")
    assert (hold.since, hold.review_on) == (TODAY, date(2027, 5, 24))
    assert last_event(supervisor)["action"] == "hold.set"
    for over in (False, True):
        with pytest.raises(ClosingRefused, match="cannot be closed") as refused:
            enquiries.close_enquiry(supervisor, matter, "done", over=over)
        assert "a litigation hold stands" in refused.value.hint
    with pytest.raises(Refused, match="of this kind"):
        holds.place_hold(supervisor, matter, HoldKind.LITIGATION, "again")
    with pytest.raises(ReasonMissing):
        holds.lift_hold(supervisor, hold.uid, "")
    assert not holds.lift_hold(supervisor, hold.uid, "claim withdrawn").stands
    with pytest.raises(Refused, match="already"):
        holds.lift_hold(supervisor, hold.uid, "again")
    enquiries.close_enquiry(supervisor, matter, "done")
    held = holds.place_hold(supervisor, matter, HoldKind.INQUIRY, "moratorium", date(2026, 11, 2))
    assert held.stands
    (_, first) = opening.refresh(supervisor, matter).holds
    assert first.lifted_why == "claim withdrawn"


@pytest.mark.parametrize("handle", [OFFICER, AUDITOR])
def test_whoever_carries_no_such_right_holds_nothing(office, handle):
    matter = new_matter(office.sign_in(SUPERVISOR))
    hold = holds.place_hold(office.open, matter, HoldKind.IOPC, "independent investigation")
    desk = office.sign_in(handle)
    with pytest.raises(NotPermitted):
        holds.place_hold(desk, matter, HoldKind.INQUIRY, "asked")
    with pytest.raises(NotPermitted):
        holds.lift_hold(desk, hold.uid, "over")


@pytest.mark.parametrize(
    ("handle", "offered"),
    [
        (OFFICER, set()),
        (SUPERVISOR, {*HoldKind} - {HoldKind.INQUIRY, STOP}),
        (MONITOR, {*HoldKind} - {HoldKind.INQUIRY}),
    ],
)
def test_a_hold_is_offered_to_those_who_may_place_it_and_once_only(office, handle, offered):
    matter = new_matter(office.sign_in(SUPERVISOR))
    holds.place_hold(office.open, matter, HoldKind.INQUIRY, "moratorium")
    desk = office.sign_in(handle)
    assert {rule.kind for rule in holds.rules_to_place(desk, matter)} == offered
    assert holds.may_set(desk, STOP) is (handle == MONITOR)


# The stop


def test_only_the_monitoring_officer_stops_a_matter_and_ends_the_stop(office, supervisor):
    matter = new_matter(supervisor)
    with pytest.raises(NotPermitted):
        holds.place_hold(supervisor, matter, STOP, "unlawful")
    stop = holds.place_hold(office.sign_in(MONITOR), matter, STOP, "likely to be unlawful")
    assert last_event(office.open)["action"] == "stop.set"
    supervisor = office.sign_in(SUPERVISOR)
    banner = holds.stop_banner(supervisor, "", matter)
    assert len(banner) < 80
    assert "STOP (monitoring officer) since 24 Nov" in banner
    with pytest.raises(NotPermitted):
        holds.lift_hold(supervisor, stop.uid, "done", considered_on=TODAY)


def test_a_stop_ends_with_the_day_of_consideration_and_the_working_day_after(office):
    desk = office.sign_in(MONITOR)
    matter = new_matter(desk)
    stop = holds.place_hold(desk, matter, STOP, "likely to be unlawful", date(2026, 11, 20))
    for day, why in ((None, "considered"), (date(2026, 11, 25), "to come"), (TODAY, "")):
        with pytest.raises(Refused):
            holds.lift_hold(desk, stop.uid, why, considered_on=day)
    with pytest.raises(Refused, match="20 Nov 2026"):
        holds.lift_hold(desk, stop.uid, "done", considered_on=date(2026, 11, 19))
    done = holds.lift_hold(desk, stop.uid, "report considered", considered_on=TODAY)
    assert (done.stands, done.stands_to) == (True, date(2026, 11, 25))
    assert "considered 24 Nov" in holds.stop_banner(desk, "", matter)
    with pytest.raises(ClosingRefused, match="cannot be closed"):
        enquiries.close_enquiry(desk, matter, "done")
    office.clock.advance(seconds=2 * 86_400)
    assert holds.stop_banner(desk, "", matter) == ""
    enquiries.close_enquiry(desk, matter, "done")


def test_a_stop_bars_the_outcome_of_a_complaint_and_says_who_lifts_it(office):
    desk = office.sign_in(MONITOR)
    matter = new_matter(desk)
    intake = ComplaintIntake(
        matter, "rude", about="service", reach="07700 900111", wants="an apology"
    )
    uid = log_complaint(desk, intake).uid
    holds.place_hold(desk, matter, STOP, "likely to be unlawful")
    with pytest.raises(HoldInForce) as refused:
        set_aside(desk, uid, "employee", by="Una Grieve", told_on=TODAY)
    assert "monitoring officer's stop" in refused.value.title
    assert "the monitoring officer" in refused.value.hint


def test_a_stop_bars_export_for_all_but_the_monitoring_officer(office, tmp_path: Path):
    desk = office.sign_in(MONITOR)
    reference, matter = referred(desk)
    holds.place_hold(desk, matter, STOP, "likely to be unlawful")
    desk = office.sign_in(SUPERVISOR)
    with pytest.raises(HoldInForce, match="written to a file"):
        exports.export_referral(desk, request(reference, tmp_path, SUPERVISOR))
    assert not list(tmp_path.glob("*.txt"))
    desk = office.sign_in(MONITOR)
    assert exports.export_referral(desk, request(reference, tmp_path, MONITOR)).file.exists()


def referred(desk) -> tuple[str, str]:
    matter = new_matter(desk)
    confirm_entry(desk, "neighbourhood", "rang")
    asked = ReferralRequest(
        matter,
        "neighbourhood",
        request="Please look at the vans",
        account="Vans on the zigzags.",
        basis="Public task",
        necessity="They decide about parking",
    )
    return refer(desk, asked).reference, matter


def request(reference: str, folder: Path, handle: str) -> exports.ExportRequest:
    return exports.ExportRequest(
        reference, folder / "summary.txt", passphrase_of(handle), format="txt"
    )


def test_a_hold_is_never_removed_or_changed_after_it_was_lifted(supervisor):
    matter = new_matter(supervisor)
    hold = holds.place_hold(supervisor, matter, HoldKind.INQUIRY, "moratorium")
    holds.lift_hold(supervisor, hold.uid, "over")
    for sql in ("DELETE FROM hold", "UPDATE hold SET reason = 'x'"):
        with pytest.raises(Exception, match="hold"), supervisor.act(Action.HOLD_SET) as act:
            act.tx.execute(sql)
