from __future__ import annotations

import pytest

from enquiry_tui.domain.audit import Action, Word
from enquiry_tui.domain.rights import (
    ADMINISTRATOR,
    AuditReach,
    Right,
    Role,
    audit_reach,
    may,
    sees_masked_only,
)

# right: officer supervisor monitoring-officer auditor administrator-alone
MATRIX = """
sign-in ✓✓✓✓✓
log ✓✓✓––
check ✓✓✓––
tell ✓✓✓––
refer ✓✓✓––
complain ✓✓✓––
message ✓✓✓––
promise ✓✓✓––
close-own ✓✓✓––
consult ✓✓✓✓–
reveal ✓✓✓––
countersign –✓✓––
reallocate –✓✓––
hold –✓✓––
marker-off –✓✓––
team-audit –✓✓––
sample –✓✓✓–
stop ––✓––
audit-own ✓✓✓✓–
audit-all ––✓✓–
audit-vault ––––✓
accounts ––––✓
packs ––––✓
backups ––––✓
restore ––––✓
"""
CELLS = [
    (right, who, mark == "✓")
    for right, marks in (line.split() for line in MATRIX.strip().split("\n"))
    for who, mark in zip([*Role, None], marks, strict=True)
]


def test_the_matrix_names_every_right():
    assert {right for right, _, _ in CELLS} == set(Right)


@pytest.mark.parametrize(("right", "role", "allowed"), CELLS)
def test_each_cell_of_the_matrix(right, role, allowed):
    assert may(role, role is None, Right(right)) is allowed


def test_administrator_adds_to_a_role_and_takes_nothing_away():
    for role in Role:
        for right in Right:
            assert may(role, True, right) is (may(role, False, right) or right in ADMINISTRATOR)


def test_an_administrator_without_a_role_reads_no_records():
    for right in (Right.CONSULT, Right.REVEAL, Right.AUDIT_ALL, Right.LOG, Right.TELL):
        assert not may(None, True, right)


def test_who_reads_how_much_of_the_audit():
    assert audit_reach(Role.OFFICER) is AuditReach.OWN
    assert audit_reach(Role.SUPERVISOR) is AuditReach.TEAM
    assert audit_reach(Role.MONITORING_OFFICER) is AuditReach.ALL
    assert audit_reach(Role.AUDITOR) is AuditReach.ALL
    assert [role for role in Role if sees_masked_only(role)] == [Role.AUDITOR]


def test_every_act_has_its_word_and_its_right():
    for action in Action:
        assert isinstance(action.word, Word)
        assert isinstance(action.right, Right)
        assert action.value == str(action)
        assert Action(action.value) is action


def test_every_word_of_the_act_is_used():
    assert {action.word for action in Action} == set(Word)


def test_what_gives_something_away_is_a_disclosure():
    for name in ("told", "written", "shared", "emergency", "override", "incident", "internal"):
        assert Action(f"ledger.{name}").word is Word.DISCLOSURE
    for name in ("refused", "neither", "routed", "message-taken", "held"):
        assert Action(f"ledger.{name}").word is Word.OPERATION


def test_looking_is_a_consultation_and_linking_a_combination():
    for name in ("enquiry.consult", "enquiry.search", "enquiry.reveal", "letter.consult"):
        assert Action(name).word is Word.CONSULTATION
    for name in ("enquiry.attach", "person.link", "contact.move"):
        assert Action(name).word is Word.COMBINATION
