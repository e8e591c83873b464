"""A clock that stands behind the record: how far, said at every sign-in until it is put right.

The events of a session under such a clock bear its time, so that the newest of them no longer tells
what the record had reached: the `clock.back` event of that sign-in carries it on.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.when import show_moment
from enquiry_tui.vault.certificates import Certificate
from enquiry_tui.vault.chain import Entry
from enquiry_tui.vault.encoding import detail_of, moment_of, utc_text
from enquiry_tui.vault.store import Store

SLACK = timedelta(minutes=2)  # a machine's clock is put right by that much unnoticed
ACCEPTED = "accepted"
_WITH_A_SIGN_IN = 4  # events before it in its transaction, at most
_FURTHEST_BACK = 5_000  # events looked through for a clock that was put back at work
_LAST_EVENT = "SELECT utc FROM event WHERE vault = ? ORDER BY seq DESC LIMIT 1"
_LAST_SIGN_IN = (
    "SELECT seq FROM checkpoint WHERE vault = ? AND why = 'sign-in' ORDER BY seq DESC LIMIT 1"
)
_SINCE = "SELECT max(utc) AS utc FROM checkpoint WHERE vault = ? AND seq >= ? AND utc < '9998'"
_NOTICED = """
    SELECT e.seq, e.actor, e.outcome, d.body FROM event e
      LEFT JOIN event_detail d ON d.vault = e.vault AND d.seq = e.seq
     WHERE e.vault = ? AND e.seq BETWEEN ? AND ? AND e.action = 'clock.back' ORDER BY e.seq
"""


def furthest(store: Store, certificates: Mapping[str, Certificate]) -> datetime | None:
    """Give the time that the record has reached, aware, in UTC; None in one without events.

    It is the newest event's, or a later one of the last session or carried on by it. Where an
    administrator has said since that the clock is right, nothing is carried on.
    """
    last = store.one(_LAST_EVENT, (store.vault_id,))
    if last is None:
        return None
    signed_in = store.one(_LAST_SIGN_IN, (store.vault_id,))
    begun = int(signed_in["seq"]) if signed_in is not None else 1
    head = store.head()[0]
    told: list[str] = []
    spans = (begun - _WITH_A_SIGN_IN, begun), (max(begun + 1, head - _FURTHEST_BACK), head)
    for row in (row for span in spans for row in store.query(_NOTICED, (store.vault_id, *span))):
        certificate = certificates.get(row["actor"])
        if row["outcome"] == ACCEPTED and certificate is not None and certificate.administrator:
            told, begun = [], max(begun, int(row["seq"]))
            continue
        detail = detail_of(row["body"])
        told += [str(detail[name]) for name in ("last_event", "expected") if name in detail]
    since = store.one(_SINCE, (store.vault_id, begun))
    told += [str(since["utc"])] if since is not None and since["utc"] else []
    found = [moment_of(text) for text in (last["utc"], *told)]  # what was altered counts nothing
    return max((moment for moment in found if moment is not None), default=None)


def behind_words(behind: timedelta) -> str:
    """Say how far the clock is behind the record."""
    minutes = int(behind.total_seconds() // 60)
    if minutes >= 2 * 24 * 60:
        length = f"{minutes // (24 * 60):,} days"
    elif minutes >= 2 * 60:
        length = f"{minutes // 60} hours"
    else:
        length = f"{minutes} minutes"
    return f"The clock of this machine is {length} behind the record. Put it right."


def notice_words(behind: timedelta, reached: datetime) -> str:
    """Say it at a sign-in: how far, what the record has reached, and what else may be the case."""
    return (
        f"{behind_words(behind)} The record has reached {show_moment(reached)}. If the clock is"
        " right and was ahead then, an administrator accepts it: audit screen, or enquiry-tui"
        " audit accept."
    )


def noticed_at_sign_in(now: datetime, reached: datetime) -> Entry:
    """Make the event that a sign-in leaves under a clock that is behind."""
    detail = {"clock": utc_text(now), "last_event": utc_text(reached), "noticed": "sign-in"}
    return Entry(Action.CLOCK_BACK, outcome="noticed", detail=detail)
