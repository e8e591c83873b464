"""The steps of a complaint: who decides, what is missing, who may read it, what is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from enquiry_tui.desk import referral_fields, work
from enquiry_tui.desk.desk import Act, Desk
from enquiry_tui.desk.messages import same_person
from enquiry_tui.desk.referral_steps import ReferralRequest
from enquiry_tui.domain.complaint_words import suggest_about, suggest_categories
from enquiry_tui.domain.office_rules import AuthorityRule, SubjectName
from enquiry_tui.domain.rights import Role
from enquiry_tui.domain.vocabulary import Office
from enquiry_tui.errors import Refused
from enquiry_tui.records import complaints, enquiries
from enquiry_tui.records.base import Row

# The five answers of the first minute, and what a transfer may find besides.
ABOUT = ("officer", "service", "chief-constable", "commissioner", "this-office")
ABOUT_ALL = (*ABOUT, "delegated", "chief-executive", "data")
READ_BACK = ("", "agreed", "changed", "not-read")
ONE_LINE = ("about_whom", "when_where", "reach", "wants")
TEXTS = ("words", "about", *ONE_LINE, "mentioned", "read_back")
_FIELDS = ("enquiry.reference", "person.name")
# The five answers do not part these; a transfer may.
_AT_FIRST = {"chief-executive": "this-office"}


class ComplaintIncomplete(Refused):
    """A complaint cannot be passed on yet; `missing` says what must still be asked."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__("This complaint cannot be passed on yet.", "Ask: " + "; ".join(missing))
        self.missing = missing


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What the words suggest: category codes, whom it is about, who decides and why."""

    categories: tuple[str, ...]
    about: str
    authority: str
    source: str


def authority(desk: Desk, about: str) -> AuthorityRule:
    """Say who decides a complaint about this; all empty until it is said whom it is about."""
    found = desk.packs.complaints.value.authority(Office(desk.office.kind), about)
    return found or AuthorityRule(about, "", "", "", "")


def suggest(desk: Desk, words: str, about: str) -> Suggestions:
    """Suggest from the words alone; an answer of the officer's stands above the suggestion."""
    found = suggest_about(words, desk.packs.complaints.value.names)
    ours = [name for name in (_AT_FIRST.get(name, name) for name in found) if name in ABOUT]
    if desk.office.kind == Office.CHIEF_CONSTABLE:
        # "Your office" on the chief constable's own telephone is staff of the force.
        ours = [name for name in ours if name != "this-office"] or ours
    about = about or (ours[0] if ours else "")
    rule = authority(desk, about)
    codes = suggest_categories(words, desk.packs.complaints.value.category_words)
    return Suggestions(codes, about, rule.authority, rule.source)


def values(given: Mapping[str, object]) -> dict[str, str]:
    """Clean what was typed, by column. Raises Refused for a word outside its vocabulary."""
    cleaned: dict[str, str] = {}
    for name in TEXTS:
        if name not in given:
            continue
        raw = given[name]
        if name == "mentioned":
            cleaned[name] = "\n".join(work.line(str(tick)) for tick in _ticks(raw))
        else:
            cleaned[name] = work.text(str(raw)) if name == "words" else work.line(str(raw))
    if cleaned.get("about", "") not in {"", *ABOUT}:
        raise Refused("That is nobody a complaint can be about.", f"One of: {', '.join(ABOUT)}.")
    if cleaned.get("read_back", "") not in READ_BACK:
        raise Refused("A complaint is agreed, changed or not read.", "Choose one of the three.")
    return cleaned


def _ticks(raw: object) -> tuple[object, ...]:
    return tuple(raw) if isinstance(raw, tuple | list) else ()


def missing(row: Row) -> tuple[str, ...]:
    """Say what must still be asked before a complaint is passed on."""
    wanted = []
    if not row["about"]:
        wanted.append("whom it is about")
    if row["about"] == "officer" and not row["about_whom"]:
        wanted.append("which officer, or what they looked like")
    if not row["reach"]:
        wanted.append("how to reach them")
    if not row["wants"]:
        wanted.append("what they would like to happen")
    return tuple(wanted)


def name_of(desk: Desk, about: str) -> SubjectName:
    """Give what the office calls whom a complaint is about; blank until it is said."""
    return desk.packs.complaints.value.names.get(about, SubjectName("", ""))


def restricts(desk: Desk, about: str) -> str:
    """Say why a complaint about this is restricted to named readers, or nothing."""
    return name_of(desk, about).restricted


def restrict(act: Act, desk: Desk, matter: Row, about: str, about_whom: str) -> None:
    """Restrict a matter to named readers where the complaint is about those this office serves.

    Readers: the officer who took it down, and each monitoring officer and supervisor who is not
    named in it. A restriction is never lifted here, whatever is amended later.
    """
    why = restricts(desk, about)
    if not why:
        return
    enquiries.add_reader(act.tx, matter["id"], desk.officer.uid, at=act.at, why="took it down")
    roles = (str(Role.MONITORING_OFFICER), str(Role.SUPERVISOR))
    for officer in complaints.officers_of_role(act.tx, *roles):
        if not same_person(str(officer["name"]), about_whom):
            enquiries.add_reader(
                act.tx, matter["id"], officer["uid"], at=act.at, why=str(officer["role"])
            )
    if not matter["restricted"]:
        enquiries.change(act.tx, matter["id"], restricted=why)


def referral_request(desk: Desk, matter: Row, row: Row) -> ReferralRequest:
    """Put together what the authority is sent: the words whole, weighed by nobody here."""
    rule = authority(desk, row["about"])
    offered = {choice.name for choice in referral_fields.choices_for(desk, matter)}
    account = "\n".join(
        f"{label}: {row[name]}"
        for label, name in (
            ("What happened", "words"),
            ("When and where", "when_where"),
            ("About", "about_whom"),
            ("How to reach them", "reach"),
        )
        if row[name]
    )
    mentioned = str(row["mentioned"]).replace("\n", ", ")
    return ReferralRequest(
        enquiry_uid=matter["uid"],
        entry_key=rule.door,
        kind="onward",
        urgency="same-day",
        request="Complaint for you to handle: please log it and contact the complainant.",
        account=account,
        account_kind="allegation",
        risk=f"Mentioned: {mentioned}" if mentioned else "",
        wants=row["wants"],
        done_so_far=_read_back_words(row),
        fields=tuple(name for name in _FIELDS if name in offered),
        basis=desk.packs.office.value.bases["legal-obligation"],
        necessity=f"{rule.action} ({rule.source})",
        who_tells="the authority",
        destroy_by=desk.today() + timedelta(days=desk.packs.office.value.destroy_by_days),
    )


def _read_back_words(row: Row) -> str:
    match row["read_back"]:
        case "agreed":
            return "Read back and agreed."
        case "changed":
            return "Read back; changed as they asked."
        case _:
            return "Not read back."
