"""No sequence of verbs brings a complaint into a forbidden state: the oracle reads the rows."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from enquiry_tui.desk import complaint_allegations as allegations
from enquiry_tui.desk import complaint_authority as authority
from enquiry_tui.desk import complaint_duties as duties
from enquiry_tui.desk import complaint_handling as handling
from enquiry_tui.desk import complaint_iopc as iopc
from enquiry_tui.desk import complaint_outcome as outcome
from enquiry_tui.desk import complaint_recording as recording
from enquiry_tui.desk import complaint_withdrawal as withdrawal
from enquiry_tui.desk import complaints, directory, enquiries
from enquiry_tui.desk.complaint_recording import Recording
from enquiry_tui.domain.complaint_path import STEPS
from enquiry_tui.domain.complaint_states import Before, State
from enquiry_tui.errors import EnquiryError
from tests.desk.matters import new_matter
from tests.desk.offices import SUPERVISOR, TestOffice

EXAMPLES = int(os.environ.get("ENQUIRY_COMPLAINT_EXAMPLES", "8"))
BY = "Insp Reed"
WAYS = (
    (),
    ("screen", "outside"),
    ("screen", "outside", "told"),
    ("recorded", "screen", "handled"),
    ("recorded", "screen", "handled", "told"),
)
TARGETS = {(str(step.verb), str(start)): step.end for step in STEPS for start in step.start}
AFTER_OUTCOME = {"decided", "told", "review", "reviewed"}
RECORDED = {"recorded", "with-iopc", "handling", "iopc"}


class ComplaintUnderFire(RuleBasedStateMachine):
    founded: ClassVar[TestOffice]

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.office = self.founded.copy(self.folder / "vault")
        self.desk = self.office.sign_in(SUPERVISOR)

    def teardown(self) -> None:
        self.office.sign_out()
        shutil.rmtree(self.folder)

    def attempt(self, verb: Callable[..., Any], *given: Any, **named: Any) -> None:
        with suppress(EnquiryError):
            verb(self.desk, *given, **named)

    @property
    def row(self) -> Any:
        row = self.desk.store.one("SELECT * FROM complaint")
        assert row is not None
        return row

    @property
    def unreferred(self) -> set[str]:
        lines = self.desk.store.query("SELECT line FROM complaint_line WHERE answer = 'yes'")
        return {line["line"] for line in lines} - set(self.row["referred_lines"].split())

    @property
    def alleged(self) -> list[Any]:
        return self.desk.store.query("SELECT * FROM allegation ORDER BY id")

    @initialize(category=st.sampled_from(["", "H1"]), tick=st.booleans(), way=st.sampled_from(WAYS))
    def it_is_taken_down(self, category: str, tick: bool, way: tuple[str, ...]) -> None:
        self.matter = new_matter(self.desk)
        for key in ("psd", "police-crime-panel"):
            directory.confirm_entry(self.desk, key, "rang")
        self.uid = complaints.log_complaint(
            self.desk,
            complaints.ComplaintIntake(
                self.matter,
                "rude",
                about="officer",
                about_whom="PC Holm",
                reach="07700 900111",
                wants="an apology",
                category=category,
                mentioned=("assault",) if tick else (),
            ),
        ).uid
        self.received = self.row["received_on"]
        for step in way:
            self.a_usual_step(step)

    def a_usual_step(self, step: str) -> None:
        match step:
            case "outside":
                self.they_say_what_they_want("no", "agreed")
                self.it_goes_a_first_way("outside")
            case "screen":
                self.the_ten_lines_are_answered("", "yes")
            case "recorded":
                self.it_is_recorded("wants-recording", satisfied=True)
            case "handled":
                self.it_is_handled("Sgt Vane", "otherwise")
            case "told":
                self.it_is_categorised("H1", more=False)
                self.it_is_decided("resolved")
                self.it_is_decided("acceptable")
                self.it_is_told("letter")

    @rule(days=st.sampled_from([1, 5, 29, 40]))
    def time_passes(self, days: int) -> None:
        self.office.clock.advance(seconds=days * 86_400)

    @rule(wants=st.sampled_from(["yes", "no", "no"]), read=st.sampled_from(recording.READ))
    def they_say_what_they_want(self, wants: str, read: str) -> None:
        self.attempt(recording.set_wishes, self.uid, "an apology", wants, read)

    @rule(
        odd=st.sampled_from(["", "", "serious-assault", "gravity"]),
        say=st.sampled_from(["yes", "unsure"]),
    )
    def the_ten_lines_are_answered(self, odd: str, say: str) -> None:
        lines = self.desk.packs.complaints.value.book.lines
        answers = {line.id: say if line.id == odd else "no" for line in lines}
        self.attempt(iopc.finish_screen, self.uid, answers, by=BY)

    @rule(which=st.sampled_from(["pass", "hand", "outside", "aside", "authority", "panel"]))
    def it_goes_a_first_way(self, which: str) -> None:
        match which:
            case "pass":
                self.attempt(complaints.pass_complaint, self.uid)
            case "hand":
                self.attempt(authority.hand_over, self.uid, "PSD/1")
            case "outside":
                self.attempt(recording.handle_outside, self.uid, "a call", by=BY)
            case "aside":
                today = self.desk.today()
                self.attempt(authority.set_aside, self.uid, "request", by=BY, told_on=today)
            case "authority":
                self.attempt(authority.decide_authority, self.uid, "service", "it is the force")
            case "panel":
                self.attempt(authority.decide_authority, self.uid, "commissioner", "not us")

    @rule(
        ground=st.sampled_from(["wants-recording", "dissatisfied", "crime-or-discipline", "no"]),
        satisfied=st.booleans(),
    )
    def it_is_recorded(self, ground: str, satisfied: bool) -> None:
        rules = Recording((ground,), satisfied=satisfied)
        self.attempt(recording.record_complaint, self.uid, rules, by=BY)

    @rule(answer=st.sampled_from(["refer", *iopc.RETURNED, *iopc.KEPT]))
    def the_iopc_has_it(self, answer: str) -> None:
        if answer == "refer":
            self.attempt(iopc.refer_to_iopc, self.uid, by=BY, why="grave")
        else:
            self.attempt(iopc.iopc_returns, self.uid, answer)
            self.attempt(iopc.iopc_keeps, self.uid, answer)

    @rule(who=st.sampled_from(["Sgt Vane", "PC Holm"]), route=st.sampled_from(handling.ROUTES))
    def it_is_handled(self, who: str, route: str) -> None:
        self.attempt(handling.allocate, self.uid, who, ())
        self.attempt(handling.start_handling, self.uid, route, by=BY, why="so")

    @rule(category=st.sampled_from(["A1", "H1", "Z9"]), more=st.booleans())
    def it_is_categorised(self, category: str, more: bool) -> None:
        if more and len(self.alleged) < 3:
            self.attempt(allegations.add_allegation, self.uid, "and late", "")
        for item in self.alleged:
            self.attempt(allegations.categorise, item["uid"], category)

    @rule(word=st.sampled_from(["resolved", "moved", "acceptable", "no-case"]))
    def it_is_decided(self, word: str) -> None:
        for item in self.alleged:
            self.attempt(
                allegations.decide_allegation, item["uid"], word, ("nfa",), why="so", by=BY
            )
        self.attempt(handling.conclude, self.uid, (), by=BY)

    @rule(how=st.sampled_from(outcome.HOW))
    def it_is_told(self, how: str) -> None:
        self.attempt(outcome.tell_outcome, self.uid, how)

    @rule(upheld=st.sampled_from(["upheld", "recommended", "not-upheld"]))
    def it_is_reviewed(self, upheld: str) -> None:
        self.attempt(outcome.apply_for_review, self.uid)
        words = "write to her again" if upheld == "recommended" else ""
        self.attempt(outcome.decide_review, self.uid, upheld, by=BY, recommends=words)

    @rule(which=st.sampled_from(["final", "close", "again", "up", "suspend", "resume", "update"]))
    def it_ends_or_goes_on(self, which: str) -> None:
        match which:
            case "final":
                self.attempt(outcome.finalise, self.uid)
            case "close":
                self.attempt(outcome.close_complaint, self.uid)
            case "again":
                self.attempt(outcome.reopen_complaint, self.uid, "new footage", by=BY)
            case "up":
                self.attempt(outcome.take_up, self.uid, "after all", by=BY)
            case "suspend":
                self.attempt(handling.suspend, self.uid, "trial", by=BY)
            case "resume":
                self.attempt(handling.resume, self.uid, "trial over", by=BY)
            case "update":
                self.attempt(handling.note_update, self.uid, "rang")

    @rule(which=st.sampled_from(["ask", "letter", "silence", "keep", "signed", "carry"]))
    def it_is_dropped(self, which: str) -> None:
        match which:
            case "ask":
                self.attempt(withdrawal.ask_withdrawal, self.uid, "drop it")
            case "letter":
                self.attempt(withdrawal.withdrawal_letter, self.uid)
            case "silence":
                self.attempt(withdrawal.withdrawal_silence, self.uid, told="the IOPC")
            case "keep":
                self.attempt(withdrawal.keep_on, self.uid, "go on")
            case "signed":
                self.attempt(withdrawal.withdraw_signed, self.uid, "her", told="the IOPC")
            case "carry":
                self.attempt(withdrawal.carry_on, self.uid, "public interest", by=BY)

    @rule(to=st.sampled_from(duties.COPY_TO))
    def the_two_duties_are_done(self, to: str) -> None:
        self.attempt(duties.preserve_evidence, self.uid, "the counter camera", "DS Varley")
        self.attempt(duties.give_copy, self.uid, (to,), duties.WHOLE)

    @rule()
    def the_matter_is_closed(self) -> None:
        self.attempt(enquiries.close_enquiry, self.matter, "done", over=True)

    @invariant()
    def nothing_forbidden_stands(self) -> None:
        if not hasattr(self, "uid"):
            return
        row, alleged = self.row, self.alleged
        state, today = row["state"], self.desk.today().isoformat()
        lines = self.desk.store.query("SELECT line, answer FROM complaint_line")
        answers = {line["answer"] for line in lines}
        assert row["received_on"] == self.received
        if state == "outside":
            assert len(lines) == 10 and answers == {"no"} and row["recorded_on"] is None
        if state in RECORDED:
            assert row["recorded_on"] and row["grounds"]
        if state == "handling":
            assert row["handler"] not in {"", "PC Holm"}
        if state in {"with-iopc", "iopc"}:
            (held,) = self.desk.store.query("SELECT * FROM hold WHERE lifted_at IS NULL")
            assert held["kind"] == "iopc"
        if state in AFTER_OUTCOME and row["route"]:
            book = self.desk.packs.complaints.value.book
            words = book.routes[row["route"]].decisions
            assert all(item["category"] and item["decision"] in words for item in alleged)
            assert all(item["decision"] != "moved" for item in alleged)
        if state in {"review", "reviewed"} and row["told_on"]:
            assert row["route"] in {"otherwise", "investigation", "special"}
        if state == "closed":
            assert row["finalised_on"] and (row["review_until"] or "") < today
        if row["told_how"] == "by word of mouth":
            assert row["route"] == "outside"

    @invariant()
    def the_ten_lines_and_the_iopc_bind(self) -> None:
        if not hasattr(self, "uid"):
            return
        row, state = self.row, self.row["state"]
        answers = self.desk.store.query("SELECT line, answer FROM complaint_line")
        if row["recorded_on"] and {"line": "serious-assault", "answer": "yes"} in map(
            dict, answers
        ):
            assert row["satisfied"] == "no"
            assert {"crime-or-discipline", "mandatory-referral"} <= set(row["grounds"].split())
        if state in {"review", "reviewed"} and row["route"]:
            assert not self.unreferred
        if state == "set-aside":
            assert {line["answer"] for line in answers} <= {"no"}
        if state == "handling" and row["iopc_answer"] == "local investigation":
            assert row["route"] in {"investigation", "special"}

    @invariant()
    def the_path_is_the_tables(self) -> None:
        if not hasattr(self, "uid"):
            return
        path = self.desk.store.query("SELECT * FROM complaint_entry ORDER BY id")
        assert path[-1]["to_state"] == self.row["state"]
        for before, line in pairwise(path):
            assert line["from_state"] == before["to_state"]
            if (line["verb"], line["from_state"]) == ("finalise", "told") and line is path[-1]:
                assert not self.unreferred
            end = TARGETS[line["verb"], line["from_state"]]
            if isinstance(end, State):
                assert line["to_state"] == end
            elif end is Before.SAME:
                assert line["to_state"] == line["from_state"]

    @invariant()
    def a_closed_matter_has_only_finished_complaints(self) -> None:
        if not hasattr(self, "uid"):
            return
        matter = self.desk.store.one("SELECT state, closed_at FROM enquiry")
        assert matter is not None
        if matter["state"] == "closed":
            row = self.row
            assert row["state"] in {"finalised", "closed", "elsewhere"}
            assert (row["review_until"] or "") < matter["closed_at"][:10]


@pytest.fixture
def path_machine(founded: TestOffice) -> type[ComplaintUnderFire]:
    ComplaintUnderFire.founded = founded
    return ComplaintUnderFire


def test_no_sequence_of_verbs_reaches_a_forbidden_state(
    path_machine: type[ComplaintUnderFire],
) -> None:
    path_machine.TestCase.settings = settings(
        max_examples=EXAMPLES,
        stateful_step_count=30,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    path_machine.TestCase().runTest()
