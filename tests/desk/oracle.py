"""An independent reading of the ledger: tables and the pack's bytes, none of the gate's code."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from enquiry_tui.desk.desk import Desk

PACK = tomllib.loads(files("enquiry_tui.policy").joinpath("disclosure.toml").read_text("utf-8"))
LEVELS = {"none": 0, "low": 1, "medium": 2, "high": 3, "very-high": 4}
MATTER = {"code-word", "letter-date", "topic", "spoken-to"}
PERSON = {"postcode", "birth-date", "number"}
GIVES = {
    "ring-organisation": "org",
    "client-authority": "client",
    "constituent-request": "request",
    "written-request": "written",
    "order-seen": "order",
}
RAISING = {
    "domestic-abuse",
    "party-to-dispute",
    "child",
    "protected-address",
    "safe-contact-only",
}


@dataclass
class Shown:
    recognition: int
    proof: int
    authorities: set[str]


def content_lines(desk: Desk) -> list[Any]:
    return desk.store.query("SELECT * FROM ledger WHERE content = 1 ORDER BY id")


def fault(desk: Desk, line: Any) -> str:
    """Say what is wrong with a ledger line that has just been written; empty where nothing is."""
    match line["route"]:
        case "told" | "written":
            return told_fault(desk, line)
        case "shared":
            entry = entry_of(desk, line)
            confirmed = entry is not None and entry["confirmed_at"]
            return "" if confirmed and line["basis"] else "shared without basis or confirmed entry"
        case "emergency":
            entry = entry_of(desk, line)
            return (
                "" if entry is not None and entry["kind"] == "emergency" else "no emergency entry"
            )
        case "override":
            return override_fault(desk, line)
        case "incident":
            found = desk.store.one("SELECT 1 FROM incident WHERE ledger_id = ?", (line["id"],))
            return "" if found else "an incident line without its incident"
        case _:
            return f"content by the route {line['route']}"


def told_fault(desk: Desk, line: Any) -> str:
    contact = contact_of(desk, line)
    check = desk.store.one("SELECT * FROM identity_check WHERE id = ?", (line["check_id"],))
    if contact is None or check is None or check["contact_id"] != contact["id"]:
        return "no check of this contact"
    if check["outcome"] not in {"passed", "not-needed"} or check["shut_at"] is not None:
        return "the check is not open"
    if any(c["hard_flag"] for c in checks_of(desk, contact)) and line["info_class"] != "public":
        return "the contact was stopped"
    if contact["state"] == "ended" or line["recipient_person_id"] != contact["person_id"]:
        return "not in a live contact with this person"
    for name in ("person_id", "kind", "channel"):
        if check[name] != contact[name]:
            return f"the check was made for another {name}"
    if line["info_class"] != "public" and check["enquiry_id"] != line["enquiry_id"]:
        return "the check was made in another matter"
    return rule_fault(desk, line, contact, shown(desk, contact, line["info_class"]))


def rule_fault(desk: Desk, line: Any, contact: Any, have: Shown) -> str:
    kinds = {contact["kind"]}
    kinds |= {"child"} if contact["child"] else set()
    kinds |= {"anonymous"} if contact["anonymous"] else set()
    kinds |= {"under-duress"} if contact["under_duress"] else set()
    info_class = line["info_class"]
    if line["about_person_id"] not in {None, contact["person_id"]}:
        acts_for = have.authorities & {"client", "request"} & represented(desk, line, contact)
        if not acts_for and info_class not in {"public", "third-party", "sensitive", "operational"}:
            return "somebody else's facts told as one's own"
    raised = info_class != "public" and bool(RAISING & markers_of(desk, contact))
    if contact["accompanied"] and info_class != "public":
        return "told although somebody is with them"
    if raised and info_class == "own-personal":
        return "own-personal told although raised"
    if raised and info_class == "own-progress":
        if kinds & {"relative", "victim-service"}:
            return "told to a relative although raised"
        if have.recognition < LEVELS["medium"]:
            return "told on less than medium although raised"
    for kind in kinds:
        found = cell_fault(kind, info_class, line["decision"], have)
        if found:
            return found
    return ""


def cell_fault(kind: str, info_class: str, decision: str, have: Shown) -> str:
    cell = PACK["telephone"][kind][info_class]
    if cell["allowed"] not in {"release", "part"}:
        return f"{kind}/{info_class} is {cell['allowed']}"
    if decision == "release" and cell["allowed"] == "part":
        return f"{kind}/{info_class} released although only part may be"
    needed = cell.get("needed", [])
    if needed and not any(met(words, have) for words in needed):
        return f"{kind}/{info_class} told on too little"
    return ""


def met(words: str, have: Shown) -> bool:
    for part in words.split("+"):
        kind, _, value = part.strip().partition(":")
        if kind == "R" and have.recognition < LEVELS[value]:
            return False
        if kind == "P" and have.proof < LEVELS[value]:
            return False
        if kind == "A" and value not in have.authorities:
            return False
    return True


PAPER = {
    **dict.fromkeys(
        (
            "letter-of-authority",
            "parental-responsibility",
            "power-of-attorney",
            "advocate-consent",
        ),
        "client",
    ),
    "constituent-request": "request",
    "written-request": "written",
    "sharing-agreement": "written",
    "court-order": "order",
}


def carrying(desk: Desk, contact: Any, info_class: str) -> list[Any]:
    """The records of authority that stand now behind this contact's checks for a class."""
    today = desk.today().isoformat()
    rows = desk.store.query(
        "SELECT a.* FROM authority AS a JOIN authority_use AS u ON u.authority_id = a.id"
        " JOIN identity_check AS c ON c.id = u.check_id"
        " WHERE c.contact_id = ? AND c.shut_at IS NULL AND c.outcome = 'passed'"
        " AND a.withdrawn_at IS NULL AND a.checked_at IS NOT NULL"
        " AND a.starts_on <= ? AND coalesce(a.expires_on, '9999') >= ?"
        " AND a.holder_id = ?",
        (contact["id"], today, today, contact["person_id"]),
    )
    return [row for row in rows if info_class in row["classes"].split()]


def represented(desk: Desk, line: Any, contact: Any) -> set[str]:
    return {
        PAPER[row["kind"]]
        for row in carrying(desk, contact, line["info_class"])
        if row["person_id"] == line["about_person_id"]
    }


def shown(desk: Desk, contact: Any, info_class: str) -> Shown:
    """Add up from the steps themselves what passed checks of this contact have shown."""
    level, proof, authorities = 0, 0, set()
    for check in checks_of(desk, contact):
        same = all(check[n] == contact[n] for n in ("person_id", "kind", "channel", "enquiry_id"))
        if check["outcome"] != "passed" or check["shut_at"] is not None or not same:
            continue
        rows = desk.store.query(
            "SELECT step FROM check_step WHERE check_id = ? AND passed = 1", (check["id"],)
        )
        steps = {row["step"] for row in rows}
        level = max(level, recognised(steps))
        proof = max(proof, int("photo-identity" in steps))
        authorities |= {GIVES[step] for step in steps if step in GIVES}
    stands = {PAPER[row["kind"]] for row in carrying(desk, contact, info_class)}
    return Shown(level, proof, authorities & (stands | {"org"}))


def recognised(steps: set[str]) -> int:
    matter = steps & MATTER
    if "known-in-person" in steps or {"password", "reference"} <= steps:
        return 2
    if "ring-held" in steps and matter:
        return 2
    others = steps & (MATTER | PERSON | {"reference", "password", "ring-held"})
    return 1 if matter and len(others) >= 2 else 0


def override_fault(desk: Desk, line: Any) -> str:
    event = desk.store.one("SELECT * FROM event WHERE object = ?", (line["uid"],))
    if event is None or not event["second_signature"] or event["second"] == event["actor"]:
        return "an override without two signatures"
    contact = contact_of(desk, line)
    if contact is None:
        return "an override without a contact"
    cell = PACK["telephone"][contact["kind"]][line["info_class"]]
    return "" if cell["allowed"] in {"release", "part"} else "an override of never or route"


def entry_of(desk: Desk, line: Any) -> Any:
    return desk.store.one(
        "SELECT * FROM directory_entry WHERE id = ?", (line["recipient_entry_id"],)
    )


def contact_of(desk: Desk, line: Any) -> Any:
    return desk.store.one("SELECT * FROM contact WHERE id = ?", (line["contact_id"],))


def checks_of(desk: Desk, contact: Any) -> list[Any]:
    return desk.store.query("SELECT * FROM identity_check WHERE contact_id = ?", (contact["id"],))


def markers_of(desk: Desk, contact: Any) -> set[str]:
    rows = desk.store.query(
        "SELECT kind FROM marker WHERE removed_at IS NULL AND (person_id = ?1 OR enquiry_id = ?2"
        " OR person_id IN (SELECT person_id FROM part WHERE enquiry_id = ?2 AND ended_at IS NULL))",
        (contact["person_id"], contact["enquiry_id"]),
    )
    return {row["kind"] for row in rows}
