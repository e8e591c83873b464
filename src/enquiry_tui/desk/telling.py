"""Deciding about what is asked: told, refused, routed, answered to the contact held."""

from __future__ import annotations

from dataclasses import dataclass

from enquiry_tui.desk import steps
from enquiry_tui.desk.bring_forwards import record_bring_forward
from enquiry_tui.desk.desk import Act, Desk
from enquiry_tui.desk.gate import OPENING, acts_for, held_point, judge_contact
from enquiry_tui.desk.problems import GateShut, NotFound
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.gate import Verdict
from enquiry_tui.domain.permits import permits
from enquiry_tui.domain.text import clean, clean_line
from enquiry_tui.domain.vocabulary import (
    CheckOutcome,
    Decision,
    InfoClass,
    Route,
    highest,
)
from enquiry_tui.errors import Refused
from enquiry_tui.records import checks, ledger, people
from enquiry_tui.records.base import Row

_ACTIONS = {
    Decision.REFUSE: Action.LEDGER_REFUSED,
    Decision.NEITHER: Action.LEDGER_NEITHER,
    Decision.MESSAGE: Action.LEDGER_MESSAGE,
    Decision.ROUTE: Action.LEDGER_ROUTED,
    Decision.ANSWER_TO_HELD: Action.LEDGER_HELD,
}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing told or asked: a releasable field, or free text whose class was chosen.

    A field has its class from the pack; free text without a chosen class is operational.
    Choosing a lower class than the field's own needs `lowered_why`.
    """

    item: str
    words: str = ""
    info_class: InfoClass | None = None
    lowered_why: str = ""
    about_person_uid: str = ""


@dataclass(frozen=True, slots=True)
class Telling:
    """A decision about one ask of a live contact. Class blank: the strictest, so only a refusal."""

    contact_uid: str
    decision: Decision
    items: tuple[Item, ...] = ()
    info_class: InfoClass | None = None
    ask_uid: str = ""
    purpose: str = ""
    point_uid: str = ""


def ask(desk: Desk, contact_uid: str, info_class: InfoClass | None, words: str = "") -> str:
    """Add a question to a live contact; its class may stay blank."""
    with desk.act(Action.ASK_ADD) as act:
        row = steps.live_contact(desk, contact_uid)
        uid = act.new_uid()
        checks.add_ask(
            act.tx,
            uid=uid,
            contact_id=row["id"],
            enquiry_id=row["enquiry_id"],
            info_class=str(info_class) if info_class else None,
            words=clean_line(words).text,
            asked_at=act.at,
        )
        act.event("ask", uid, info_class=str(info_class or ""), words=words)
        return uid


def decide(desk: Desk, telling: Telling) -> tuple[str, ...]:
    """Record a decision, a ledger line for each item. Raises GateShut, ContactOver, Refused.

    A release or a part goes through the gate; a refusal, a message and a route never need it.
    """
    row = steps.live_contact(desk, telling.contact_uid)
    written = row["channel"] in {"letter", "email"}
    content = telling.decision.has_content
    action = _ACTIONS.get(
        telling.decision, Action.LEDGER_WRITTEN if written else Action.LEDGER_TOLD
    )
    with desk.act(action, telling.purpose) as act:
        items = telling.items or (Item(telling.decision.value, info_class=telling.info_class),)
        route = _route(telling.decision, written)
        lines = write_lines(act, desk, row, telling, items, route)
        if telling.decision is Decision.ANSWER_TO_HELD:
            _task_to_answer(act, desk, row)
        _settle_ask(act, row, telling)
        act.event(
            "contact",
            telling.contact_uid,
            outcome=telling.decision.value,
            recipient=_person_uid(desk, row) if content else "",
            lines=list(lines),
            items=[item.item for item in items],
            words=[item.words for item in items],
        )
    return lines


@dataclass(frozen=True, slots=True)
class _Ground:
    """What every line of one decision stands on."""

    row: Row
    telling: Telling
    verdict: Verdict
    route: Route
    check_id: int | None


def write_lines(
    act: Act, desk: Desk, row: Row, telling: Telling, items: tuple[Item, ...], route: Route
) -> tuple[str, ...]:
    """Write the ledger lines of a decision, through the gate where it has content.

    The step that a reply in writing shares. Raises GateShut, Refused.
    """
    content = telling.decision.has_content
    chosen = telling.info_class
    if content:
        chosen = highest(*(_class_of(desk, row, item) for item in items))
    verdict = judge_contact(desk, row, chosen, purpose=telling.purpose, point_uid=telling.point_uid)
    if not permits(verdict, telling.decision, route if content or route is Route.HELD else None):
        raise shut(verdict)
    check_id = _check_for(act, desk, row, verdict) if content else None
    ground = _Ground(row, telling, verdict, route, check_id)
    return tuple(_line(act, desk, ground, item) for item in items)


def _line(act: Act, desk: Desk, ground: _Ground, item: Item) -> str:
    row, telling = ground.row, ground.telling
    own = desk.packs.table.class_of(item.item) if _is_field(desk, item) else None
    info_class = _class_of(desk, row, item)
    lowered = own is not None and info_class.digit < own.digit
    if lowered and not item.lowered_why.strip():
        raise Refused(
            f"{item.item} is {own}: calling it {info_class} needs a reason.",
            "Give the reason in one line; it stands in the ledger and in the next sample.",
        )
    about = people.by_uid(desk.store, item.about_person_uid) if item.about_person_uid else None
    uid = act.new_uid()
    ledger.add(
        act.tx,
        clean(item.words).text,
        uid=uid,
        origin_vault=desk.store.vault_id,
        contact_id=row["id"],
        enquiry_id=row["enquiry_id"],
        ask_id=_ask_id(desk, telling, row),
        check_id=ground.check_id,
        decision=str(telling.decision),
        item=clean_line(item.item).text,
        info_class=str(info_class),
        class_rank=info_class.digit,
        lowered_from=str(own) if lowered else None,
        lowered_why=clean_line(item.lowered_why).text if lowered else "",
        content=int(telling.decision.has_content),
        about_person_id=about["id"] if about else row["person_id"],
        recipient_person_id=row["person_id"],
        route=str(ground.route),
        rule=ground.verdict.rule,
        pack_hash=desk.packs.disclosure.hash,
        officer_uid=desk.officer.uid,
        at=act.at,
    )
    return uid


def _check_for(act: Act, desk: Desk, row: Row, verdict: Verdict) -> int:
    """Find the open check that carries a line; where nothing is needed, record that in one.

    Raises GateShut where a check is needed and none carries it.
    """
    digit = verdict.info_class.digit if verdict.info_class else 7
    for check in reversed(checks.of_contact(act.tx, row["id"])):
        same = all(check[name] == row[name] for name in ("person_id", "kind", "channel"))
        matter = digit == 1 or check["enquiry_id"] == row["enquiry_id"]
        if same and matter and check["shut_at"] is None and check["opens"] >= digit:
            return int(check["id"])
    if verdict.allowed not in OPENING or any(need.asks_level for need in verdict.needed):
        raise shut(verdict)
    return checks.add(
        act.tx,
        uid=act.new_uid(),
        contact_id=row["id"],
        enquiry_id=row["enquiry_id"],
        person_id=row["person_id"],
        kind=row["kind"],
        channel=row["channel"],
        outcome=str(CheckOutcome.NOT_NEEDED),
        opens=digit,
        officer_uid=desk.officer.uid,
        pack_hash=desk.packs.disclosure.hash,
        begun_at=act.at,
        ended_at=act.at,
    )


def shut(verdict: Verdict) -> GateShut:
    """Say why the gate is shut for this and what would open it."""
    if verdict.allowed in {*OPENING}:
        return GateShut(
            "The answer may not go this way.",
            "Answer in writing to an address that was held and confirmed before this contact.",
        )
    missing = " or ".join(need.plain() for need in verdict.missing)
    if missing:
        return GateShut(f"SHUT: needs {missing}.", "F3 to check who is asking; F4 for the words.")
    return GateShut(
        f"SHUT: {verdict.allowed} (rule {verdict.rule}).",
        "No check opens this from here: F4 gives the words, Enter records them.",
    )


def _route(decision: Decision, written: bool) -> Route:
    if decision is Decision.ANSWER_TO_HELD:
        return Route.HELD
    return Route.WRITTEN if written else Route.TOLD


def _is_field(desk: Desk, item: Item) -> bool:
    return item.item in desk.packs.table.fields


def _class_of(desk: Desk, row: Row, item: Item) -> InfoClass:
    """Give the class of an item: chosen, else its own; free text unchosen is operational.

    What is about somebody else is third-party at the least, unless the enquirer was shown to act
    for them in this contact.
    """
    given = item.info_class or InfoClass(desk.packs.table.class_of(item.item))
    about = people.by_uid(desk.store, item.about_person_uid) if item.about_person_uid else None
    if about is None or about["id"] == row["person_id"] or given is InfoClass.PUBLIC:
        return given
    if acts_for(desk, row, about["id"], given):
        return given
    return highest(given, InfoClass.THIRD_PARTY)


def _ask_id(desk: Desk, telling: Telling, row: Row) -> int | None:
    if not telling.ask_uid:
        return None
    found = checks.ask_by_uid(desk.store, telling.ask_uid)
    if found is None or found["contact_id"] != row["id"]:
        raise NotFound("question in this contact")
    return int(found["id"])


def _settle_ask(act: Act, row: Row, telling: Telling) -> None:
    if telling.ask_uid:
        found = checks.ask_by_uid(act.tx, telling.ask_uid)
        if found is not None and found["contact_id"] == row["id"]:
            checks.change_ask(
                act.tx, found["id"], decision=str(telling.decision), decided_at=act.at
            )


def _task_to_answer(act: Act, desk: Desk, row: Row) -> None:
    """Leave the task to answer to the contact held; refused where none is safe."""
    if row["enquiry_id"] is None or held_point(desk, row) is None:
        raise Refused(
            "There is no held contact to answer to.",
            "Take a message, or say how to ask in writing; a new number does not count.",
        )
    tomorrow = desk.calendar.add_working_days(desk.today(), 1)
    why = "Answer to the contact we hold: write or ring."
    record_bring_forward(act, desk, row["enquiry_id"], tomorrow, why)


def _person_uid(desk: Desk, row: Row) -> str:
    person = people.by_key(desk.store, row["person_id"] or 0)
    return str(person["uid"]) if person else ""
