"""Drafts: what is being typed, saved as it is typed, in the vault and nowhere else."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from enquiry_tui.desk.desk import Desk
from enquiry_tui.domain.when import parse_utc, utc_text
from enquiry_tui.errors import Refused
from enquiry_tui.records import drafts as records
from enquiry_tui.records.base import new_uid

LARGEST = 500_000  # characters of one draft


class DraftTooLarge(Refused):
    """A draft is larger than anything that can be typed."""

    def __init__(self) -> None:
        super().__init__(
            "This is too long for a draft.", "Save part of it, or attach it as a file."
        )


@dataclass(frozen=True, slots=True)
class Draft:
    """An unfinished entry: where it was being made, in which contact, and its fields."""

    uid: str
    place: str
    contact_uid: str
    body: Mapping[str, Any]
    saved_at: datetime


def save_draft(
    desk: Desk, place: str, body: Mapping[str, Any], contact_uid: str | None = None
) -> str:
    """Save what is unfinished in a place, over what was there; give its uid. Leaves no event.

    Raises DraftTooLarge. The body is plain data: text, numbers, lists.
    """
    text = json.dumps(dict(body), ensure_ascii=False)
    if len(text) > LARGEST:
        raise DraftTooLarge
    now = desk.now()
    with desk.scratch() as tx:
        return records.save(
            tx,
            uid=new_uid(now),
            officer=desk.officer.uid,
            place=place,
            contact=contact_uid or "",
            body=text,
            at=utc_text(now),
        )


def drafts(desk: Desk) -> tuple[Draft, ...]:
    """Give the officer's own drafts, the latest first."""
    return tuple(
        Draft(
            row["uid"],
            row["place"],
            row["contact_uid"],
            json.loads(row["body"]),
            parse_utc(row["saved_at"]),
        )
        for row in records.of_officer(desk.store, desk.officer.uid)
    )


def draft(desk: Desk, place: str, contact_uid: str | None = None) -> Draft | None:
    """Give what the officer left unfinished in a place, or None."""
    found = [
        item
        for item in drafts(desk)
        if item.place == place and item.contact_uid == (contact_uid or "")
    ]
    return found[0] if found else None


def leave_with_matter(
    desk: Desk, contact_uid: str, enquiry_uid: str, places: Collection[str]
) -> tuple[str, ...]:
    """Keep what a call leaves unfinished in these places with its matter; give the places."""
    if not enquiry_uid:
        return ()
    left = [
        item.place
        for item in drafts(desk)
        if item.contact_uid == contact_uid and item.place in places
    ]
    if left:
        with desk.scratch() as tx:
            for place in left:
                records.pass_on(tx, desk.officer.uid, place, contact_uid, enquiry_uid)
    return tuple(left)


def discard_draft(desk: Desk, uid: str) -> None:
    """Drop one of the officer's own drafts; nothing happens where there is none."""
    with desk.scratch() as tx:
        records.discard(tx, desk.officer.uid, uid)
