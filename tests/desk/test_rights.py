"""gate.md §8, cell by cell: what each role may, tried on the verbs' own gate."""

from __future__ import annotations

import pytest

from enquiry_tui.desk.desk import Desk
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.rights import Right
from enquiry_tui.errors import NotPermitted
from enquiry_tui.vault.held import RecordHeld
from tests.desk.offices import (
    AUDITOR,
    DEPUTY,
    MONITOR,
    OFFICER,
    SUPERVISOR,
    TestOffice,
    count_events,
    last_event,
)

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
    one_for_each = {action.right: action for action in Action}
    for right, action in one_for_each.items():
        assert permitted(desk, action) is (right in TABLE[handle]), str(action)


def test_a_refused_act_leaves_one_event_that_names_it_and_nothing_else(office: TestOffice) -> None:
    desk = office.sign_in(AUDITOR)
    before = count_events(desk)
    for _ in range(3):
        assert not permitted(desk, Action.BACKUP_MADE)
    event = last_event(desk)
    assert count_events(desk) == before + 1
    assert (event["action"], event["purpose"], event["outcome"]) == (
        "access.refused",
        "backup.made",
        "refused",
    )
    assert not event["detail"]
    assert not event["object"]


def test_the_same_refusal_is_recorded_again_after_a_minute_and_another_at_once(
    office: TestOffice,
) -> None:
    desk = office.sign_in(AUDITOR)
    before = count_events(desk)
    permitted(desk, Action.BACKUP_MADE)
    with pytest.raises(NotPermitted):
        desk.demand(Right.ACCOUNTS)
    assert count_events(desk) == before + 2
    assert last_event(desk)["purpose"] == "accounts"
    office.clock.advance(seconds=60)
    permitted(desk, Action.BACKUP_MADE)
    assert count_events(desk) == before + 3


def test_a_right_that_is_refused_within_an_act_is_recorded_once_the_act_is_over(
    office: TestOffice,
) -> None:
    desk = office.sign_in(OFFICER)
    before = count_events(desk)
    with desk.act(Action.CLOCK_ENDED) as act:
        act.event("clock", "")
        with pytest.raises(NotPermitted):
            desk.demand(Right.COUNTERSIGN)
        assert last_event(desk)["purpose"] != "countersign"
    assert count_events(desk) == before + 2
    assert last_event(desk)["purpose"] == "countersign"


def test_a_vault_that_takes_no_events_refuses_all_the_same(office: TestOffice) -> None:
    desk = office.sign_in(AUDITOR)
    before = count_events(desk)
    desk.store.refusal = RecordHeld
    assert not permitted(desk, Action.BACKUP_MADE)
    assert count_events(desk) == before
