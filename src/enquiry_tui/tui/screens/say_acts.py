"""What Enter does on the say screen: which verbs, with which words, and what they still lack."""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content

from enquiry_tui.desk import contacts, gate_views, messages, referrals, replies, telling
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.gate_views import DoorView, SayView
from enquiry_tui.desk.sayings import AddressView
from enquiry_tui.desk.telling import Item, Telling
from enquiry_tui.domain.vocabulary import Decision, InfoClass
from enquiry_tui.errors import Refused
from enquiry_tui.tui.safe import join, text
from enquiry_tui.tui.screens.prompt import Field
from enquiry_tui.tui.screens.say_text import decision_line

_UNIT, _SIGNPOSTED = "unit", frozenset({"agency", "helpline", "emergency"})


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a contact as it is about to be decided."""

    contact_uid: str
    decision: Decision
    info_class: InfoClass | None
    ask_uid: str = ""
    words: str = ""
    edited: bool = False
    purpose: str = ""
    point_uid: str = ""
    for_whom: str = ""
    message: str = ""
    item: str = ""
    lowered_why: str = ""
    door: str = ""


def doors_of(view: SayView) -> tuple[DoorView, ...]:
    """List the doors a route may take: units for every case, else units, else what there is.

    Where there is more than one, the officer says which: one body's door is not another's.
    """
    units = tuple(door for door in view.doors if door.kind == _UNIT)
    plain = tuple(door for door in units if not door.when)
    return plain or units or view.doors[:1]


def door_of(view: SayView, key: str = "") -> DoorView | None:
    """Give the door that was chosen, else the first that a route may take."""
    doors = doors_of(view)
    return next((door for door in doors if door.key == key), next(iter(doors), None))


def enter_line(view: SayView, decision: Decision) -> Content:
    """Say what Enter records, or what a reply needs before Enter can record it."""
    if lacks_address(view, decision):
        held = (Decision.ANSWER_TO_HELD, True) in view.decisions
        more = " · or h: the contact we hold" if held else ""
        first = f"confirm an address (Esc, a f on the matter){more}"
        return join((" FIRST  ", "bold $text-warning"), first)
    words = enter_words(view, decision)
    return join((" ENTER  ", "bold"), words, ("   ↓ other decisions", "dim"))


def decision_list(view: SayView, chosen: Decision) -> Content:
    """List the seven decisions, allowed ones first."""
    lines = [text(" WHAT WAS DECIDED   ↑ ↓ choose · Enter records · Esc back", "bold")]
    for item, is_open in view.decisions:
        is_chosen, waits = item is chosen, lacks_address(view, item)
        lines.append(decision_line(item, open_now=is_open, is_chosen=is_chosen, waits=waits))
    return Content("\n").join(lines)


def lacks_address(view: SayView, decision: Decision) -> bool:
    """Say whether a reply in writing has nowhere to go yet."""
    return decision.has_content and not view.can_be_sent


def enter_words(view: SayView, decision: Decision) -> str:
    """Say what Enter records."""
    door = door_of(view)
    match decision:
        case Decision.RELEASE | Decision.PART if view.look.contact.channel.is_written:
            return f"reply in these words, to {_address_words(view.addresses[0])}"
        case Decision.RELEASE:
            numbers = f" lines 1-{len(view.lines)}" if _is_progress(view) else ""
            return f"told{numbers}, in the words above"
        case Decision.PART:
            return "told in part, in the words above"
        case Decision.REFUSE:
            return "refused, in the words above"
        case Decision.NEITHER:
            return "neither confirmed nor denied, in the words above"
        case Decision.ROUTE:
            return f"routed{_routed_to(view, door)}"
        case Decision.MESSAGE:
            return "take a message" + (f" for {door.name}" if door else "")
        case _:
            return "answer to the contact we hold; nothing is said now"


def _address_words(where: AddressView) -> str:
    whose = f"{where.whose}'s" if where.whose else "the"
    return f"{whose} {where.kind} {where.how}"


def _routed_to(view: SayView, door: DoorView | None) -> str:
    if len(doors_of(view)) > 1:
        return ": a message to one of these; Enter asks which"
    if door is None:
        return ""
    if door.kind == _UNIT:
        return f": a message to {door.name}"
    return f": they are given {door.name}, {door.phone}" if door.phone else f": {door.name}"


def words_if_open(view: SayView) -> str:
    """Give the words that would be said if the gate were open: for an override."""
    if view.look.info_class is InfoClass.OWN_PROGRESS:
        return " ".join(line.sentence for line in view.lines)
    return ""


def missing_fields(view: SayView, question: Question) -> tuple[Field, ...]:
    """List what a decision cannot do without. Raises Refused where nothing would help."""
    found: list[Field] = []
    if question.decision.has_content:
        if view.look.contact.channel.is_written and not question.point_uid:
            raise Refused(
                "No address of theirs was confirmed before this letter.",
                "h answers to the held contact; or confirm the address by a second channel.",
            )
        lacks_purpose = any(need.purpose for need in view.look.verdict.missing)
        if lacks_purpose and not question.purpose:
            found.append(Field("purpose", "Needed for", hint="what they need it for, in one line"))
        if not question.words:
            found.append(Field("words", "You said", hint="the words as they were said"))
        return tuple(found)
    door = door_of(view)
    if question.decision is Decision.MESSAGE and not question.for_whom:
        value = view.look.contact.for_whom or (door.name if door is not None else "")
        asks = "what they want, name, deadline"
        found.append(Field("for_whom", "For whom", value=value))
        found.append(Field("message", "Message", value=question.message.strip(), hint=asks))
        return tuple(found)
    to_unit = question.decision is Decision.ROUTE and door is not None and door.kind == _UNIT
    doors = doors_of(view) if to_unit and not question.door else ()
    if len(doors) > 1:
        named = tuple((each.key, f"{each.name}{each.when and f' ({each.when})'}") for each in doors)
        found.append(Field("door", "To whom", hint="its digit", options=named))
    if (found or to_unit) and not question.message.strip():
        found.append(Field("message", "Message", hint="what they want, name, deadline"))
    return tuple(found)


def carry_out(desk: Desk, question: Question) -> str:
    """Record the decision through its verbs; gives the words that say so."""
    view = gate_views.say(
        desk,
        question.contact_uid,
        question.info_class,
        purpose=question.purpose,
        point_uid=question.point_uid,
    )
    match question.decision:
        case Decision.RELEASE | Decision.PART:
            return _tell(desk, question, view)
        case Decision.ROUTE:
            after = _to_door(desk, question, view)
            telling.decide(desk, _telling(question))
            return f"Routed{after}"
        case Decision.MESSAGE:
            matter = _matter(desk, question.contact_uid)
            _message(desk, question, matter, question.for_whom, "")
            telling.decide(desk, _telling(question))
            return f"Message for {question.for_whom} taken, not passed yet: {question.message}"
        case Decision.ANSWER_TO_HELD:
            telling.decide(desk, _telling(question))
            return "Answer goes to the contact we hold: on your list for the next working day."
        case Decision.REFUSE:
            telling.decide(desk, _telling(question))
            return "Refused, and on the record."
        case _:
            telling.decide(desk, _telling(question))
            return "Neither confirmed nor denied, and on the record."


def _telling(question: Question, items: tuple[Item, ...] = ()) -> Telling:
    return Telling(
        question.contact_uid,
        question.decision,
        items,
        question.info_class,
        question.ask_uid,
        question.purpose,
        question.point_uid,
    )


def _is_progress(view: SayView) -> bool:
    return view.look.info_class is InfoClass.OWN_PROGRESS and bool(view.lines)


def _tell(desk: Desk, question: Question, view: SayView) -> str:
    if view.look.contact.channel.is_written:
        replies.write_reply(
            desk,
            replies.Reply(
                question.contact_uid,
                question.point_uid,
                question.words,
                question.info_class or InfoClass.OPERATIONAL,
                question.decision,
                purpose=question.purpose,
            ),
        )
        return "Reply on the record. Post it, then mark it sent on the matter."
    items = _items(question, view)
    telling.decide(desk, _telling(question, items))
    return f"Told, and on the record: {len(items)} line{'s' if len(items) > 1 else ''}."


def _items(question: Question, view: SayView) -> tuple[Item, ...]:
    if question.item:
        return (Item(question.item, question.words, question.info_class, question.lowered_why),)
    if not _is_progress(view):
        return (Item("in words", question.words, question.info_class),)
    if question.edited:
        return tuple(Item(line.field, question.words) for line in view.lines)
    return tuple(Item(line.field, line.sentence) for line in view.lines)


def _to_door(desk: Desk, question: Question, view: SayView) -> str:
    door = door_of(view, question.door)
    if door is None:
        return ", and on the record."
    matter = _matter(desk, question.contact_uid)
    if door.kind == _UNIT:
        _message(desk, question, matter, door.name, door.key)
        return f": message to {door.name}."
    if door.kind in _SIGNPOSTED:
        request = referrals.ReferralRequest(
            matter, door.key, kind="signpost", contact_uid=question.contact_uid
        )
        referrals.refer(desk, request)
        return f": given {door.name}, {door.phone}."
    return f": {door.name}."


def _message(desk: Desk, question: Question, matter: str, for_whom: str, key: str) -> None:
    messages.take_message(
        desk,
        messages.TakeMessage(
            matter, for_whom, question.message, question.contact_uid, entry_key=key
        ),
    )


def _matter(desk: Desk, contact_uid: str) -> str:
    """Give the contact's matter, made where it has none yet."""
    contact = contacts.view(desk, contact_uid)
    if not contact.enquiry_uid:
        contact = contacts.attach_contact(desk, contact_uid)
    return contact.enquiry_uid
