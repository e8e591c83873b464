"""What the record costs, in what can be counted."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquiry_tui.desk.desk import Desk
from enquiry_tui.domain.audit import Action
from enquiry_tui.records import enquiries, people, states
from enquiry_tui.records.base import state_of_values
from enquiry_tui.records.columns import STATE_COLUMNS, STATE_VERSION
from enquiry_tui.vault.authorizer import Authorizer
from enquiry_tui.vault.chain import state_over
from enquiry_tui.vault.store import Store
from enquiry_tui.vault.verdicts import Verdict
from enquiry_tui.vault.verification import Verifier
from tests.desk.attacks import Site
from tests.desk.matters import new_matter


def test_a_statement_that_comes_again_in_an_act_is_not_judged_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged = []
    judge = Authorizer.__call__

    def listening(authorizer: Authorizer, *asked: Any) -> int:
        judged.append(asked)
        return judge(authorizer, *asked)

    monkeypatch.setattr(Authorizer, "__call__", listening)
    with desk.act(Action.ENQUIRY_OPEN) as act:
        for rounds in range(3):
            before = len(judged)
            enquiries.by_key(act.tx, 1)
            people.by_key(act.tx, 1)
            for number in range(40):
                act.tx.query(f"SELECT {number} FROM person WHERE id = 1")
            assert (len(judged) > before) == (rounds == 0)
        act.event("enquiry", "")


@given(
    values=st.lists(
        st.none() | st.integers(-(2**63), 2**63 - 1) | st.text() | st.binary() | st.booleans(),
        max_size=8,
    )
)
def test_a_row_state_is_the_hash_over_kind_length_and_value_of_each_column(
    values: list[Any],
) -> None:
    told = hashlib.sha256(f"row-state {STATE_VERSION} part a b".encode())
    for value in values:
        kind = {type(None): b"n", int: b"i", bool: b"i", str: b"t", bytes: b"b"}[type(value)]
        plain = b"" if value is None else str(value).encode()
        body = value if isinstance(value, bytes) else plain
        told.update(kind + len(body).to_bytes(8, "big") + body)
    assert state_of_values("part", "a b", values) == told.digest()


def test_the_state_of_an_event_is_over_its_rows_in_order_and_nothing_where_none() -> None:
    rows = [("part", "u2", b"\2" * 32), ("part", "u1", b"\1" * 32)]
    told = f"rows-v1\0004:part2:u1{'01' * 32}4:part2:u2{'02' * 32}"
    assert state_over(rows) == hashlib.sha256(told.encode()).digest()
    assert state_over([]) == b""


@pytest.mark.parametrize("size", [1, 3, 500])
def test_a_row_that_is_gone_is_found_wherever_the_slices_part(
    site: Site, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(states, "_SLICE", size)
    with site.tools() as tools:
        tools.execute("PRAGMA foreign_keys=OFF")
        tools.execute("DELETE FROM enquiry WHERE id = 2")
    desk = site.sign_in()
    wrong = [each.verdict for some in desk.store.wrong_rows() for each in some]
    assert wrong == [Verdict.ROW_GONE]


def test_a_row_hashed_before_its_key_came_in_is_judged_by_what_was_read() -> None:
    nobody: Any = None
    values = [7, "u", "v", 1, 2, "about", "2026", None, ""]
    state = state_of_values("part", STATE_COLUMNS["part"], values[1:])
    row: Any = ("u", 3, state, *values)
    assert states._judged(nobody, "part", row) is None
    altered: Any = ("u", 3, state, *values[:-1], "x")
    found = states._judged(nobody, "part", altered)
    assert found is not None
    assert found.verdict is Verdict.ROW_ALTERED


def test_rows_are_looked_over_without_sorting_the_record_for_every_slice(desk: Desk) -> None:
    new_matter(desk, "Vans")
    plan = desk.store.query(f"EXPLAIN QUERY PLAN {states._KNOWN}", ("v", "", 0, "", 500))
    steps = [str(row["detail"]) for row in plan]
    assert steps[0].startswith("SEARCH event_row USING COVERING INDEX event_row_last")
    assert "USE TEMP B-TREE FOR ORDER BY" not in steps


def test_what_is_left_of_events_is_looked_for_only_where_numbers_are_missing(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = site.sign_in()
    spans: list[tuple[int, int]] = []
    query = Store.query

    def listening(store: Store, sql: str, values: Any = ()) -> Any:
        if "e.seq IS NULL" in sql:
            spans.append(values[1:])
        return query(store, sql, values)

    monkeypatch.setattr(Store, "query", listening)
    checked(desk)
    assert all(last < 1 or first > desk.store.head()[0] for first, last in spans)
    site.sign_out()
    with site.tools() as tools:
        tools.execute("PRAGMA foreign_keys=OFF")
        tools.execute("DELETE FROM event WHERE seq = 9")
    found = {(each.seq, each.words) for each in checked(site.sign_in())}
    assert {(9, "a detail without its event"), (9, "row states without their event")} & found


def checked(desk: Desk) -> tuple[Any, ...]:
    verifier = Verifier(desk.store, desk.unlocked.signing, desk.unlocked.retired, signatures=False)
    for _ in verifier.steps():
        pass
    return verifier.result().findings
