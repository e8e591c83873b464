"""gate.md §8, cell by cell: what each role may, tried on the verbs' own gate."""

from __future__ import annotations

import pytest

from enquiry_tui.desk.desk import Desk
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.rights import Right
from enquiry_tui.errors import NotPermitted
from tests.desk.offices import AUDITOR, DEPUTY, MONITOR, OFFICER, SUPERVISOR, TestOffice

WORK = {
    Right.LOG,
    Right.CHECK,
    Right.TELL,
    Right.REFER,
    Right.COMPLAIN,
    Right.MESSAGE,
    Right.PROMISE,
    Right.CLOSE_OWN,
    Right.REVEAL,
}
LEAD = {Right.COUNTERSIGN, Right.REALLOCATE, Right.HOLD, Right.MARKER_OFF, Right.TEAM_AUDIT}
VAULT = {Right.ACCOUNTS, Right.PACKS, Right.BACKUPS, Right.RESTORE, Right.AUDIT_VAULT}
EVERYBODY = {Right.SIGN_IN, Right.CONSULT, Right.AUDIT_OWN}
# Typed from gate.md's table, not taken from the program.
TABLE: dict[str, set[Right]] = {
    OFFICER: EVERYBODY | WORK,
    DEPUTY: EVERYBODY | WORK | LEAD | {Right.SAMPLE},
    MONITOR: EVERYBODY | WORK | LEAD | {Right.SAMPLE, Right.STOP, Right.AUDIT_ALL},
    AUDITOR: EVERYBODY | {Right.SAMPLE, Right.AUDIT_ALL},
    SUPERVISOR: EVERYBODY | WORK | LEAD | VAULT | {Right.SAMPLE},
}


class GotThroughError(Exception):
    """The right was there; nothing is to be written."""


def permitted(desk: Desk, action: Action) -> bool:
    try:
        with desk.act(action):
            raise GotThroughError
    except NotPermitted:
        return False
    except GotThroughError:
        return True


@pytest.mark.parametrize("handle", TABLE)
def test_each_role_may_what_the_matrix_says_and_nothing_else(
    handle: str, office: TestOffice
) -> None:
    desk = office.sign_in(handle)
    for action in Action:
        assert permitted(desk, action) is (action.right in TABLE[handle]), str(action)


def test_a_refused_act_writes_nothing(office: TestOffice) -> None:
    desk = office.sign_in(AUDITOR)
    before = desk.store.head()
    for action in Action:
        permitted(desk, action)
    assert desk.store.head() == before
