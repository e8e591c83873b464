"""A disk that is full, a folder that is not ours, a link in the way: refused, nothing harmed."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from enquiry_tui.desk import backups, session
from enquiry_tui.errors import EnquiryError, VaultUnavailable
from tests.faults.breakages import FOLLOWS, broken
from tests.faults.inspecting import inspect
from tests.faults.killing import ROOT
from tests.faults.offices import CLOCK, SUPERVISOR, WORDS, Founded, outside, sign_in
from tests.faults.story import Story

NOBODY = 65534
ROOT_USER = hasattr(os, "getuid") and os.getuid() == 0
SIZES = (1, 16, 64, 160, 320, 640)  # KiB beyond what the database has


def run(founded: Founded, **order: object) -> tuple[list[str], Counter[str]]:
    """Have the child work; gives its lines, and the errors by kind. A crash of it fails."""
    told = json.dumps({"founded": founded.saved(), "count": 25, **order})
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.machinery", told],
        capture_output=True,
        cwd=ROOT,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr.decode()[-3000:]
    lines = done.stdout.decode().splitlines()
    refused = [line.partition(" ")[2] for line in lines if line.startswith("refused")]
    return lines, Counter(json.loads(line)["kind"] for line in refused)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("size", SIZES)
def test_a_disk_that_fills_up_refuses_and_keeps_what_was_acknowledged(
    size: int, office: Founded, rng: random.Random, record_property
) -> None:
    begun = time.monotonic()
    limit = (office.vault / "vault.db").stat().st_size + size * 1024
    lines, kinds = run(office, limit=limit, seed=rng.random())
    story = Story.of(office, lines)
    wrong = inspect(office, story)
    record_property(
        "told",
        f"files of {limit // 1024} KiB at most: {story.acknowledged} done, {dict(kinds)},"
        f" {time.monotonic() - begun:.0f} s",
    )
    assert not wrong, wrong


@contextmanager
def small_disk(size: int) -> Iterator[Path]:
    """Mount a disk in memory of so many KiB; skips, loudly, where that is not allowed."""
    where = Path(f"/tmp/enquiry-small-{os.getpid()}")
    where.mkdir(mode=0o700)
    options = f"size={size}k,mode=0700"
    try:
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(where)]
        done = subprocess.run(command, capture_output=True, check=False)
        if done.returncode:
            skip_loudly(f"no disk can be mounted here: {done.stderr.decode().strip()}")
        try:
            yield where
        finally:
            subprocess.run(["umount", str(where)], check=True)
    finally:
        where.rmdir()


def skip_loudly(why: str) -> None:
    warnings.warn(pytest.PytestWarning(f"NOT TRIED: {why}"), stacklevel=2)
    pytest.skip(why)


@pytest.mark.timeout(300)
@pytest.mark.filterwarnings("default::pytest.PytestWarning")
@pytest.mark.skipif(not ROOT_USER, reason="NOT TRIED: mounting a small disk takes root")
@pytest.mark.parametrize("room", [20, 120, 900])
def test_a_small_disk_that_is_full_refuses_and_keeps_what_was_acknowledged(
    room: int, founded: Founded, rng: random.Random, record_property
) -> None:
    used = sum(path.stat().st_size for path in founded.root.rglob("*")) // 1024 + 60
    with small_disk(used + room) as disk:
        office = founded.copy(disk)
        lines, kinds = run(office, seed=rng.random())
        roomy = founded.copy(disk.parent / f"{disk.name}-roomy")
        try:
            shutil.rmtree(roomy.root)
            shutil.copytree(disk, roomy.root)
            story = Story.of(roomy, lines)
            wrong = inspect(roomy, story)
        finally:
            shutil.rmtree(roomy.root)
    record_property(
        "told", f"a disk with {room} KiB free: {story.acknowledged} done, {dict(kinds)}"
    )
    assert not wrong, wrong


@pytest.mark.filterwarnings("default::pytest.PytestWarning")
@pytest.mark.skipif(not ROOT_USER, reason="NOT TRIED: mounting a disk takes root")
def test_a_disk_that_is_read_only_refuses(founded: Founded, rng: random.Random) -> None:
    with small_disk(8000) as disk:
        office = founded.copy(disk)
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        lines, kinds = run(office, seed=rng.random())
    assert kinds
    assert not [line for line in lines if line.startswith("ack")]


# Folders and files that may not be used


def _folder_read_only(vault: Path) -> None:
    vault.chmod(0o500)


def _database_read_only(vault: Path) -> None:
    (vault / "vault.db").chmod(0o400)


def _header_unreadable(vault: Path) -> None:
    for name in ("vault.hdr", "vault.hdr.bak"):
        (vault / name).chmod(0)


def _lock_of_another(vault: Path) -> None:
    os.chown(vault / "vault.lock", 0, 0)
    (vault / "vault.lock").chmod(0o600)


def _folder_of_another(vault: Path) -> None:
    os.chown(vault, 0, 0)
    vault.chmod(0o755)


DENIALS = (
    _folder_read_only,
    _database_read_only,
    _header_unreadable,
    _lock_of_another,
    _folder_of_another,
)


@pytest.mark.skipif(not ROOT_USER, reason="NOT TRIED: becoming another user takes root")
@pytest.mark.parametrize("deny", DENIALS)
def test_what_may_not_be_used_is_refused_in_words_and_untouched(
    deny: Callable[[Path], None], founded: Founded, rng: random.Random, record_property
) -> None:
    where = Path("/tmp") / f"enquiry-denied-{os.getpid()}"  # another user must get in
    office = founded.copy(where)
    try:
        for path in (where, *where.rglob("*")):
            os.chown(path, NOBODY, NOBODY)
        where.chmod(0o700)
        deny(office.vault)
        before = {path: path.read_bytes() for path in office.vault.iterdir()}
        lines, kinds = run(office, user=NOBODY, seed=rng.random())
        after = {path: path.read_bytes() for path in office.vault.iterdir()}
        story, wrong = Story.of(office, lines), []
        if story.acknowledged:  # a database that may be written needs no new file beside it
            assert deny is _folder_read_only
            for path in (where, *where.rglob("*")):
                os.chown(path, 0, 0)
            office.vault.chmod(0o700)
            wrong = inspect(office, story)
    finally:
        shutil.rmtree(where)
    record_property("told", f"{deny.__name__.strip('_')}: {story.acknowledged} done, {dict(kinds)}")
    assert kinds or deny is _folder_read_only  # of our own: it is made usable
    assert before.items() <= after.items() or story.acknowledged
    assert not wrong, wrong


# Links planted where the program writes

PLANTED = (
    "vault.hdr",
    "vault.hdr.bak",
    "vault.lock",
    "vault.db",
    "vault.db-journal",
    "vault.tries",
    "vault.db.new",
    "vault.db.before",
    "vault.db-wal",
    "anchors",
    "bundle",
)


def planted(office: Founded, name: str, victim: Path) -> Path:
    """Put a link to the victim where the program will write."""
    if name == "anchors":
        path = next(office.state.rglob("*.anchors"))
    elif name == "bundle":
        office.root.joinpath("out").mkdir(mode=0o700)
        path = office.root / "out" / "planted"
    else:
        path = office.vault / name
    if path.exists() and name != "bundle":
        shutil.copy2(path, victim)
        path.unlink()
    path.symlink_to(victim)
    return path


def work_over(office: Founded) -> str:
    """Fail a sign-in, sign in, change things, back up; gives the error that ended it, if any."""
    words = WORDS[SUPERVISOR]
    with outside(office.state):
        try:
            with pytest.raises(VaultUnavailable):
                session.sign_in(office.vault, SUPERVISOR, "not the passphrase at all", CLOCK)
            desk = sign_in(office.vault, SUPERVISOR, words)
            try:
                session.change_passphrase(desk, words, f"{words} changed")
                out = office.root / "out"
                if out.is_dir():
                    (out / "planted").rename(out / backups_name(desk))
                    backups.run(backups.make(desk, out))
            finally:
                session.sign_out(desk)
        except EnquiryError as error:
            return type(error).__name__
    return ""


def backups_name(desk: object) -> str:
    from enquiry_tui.vault.backup import file_name

    seq = desk.store.head()[0]  # type: ignore[attr-defined]
    return file_name(CLOCK.now(), seq)


@pytest.mark.parametrize("name", PLANTED)
def test_a_link_in_the_way_harms_no_file_that_it_points_to(
    name: str, office: Founded, quick: Path, record_property
) -> None:
    victim = quick / "victim"
    victim.write_bytes(b"somebody's letter\n" * 500)
    path = planted(office, name, victim)
    before = victim.read_bytes()
    came = work_over(office)
    record_property("told", f"link at {name}: {came or 'replaced, the work went on'}")
    assert victim.read_bytes() == before
    assert came or not path.is_symlink() or name in {"anchors", "bundle"}


@pytest.mark.parametrize("name", FOLLOWS)
def test_a_link_that_is_followed_is_found(
    name: str, founded: Founded, quick: Path, record_property
) -> None:
    harmed = []
    with broken(name, FOLLOWS):
        for number, place in enumerate(PLANTED):
            office = founded.copy(quick / f"{number}")
            victim = quick / f"victim {number}"
            victim.write_bytes(b"somebody's letter\n" * 500)
            planted(office, place, victim)
            before = victim.read_bytes()
            try:
                work_over(office)
            except (OSError, AssertionError):
                harmed.append(f"{place}: a crash")
            if victim.read_bytes() != before:
                harmed.append(place)
    record_property("told", f"{name}: {harmed}")
    assert harmed
