"""The forms of a complaint's first steps: who decides, wishes, outside or recorded, the IOPC."""

from __future__ import annotations

from dataclasses import replace

from enquiry_tui.desk import complaint_authority as authority
from enquiry_tui.desk import complaint_duties as duties
from enquiry_tui.desk import complaint_iopc as iopc
from enquiry_tui.desk import complaint_recording as recording
from enquiry_tui.desk.complaint_life import Life
from enquiry_tui.desk.complaint_recording import Recording
from enquiry_tui.desk.desk import Desk
from enquiry_tui.domain.complaint_states import Verb
from enquiry_tui.errors import Refused
from enquiry_tui.tui.screens.complaint_form import (
    YES_NO,
    Form,
    book,
    by_field,
    day,
    many,
    on_field,
    options,
    plain,
)
from enquiry_tui.tui.screens.prompt import Field, Values

_ABOUT = (
    *("officer", "service", "chief-constable", "delegated", "commissioner"),
    *("this-office", "chief-executive", "data"),
)
_WHOM = "name, or what they looked like"
_READ = (("agreed", "agreed"), ("changed", "changed, then agreed"), ("not-read", "not read back"))


def _authority(desk: Desk, life: Life) -> tuple[Field, ...]:
    names = desk.packs.complaints.value.names
    about = tuple((name, names[name].label) for name in _ABOUT)
    return (
        Field("about", "About", life.complaint.about, "its digit", about),
        Field("whom", "Whom", life.complaint.about_whom, _WHOM, offered=True),
        Field("why", "Why", "", "one line"),
    )


def _decide_authority(desk: Desk, life: Life, values: Values) -> object:
    return authority.decide_authority(
        desk, life.complaint.uid, values["about"], values["why"], whom=values["whom"]
    )


def _wishes(_desk: Desk, life: Life) -> tuple[Field, ...]:
    return (
        Field("wants", "They want", life.complaint.wants, "in their own words"),
        Field("recorded", "Recorded?", life.wants_recorded, "do they want it recorded?", YES_NO),
        Field("read", "Read back", "", "read it to them: its digit", _READ),
    )


def _set_wishes(desk: Desk, life: Life, values: Values) -> object:
    return recording.set_wishes(
        desk, life.complaint.uid, values["wants"], values["recorded"], values["read"]
    )


def _evidence(_desk: Desk, _life: Life) -> tuple[Field, ...]:
    return (
        Field("what", "What", "", "footage, recordings, logs, papers: which and when"),
        Field("asked", "Asked", "", "who was asked to keep it"),
        on_field(),
    )


def _preserve(desk: Desk, life: Life, values: Values) -> object:
    return duties.preserve_evidence(
        desk, life.complaint.uid, values["what"], values["asked"], on=day(desk, values)
    )


def _copy(_desk: Desk, _life: Life) -> tuple[Field, ...]:
    return (
        Field("to", "To", "1", "one or both: 1 2", plain(duties.COPY_TO), many=True),
        Field("how", "How", "1", "its digit", plain(duties.COPY_HOW)),
        Field("why", "Why", "", "needed where it is less than the whole"),
        on_field(),
    )


def _give_copy(desk: Desk, life: Life, values: Values) -> object:
    return duties.give_copy(
        desk,
        life.complaint.uid,
        many(values, "to"),
        values["how"],
        why=values["why"],
        on=day(desk, values),
    )


def _hand_over(_desk: Desk, life: Life) -> tuple[Field, ...]:
    return (
        Field("theirs", "Their ref", life.their_reference, "their reference for it"),
        by_field(life, "Taken by"),
        on_field(),
    )


def _handed_over(desk: Desk, life: Life, values: Values) -> object:
    return authority.hand_over(
        desk, life.complaint.uid, values["theirs"], by=values["by"], on=day(desk, values)
    )


def _outside(desk: Desk, life: Life) -> tuple[Field, ...]:
    grounds = {k: rule for k, rule in book(desk).grounds.items() if k != recording.AFTER_OUTSIDE}
    asked = (("none", "none: nothing forces recording"), *options(grounds))
    return (
        Field(
            "forced",
            "Forces it?",
            "",
            "must it be recorded? 1, or what forces it",
            asked,
            many=True,
        ),
        Field("plan", "Agreed", "", "an apology, an explanation, property back …"),
        by_field(life),
        on_field(),
    )


def _handle_outside(desk: Desk, life: Life, values: Values) -> object:
    named = many(values, "forced")
    if not named:
        raise Refused("Does anything force recording?", "1 where nothing does, or its keys.")
    return recording.handle_outside(
        desk,
        life.complaint.uid,
        values["plan"],
        by=values["by"],
        on=day(desk, values),
        forced=[name for name in named if name != "none"],
    )


def _aside(desk: Desk, life: Life) -> tuple[Field, ...]:
    grounds = options(book(desk).set_aside)
    return (
        Field("ground", "Ground", "", "its digit", grounds),
        Field("why", "More", "", "what they were told, and where to turn instead"),
        by_field(life),
        on_field("Told on"),
    )


def _set_aside(desk: Desk, life: Life, values: Values) -> object:
    return authority.set_aside(
        desk,
        life.complaint.uid,
        values["ground"],
        by=values["by"],
        told_on=day(desk, values),
        why=values["why"],
    )


def _record(desk: Desk, life: Life) -> tuple[Field, ...]:
    grounds = options(book(desk).grounds)
    satisfied = (
        ("yes", "yes: plainly neither crime, discipline nor Article 2 or 3"),
        ("no", "no: it could be, if proved"),
    )
    forced = recording.forced_grounds(desk, life.complaint.uid)
    names = [name for name, _ in grounds]
    shown = tuple((name, label + forced.get(name, "")) for name, label in grounds)
    field = Field("grounds", "Grounds", "", "one or more: 1 4", shown, many=True)
    keys = " ".join(field.key(names.index(name)) for name in forced)
    return (
        # Typing takes their place on the line; the rule adds them again.
        replace(field, value=keys, offered=True),
        Field("satisfied", "Satisfied?", "", "is the authority, from its words alone?", satisfied),
        Field("senior", "Senior?", "no", "anybody above chief superintendent?", YES_NO),
        Field("same", "Incident?", "no", "the same as one with the IOPC?", YES_NO),
        by_field(life),
        on_field(),
    )


def _recorded(desk: Desk, life: Life, values: Values) -> object:
    if not values["satisfied"]:
        raise Refused(
            "Is the authority satisfied that it is neither crime nor discipline?",
            "1 yes, 2 no: it decides who reviews the outcome.",
        )
    rules = Recording(
        many(values, "grounds"),
        satisfied=values["satisfied"] == "yes",
        senior=values["senior"] == "yes",
        same_incident=values["same"] == "yes",
    )
    return recording.record_complaint(
        desk, life.complaint.uid, rules, by=values["by"], on=day(desk, values)
    )


def _refer(_desk: Desk, life: Life) -> tuple[Field, ...]:
    return (
        Field("theirs", "IOPC ref", life.iopc_reference, "if there is one yet"),
        Field("why", "Why", "", "needed where no line says yes"),
        by_field(life, "Referred by"),
        on_field(),
    )


def _referred(desk: Desk, life: Life, values: Values) -> object:
    return iopc.refer_to_iopc(
        desk,
        life.complaint.uid,
        reference=values["theirs"],
        why=values["why"],
        by=values["by"],
        on=day(desk, values),
    )


def _answer(answers: tuple[str, ...]) -> Form:
    keeps = answers is iopc.KEPT

    def fields(_desk: Desk, life: Life) -> tuple[Field, ...]:
        return (
            Field("answer", "Answer", "", "its digit", plain(answers)),
            Field("theirs", "IOPC ref", life.iopc_reference),
            on_field(),
        )

    def save(desk: Desk, life: Life, values: Values) -> object:
        verb = iopc.iopc_keeps if keeps else iopc.iopc_returns
        return verb(
            desk,
            life.complaint.uid,
            values["answer"],
            reference=values["theirs"],
            on=day(desk, values),
        )

    return Form(fields, save)


FIRST_FORMS: dict[Verb, Form] = {
    Verb.DECIDE_AUTHORITY: Form(_authority, _decide_authority),
    Verb.SET_WISHES: Form(_wishes, _set_wishes),
    Verb.PRESERVE: Form(_evidence, _preserve),
    Verb.GIVE_COPY: Form(_copy, _give_copy),
    Verb.HAND_OVER: Form(_hand_over, _handed_over),
    Verb.HANDLE_OUTSIDE: Form(_outside, _handle_outside),
    Verb.SET_ASIDE: Form(_aside, _set_aside),
    Verb.RECORD: Form(_record, _recorded),
    Verb.REFER: Form(_refer, _referred),
    Verb.IOPC_RETURNS: _answer(iopc.RETURNED),
    Verb.IOPC_KEEPS: _answer(iopc.KEPT),
}
