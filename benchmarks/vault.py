"""The vault: unlocking, saving, checking the record, backing up and trying a backup out."""

from __future__ import annotations

import hashlib
import os
import shutil
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from argon2.low_level import hash_secret_raw

from benchmarks.office import HANDLE, PASSPHRASE, Office
from benchmarks.plain import Plain
from benchmarks.timing import CPU, WALL, Line, in_turns, median, seconds
from enquiry_tui.desk import backups
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.quicklog import LineRequest, log_line
from enquiry_tui.domain.audit import Action
from enquiry_tui.records import contacts, search
from enquiry_tui.vault import kdf
from enquiry_tui.vault.chain import leaf_of
from enquiry_tui.vault.drill import Opener
from enquiry_tui.vault.opening import DATABASE
from enquiry_tui.vault.verification import Verifier
from enquiry_tui.vault.writing import INTERVAL

_UNLOCKS, _SAVES, _BUSY, _CHECKS = 7, 41, 15, 3
_LARGE = 300_000  # events, from which on what goes through all of them is done once
_COPY_PIECE = 1 << 20  # bytes


def measure(folder: Path, sizes: tuple[int, ...]) -> Iterator[Line]:
    """Measure at each number of contacts, in one vault that grows."""
    office = Office(folder)
    for size in sizes:
        office.fill(size)
        yield from _unlock(office, size)
        yield from _save(office, folder, size)
    with office.signed_in() as desk:
        yield from _record(desk)
    yield from _backup(office, folder)


def _unlock(office: Office, size: int) -> Iterator[Line]:
    """Sign in as the desk does, less what Argon2 took within it."""
    wall, cpu = [], []
    with _argon2_timed() as spent:
        for _ in range(_UNLOCKS):
            spent.clear()
            start, started = WALL(), CPU()
            with office.signed_in():
                wall.append(WALL() - start - sum(each[0] for each in spent))
                cpu.append(CPU() - started - sum(each[1] for each in spent))
    value = 1000 * statistics.median(wall)
    yield Line(
        f"unlock less Argon2, {size:,} contacts", value, "ms", target="≤ 60", meets=value <= 60
    )
    yield Line("  of which processor time", 1000 * statistics.median(cpu), "ms")


@contextmanager
def _argon2_timed() -> Iterator[list[tuple[float, float]]]:
    """Note what every run of Argon2 takes: by the clock on the wall, and of the processor."""
    spent: list[tuple[float, float]] = []

    def timed(*arguments: object, **named: object) -> bytes:
        start, started = WALL(), CPU()
        try:
            return hash_secret_raw(*arguments, **named)  # type: ignore[arg-type]
        finally:
            spent.append((WALL() - start, CPU() - started))

    with patch.object(kdf, "hash_secret_raw", timed):
        yield spent


def _save(office: Office, folder: Path, size: int) -> Iterator[Line]:
    file = folder / "plain.db"
    plain = Plain(file, [office.words(20) for _ in range(size)])
    with office.signed_in() as desk:

        def log() -> None:
            log_line(desk, LineRequest(f"{office.name()} 07700 900111 ~ {office.words(20)}"))

        def line() -> None:
            _one_contact(desk, office.words(20))

        def row() -> None:
            plain.save(office.words(20))

        contact, whole, base = in_turns([line, log, row], _SAVES)
        *busy, base_busy = (1000 * took for took in in_turns([line, log, row], _BUSY, CPU))
    plain.close()
    file.unlink()
    yield Line(
        f"save a contact, {size:,} contacts",
        1000 * contact,
        "ms",
        1000 * base,
        "row + FTS row in plain SQLite",
        "≤ 2.5 ×",
        contact <= 2.5 * base,
    )
    yield Line("  of which processor time", busy[0], "ms", base_busy, "the same")
    yield Line(
        f"log a whole line (matter, person, contact), {size:,}",
        1000 * whole,
        "ms",
        1000 * base,
        "the same",
    )
    yield Line("  of which processor time", busy[1], "ms", base_busy, "the same")


def _one_contact(desk: Desk, words: str) -> None:
    """Save one more contact of a matter: its row, its words, its signed event."""
    with desk.act(Action.CONTACT_LOG) as act:
        uid = act.new_uid()
        contacts.add(
            act.tx,
            uid=uid,
            origin_vault=desk.store.vault_id,
            enquiry_id=1,
            officer_uid=desk.officer.uid,
            channel="telephone",
            direction="in",
            state="ended",
            started_at=act.at,
            limit_at=act.at,
            ended_at=act.at,
            line=words,
        )
        search.index(act.tx, "note", uid, words, enquiry_id=1)
        act.event("contact", uid, line=words)


def _record(desk: Desk) -> Iterator[Line]:
    events = desk.store.head()[0]
    rows = [
        tuple(row)
        for row in desk.store.query(
            "SELECT vault, seq, utc, mono, actor, second, session, action, object, purpose,"
            " outcome, recipient, pack, commitment, state, prev FROM event LIMIT 20000"
        )
    ]
    texts = [_bytes_of(row) for row in rows]
    jobs = [
        lambda: [hashlib.sha256(text).digest() for text in texts],
        lambda: [leaf_of(row) for row in rows],
        lambda: checked(desk, signatures=False),
    ]
    sums, leaves, whole = in_turns(jobs, _CHECKS if events < _LARGE else 1, CPU)
    base, hashes, chain = sums / len(texts), leaves / len(rows), whole / events
    yield Line(
        f"check of hashes, details, row states, {events:,} events",
        1e-3 / chain,
        "k events/s",
        1e-3 / base,
        "SHA-256 of the same bytes",
        "≥ 200",
        1 / chain >= 200_000,
    )
    yield Line("  of which the hashes alone", 1e-3 / hashes, "k events/s", 1e-3 / base, "the same")
    signed = seconds(lambda: checked(desk, signatures=True, at_most=20_000), CPU) / min(
        events, 20_000
    )
    yield Line("check with signatures and details", 1e-3 / signed, "k events/s")
    for count in (number for number in (INTERVAL, 10 * INTERVAL) if number < events):
        took = median(lambda count=count: _since(desk, count), 9, CPU)  # type: ignore[misc]
        due = count == INTERVAL  # a checkpoint comes at least that often, and an anchor with it
        yield Line(
            f"check of the last {count:,} events",
            1000 * took,
            "ms",
            target="≤ 10" if due else "",
            meets=took <= 0.010 if due else None,
        )


def checked(desk: Desk, *, signatures: bool, at_most: int = 1 << 60) -> None:
    """Check the record as a person asks for it. Raises SystemExit where something is wrong."""
    unlocked = desk.unlocked
    verifier = Verifier(desk.store, unlocked.signing, unlocked.retired, signatures=signatures)
    for reached in verifier.steps():
        if reached >= at_most:
            return
    if findings := verifier.result().findings:
        raise SystemExit(f"the record of the benchmark does not hold: {findings[0].words}")


def _since(desk: Desk, count: int) -> None:
    seq = desk.store.head()[0] - count
    row = desk.store.one(
        "SELECT leaf FROM event WHERE vault = ? AND seq = ?", (desk.store.vault_id, seq)
    )
    if row is None:
        raise SystemExit("the record of the benchmark is too short")
    signing, since = desk.unlocked.signing, (seq, bytes(row["leaf"]))
    verifier = Verifier(desk.store, signing, signatures=False, since=since)
    for _ in verifier.steps():
        pass
    verifier.result()


def _bytes_of(row: tuple[object, ...]) -> bytes:
    """Give about as many bytes as an event's hash is made over."""
    return b"".join(
        f"{len(item)}:{item.hex()}".encode() if isinstance(item, bytes) else f"4:{item}".encode()
        for item in row
    )


def _backup(office: Office, folder: Path) -> Iterator[Line]:
    place, copy = folder / "backups", folder / "copy"
    place.mkdir(mode=0o700)
    database = office.folder / DATABASE
    megabytes = database.stat().st_size / 1e6
    with office.signed_in() as desk:
        events = desk.store.head()[0]
        base, made = in_turns(
            [lambda: _copied(database, copy), lambda: backups.run(backups.make(desk, place))],
            _CHECKS if events < _LARGE else 1,
        )
        newest = max(place.iterdir(), key=lambda path: path.stat().st_mtime_ns)
        opener, start = Opener(PASSPHRASE, HANDLE), CPU()
        drilled = seconds(lambda: backups.run(backups.drill(desk, newest, opener)))
        cpu = CPU() - start
    copy.unlink()
    shutil.rmtree(place)
    what = f"{megabytes:,.0f} MB"
    cp = "copy of the file, synced"
    yield Line(f"backup of {what}, read again", megabytes / made, "MB/s", megabytes / base, cp)
    yield Line(f"drill of {what}", megabytes / drilled, "MB/s", megabytes / base, cp)
    yield Line("  by its processor time", megabytes / cpu, "MB/s")
    yield Line("  for each event", 1e6 * cpu / events, "µs")


def _copied(source: Path, target: Path) -> None:
    with source.open("rb") as read, target.open("wb") as write:
        shutil.copyfileobj(read, write, _COPY_PIECE)
        write.flush()
        os.fsync(write.fileno())
