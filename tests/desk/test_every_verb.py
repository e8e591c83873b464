"""Every public verb leaves its event with its change, or is a reading that changes nothing."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import enquiry_tui.desk

FOLDER = Path(enquiry_tui.desk.__file__).parent
# Their event is written by the vault itself, with the change of the key header.
BY_THE_VAULT = {
    *("session.sign_out", "session.lock", "session.change_passphrase", "session.add_officer"),
    "session.second_key",
    "vault_care.rotate_keys",
    "audit.accept_record",
    *("recovery.issue_recovery_key", "recovery.issue_recovery_sheet"),
    *("accounts.reset_officer", "accounts.renew_vetting", "accounts.certify_officer"),
    "accounts.remove_officer",
}
# Records in order to show, and takes that back: nothing is left, so there is no event.
TAKEN_BACK = {"previews.preview_referral"}
SCRATCH = {"drafts.save_draft", "drafts.leave_with_matter", "drafts.discard_draft"}
STEPS = {"steps", "work", "evidence", "timeline", "check_steps", "complaint_steps"}
STEPS |= {"mirror", "referral_steps", "arrivals", "summaries", "held_details", "urgent_steps"}


def public_verbs() -> dict[str, ast.FunctionDef]:
    found = {}
    for path in sorted(FOLDER.glob("*.py")):
        if path.stem in STEPS:
            continue
        for node in ast.parse(path.read_text("utf-8")).body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            arguments = [argument.arg for argument in node.args.args]
            if arguments[:1] == ["desk"]:
                found[f"{path.stem}.{node.name}"] = node
    return found


VERBS = public_verbs()


def calls(node: ast.FunctionDef) -> set[str]:
    return {ast.unparse(call.func) for call in ast.walk(node) if isinstance(call, ast.Call)}


def reaches(name: str, wanted: str, seen: frozenset[str] = frozenset()) -> bool:
    """Whether a verb makes a call, itself or through a private function of its module."""
    module = name.partition(".")[0]
    tree = ast.parse((FOLDER / f"{module}.py").read_text("utf-8"))
    functions = {n.name: n for n in tree.body if isinstance(n, ast.FunctionDef)}
    node = functions[name.partition(".")[2]]
    made = calls(node)
    if wanted in made:
        return True
    private = {call for call in made if call in functions and call not in seen}
    return any(reaches(f"{module}.{call}", wanted, seen | private) for call in private)


ACTING = sorted(name for name in VERBS if reaches(name, "desk.act"))
READING = sorted(set(VERBS) - set(ACTING) - BY_THE_VAULT - SCRATCH)


@pytest.mark.parametrize("name", sorted(set(ACTING) - TAKEN_BACK))
def test_a_verb_that_acts_leaves_its_event(name: str) -> None:
    assert reaches(name, "act.event")


@pytest.mark.parametrize("name", READING)
def test_a_reading_holds_no_switch(name: str) -> None:
    for switch in ("desk.scratch", "desk.store.transaction", "desk.store.scratch"):
        assert not reaches(name, switch)


@pytest.mark.parametrize("name", sorted(SCRATCH))
def test_drafts_are_scratch_and_nothing_else(name: str) -> None:
    assert reaches(name, "desk.scratch")
    assert name not in ACTING


def test_opening_a_record_is_a_consultation_and_no_mere_reading() -> None:
    for name in ("opening.open_enquiry", "revealing.reveal", "letters.open_letter"):
        assert name in ACTING
    for name in ("enclosures.export_enclosure", "lists.note_list", "search.note_search"):
        assert name in ACTING


def test_a_verb_never_calls_a_verb() -> None:
    for name, node in VERBS.items():
        made = calls(node)
        assert not made & {other for other in ACTING if other != name}, name
