"""The gate of one contact as it stands now: what was shown in it, and in which circumstances."""

from __future__ import annotations

from dataclasses import replace

from enquiry_tui.desk import steps
from enquiry_tui.desk.authority_views import record_of
from enquiry_tui.desk.desk import Desk
from enquiry_tui.domain.authorities import Stands, carried
from enquiry_tui.domain.gate import Verdict, judge
from enquiry_tui.domain.standing import Circumstances, Raised, Standing, raised_by
from enquiry_tui.domain.vocabulary import (
    Allowed,
    Authority,
    Channel,
    CheckOutcome,
    InfoClass,
    Kind,
    MarkerKind,
    Office,
    Proof,
    Recognition,
)
from enquiry_tui.domain.when import LONDON, parse_utc, utc_text
from enquiry_tui.records import authorities, checks, enquiries, markers, people
from enquiry_tui.records.base import Row

OPENING = frozenset({Allowed.RELEASE, Allowed.PART})
_ACTS_FOR = frozenset({Authority.CLIENT, Authority.REQUEST})
_OWN_PARTS = frozenset({"enquirer", "complainant", "acting-for", "about"})


def verdict(
    desk: Desk,
    contact_uid: str,
    info_class: InfoClass | None,
    *,
    kind: Kind | None = None,
    purpose: str = "",
    point_uid: str = "",
) -> Verdict:
    """Say what may be told in a live contact, before any check and before any search.

    `kind` overrides the contact's own for a look; blank class gives the strictest answer.
    `purpose` is need-to-know in one line; `point_uid` the address a written answer would go to.
    """
    row = steps.live_contact(desk, contact_uid)
    return judge_contact(desk, row, info_class, kind=kind, purpose=purpose, point_uid=point_uid)


def judge_contact(
    desk: Desk,
    row: Row,
    info_class: InfoClass | None,
    *,
    kind: Kind | None = None,
    purpose: str = "",
    point_uid: str = "",
    standing: Standing | None = None,
) -> Verdict:
    """Judge one question in a contact at hand; `standing` is what a check is about to show."""
    shown = replace(
        _within_scope(desk, row, standing or standing_of(desk, row), info_class),
        purpose=bool(purpose.strip()),
        held_address=bool(point_uid) and _may_go_to(desk, row, point_uid),
    )
    if kind is not None and kind != row["kind"]:
        shown = Standing(purpose=shown.purpose, held_address=shown.held_address)
    return judge(
        desk.packs.table,
        kind or Kind(row["kind"]),
        info_class,
        Channel(row["channel"]),
        shown,
        circumstances_of(desk, row),
    )


def acts_for(desk: Desk, row: Row, person_id: int, info_class: InfoClass) -> bool:
    """Say whether who is on the line was shown, in this contact, to act for this person."""
    return any(
        held["person_id"] == person_id and record_of(held).covers(info_class, desk.today())
        for held in authorities.in_contact(desk.store, row["id"])
        if record_of(held).kind.gives in _ACTS_FOR
    )


def _within_scope(desk: Desk, row: Row, shown: Standing, info_class: InfoClass | None) -> Standing:
    """Take out paper that no record carries for this class now: expired, withdrawn, out of scope.

    A check keeps the kinds of authority it saw; whether they open anything is asked each time.
    """
    paper = {item for item in shown.authorities if item.is_paper}
    if not paper:
        return shown
    rows = authorities.in_contact(desk.store, row["id"])
    stands = carried([record_of(held) for held in rows], info_class, desk.today())
    return replace(shown, authorities=frozenset(shown.authorities - (paper - stands)))


def standing_of(desk: Desk, row: Row) -> Standing:
    """Add up what passed checks have shown: same person, kind, channel and matter, not shut."""
    passed = [
        check
        for check in checks.of_contact(desk.store, row["id"])
        if check["outcome"] == CheckOutcome.PASSED and check["shut_at"] is None
        if check["person_id"] == row["person_id"] and check["kind"] == row["kind"]
        if check["channel"] == row["channel"] and check["enquiry_id"] == row["enquiry_id"]
    ]
    held: set[Authority] = set()
    for check in passed:
        held.update(Authority(word) for word in check["authorities"].split())
    return Standing(
        recognition=max(
            (Recognition(check["recognition"]) for check in passed),
            key=lambda level: level.rank,
            default=Recognition.NONE,
        ),
        proof=max(
            (Proof(check["proof"]) for check in passed),
            key=lambda level: level.rank,
            default=Proof.NONE,
        ),
        authorities=frozenset(held),
    )


def circumstances_of(desk: Desk, row: Row) -> Circumstances:
    """Give what surrounds every question in this contact."""
    matter = enquiries.by_key(desk.store, row["enquiry_id"] or 0)
    return Circumstances(
        child=bool(row["child"]),
        anonymous=bool(row["anonymous"]),
        under_duress=bool(row["under_duress"]),
        accompanied=bool(row["accompanied"]),
        stopped=stopped(desk, row),
        raised=bool(raised(desk, row)),
        restricted=bool(matter is not None and matter["restricted"]),
        complained_of=_is_complained_of(desk, row),
        office=Office(desk.office.kind),
        held_usable=held_point(desk, row) is not None,
    )


def _is_complained_of(desk: Desk, row: Row) -> bool:
    """Say whether the matter is a complaint about who is on the line: PSD answers them, not we."""
    return any(
        part["person_id"] == row["person_id"] and part["part"] == "complained-of"
        for part in enquiries.parts(desk.store, row["enquiry_id"] or 0)
    )


def raised(desk: Desk, row: Row) -> Raised:
    """Say which markers raise the gate of a contact: on the person, the matter, and its people."""
    standing = markers.standing(
        desk.store, person_id=row["person_id"], enquiry_id=row["enquiry_id"]
    )
    return raised_by(MarkerKind(marker["kind"]) for marker in standing)


def held_point(desk: Desk, row: Row) -> Row | None:
    """Find the point an answer may go to: confirmed before today, and safe; or None."""
    midnight = desk.now().astimezone(LONDON).replace(hour=0, minute=0, second=0, microsecond=0)
    for person_id in answered(desk, row):
        standing = markers.standing(desk.store, person_id=person_id, enquiry_id=None)
        safe = {marker["safe_number"] for marker in standing if marker["safe_number"]}
        only_safe = any(marker["kind"] == MarkerKind.SAFE_CONTACT_ONLY for marker in standing)
        for kind in ("address", "phone", "email"):
            for point in people.confirmed_before(desk.store, person_id, kind, utc_text(midnight)):
                if not only_safe or point["value"] in safe:
                    return point
    return None


def answered(desk: Desk, row: Row) -> tuple[int, ...]:
    """List to whom an answer to this contact goes: to who asks, or to the person of a relative.

    What a relative asks is answered to the person, with a copy to the helper: whom they were shown
    to act for in this contact, else the one other person whose matter it is.
    """
    if row["person_id"] is None:
        return ()
    if row["kind"] != Kind.RELATIVE:
        return (int(row["person_id"]),)
    return represented(desk, row) or _whose_matter(desk, row)


def represented(desk: Desk, row: Row) -> tuple[int, ...]:
    """List for whom who is on the line was shown to act in this contact, by paper that stands."""
    held = authorities.in_contact(desk.store, row["id"])
    today = desk.today()
    shown = (
        int(item["person_id"])
        for item in held
        if record_of(item).kind.gives in _ACTS_FOR and record_of(item).on(today) is Stands.STANDS
    )
    return tuple(dict.fromkeys(shown))


def _whose_matter(desk: Desk, row: Row) -> tuple[int, ...]:
    others = {
        int(part["person_id"])
        for part in enquiries.parts(desk.store, row["enquiry_id"] or 0)
        if part["part"] in _OWN_PARTS and part["person_id"] != row["person_id"]
    }
    return tuple(others) if len(others) == 1 else ()


def open_class(desk: Desk, row: Row) -> InfoClass | None:
    """Give the highest class that is open in a live contact now; None where nothing is."""
    if row["state"] == "ended" or parse_utc(row["limit_at"]) <= desk.now():
        return None
    opened = [item for item in InfoClass if judge_contact(desk, row, item).allowed in OPENING]
    return max(opened, key=lambda item: item.digit, default=None)


def stopped(desk: Desk, row: Row) -> bool:
    """Say whether a hard flag or a suspected pretext has stopped the check in this contact."""
    return any(check["hard_flag"] for check in checks.of_contact(desk.store, row["id"]))


def missed(desk: Desk, row: Row) -> bool:
    """Say whether who asks now was asked and did not match: no other kind's check counts."""
    done = checks.of_contact(desk.store, row["id"])
    if not failed(desk, row):
        return False
    return bool(done[-1]["misses"]) and done[-1]["kind"] == row["kind"]


def failed(desk: Desk, row: Row) -> bool:
    """Say whether the last check of a contact failed, or has as many misses as there may be."""
    done = checks.of_contact(desk.store, row["id"])
    if not done:
        return False
    ended = done[-1]["outcome"] in {CheckOutcome.FAILED, CheckOutcome.REFUSED}
    return ended or done[-1]["misses"] >= desk.packs.catalogue.misses_allowed


def gate_words(desk: Desk, row: Row) -> str:
    """Say in two or three words where the check of a contact stands: for the call bar."""
    if row["state"] == "ended":
        return "ended"
    done = checks.of_contact(desk.store, row["id"])
    if stopped(desk, row):
        return "CHECK STOPPED"
    standing = standing_of(desk, row)
    words = []
    if standing.recognition is not Recognition.NONE:
        words.append(f"RECOGNISED {standing.recognition}")
    if standing.authorities:
        words.append("AUTHORITY " + "+".join(sorted(standing.authorities)))
    if words:
        last = max(c["ended_at"] for c in done if c["outcome"] == CheckOutcome.PASSED)
        return " · ".join(words) + f" {parse_utc(last).astimezone(LONDON):%H:%M}"
    if not failed(desk, row):
        return "NOT CHECKED"
    return "NOT MATCHED" if done[-1]["misses"] else "CHECK FAILED"


def _may_go_to(desk: Desk, row: Row, point_uid: str) -> bool:
    """Say whether a written answer may go there: held and confirmed before this contact began.

    A first letter may be answered to the address on it, while nothing else is held for its writer.
    """
    point = people.point_by_uid(desk.store, point_uid)
    if point is None or point["withdrawn_at"] or point["person_id"] not in answered(desk, row):
        return False
    standing = markers.standing(desk.store, person_id=point["person_id"], enquiry_id=None)
    if any(m["kind"] == MarkerKind.SAFE_CONTACT_ONLY for m in standing):
        return any(m["safe_number"] == point["value"] for m in standing)
    if point["confirmed_at"] is not None and point["confirmed_at"] < row["started_at"]:
        return True
    if point["person_id"] != row["person_id"]:
        return False
    others = [
        held
        for held in people.points(desk.store, row["person_id"])
        if held["kind"] == point["kind"] and held["uid"] != point["uid"]
    ]
    first_letter = row["channel"] == Channel.LETTER and point["kind"] == "address"
    return first_letter and not others
