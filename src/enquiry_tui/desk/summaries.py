"""A referral as its reader sees it: the words of the ledger, and nothing that was not ticked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from enquiry_tui.desk import pack_steps, work
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.referral_fields import LABELS, STAND_ANYHOW, seen_as
from enquiry_tui.desk.seeing import Limits, masked
from enquiry_tui.documents.summary import (
    Field,
    Nature,
    ReferralSummary,
    Said,
    verification_words,
)
from enquiry_tui.domain.vocabulary import CheckOutcome, Proof, Recognition
from enquiry_tui.domain.when import LONDON, parse_utc, show_day
from enquiry_tui.records import checks, contacts, ledger, referrals
from enquiry_tui.records.base import Row

_CHANNELS = {
    "telephone": "said on the telephone",
    "letter": "written in a letter",
    "email": "written in an e-mail",
    "in-person": "said in person",
    "voicemail": "left on voicemail",
}


Veil = Callable[[str, str], str]
"""Gives the text of a field as it may be seen, by the name under which the pack classes it."""


def on_screen(desk: Desk, row: Row, *, is_typed: bool = False) -> Veil:
    """Give the veil of a summary that is read at the desk: no pane shows what another masks.

    `is_typed` says that its texts were typed just now; what is held of people is masked all the
    same, as on the matter, and `v` there shows it with a purpose. A file holds everything.
    """
    limits = Limits(desk)
    held, said = limits.of(row["enquiry_id"]), limits.said_in(row["contact_id"], row["enquiry_id"])

    def veil(name: str, words: str) -> str:
        of_referral = name.startswith("referral.")
        if name in STAND_ANYHOW or (is_typed and of_referral):
            return words
        # An account speaks of whom it likes.
        field = seen_as(desk, row["enquiry_id"], name)
        field = "part.about" if name == "referral.account" else field
        return masked(desk, field, words, said if of_referral else held)

    return veil


def _as_it_is(_name: str, words: str) -> str:
    return words


def summary_row(
    desk: Desk, row: Row, fields: tuple[str, ...], code: str, veil: Veil = _as_it_is
) -> ReferralSummary:
    """Put together the summary of a referral: of its ticked fields, those that are named.

    Values are those of the ledger's lines, so that what leaves is what the ledger says.
    """
    office = desk.packs.office.value
    words = {name: veil(name, text) for name, text in _words(desk, row).items()}
    shared = tuple(filter(None, str(row["fields"]).split("\n")))
    omitted = tuple(LABELS.get(name, name) for name in shared if name not in fields)
    contact = _contact(desk, row)
    return ReferralSummary(
        marking=office.marking,
        reference=f"{row['reference']}/{row['number']}",
        version=len(referrals.exports(desk.store, row["id"])) + 1,
        created=desk.now(),
        officer=desk.officer.name,
        office=desk.office.name,
        recipient=row["entry_name"],
        agency="",
        urgency=row["urgency"],
        ask=veil("referral.request", row["request"]),
        contact=desk.office.contact,
        code=code,
        enquirer=tuple(Field(LABELS.get(name, name), words.get(name, "")) for name in fields),
        said=_said(row, words.get("referral.account", ""), contact),
        risks=_lines(words.get("referral.risk", "")),
        wants=words.get("referral.wants", ""),
        done=_lines(words.get("referral.done_so_far", "")),
        basis=row["basis"],
        necessity=veil("referral.account", row["necessity"]),
        left_out=(*_lines(veil("referral.account", row["left_out"])), *omitted),
        verification=_verification(desk, row, contact),
        knows=f"Told by: {row['who_tells']}" if row["who_tells"] else "",
        reply_by=work.day(row["reply_by"]),
        reply_to=desk.office.name,
        destroy_by=work.day(row["destroy_by"]),
        demonstration=desk.office.demonstration,
        rules=pack_steps.rules_as_at(desk, "disclosure", "office").removeprefix("rules as at "),
    )


def _words(desk: Desk, row: Row) -> dict[str, str]:
    """Give what the ledger says was shared by this referral, by field."""
    return {
        str(line["item"]): str(line["words"] or "")
        for line in ledger.of_enquiry(desk.store, row["enquiry_id"])
        if line["referral_id"] == row["id"]
    }


def _said(row: Row, account: str, contact: Row | None) -> tuple[Said, ...]:
    """Give each paragraph of the account with its nature, source and day."""
    source, on = "", None
    if contact is not None:
        source, on = _CHANNELS.get(str(contact["channel"]), ""), _day_of(contact)
    nature = Nature(row["account_kind"])
    return tuple(Said(nature, paragraph, source, on) for paragraph in _lines(account))


def _contact(desk: Desk, row: Row) -> Row | None:
    if row["contact_id"] is None:
        return None
    found = contacts.of_enquiry(desk.store, row["enquiry_id"])
    return next((contact for contact in found if contact["id"] == row["contact_id"]), None)


def _day_of(contact: Row) -> date:
    return parse_utc(contact["started_at"]).astimezone(LONDON).date()


def _verification(desk: Desk, row: Row, contact: Row | None) -> str:
    """Say which level a check reached in the contact it came from, or earlier in the matter."""
    own = _passed(checks.of_contact(desk.store, contact["id"]) if contact else [])
    if own:
        return verification_words(*_level(own))
    earlier = _passed(checks.of_enquiry(desk.store, row["enquiry_id"]))
    if not earlier:
        return verification_words(str(Proof.NONE), str(Recognition.NONE))
    day = parse_utc(earlier[0]["ended_at"]).astimezone(LONDON).date()
    return f"In an earlier contact, {show_day(day)}: {verification_words(*_level(earlier[:1]))}"


def _passed(found: list[Row]) -> list[Row]:
    return [check for check in found if check["outcome"] == CheckOutcome.PASSED]


def _level(passed: list[Row]) -> tuple[str, str]:
    """Give the best proof and recognition of the checks."""
    proof = max((Proof(check["proof"]) for check in passed), key=lambda level: level.rank)
    known = (Recognition(check["recognition"]) for check in passed)
    return str(proof), str(max(known, key=lambda level: level.rank))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (line.strip() for line in text.split("\n"))))
