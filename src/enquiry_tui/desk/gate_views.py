"""The gate as its screens see it: one read for who is asking, one for what may be said."""

from __future__ import annotations

from dataclasses import dataclass

from enquiry_tui.desk import authority_lists, check_views, contacts, pack_steps, steps, timeline
from enquiry_tui.desk.authority_views import AuthorityView
from enquiry_tui.desk.check_steps import misses_today
from enquiry_tui.desk.contact_points import changed_lately
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.gate import failed, judge_contact, missed, raised
from enquiry_tui.desk.sayings import AddressView, addresses, is_child, sayings
from enquiry_tui.desk.views import CheckView, ContactView, MayBeTold
from enquiry_tui.domain.checks import Step
from enquiry_tui.domain.gate import Verdict
from enquiry_tui.domain.permits import decisions
from enquiry_tui.domain.phones import listed_number
from enquiry_tui.domain.standing import Need
from enquiry_tui.domain.vocabulary import Allowed, CheckOutcome, Decision, InfoClass
from enquiry_tui.domain.when import LONDON, parse_utc
from enquiry_tui.records import checks, directory, enquiries, ledger, markers
from enquiry_tui.records.base import Row


@dataclass(frozen=True, slots=True)
class Look:
    """What both screens show: the contact, what is asked, the verdict, and why it is raised.

    `changed` names numbers and addresses that changed lately: an answer is led astray by them.
    """

    contact: ContactView
    ask_uid: str
    info_class: InfoClass | None
    verdict: Verdict
    raised: tuple[str, ...]
    changed: tuple[str, ...] = ()
    rules: str = ""


@dataclass(frozen=True, slots=True)
class IdentityView:
    """A check as it stands, the steps worth taking next, and earlier misses on this person.

    `on_file` is what who is on the line holds for somebody in this matter.
    """

    look: Look
    offered: bool
    check: CheckView | None
    ways: tuple[Step, ...]
    steps: tuple[tuple[Step, bool], ...]
    misses: int
    misses_allowed: int
    on_file: tuple[AuthorityView, ...] = ()


@dataclass(frozen=True, slots=True)
class DoorView:
    """A way out of the verdict: a directory entry, or a door of this desk without one.

    `phone` says NOT CONFIRMED behind a number that nobody of the office confirmed.
    """

    key: str
    name: str
    phone: str
    kind: str
    when: str


@dataclass(frozen=True, slots=True)
class Said:
    """One line of this contact that is on the record already."""

    at: str
    decision: str
    info_class: InfoClass
    item: str


@dataclass(frozen=True, slots=True)
class SayView:
    """What may be said: the verdict, its doors, the words, the decisions, and what was said."""

    look: Look
    doors: tuple[DoorView, ...]
    sayings: tuple[tuple[str, str], ...]
    decisions: tuple[tuple[Decision, bool], ...]
    lines: tuple[MayBeTold, ...]
    said: tuple[Said, ...]
    addresses: tuple[AddressView, ...]
    matter: str

    @property
    def waits_for_address(self) -> bool:
        """Say whether words may go, but only in writing, and no address of theirs is confirmed."""
        return self.look.verdict.opens and not self.can_be_sent

    @property
    def can_be_sent(self) -> bool:
        """Say whether an answer has somewhere to go: said in a call, or to a confirmed address."""
        return bool(self.addresses) or not self.look.contact.channel.is_written


def look(
    desk: Desk,
    contact_uid: str,
    info_class: InfoClass | None = None,
    *,
    purpose: str = "",
    point_uid: str = "",
) -> Look:
    """Look at one question. Blank class: the strictest answer."""
    row = steps.live_contact(desk, contact_uid)
    same = [ask for ask in _undecided(desk, row) if ask["info_class"] == str(info_class or "")]
    return Look(
        contact=contacts.view(desk, contact_uid),
        ask_uid=same[-1]["uid"] if same else "",
        info_class=info_class,
        verdict=judge_contact(desk, row, info_class, purpose=purpose, point_uid=point_uid),
        raised=_raised_because(desk, row),
        changed=changed_lately(desk, row["person_id"]),
        rules=pack_steps.rules_as_at(desk, "disclosure"),
    )


def asked_class(desk: Desk, contact_uid: str) -> InfoClass | None:
    """Give the class of what was asked last in a contact and is not decided yet.

    Where nothing is: own-progress, if a check of this contact was made for it, opened it or missed,
    and it is not decided yet.
    """
    row = steps.live_contact(desk, contact_uid)
    classes = [ask["info_class"] for ask in _undecided(desk, row) if ask["info_class"]]
    if classes:
        return InfoClass(classes[-1])
    progress = InfoClass.OWN_PROGRESS
    if any(line["info_class"] == progress for line in ledger.of_contact(desk.store, row["id"])):
        return None
    done = checks.of_contact(desk.store, row["id"])
    passed = any(c["outcome"] == CheckOutcome.PASSED and c["shut_at"] is None for c in done)
    if passed and judge_contact(desk, row, progress).opens:
        return progress
    return progress if failed(desk, row) else None


def _undecided(desk: Desk, row: Row) -> list[Row]:
    return [ask for ask in checks.asks(desk.store, row["id"]) if ask["decision"] is None]


def identity(desk: Desk, contact_uid: str, info_class: InfoClass, check_uid: str) -> IdentityView:
    """Show who is asking: `check_uid` is the check that runs, blank where none is offered."""
    seen = look(desk, contact_uid, info_class)
    allowed = desk.packs.catalogue.misses_allowed
    check = check_views.view(desk, check_uid) if check_uid else None
    if check is None:
        held = authority_lists.on_file(desk, contact_uid)
        offered = offers_check(seen.verdict)
        return IdentityView(seen, offered, None, (), (), 0, allowed, held)
    known = desk.packs.catalogue.steps
    needed = seen.verdict.missing or seen.verdict.needed
    worth = check_views.next_steps(desk, check_uid, needed) if check.outcome is None else ()
    return IdentityView(
        look=seen,
        offered=offers_check(seen.verdict),
        check=check,
        ways=tuple(known[name] for name in worth),
        steps=tuple(
            (known[name], done.passed)
            for done in check.steps
            for name in known
            if str(name) == done.step
        ),
        misses=misses_today(desk, steps.written(checks.by_uid(desk.store, check_uid))),
        misses_allowed=allowed,
        on_file=authority_lists.on_file(desk, contact_uid),
    )


def offers_check(verdict: Verdict) -> bool:
    """Say whether a check is worth beginning: never where no check opens this from here."""
    paper = verdict.allowed is Allowed.MESSAGE and bool(verdict.missing)
    return verdict.check_helps or paper


def target(verdict: Verdict, step: Step | None = None) -> Need | None:
    """Choose the alternative that a step works towards: the one that it belongs to, else the first.

    What an earlier check of this contact has shown is not asked for again.
    """
    wanted = verdict.missing or verdict.needed
    if step is not None and step.name.gives is not None:
        for need in wanted:
            if step.name.gives in need.authorities:
                return need
    recognised = [need for need in wanted if need.recognition.rank]
    return next(iter(recognised or wanted), None)


def say(
    desk: Desk,
    contact_uid: str,
    info_class: InfoClass | None,
    *,
    purpose: str = "",
    point_uid: str = "",
) -> SayView:
    """Show what may be said about one question. Blank class: the strictest answer."""
    seen = look(desk, contact_uid, info_class, purpose=purpose, point_uid=point_uid)
    row = steps.live_contact(desk, contact_uid)
    matter = enquiries.by_key(desk.store, row["enquiry_id"] or 0)
    lines = timeline.may_be_told(desk, matter) if matter is not None else ()
    return SayView(
        look=seen,
        doors=tuple(door_named(desk, door.to, door.when) for door in seen.verdict.doors),
        sayings=sayings(desk, seen.verdict, seen.contact, lines, missed=missed(desk, row)),
        decisions=_decisions(desk, row, seen.contact, seen.verdict),
        lines=lines,
        said=tuple(_said(line) for line in ledger.of_contact(desk.store, row["id"])),
        addresses=addresses(desk, row) if seen.contact.channel.is_written else (),
        matter=row["note"] or row["line"],
    )


def _decisions(
    desk: Desk, row: Row, contact: ContactView, verdict: Verdict
) -> tuple[tuple[Decision, bool], ...]:
    """List the decisions, the proposed one first.

    With the class left blank a kind whose every question goes to one door is sent there: a
    journalist to the press office, whatever is asked. A child is not sent away: where nothing may
    be told, what they said goes to Safeguarding.
    """
    found = decisions(verdict)
    protects = any(door.to == "safeguarding" for door in verdict.doors)
    if not verdict.opens and protects and is_child(contact):
        return tuple(sorted(found, key=lambda pair: pair[0] is not Decision.ROUTE))
    if verdict.info_class is not None or verdict.allowed is not Allowed.NEVER:
        return found
    judged = [judge_contact(desk, row, item) for item in InfoClass]
    doors = [{door.to for door in each.doors if not door.when} for each in judged]
    if not set.intersection(*doors):
        return found
    return tuple(sorted(found, key=lambda pair: pair[0] is not Decision.ROUTE))


def door_named(desk: Desk, key: str, when: str = "") -> DoorView:
    """Give a door by its directory key; one without an entry goes by its key."""
    entry = directory.by_key(desk.store, key)
    if entry is None or not entry["active"]:
        return DoorView(key, key.replace("-", " "), "", "", when)
    number = listed_number(entry["phone"], confirmed=entry["confirmed_at"] is not None)
    return DoorView(key, entry["name"], number, entry["kind"], when)


def _raised_because(desk: Desk, row: Row) -> tuple[str, ...]:
    because = raised(desk, row).because
    standing = markers.standing(
        desk.store, person_id=row["person_id"], enquiry_id=row["enquiry_id"]
    )
    lines = [str(m["line"] or m["kind"]) for m in standing if m["kind"] in because]
    return tuple(dict.fromkeys(lines))


def _said(line: Row) -> Said:
    at = parse_utc(line["at"]).astimezone(LONDON)
    return Said(f"{at:%H:%M}", line["decision"], InfoClass(line["info_class"]), line["item"])


def doors_of(desk: Desk, contact_uid: str) -> tuple[str, ...]:
    """List the directory keys that the verdict sends what was asked last to, in its order.

    Of a contact that is over: none.
    """
    row = steps.contact(desk, contact_uid)
    if row["state"] == "ended" or parse_utc(row["limit_at"]) <= desk.now():
        return ()
    asked = [ask["info_class"] for ask in checks.asks(desk.store, row["id"])]
    decided = [line["info_class"] for line in ledger.of_contact(desk.store, row["id"])]
    last = next((word for word in (*asked[::-1], *decided[::-1]) if word), "")
    verdict = look(desk, contact_uid, InfoClass(last) if last else None).verdict
    return tuple(dict.fromkeys(door.to for door in verdict.doors))
