"""The insider's attacks, each at a random place: what is done, and the verdicts it must earn."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from enquiry_tui.records.columns import STATE_COLUMNS
from enquiry_tui.vault.chain import Entry, Place, signed_event
from enquiry_tui.vault.verdicts import Verdict
from tests.desk.attacks import Site
from tests.desk.matters import new_matter
from tests.desk.offices import OFFICER, SUPERVISOR, TestOffice, found

V = Verdict
Verdicts = frozenset[Verdict]


@dataclass(frozen=True)
class Scenery:
    """A worked site, and the whole folder as it was some sessions ago."""

    site: Site
    older: Path

    def copy(self, root: Path) -> Site:
        worked = self.site
        office = worked.office.copy(root / "vault")
        office.clock = type(office.clock)(worked.office.clock.now())
        shutil.copytree(worked.anchors, root / "anchors")
        return Site(office, root / "anchors", worked.key, worked.own)


def scenery(root: Path, rng: random.Random) -> Scenery:
    """Have three people work in turns, and keep a copy from the middle."""
    office: TestOffice = found(root / "vault")
    site, older = Site(office, root / "anchors"), root / "older"
    for session in range(8):
        handle = (OFFICER, SUPERVISOR)[session % 2]
        desk = site.sign_in(handle)
        for number in range(rng.randint(1, 3)):
            new_matter(desk, f"Matter {session}.{number}")
        site.sign_out()
        if session == 4:
            shutil.copytree(office.folder, older)
    return Scenery(site, older)


Attack = Callable[[Site, Any, random.Random], Verdicts]


def _some(tools: Any, rng: random.Random, where: str = "1") -> int:
    rows = tools.execute(f"SELECT seq FROM event WHERE seq > 3 AND {where} ORDER BY seq")
    return int(rng.choice(rows.fetchall())[0])


def edited_event(_site: Site, tools: Any, rng: random.Random) -> Verdicts:
    column = rng.choice(["outcome", "purpose", "recipient", "object", "session", "actor", "utc"])
    seq = _some(tools, rng)
    tools.execute(f"UPDATE event SET {column} = {column} || 'x' WHERE seq = ?", (seq,))
    return frozenset({V.ALTERED})


def event_taken_out(_site: Site, tools: Any, rng: random.Random) -> Verdicts:
    last = tools.execute("SELECT max(seq) FROM event").fetchone()[0]
    seq = _some(tools, rng, f"seq < {last}")
    for table in ("event_detail", "event_row", "checkpoint", "event"):
        tools.execute(f"DELETE FROM {table} WHERE seq = ?", (seq,))
    return frozenset({V.EVENT_GONE})


def chained_again(site: Site, tools: Any, rng: random.Random) -> Verdicts:
    seq = _some(tools, rng)
    tools.execute("UPDATE event SET outcome = 'other' WHERE seq = ?", (seq,))
    site.chain_again(tools, seq)
    if rng.random() < 0.5:
        tools.execute("DELETE FROM checkpoint WHERE seq >= ?", (seq,))
    return frozenset({V.RECHAINED})


def tail_cut(site: Site, tools: Any, rng: random.Random) -> Verdicts:
    tools.execute("PRAGMA foreign_keys=OFF")
    last = tools.execute("SELECT max(seq) FROM event").fetchone()[0]
    site.cut(tools, last - rng.randint(1, 15), traces=rng.random() < 0.5)
    return frozenset({V.TAIL_CUT, V.ROLLED_BACK})


def pinned_on_a_colleague(site: Site, tools: Any, rng: random.Random) -> Verdicts:
    class Pinned:
        uid = site.office.uids[SUPERVISOR]

        def sign(self, message: bytes) -> bytes:
            return bytes(site.own.sign(message))

    vault, last, leaf = tools.execute(
        "SELECT vault, seq, leaf FROM event ORDER BY seq DESC LIMIT 1"
    ).fetchone()
    place = Place(vault, last + 1, "2026-11-24T16:00:00.000000Z", 1, "session", leaf)
    keys: Any = Pinned()
    action = rng.choice(["enquiry.reveal", "contact.log", "letter.consult"])
    signed = signed_event(Entry(action, outcome="done"), place, keys)
    tools.execute(signed.insert, signed.row)
    return frozenset({V.NOT_SIGNED})


def detail_edited(_site: Site, tools: Any, rng: random.Random) -> Verdicts:
    rows = tools.execute("SELECT seq FROM event_detail").fetchall()
    seq = rng.choice(rows)[0]
    if rng.random() < 0.5:
        tools.execute("UPDATE event_detail SET body = body || ' ' WHERE seq = ?", (seq,))
    else:
        tools.execute("DELETE FROM event_detail WHERE seq = ?", (seq,))
    return frozenset({V.DETAIL})


def row_edited(_site: Site, tools: Any, rng: random.Random) -> Verdicts:
    """Change a column that is part of the row's state, in any row that an event left behind.

    The rows of officers are left out: they mirror the certificates, and a sign-in puts them right.
    """
    kinds = [row[0] for row in tools.execute("SELECT DISTINCT kind FROM event_row").fetchall()]
    kinds.remove("officer")
    for _ in range(50):
        kind = rng.choice(kinds)
        column = rng.choice([each for each in STATE_COLUMNS[kind].split() if each != "uid"])
        rows = tools.execute(
            f"SELECT t.id FROM {kind} AS t JOIN event_row AS r ON r.kind = ? AND r.uid = t.uid"
            f" WHERE typeof(t.{column}) = 'text'",
            (kind,),
        ).fetchall()
        if not rows:
            continue
        sql = f"UPDATE {kind} SET {column} = {column} || 'x' WHERE id = ?"
        try:
            tools.execute(sql, rng.choice(rows))
        except sqlcipher.IntegrityError:  # a closed list of words: another column
            continue
        return frozenset({V.ROW_ALTERED})
    raise AssertionError("no row to edit")


def row_removed(_site: Site, tools: Any, rng: random.Random) -> Verdicts:
    tools.execute("PRAGMA foreign_keys=OFF")
    rows = tools.execute("SELECT id FROM enquiry").fetchall()
    tools.execute("DELETE FROM enquiry WHERE id = ?", rng.choice(rows))
    return frozenset({V.ROW_GONE})


def row_added(_site: Site, tools: Any, rng: random.Random) -> Verdicts:
    tools.execute(
        "INSERT INTO link (uid, origin_vault, enquiry_id, other_id, kind, made_at, made_by)"
        " VALUES (?, 'v', 1, 2, 'same-matter', '2026-11-24T15:00:00.000000Z', 'x')",
        (f"x{rng.random()}",),
    )
    return frozenset({V.ROW_ADDED})


def row_state_edited(_site: Site, tools: Any, rng: random.Random) -> Verdicts:
    rows = tools.execute("SELECT seq, kind, uid FROM event_row").fetchall()
    tools.execute(
        "UPDATE event_row SET state = randomblob(32) WHERE seq = ? AND kind = ? AND uid = ?",
        rng.choice(rows),
    )
    return frozenset({V.ALTERED})


def checkpoints_removed(_site: Site, tools: Any, rng: random.Random) -> Verdicts:
    rows = tools.execute("SELECT seq FROM checkpoint").fetchall()
    tools.execute("DELETE FROM checkpoint WHERE seq = ?", rng.choice(rows))
    return frozenset({V.CHECKPOINT_GONE})


ATTACKS: dict[str, Attack] = {
    one.__name__: one
    for one in (
        edited_event,
        event_taken_out,
        chained_again,
        tail_cut,
        pinned_on_a_colleague,
        detail_edited,
        row_edited,
        row_removed,
        row_added,
        row_state_edited,
        checkpoints_removed,
    )
}


def attacked(site: Site, names: list[str], rng: random.Random) -> list[tuple[str, Verdicts]]:
    """Carry out attacks one after the other; give what each must earn."""
    with site.tools() as tools:
        return [(name, ATTACKS[name](site, tools, rng)) for name in names]
