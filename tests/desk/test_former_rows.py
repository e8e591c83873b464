# ruff: noqa: PT012  # what is undone at the end of a block is the point of the test
from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from enquiry_tui.desk import clocks, holds, messages
from enquiry_tui.desk.complaint_iopc import HELD_WHY
from enquiry_tui.domain.holds import HoldKind
from enquiry_tui.records import states
from enquiry_tui.records.base import state_of_values
from enquiry_tui.records.columns import FORMER_COLUMNS, hashed
from enquiry_tui.vault.errors import MissingEvent
from enquiry_tui.vault.migrations import migrate, shipped
from tests.desk.matters import new_matter
from tests.desk.offices import SUPERVISOR, TestOffice
from tests.vault.vaults import START

LATER = {  # what somebody might write past the program, into columns that no hash holds yet
    "hold": "UPDATE hold SET cause = 'iopc-referral'",
    "message": "UPDATE message SET withdrawn_at = 'x', withdrawn_by = taken_by,"
    " withdrawn_why = 'x'",
    "clock_stop": "UPDATE clock_stop SET taken_back_at = 'x', taken_back_by = stopped_by,"
    " taken_back_why = 'x'",
}


@pytest.mark.parametrize("table", sorted(FORMER_COLUMNS))
def test_a_row_hashed_before_it_had_more_columns_is_not_taken_for_altered(
    office: TestOffice, table: str
) -> None:
    desk = office.sign_in(SUPERVISOR)
    matter = new_matter(desk)
    holds.place_hold(desk, matter, HoldKind.IOPC, "asked for")
    messages.take_message(desk, messages.TakeMessage(matter, "Press Office", "Please ring"))
    clock = clocks.begin_clock(desk, matter, "foi", desk.today())
    clocks.stop_clock(desk, clock.uid, "clarification", desk.today(), "asked what is meant")
    for former, _left in FORMER_COLUMNS[table]:
        row = desk.store.one(f"SELECT {former.replace(' ', ', ')} FROM {table}")
        assert row is not None
        before = state_of_values(table, former, tuple(row))
        sql = f"SELECT t.uid, 1, ?, {hashed(table)[1]} FROM {table} AS t"
        for state, judged in ((before, True), (bytes(32), False)):
            (whole,) = desk.store.query(sql, (state,))
            assert (states._judged(desk.store, table, whole) is None) is judged
        with pytest.raises(MissingEvent), desk.store.transaction() as tx:  # and all is undone
            desk.store._engine.own(LATER[table])
            (whole,) = tx.query(sql, (before,))
            assert states._judged(tx, table, whole) is not None


@pytest.fixture
def connection() -> Iterator[Any]:
    opened = sqlcipher.connect(":memory:", isolation_level=None)
    opened.row_factory = sqlcipher.Row
    yield opened
    opened.close()


def filled(connection: Any, table: str, **given: object) -> None:
    """A row with something in every column that must have it."""
    for column in connection.execute(f"PRAGMA table_info({table})").fetchall():
        if column["notnull"] and column["dflt_value"] is None:
            given.setdefault(column["name"], "x" if column["type"] == "TEXT" else 1)
    marks = ", ".join("?" * len(given))
    sql = f"INSERT INTO {table} ({', '.join(given)}) VALUES ({marks})"
    connection.execute(sql, tuple(given.values()))


def test_a_hold_that_a_referral_placed_is_known_by_its_words_only_once_when_the_schema_comes(
    connection,
):
    migrate(connection, shipped()[:15], START)
    connection.execute("PRAGMA foreign_keys=OFF")
    filled(connection, "officer", uid="o", role="officer")
    filled(connection, "enquiry", id=1, uid="e", owner="o", state="open")
    lifted = {"lifted_at": "x", "lifted_by": "o", "lifted_why": "done"}
    for uid, reason, more in (
        ("a", HELD_WHY, {}),
        ("b", "asked for by letter", {}),
        ("c", HELD_WHY, lifted),
    ):
        known = {"enquiry_id": 1, "kind": "iopc", "reason": reason, "set_by": "o", **more}
        filled(connection, "hold", uid=uid, **known)
    migrate(connection, shipped(), START)
    found = connection.execute("SELECT uid, cause FROM hold ORDER BY uid").fetchall()
    causes = {row["uid"]: row["cause"] for row in found}
    assert causes == {"a": "iopc-referral", "b": "officer", "c": "officer"}
