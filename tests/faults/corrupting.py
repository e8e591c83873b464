"""One damaged file in an office, and what became of it: refused, reported, repaired, intact."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from enquiry_tui.desk import session, vault_care
from enquiry_tui.desk.backups import run
from enquiry_tui.desk.restoring import drill_alone
from enquiry_tui.errors import EnquiryError
from enquiry_tui.machine.findings import State
from enquiry_tui.vault.drill import Opener
from tests.faults.content import Content, content, lost
from tests.faults.damage import KINDS, damaged
from tests.faults.offices import CLOCK, SUPERVISOR, WORDS, Founded, outside, sign_in
from tests.faults.operations import Work

FILES = ("vault.db", "vault.hdr", "vault.hdr.bak", "bundle", "anchors")
_WEIGHTS = (5, 1, 1, 2, 1)
SILENT = "SILENT"


@dataclass
class Corruptions:
    """What the damaged offices came to."""

    done: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    silent: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Scene:
    """An office with a past: the same files as they were some acts ago, and a backup."""

    older: Founded
    now: Founded
    bundle: Path
    holds: Content


def scene(founded: Founded, where: Path, rng: random.Random) -> Scene:
    """Work, keep a copy, and work on, without a change of passphrases or keys."""
    now = founded.copy(where / "now")
    weights = {"log": 4, "letter": 2, "draft": 1, "turn": 1}
    with outside(now.state):
        _work(now, rng, weights)
        older = now.copy(where / "older")
        _work(now, rng, weights)
        desk = sign_in(now.vault, SUPERVISOR, WORDS[SUPERVISOR])
        session.sign_out(desk)
        bundle = _backup(now, where)
    return Scene(older, now, bundle, content(now.vault))


def _work(founded: Founded, rng: random.Random, weights: dict[str, int]) -> None:
    Work(founded, rng, lambda *_: None).run(12, weights)


def _backup(founded: Founded, where: Path) -> Path:
    from enquiry_tui.desk import backups

    place = where / "backups"
    place.mkdir(mode=0o700)
    desk = sign_in(founded.vault, SUPERVISOR, WORDS[SUPERVISOR])
    try:
        return backups.run(backups.make(desk, place)).file
    finally:
        session.sign_out(desk)


def corruptions(
    scenery: Scene, where: Path, rng: random.Random, number: int, only: str = ""
) -> Iterator[Corruptions]:
    """Damage one file after another; give the tally after each."""
    found = Corruptions()
    while found.done < number:
        name = only or rng.choices(FILES, _WEIGHTS)[0]
        kind = rng.choice(list(KINDS))
        root = where / "damaged"
        told = _one(scenery, root, name, kind, rng)
        shutil.rmtree(root, ignore_errors=True)
        if told is None:
            continue
        outcome, words = told
        found.done += 1
        found.outcomes[f"{name} {outcome}"] += 1
        if outcome == SILENT:
            found.silent.append(f"{kind} of {name}: {words}")
        yield found


def _one(
    scenery: Scene, root: Path, name: str, kind: str, rng: random.Random
) -> tuple[str, str] | None:
    office = scenery.now.copy(root)
    if name == "bundle":
        data = damaged(kind, scenery.bundle.read_bytes(), scenery.now.vault.name.encode(), rng)
        if data is None:
            return None
        path = root / scenery.bundle.name
        path.write_bytes(data)
        return _of_bundle(path)
    path = next((root / "state").rglob("*.anchors")) if name == "anchors" else office.vault / name
    older = scenery.older.root / path.relative_to(root)
    data = damaged(kind, path.read_bytes(), older.read_bytes(), rng)
    if data is None:
        return None
    path.write_bytes(data)
    with outside(office.state):
        # A draft leaves no event, so that nothing can tell an older one: it is not of the record.
        holds = {table: rows for table, rows in scenery.holds.items() if table != "draft"}
        return _of_vault(office, holds if kind == "older_page" else scenery.holds, name)


def _of_bundle(path: Path) -> tuple[str, str]:
    try:
        run(drill_alone(path, Opener(WORDS[SUPERVISOR], SUPERVISOR), CLOCK))
    except EnquiryError as error:
        return "refused", error.title
    return SILENT, "the drill took it"


def _of_vault(office: Founded, holds: Content, name: str) -> tuple[str, str]:
    """Open the office and look it over as an administrator would."""
    before = {each: (office.vault / each).read_bytes() for each in ("vault.hdr", "vault.hdr.bak")}
    try:
        desk = sign_in(office.vault, SUPERVISOR, WORDS[SUPERVISOR])
    except EnquiryError as error:
        return "refused", error.title
    try:
        reported = [*desk.unlocked.proof.warnings]
        if desk.unlocked.proof.held is not None:
            reported.append(desk.unlocked.proof.held.words)
        reported += [
            looked.what for looked in vault_care.check_vault(desk) if looked.state is State.BAD
        ]
    except EnquiryError as error:
        return "refused", error.title
    finally:
        try:
            session.sign_out(desk)
        except (EnquiryError, sqlcipher.DatabaseError):
            reported = ["the session could not be ended"]
    if reported:
        return "reported", reported[0]
    try:
        wrong = lost(holds, content(office.vault))
    except (EnquiryError, sqlcipher.DatabaseError) as error:
        return SILENT, f"looked good, but: {error}"
    if wrong:
        return SILENT, f"not as it was: {', '.join(wrong)}"
    after = {each: (office.vault / each).read_bytes() for each in before}
    if len(set(before.values())) > 1 and len(set(after.values())) == 1:
        return "repaired", "from the copy"
    return "intact" if name != "anchors" else SILENT, "nothing is lost"
