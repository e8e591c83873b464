"""The n-th write, sync or rename of every vault operation fails, for every n.

What comes is a typed error, or the operation stands all the same; and what is left is the state
before or the state after, never anything between.
"""

from __future__ import annotations

import json
import random
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from enquiry_tui.desk import session
from enquiry_tui.errors import EnquiryError
from enquiry_tui.vault import vault
from tests.faults.breakages import SWALLOWS, broken
from tests.faults.inspecting import inspect, inspect_founding
from tests.faults.offices import CLOCK, SUPERVISOR, Founded, create, outside
from tests.faults.operations import Work
from tests.faults.shims import failing
from tests.faults.story import Story

MOST = 200
ACTS = ("passphrase", "add", "rotate", "remove", "backup", "restore")


def attempt(work: Work, name: str, number: int) -> tuple[int, str, str]:
    """Do an act with its n-th call failing; gives how many there were, what came, which it was."""
    planned = {"op": name, **getattr(work, f"plan_{name}")()}
    work.say("try", planned)
    came = ""
    done: dict[str, Any] = {}
    with failing(number) as counter:
        try:
            done = getattr(work, name)(planned) or {}
        except EnquiryError as error:
            came = type(error).__name__
    if not came:
        work.say("ack", planned | done)
    return counter.calls, came, counter.last


@dataclass(frozen=True)
class Ready:
    """A vault in which an act can be tried at once, and what its work knew by then."""

    office: Founded
    lines: list[str]
    added: list[tuple[str, str]]
    bundles: list[tuple[Path, str]]  # relative to the root


def made_ready(founded: Founded, root: Path, name: str) -> Ready:
    """Do once what an act needs before it: an account to remove, a backup to restore."""
    office, lines = founded.copy(root), []
    before = {"remove": "add", "restore": "backup"}.get(name)
    with outside(office.state):
        work = Work(office, random.Random(1), lambda word, told: lines.append(_line(word, told)))
        work.handle = SUPERVISOR
        if before:
            work.begin()
            work.do(before)
            work.end()
    bundles = [(file.relative_to(root), words) for file, words in work.bundles]
    return Ready(office, lines, work.added, bundles)


def _line(word: str, told: dict[str, Any]) -> str:
    return f"{word} {json.dumps(told)}"


def one(ready: Ready, root: Path, name: str, number: int) -> tuple[int, str, list[str]]:
    """Try one act in a fresh copy with its n-th call failing, and look at what is left."""
    copy = ready.office.copy(root)
    story = Story.of(copy, ready.lines)
    try:
        with outside(copy.state):
            work = Work(copy, random.Random(name), lambda word, told: story.hear(_line(word, told)))
            work.handle = SUPERVISOR
            work.added = list(ready.added)
            work.bundles = [(root / file, words) for file, words in ready.bundles]
            work.begin()
            calls, came, call = attempt(work, name, number)
            if work.desk.store.is_open:
                try:
                    work.end()
                except EnquiryError as error:
                    return calls, came, [f"the session cannot be ended: {error.title}"]
        wrong = inspect(copy, story, whole=False)
        if call != "unlink":  # what could not be removed is removed by the next one
            wrong += [f"left behind: {path.relative_to(root)}" for path in root.rglob("*.tmp")]
        return calls, f"{came} {call}".strip(), wrong
    finally:
        shutil.rmtree(root, ignore_errors=True)


@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", ACTS)
def test_an_act_whose_nth_call_fails_leaves_before_or_after(
    name: str, founded, quick: Path, record_property
) -> None:
    begun, wrong, kinds = time.monotonic(), [], set()
    ready = made_ready(founded, quick / "ready", name)
    total = one(ready, quick / "count", name, 0)[0]
    assert total <= MOST
    for number in range(1, total + 1):
        _, came, found = one(ready, quick / f"{number}", name, number)
        kinds.add(came.split()[0] if came.count(" ") else "done")
        wrong += [f"{name}, call {number} of {total}: {came}: {text}" for text in found]
    record_property(
        "told",
        f"n-th failure of {name}: {total} calls, {sorted(kinds)}, {time.monotonic() - begun:.0f} s",
    )
    assert not wrong, wrong[:10]


@pytest.mark.timeout(900)
def test_a_sign_in_whose_nth_call_fails_is_refused_or_stands(
    founded, quick: Path, record_property
) -> None:
    total, number, wrong = 1, 0, []
    while number <= total:
        copy = founded.copy(quick / f"{number}")
        (copy.vault / "vault.hdr.bak").write_bytes(b"damaged")  # so that there is much to write
        with outside(copy.state):
            with failing(number) as counter:
                try:
                    desk = session.sign_in(
                        copy.vault, SUPERVISOR, copy.passphrases[SUPERVISOR], CLOCK
                    )
                except EnquiryError:
                    desk = None
            total = max(total, counter.calls) if not number else total
            if desk is not None:
                session.sign_out(desk)
        wrong += [f"call {number}: {text}" for text in inspect(copy, Story.of(copy), whole=False)]
        shutil.rmtree(copy.root)
        number += 1
    record_property("told", f"n-th failure of a sign-in: {total} calls")
    assert total > 3
    assert not wrong, wrong[:10]


@pytest.mark.timeout(900)
def test_a_founding_whose_nth_call_fails_leaves_a_vault_or_none(
    quick: Path, record_property
) -> None:
    total, number, wrong = 1, 0, []
    while number <= total:
        empty = Founded(quick / f"{number}")
        empty.vault.mkdir(mode=0o700, parents=True)
        story = Story({})
        with outside(empty.state), failing(number) as counter:
            try:
                create(empty.vault)
                story.acknowledged = 1
            except EnquiryError:
                assert number, "without a failure it is founded"
            except OSError:
                wrong.append(f"call {number} ({counter.last}): an untyped error")
        total = counter.calls if not number else total
        if vault.exists(empty.vault) or number in {1, total}:  # founding again takes its time
            wrong += [f"call {number}: {text}" for text in inspect_founding(empty, story)]
        shutil.rmtree(empty.root)
        number += 1
    record_property("told", f"n-th failure of a founding: {total} calls")
    assert not wrong, wrong[:10]


@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", SWALLOWS)
def test_a_swallowed_failure_is_found(name: str, founded, quick: Path, record_property) -> None:
    wrong: list[str] = []
    ready = made_ready(founded, quick / "ready", "passphrase")
    with broken(name, SWALLOWS):
        for number in range(1, 6):
            wrong += one(ready, quick / f"{number}", "passphrase", number)[2]
    record_property("told", f"{name}: {wrong[:2]}")
    assert wrong
