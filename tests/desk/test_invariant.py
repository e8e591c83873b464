"""gate.md's invariant: no sequence of verbs leaves a content line that no open door carries."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from enquiry_tui.desk import (
    authorities,
    checks,
    contacts,
    emergencies,
    enquiries,
    incidents,
    overrides,
    people,
    quicklog,
    referrals,
    ring_backs,
    telling,
)
from enquiry_tui.desk.contact_points import confirm_by
from enquiry_tui.desk.referral_fields import field_choices
from enquiry_tui.domain.authorities import AuthorityKind
from enquiry_tui.domain.checks import StepName
from enquiry_tui.domain.confirming import Way
from enquiry_tui.domain.flags import Flag
from enquiry_tui.domain.standing import Need
from enquiry_tui.domain.vocabulary import (
    Authority,
    CheckOutcome,
    Decision,
    InfoClass,
    Kind,
    MarkerKind,
    Recognition,
)
from enquiry_tui.errors import EnquiryError
from tests.desk import oracle
from tests.desk.offices import DEPUTY, OFFICER, SECOND, TestOffice, passphrase_of

FIELDS = (
    "enquiry.received_on",
    "enquiry.due_on",
    "contact_point.address",
    "contact.note",
    "complaint.about_whom",
    "office.hours",
    "no.such.field",
)
UNTIL = (
    None,
    Need(recognition=Recognition.LOW),
    Need(recognition=Recognition.MEDIUM),
    Need(authorities=frozenset({Authority.ORG})),
    Need(authorities=frozenset({Authority.CLIENT}), recognition=Recognition.LOW),
)
BETWEEN = (
    *("", "accompanied", "under_duress", "child", "person"),
    *("matter", "kind", "flag", "about", "marker"),
)
classes = st.sampled_from([None, *InfoClass])
EXAMPLES = int(os.environ.get("ENQUIRY_INVARIANT_EXAMPLES", "12"))


class DeskUnderFire(RuleBasedStateMachine):
    founded: ClassVar[TestOffice]

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.office = self.founded.copy(self.folder / "vault")
        self.desk = self.office.sign_in(OFFICER)
        self.seen = 0
        self.contact = ""
        self.check = ""
        self.told = 0

    def teardown(self) -> None:
        self.office.sign_out()
        shutil.rmtree(self.folder)

    def attempt(self, verb: Callable[..., Any], *given: Any, **named: Any) -> Any:
        """Run a verb; what it refuses, it refuses."""
        try:
            return verb(self.desk, *given, **named)
        except EnquiryError:
            return None

    @initialize()
    def two_people_with_two_matters(self) -> None:
        self.matters, self.people, self.words = [], [], []
        for line in ("Janet Holt 07700 900111 ~ parking", "Ryan Pell 07700 900222 ~ custody"):
            done = quicklog.log_line(self.desk, quicklog.LineRequest(line))
            self.matters.append(done.enquiry_uid)
            self.people.append(done.person_uid)
            row = self.desk.store.one("SELECT * FROM enquiry WHERE uid = ?", (done.enquiry_uid,))
            assert row is not None
            self.words.append(row["code_word"])
            for point in self.desk.store.query("SELECT uid FROM contact_point"):
                self.attempt(confirm_by, point["uid"], Way.FIRST_LETTER, "asked")
        self.office.clock.advance(seconds=86_400)

    @rule(which=st.integers(0, 1), matter=st.integers(0, 2))
    def a_call_begins(self, which: int, matter: int) -> None:
        begun = self.attempt(
            contacts.begin_contact,
            person_uid=self.people[which],
            enquiry_uid=self.matters[matter] if matter < 2 else "",
        )
        self.contact = begun.uid if begun else self.contact

    @rule(which=st.integers(0, 1))
    def the_officer_picks_a_person(self, which: int) -> None:
        self.attempt(contacts.pick_person, self.contact, self.people[which])

    @rule(which=st.integers(0, 2))
    def the_officer_attaches_a_matter(self, which: int) -> None:
        uid = self.matters[which] if which < 2 else ""
        self.attempt(contacts.attach_contact, self.contact, uid)

    @rule(kind=st.sampled_from(Kind))
    def the_kind_changes(self, kind: Kind) -> None:
        self.attempt(contacts.set_kind, self.contact, kind)

    @rule(name=st.sampled_from(contacts.CIRCUMSTANCES), on=st.booleans())
    def a_circumstance_changes(self, name: str, on: bool) -> None:
        self.attempt(contacts.set_circumstance, self.contact, name, on)

    @rule(hold=st.booleans())
    def the_call_is_held_or_resumed(self, hold: bool) -> None:
        self.attempt(contacts.hold_contact if hold else contacts.resume_contact, self.contact)

    @rule(how=st.sampled_from(contacts.ENDINGS))
    def the_call_ends(self, how: str) -> None:
        self.attempt(contacts.end_contact, self.contact, how)

    @rule(seconds=st.sampled_from([1, 600, 4000, 90_000]))
    def time_passes(self, seconds: int) -> None:
        self.office.clock.advance(seconds=seconds)

    @rule(which=st.integers(0, 1), kind=st.sampled_from(MarkerKind))
    def a_marker_is_set(self, which: int, kind: MarkerKind) -> None:
        new = people.NewMarker(kind, "plan", "reason", date(2027, 1, 1), self.people[which])
        self.attempt(people.set_marker, new)

    @rule()
    def a_check_begins(self) -> None:
        begun = self.attempt(checks.open_check, self.contact)
        self.check = begun.uid if begun else self.check

    @rule(which=st.integers(0, 4), until=st.sampled_from(UNTIL))
    def something_is_compared(self, which: int, until: Need | None) -> None:
        said = [*self.words, "07700 900111", "24 nov", "nonsense"][which]
        self.attempt(checks.try_step, self.check, said, until=until)

    @rule(step=st.sampled_from(StepName), until=st.sampled_from(UNTIL))
    def something_is_seen(self, step: StepName, until: Need | None) -> None:
        self.attempt(checks.take_step, self.check, step, "read it", until=until)

    @rule(
        kind=st.sampled_from(AuthorityKind),
        whose=st.integers(0, 1),
        matter=st.integers(0, 1),
        info_class=st.sampled_from(InfoClass),
        how=st.sampled_from(["", "checked"]),
        end=st.sampled_from(["", "", "withdrawn", "expired"]),
        until=st.sampled_from(UNTIL),
    )
    def an_authority_is_taken(
        self,
        kind: AuthorityKind,
        whose: int,
        matter: int,
        info_class: InfoClass,
        how: str,
        end: str,
        until: Need | None,
    ) -> None:
        new = authorities.NewAuthority(
            self.matters[matter],
            kind,
            self.people[1 - whose],
            self.people[whose],
            "all of it",
            (info_class,),
            "paper",
            self.desk.today(),
            self.desk.today() if end == "expired" else None,
            how,
        )
        added = self.attempt(authorities.add_authority, new)
        if added is None:
            return
        self.attempt(authorities.take_authority, self.check, added.uid, until=until)
        if end == "withdrawn":
            self.attempt(authorities.withdraw_authority, added.uid, "asked to")

    @rule(
        number=st.sampled_from(["", "01632 960777", "07700 900111"]), until=st.sampled_from(UNTIL)
    )
    def somebody_is_rung_back(self, number: str, until: Need | None) -> None:
        points = self.desk.store.query("SELECT uid FROM contact_point ORDER BY id")
        for point in points if not number else [{"uid": ""}]:
            ring = ring_backs.RingBack(
                self.check, point["uid"], "", number, "published", "put through"
            )
            self.attempt(ring_backs.ring_back, ring, until=until)

    @rule(flag=st.sampled_from(Flag), on=st.booleans())
    def a_flag_is_ticked(self, flag: Flag, on: bool) -> None:
        self.attempt(checks.set_flag, self.check, flag, on)

    @rule(outcome=st.sampled_from(CheckOutcome))
    def the_check_ends(self, outcome: CheckOutcome) -> None:
        self.attempt(checks.end_check, self.check, outcome)

    @rule()
    def the_officer_suspects_a_pretext(self) -> None:
        self.attempt(checks.suspect_pretext, self.check)

    @rule(
        decision=st.sampled_from(Decision),
        item=st.sampled_from(FIELDS),
        info_class=classes,
        why=st.sampled_from(["", "asked for it"]),
        about=st.integers(0, 2),
        purpose=st.sampled_from(["", "the custody record"]),
    )
    def something_is_decided(
        self,
        decision: Decision,
        item: str,
        info_class: InfoClass | None,
        why: str,
        about: int,
        purpose: str,
    ) -> None:
        person = self.people[about] if about < 2 else ""
        items = (telling.Item(item, "words", info_class, why, person),)
        telling_ = telling.Telling(self.contact, decision, items, info_class, "", purpose)
        self.attempt(telling.decide, telling_)

    @rule(
        which=st.integers(0, 1),
        kind=st.sampled_from([Kind.MEMBER_OF_PUBLIC] * 20 + list(Kind)),
        step=st.sampled_from([None, None, *StepName]),
        item=st.sampled_from(FIELDS),
        info_class=st.sampled_from([InfoClass.OWN_PROGRESS] * 6 + [None, *InfoClass]),
        decision=st.sampled_from([Decision.RELEASE, Decision.PART]),
    )
    def recognised_callers_are_told_although_something_came_between(
        self,
        which: int,
        kind: Kind,
        step: StepName | None,
        item: str,
        info_class: InfoClass | None,
        decision: Decision,
    ) -> None:
        for between in BETWEEN:
            self.a_call_begins(which, which)
            self.the_kind_changes(kind)
            self.a_check_begins()
            self.attempt(checks.try_step, self.check, self.words[which])
            if step is not None:
                self.something_is_seen(step, None)
                self.somebody_is_rung_back("", None)
            number = ("07700 900111", "07700 900222")[which]
            self.attempt(checks.try_step, self.check, number)
            self.the_check_ends(CheckOutcome.PASSED)
            about = self.something_comes_between(between, which)
            self.something_is_decided(decision, item, info_class, "asked", about, "need")
            self.every_content_line_went_through_an_open_door()

    def something_comes_between(self, what: str, which: int) -> int:
        """What may happen between a passed check and the telling; gives whom it is about."""
        match what:
            case "accompanied" | "under_duress" | "child":
                self.a_circumstance_changes(what, True)
            case "marker":
                self.a_marker_is_set(which, MarkerKind.DOMESTIC_ABUSE)
            case "person":
                self.the_officer_picks_a_person(1 - which)
            case "matter":
                self.the_officer_attaches_a_matter(1 - which)
            case "kind":
                self.the_kind_changes(Kind.RELATIVE)
            case "flag":
                self.a_flag_is_ticked(Flag.PROMPTED, True)
                self.a_flag_is_ticked(Flag.PROMPTED, False)
            case "about":
                return 1 - which
        return which

    @rule(
        decision=st.sampled_from(Decision),
        info_class=st.sampled_from(InfoClass),
        second=st.sampled_from([DEPUTY, SECOND, OFFICER]),
    )
    def two_officers_override(self, decision: Decision, info_class: InfoClass, second: str) -> None:
        request = overrides.Override(
            self.contact,
            "free",
            "words",
            info_class,
            decision,
            "why",
            second,
            passphrase_of(second),
        )
        self.attempt(overrides.override, request)

    @rule(entry=st.sampled_from(["control-room", "psd", "ambulance", "samaritans", "nobody"]))
    def an_emergency_is_released(self, entry: str) -> None:
        begun = self.attempt(emergencies.begin_urgent, self.contact)
        if begun is not None:
            self.attempt(emergencies.release_emergency, begun.uid, entry, (1, 2, 3))

    @rule()
    def something_was_said_in_error(self) -> None:
        self.attempt(
            incidents.record_incident, incidents.Slip("his date", contact_uid=self.contact)
        )

    @rule(matter=st.integers(0, 1), entry=st.sampled_from(["psd", "safeguarding", "control-room"]))
    def something_is_referred(self, matter: int, entry: str) -> None:
        choices = self.attempt(field_choices, self.matters[matter]) or ()
        request = referrals.ReferralRequest(
            enquiry_uid=self.matters[matter],
            entry_key=entry,
            kind="onward",
            request="please act",
            account="said so",
            fields=tuple(choice.name for choice in choices),
            basis="public-task",
            necessity="needed",
        )
        self.attempt(referrals.refer, request)

    @rule(matter=st.integers(0, 1), reopen=st.booleans())
    def a_matter_is_closed_or_opened(self, matter: int, reopen: bool) -> None:
        verb = enquiries.reopen_enquiry if reopen else enquiries.close_enquiry
        self.attempt(verb, self.matters[matter], "because")

    @invariant()
    def every_content_line_went_through_an_open_door(self) -> None:
        lines = oracle.content_lines(self.desk)
        for line in lines[self.seen :]:
            assert oracle.fault(self.desk, line) == "", dict(zip(line.keys(), line, strict=True))
        self.seen = len(lines)


@pytest.mark.timeout(300)
def test_no_sequence_of_verbs_opens_another_door(founded: TestOffice) -> None:
    DeskUnderFire.founded = founded
    DeskUnderFire.TestCase.settings = settings(
        max_examples=EXAMPLES,
        stateful_step_count=40,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    case = DeskUnderFire.TestCase("runTest")
    case.runTest()


@pytest.mark.parametrize("column", ["check_id", "recipient_person_id"])
def test_the_schema_refuses_a_told_line_without_its_check_even_from_inside(
    founded: TestOffice, tmp_path: Path, column: str
) -> None:
    office = founded.copy(tmp_path / "vault")
    desk = office.sign_in(OFFICER)
    first = quicklog.log_line(desk, quicklog.LineRequest("Janet Holt 07700 900111 ~ parking"))
    office.clock.advance(seconds=3600)
    call = contacts.begin_contact(desk, person_uid=first.person_uid, enquiry_uid=first.enquiry_uid)
    k = checks.open_check(desk, call.uid)
    word = desk.store.one("SELECT code_word FROM enquiry")
    assert word is not None
    checks.try_step(desk, k.uid, word["code_word"])
    checks.try_step(desk, k.uid, "07700 900111", until=UNTIL[1])
    telling.decide(
        desk,
        telling.Telling(
            call.uid, Decision.RELEASE, (telling.Item("enquiry.received_on", "24 Nov"),)
        ),
    )
    good = dict(desk.store.query("SELECT * FROM ledger")[0])
    forged = {**good, "uid": "forged", column: None}
    del forged["id"]
    names = ", ".join(forged)
    marks = ", ".join("?" * len(forged))
    with pytest.raises(Exception, match=r"ledger line|CHECK"), desk.store.transaction() as tx:
        tx.execute(f"INSERT INTO ledger ({names}) VALUES ({marks})", tuple(forged.values()))
    office.sign_out()
