from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from enquiry_tui.domain.audit import Action
from enquiry_tui.vault.chain import Entry, Place, signed_event
from enquiry_tui.vault.verdicts import Verdict
from enquiry_tui.vault.witnesses import Standing
from tests.desk.attacks import Site
from tests.desk.matters import new_matter
from tests.desk.offices import DEPUTY, SUPERVISOR


def event_of(connection: Any, action: str, which: int = 0) -> int:
    rows = connection.execute(
        "SELECT seq FROM event WHERE action = ? ORDER BY seq", (action,)
    ).fetchall()
    return int(rows[which][0])


def test_an_untouched_record_is_whole_and_agrees_with_its_anchors(site: Site) -> None:
    found = site.verified()
    assert found.verdicts == (Verdict.WHOLE,)
    assert found.failures == ()
    assert found.anchors is not None
    assert found.anchors.standing is Standing.AGREE
    assert found.anchors.lines == 7


# The insider attacks, each with its verdict


def test_an_edited_event_is_altered_and_named(site: Site) -> None:
    with site.tools() as tools:
        seq = event_of(tools, "enquiry.open")
        tools.execute("UPDATE event SET outcome = 'refused' WHERE seq = ?", (seq,))
    found = site.verified()
    assert found.verdicts == (Verdict.ALTERED,)
    assert found.failures[0] == f"event {seq}: it was changed after it was signed"


def test_an_event_taken_out_is_missing(site: Site) -> None:
    with site.tools() as tools:
        seq = event_of(tools, "enquiry.open")
        tools.execute("DELETE FROM event WHERE seq = ?", (seq,))
    assert Verdict.EVENT_GONE in site.verified().verdicts


def test_an_edit_chained_again_shows_in_checkpoints_anchors_and_signatures(site: Site) -> None:
    with site.tools() as tools:
        seq = event_of(tools, "enquiry.open")
        tools.execute("UPDATE event SET outcome = 'refused' WHERE seq = ?", (seq,))
        site.chain_again(tools, seq)
    found = site.verified()
    assert found.verdicts[0] is Verdict.RECHAINED
    words = "\n".join(found.failures)
    assert "proves that it had another hash" in words
    assert "the anchor that this machine wrote on Tue 24 Nov 2026" in words
    assert "the signature is not by its officer" in words


def test_without_checkpoints_and_anchors_the_others_signatures_still_show_it(site: Site) -> None:
    shutil.rmtree(site.anchors)
    with site.tools() as tools:
        seq = event_of(tools, "enquiry.open")
        tools.execute("UPDATE event SET outcome = 'refused' WHERE seq = ?", (seq,))
        site.chain_again(tools, seq)
        tools.execute("DELETE FROM checkpoint")
    found = site.verified(anchors=False)
    assert found.verdicts[0] is Verdict.RECHAINED
    assert Verdict.CHECKPOINT_GONE in found.verdicts


def test_own_events_chained_again_without_checkpoints_show_in_the_anchors_alone(
    site: Site,
) -> None:
    with site.tools() as tools:
        seq = event_of(tools, "enquiry.open", -1)
        tools.execute("UPDATE event SET purpose = 'other' WHERE seq = ?", (seq,))
        site.chain_again(tools, seq)
        tools.execute("DELETE FROM checkpoint WHERE seq >= ?", (seq,))
    desk = site.sign_in()
    held = desk.unlocked.proof.held
    assert held is not None
    assert held.verdict is Verdict.RECHAINED
    assert "another hash" in held.words


def test_removed_checkpoints_are_missed(site: Site) -> None:
    with site.tools() as tools:
        tools.execute("DELETE FROM checkpoint")
    assert site.verified().verdicts == (Verdict.CHECKPOINT_GONE,)


def test_a_cut_tail_shows_in_the_rows_that_are_younger_and_in_the_anchors(site: Site) -> None:
    with site.tools() as tools:
        seq = event_of(tools, "session.sign-in", -1)
        head = event_of(tools, "session.sign-out", -1)
        site.cut(tools, seq - 1)
    desk = site.sign_in()
    found = desk.unlocked.verify()
    assert found.verdicts[0] is Verdict.TAIL_CUT
    assert Verdict.ROW_ADDED in found.verdicts
    assert f"events {seq} to {head} were taken away" in "\n".join(found.failures)
    assert desk.unlocked.proof.held is not None


def test_a_cut_tail_without_anchors_shows_in_the_checkpoints_left_behind(site: Site) -> None:
    with site.tools() as tools:
        tools.execute("PRAGMA foreign_keys=OFF")
        seq = event_of(tools, "session.sign-in", -1)
        site.cut(tools, seq - 1, traces=True)
    desk = site.sign_in(anchors=False)
    held = desk.unlocked.proof.held
    assert held is not None
    assert held.verdict is Verdict.TAIL_CUT
    assert desk.unlocked.verify().verdicts[0] is Verdict.TAIL_CUT


def test_an_older_vault_put_back_whole_is_told_from_a_cut(site: Site, tmp_path: Path) -> None:
    older = site.kept(tmp_path / "older")
    new_matter(site.sign_in(), "One more")
    site.sign_out()
    site.put_back(older)
    desk = site.sign_in()
    found = desk.unlocked.verify()
    assert found.verdicts == (Verdict.ROLLED_BACK,)
    assert "are not in this copy of the vault, which is older" in found.failures[0]


def test_an_older_vault_put_back_and_worked_on_elsewhere_is_told(
    site: Site, tmp_path: Path
) -> None:
    older = site.kept(tmp_path / "older")
    new_matter(site.sign_in(), "One more")
    site.sign_out()
    site.put_back(older)
    for _ in range(3):
        new_matter(site.sign_in(anchors=False), "Instead")
        site.sign_out()
    desk = site.sign_in()
    held = desk.unlocked.proof.held
    assert held is not None
    assert held.verdict is Verdict.ROLLED_BACK
    assert "with another hash" in held.words


def test_an_act_pinned_on_a_colleague_is_not_signed_by_him(site: Site) -> None:
    colleague = site.office.uids[SUPERVISOR]

    class Pinned:
        uid = colleague

        def sign(self, message: bytes) -> bytes:
            return bytes(site.own.sign(message))

    with site.tools() as tools:
        vault, last, leaf = tools.execute(
            "SELECT vault, seq, leaf FROM event ORDER BY seq DESC LIMIT 1"
        ).fetchone()
        place = Place(vault, last + 1, "2026-11-24T15:00:00.000000Z", 1, "session", leaf)
        keys: Any = Pinned()
        signed = signed_event(Entry("enquiry.reveal", outcome="done"), place, keys)
        tools.execute(signed.insert, signed.row)
    found = site.verified()
    assert found.verdicts == (Verdict.NOT_SIGNED,)
    assert found.failures == (f"event {last + 1}: the signature is not by its officer",)


def _altered(tools: Any) -> None:
    tools.execute("UPDATE enquiry SET subject = 'Nothing' WHERE id = 1")


def _older_put_back(tools: Any) -> None:
    tools.execute("UPDATE enquiry SET owner = 'nobody' WHERE id = 1")


def _removed(tools: Any) -> None:
    tools.execute("PRAGMA foreign_keys=OFF")
    tools.execute("DELETE FROM enquiry WHERE id = 1")


def _added(tools: Any) -> None:
    tools.execute(
        "INSERT INTO link (uid, origin_vault, enquiry_id, other_id, kind, made_at, made_by)"
        " VALUES ('x', 'v', 1, 2, 'same-matter', '2026-11-24T15:00:00.000000Z', 'x')"
    )


@pytest.mark.parametrize(
    ("attack", "verdict"),
    [
        (_altered, Verdict.ROW_ALTERED),
        (_older_put_back, Verdict.ROW_ALTERED),
        (_removed, Verdict.ROW_GONE),
        (_added, Verdict.ROW_ADDED),
    ],
)
def test_a_row_changed_with_other_tools_shows(
    site: Site, attack: Callable[[Any], None], verdict: Verdict
) -> None:
    with site.tools() as tools:
        seq = event_of(tools, "enquiry.open")
        attack(tools)
    found = site.verified()
    assert found.verdicts == (verdict,)
    if verdict is not Verdict.ROW_ADDED:
        assert found.failures[0].startswith(f"event {seq}: a row of enquiry (")


def test_a_row_put_back_as_it_was_before_its_last_event_shows(site: Site) -> None:
    from enquiry_tui.desk import enquiries

    desk = site.sign_in(SUPERVISOR)
    uid = desk.store.query("SELECT uid FROM enquiry ORDER BY id")[0]["uid"]
    before = tuple(desk.store.query("SELECT owner FROM enquiry WHERE uid = ?", (uid,))[0])
    enquiries.give_enquiry(desk, uid, site.office.uids[DEPUTY])
    seq = desk.store.head()[0]
    site.sign_out()
    with site.tools() as tools:
        tools.execute("UPDATE enquiry SET owner = ? WHERE uid = ?", (*before, uid))
    found = site.verified()
    assert found.verdicts == (Verdict.ROW_ALTERED,)
    assert any(line.startswith(f"event {seq}: a row of enquiry") for line in found.failures)


def test_a_row_and_its_kept_state_changed_together_break_the_event(site: Site) -> None:
    with site.tools() as tools:
        seq = event_of(tools, "enquiry.open")
        tools.execute("UPDATE event_row SET state = zeroblob(32) WHERE seq = ?", (seq,))
    found = site.verified()
    assert f"event {seq}: the row states kept with it are not what was signed" in found.failures


def test_a_row_removed_by_the_product_is_no_finding(site: Site) -> None:
    desk = site.sign_in()
    with desk.act(Action.ENQUIRY_AMEND) as act:
        act.event("", "")
        act.tx.execute("DELETE FROM officer WHERE handle = 'PB-0400'")
    site.sign_out()
    assert site.verified().verified
