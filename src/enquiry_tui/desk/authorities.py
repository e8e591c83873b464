"""Records of authority: added as a claim, checked, withdrawn; what the gate's answers rest on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from enquiry_tui.desk import steps, work
from enquiry_tui.desk.authority_lists import on_file_rows
from enquiry_tui.desk.authority_views import AuthorityView, found, view_row
from enquiry_tui.desk.bring_forwards import record_bring_forward
from enquiry_tui.desk.check_steps import add_step, contact_of, end_if_reached, running
from enquiry_tui.desk.check_views import view as check_view
from enquiry_tui.desk.desk import Act, Desk
from enquiry_tui.desk.views import CheckView
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.authorities import AuthorityKind, AuthorityRule, Stands, last_day, outside
from enquiry_tui.domain.standing import Need
from enquiry_tui.domain.text import fold
from enquiry_tui.domain.vocabulary import InfoClass, Kind
from enquiry_tui.domain.when import show_day
from enquiry_tui.errors import Refused
from enquiry_tui.records import authorities, enquiries, people, promises
from enquiry_tui.records.base import Row


@dataclass(frozen=True, slots=True)
class NewAuthority:
    """A record of authority as it is added: whose, who may act, what it covers, what was seen.

    `whose` is a person's uid or a name; `expires_on` may only be earlier than the rule's last day.
    With `checked_how` it is checked at once; without it is a claim and opens nothing.
    """

    enquiry_uid: str
    kind: AuthorityKind
    holder_uid: str
    whose: str
    scope: str
    classes: tuple[InfoClass, ...]
    evidence: str
    dated_on: date
    expires_on: date | None = None
    checked_how: str = ""


def add_authority(desk: Desk, new: NewAuthority) -> AuthorityView:
    """Add a record of authority, with a bring-forward before its end.

    Raises NotFound; Refused for what it may not cover, and for one that is over already.
    """
    rule = desk.packs.authority.value.authorities.rules[new.kind]
    with desk.act(Action.AUTHORITY_ADDED) as act:
        matter = steps.enquiry(desk, new.enquiry_uid)
        holder = steps.person(desk, new.holder_uid)
        expires = _demand_sound(desk, rule, new)
        whose = _whose(act, desk, matter["id"], new.whose)
        _demand_another(whose, holder)
        uid, how = act.new_uid(), work.line(new.checked_how)
        authorities.add(
            act.tx,
            uid=uid,
            origin_vault=desk.store.vault_id,
            kind=str(new.kind),
            person_id=whose["id"],
            holder_id=holder["id"],
            enquiry_id=matter["id"],
            scope=work.line(new.scope),
            classes=" ".join(item for item in InfoClass if item in new.classes),
            evidence=work.line(new.evidence),
            dated_on=new.dated_on.isoformat(),
            starts_on=new.dated_on.isoformat(),
            expires_on=expires.isoformat() if expires else None,
            bring_forward_uid=_remind(act, desk, matter["id"], rule, expires) if expires else "",
            pack_hash=desk.packs.authority.hash,
            added_at=act.at,
            added_by=desk.officer.uid,
            checked_at=act.at if how else None,
            checked_by=desk.officer.uid if how else "",
            checked_how=how,
        )
        act.event("authority", uid, kind=str(new.kind), scope=new.scope, checked=bool(how))
    return authority(desk, uid)


def _demand_another(whose: Row, holder: Row) -> None:
    if whose["id"] == holder["id"]:
        raise Refused(
            "Nobody needs authority for themselves.",
            "Say whose it is: the client, the constituent, the child.",
        )


def check_authority(desk: Desk, uid: str, how: str) -> AuthorityView:
    """Say that the evidence was looked at, by whom is the record's, and how. Raises Refused."""
    with desk.act(Action.AUTHORITY_CHECKED) as act:
        row = _standing(desk, uid)
        if row["checked_at"] is not None:
            raise Refused("This authority was checked.", "Withdraw it if something is wrong.")
        because = steps.reason(how)
        authorities.change(
            act.tx, row["id"], checked_at=act.at, checked_by=desk.officer.uid, checked_how=because
        )
        act.event("authority", uid, how=because)
    return authority(desk, uid)


def withdraw_authority(desk: Desk, uid: str, why: str) -> AuthorityView:
    """Withdraw an authority with the reason: from now it opens nothing, also in a live contact."""
    with desk.act(Action.AUTHORITY_WITHDRAWN) as act:
        row = _standing(desk, uid)
        because = steps.reason(why)
        authorities.change(
            act.tx,
            row["id"],
            withdrawn_at=act.at,
            withdrawn_by=desk.officer.uid,
            withdrawn_why=because,
        )
        _settle_reminder(act, desk, row)
        act.event("authority", uid, why=because)
    return authority(desk, uid)


def take_authority(
    desk: Desk,
    check_uid: str,
    authority_uid: str,
    info_class: InfoClass | None = None,
    *,
    until: Need | None = None,
) -> CheckView:
    """Rest a check on a record of authority: checked, in date, held by who is on the line.

    `info_class` is what is asked: the record has to cover it. Raises NotFound, Refused.
    """
    with desk.act(Action.CHECK_STEP) as act:
        check = running(desk, check_uid)
        row = found(desk, authority_uid)
        _demand_fits(desk, contact_of(desk, check), view_row(desk, row), info_class)
        step = AuthorityKind(row["kind"]).step
        add_step(act, check["id"], step, True, f"record: {row['evidence']}")
        use = act.new_uid()
        authorities.rest(act.tx, uid=use, authority_id=row["id"], check_id=check["id"], at=act.at)
        end_if_reached(act, desk, check_uid, until)
        act.event(
            "identity_check", check_uid, outcome="match", step=str(step), authority=authority_uid
        )
    return check_view(desk, check_uid)


def authority(desk: Desk, uid: str) -> AuthorityView:
    """Give one record. Raises NotFound."""
    return view_row(desk, found(desk, uid))


def _demand_sound(desk: Desk, rule: AuthorityRule, new: NewAuthority) -> date | None:
    """Give the last day of a record that may be added. Raises Refused."""
    for what, words in (("the scope", new.scope), ("what was seen", new.evidence)):
        if not work.line(words):
            raise work.WordsMissing(what)
    if not new.classes:
        raise Refused("What does it cover?", "Tick the classes that the paper itself names.")
    if beyond := outside(rule, new.classes):
        names = ", ".join(item.label for item in beyond)
        raise Refused(
            f"This kind of authority never covers {names}.",
            "Take those out; what it may cover stands in the authority pack.",
        )
    if new.dated_on > desk.today():
        raise Refused("It is dated in the future.", "Give the date on the paper.")
    latest = last_day(rule, new.dated_on)
    expires = min((day for day in (latest, new.expires_on) if day), default=None)
    if expires is not None and expires < desk.today():
        raise Refused(
            f"That authority ended on {show_day(expires)}.", "Ask for a new one, signed and dated."
        )
    return expires


def _whose(act: Act, desk: Desk, enquiry_id: int, whose: str) -> Row:
    """Find the person represented: by uid, by name in the matter, else newly recorded."""
    person = people.by_uid(act.tx, whose)
    if person is None:
        name = work.line(whose)
        if not name:
            raise work.WordsMissing("whose it is")
        parts = enquiries.parts(act.tx, enquiry_id)
        named = [part for part in parts if fold(part["name"]) == fold(name)]
        person = people.by_uid(act.tx, named[0]["person_uid"]) if named else None
        person = person or steps.add_person(act, desk, name)
    steps.give_part(act, desk, enquiry_id, person["id"], "acting-for")
    return person


def _remind(act: Act, desk: Desk, enquiry_id: int, rule: AuthorityRule, expires: date) -> str:
    before = expires - timedelta(days=desk.packs.authority.value.authorities.remind_days)
    day = max(before, min(expires, desk.today() + timedelta(days=1)))
    why = f"{rule.label.capitalize()} ends on {show_day(expires)}: is a new one needed?"
    return record_bring_forward(act, desk, enquiry_id, day, why)


def _settle_reminder(act: Act, desk: Desk, row: Row) -> None:
    reminder = promises.bring_forward_by_uid(act.tx, row["bring_forward_uid"])
    if reminder is not None and reminder["state"] == "open":
        promises.change_bring_forward(
            act.tx, reminder["id"], state="done", done_at=act.at, done_by=desk.officer.uid
        )
        enquiries.refresh_desk_key(act.tx, reminder["enquiry_id"])


def _standing(desk: Desk, uid: str) -> Row:
    row = found(desk, uid)
    if row["withdrawn_at"] is not None:
        raise Refused("This authority was withdrawn.", "Add a new one where there is one.")
    return row


def _demand_fits(
    desk: Desk, contact: Row, shown: AuthorityView, info_class: InfoClass | None
) -> None:
    if contact["person_id"] is None:
        raise Refused("Nobody is linked to this call yet.", "Say who it is first: P on the matter.")
    held = {row["uid"] for row in on_file_rows(desk, contact)}
    if shown.uid not in held:
        raise Refused(
            "That authority is held by somebody else, or for somebody else.",
            "It counts for who holds it, and for the person it names, in their own matter.",
        )
    rule = desk.packs.authority.value.authorities.rules[shown.kind]
    if Kind(contact["kind"]) not in rule.brought_by:
        kind = Kind(contact["kind"]).label
        raise Refused(f"{rule.label.capitalize()}: not brought by {kind}.", "F4 changes the kind.")
    if shown.stands is not Stands.STANDS:
        raise Refused(f"{shown.state_words()}.", _NEXT[shown.stands])
    if info_class is not None and info_class not in shown.classes:
        raise Refused(
            f"It does not cover {info_class.label}.",
            f"It covers {shown.covers}. Ask for one that names this too.",
        )


_NEXT = {
    Stands.CLAIMED: "Look at the evidence first, then say how it was checked (a v on the matter).",
    Stands.EXPIRED: "Ask for a new one, signed and dated.",
    Stands.WITHDRAWN: "Ask for a new one, signed and dated.",
    Stands.NOT_YET: "It counts from the day it begins.",
}
