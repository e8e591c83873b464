"""Opening what a fault has left, and saying everything that is wrong with it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from enquiry_tui.errors import EnquiryError
from enquiry_tui.machine.paths import anchors_folder
from enquiry_tui.records.base import state_of
from enquiry_tui.records.columns import STATE_COLUMNS
from enquiry_tui.records.states import wrong_rows
from enquiry_tui.vault import vault
from enquiry_tui.vault.header import COPY, HEADER, Header, read_header
from enquiry_tui.vault.kdf import derive
from enquiry_tui.vault.keys import wipe
from enquiry_tui.vault.passphrase import secret_bytes
from enquiry_tui.vault.vault import Unlocked
from tests.faults.offices import CLOCK, SUPERVISOR, WORDS, Founded, create, outside
from tests.faults.story import Story

STANDING = {"vault.db", "vault.db-journal", "vault.hdr", "vault.hdr.bak", "vault.lock"}
STANDING |= {"vault.tries"}
_PLACES = ("backups-", "restored-", "state of ")
_LITTER = re.compile(r"\.tmp$|\.new$|\.new-journal$|\.part$|\.partial$|\.before$")


def inspect(founded: Founded, story: Story, *, whole: bool = True) -> list[str]:
    """Open the vault as it was left. Give what is wrong: nothing, if all promises were kept.

    `whole` also has every page of the file and the state of every row checked, and the last backup
    tried out, which costs a tenth of a second.
    """
    wrong: list[str] = []
    with outside(founded.state):
        try:
            opening = _who_opens(founded.vault, story, wrong)
            words = opening.get(SUPERVISOR)
            if words is None:
                return [*wrong, "the supervisor cannot sign in"]
            with _signed_in(founded.vault, words, rows=whole) as unlocked:
                wrong += _accounts(founded.vault, story)
                wrong += _missing(unlocked, story)
                wrong += _torn(unlocked)
                if unlocked.proof.held is not None:
                    wrong.append("the vault is held: its anchors contradict it")
                checked = unlocked.verify()
                if not checked.verified:
                    wrong.append(f"the chain does not hold: {checked.failures[:2]}")
                if unlocked.ring.header.successor is not None:
                    wrong.append("a rotation was neither finished nor given up")
            if whole:
                wrong += unsound_pages(founded.vault, words)
        except EnquiryError as error:
            return [*wrong, f"it does not open: {error.title}"]
        except sqlcipher.DatabaseError as error:
            return [*wrong, f"it cannot be read: {error}"]
        wrong += litter(founded.root)
        wrong += _copies_differ(founded.vault)
    return wrong


def inspect_founding(founded: Founded, story: Story, *, whole: bool = True) -> list[str]:
    """Say what is wrong with a folder in which a vault was being founded.

    Founded and told so: it opens. Cut off before: it opens, or there is none and one can be made.
    """
    founded.root.mkdir(mode=0o700, exist_ok=True)
    (founded.root / "vault").mkdir(mode=0o700, exist_ok=True)
    with outside(founded.state):
        if vault.exists(founded.vault):
            header = read_header(founded.vault)
            known = {
                handle: words for handle, words in WORDS.items() if opens(header, handle, words)
            }
            if SUPERVISOR not in known:
                return ["nobody can sign in to the new vault"]
            left = Founded(founded.root, passphrases=known)
            return inspect(left, Story.of(left), whole=whole)
        if story.acknowledged:
            return ["the founded vault is not there"]
        try:
            create(founded.vault)
        except EnquiryError as error:
            return [f"founding cannot begin again: {error.title}"]
    return litter(founded.root)


@contextmanager
def _signed_in(folder: Path, words: str, *, rows: bool) -> Iterator[Unlocked]:
    unlocked = vault.unlock(folder, SUPERVISOR, words, clock=CLOCK, anchors=anchors_folder())
    try:
        if rows:  # then each is held against the event that left it, which takes its time
            unlocked.store.watch(STATE_COLUMNS, state_of, wrong_rows)
        yield unlocked
    finally:
        unlocked.close()


def opens(header: Header, handle: str, passphrase: str) -> bool:
    """Tell whether the passphrase is the account's, by the header alone."""
    user = header.by_handle(handle)
    return user is not None and derive(secret_bytes(passphrase), user.kdf).commit == user.commit


def _who_opens(folder: Path, story: Story, wrong: list[str]) -> dict[str, str]:
    header, found = read_header(folder), {}
    trying = story.trying or {}
    for handle in story.passphrases:
        opening = [words for words in story.candidates(handle) if opens(header, handle, words)]
        leaving = trying.get("op") == "remove" and trying["handle"] == handle
        if len(opening) != 1 and not (leaving and header.by_handle(handle) is None):
            wrong.append(f"{len(opening)} passphrases open {handle}")
        found[handle] = opening[0] if opening else ""
    for handle, words in story.former[-2:]:
        if opens(header, handle, words):
            wrong.append(f"a former passphrase opens {handle}")
    return {handle: words for handle, words in found.items() if words}


def _accounts(folder: Path, story: Story) -> list[str]:
    """Hold the header's accounts against the story, once a sign-in finished what was cut off."""
    trying, present = story.trying or {}, set(read_header(folder).users)
    leaving = {trying["uid"]} if trying.get("op") == "remove" else set()
    lost = story.accounts - story.gone - leaving - present
    wrong = [f"the account {uid} is gone" for uid in lost]
    return wrong + [f"the account {uid} is still there" for uid in story.gone & present]


def _missing(unlocked: Unlocked, story: Story) -> list[str]:
    wrong = []
    for table, wanted in (("contact", story.contacts), ("letter", story.letters)):
        rows = unlocked.store.query(f"SELECT uid FROM {table}")
        lost = wanted - {row["uid"] for row in rows}
        wrong += [f"the acknowledged {table} {uid} is missing" for uid in lost]
    kept = {
        row["place"]: json.loads(row["body"])["text"]
        for row in unlocked.store.query("SELECT place, body FROM draft")
    }
    trying = story.trying or {}
    for place, body in story.drafts.items():
        later = trying["body"] if trying.get("place") == place else body
        if kept.get(place) not in {body, later}:
            wrong.append(f"the acknowledged draft of {place} is missing")
    return wrong


def _torn(unlocked: Unlocked) -> list[str]:
    """A change without its event, or an event without its change."""
    pairs = (
        ("contact", "e.action = 'contact.log'"),
        ("letter", "e.action = 'letter.import'"),
    )
    wrong = []
    for table, condition in pairs:
        lone = unlocked.store.query(
            f"SELECT t.uid FROM {table} AS t WHERE NOT EXISTS (SELECT 1 FROM event AS e"
            f" LEFT JOIN event_detail AS d ON d.vault = e.vault AND d.seq = e.seq"
            f" WHERE e.object = t.uid OR instr(d.body, t.uid))"
        )
        wrong += [f"the {table} {row[0]} has no event" for row in lone]
        empty = unlocked.store.query(
            f"SELECT e.seq FROM event AS e LEFT JOIN {table} AS t ON t.uid = e.object"
            f" WHERE {condition} AND t.uid IS NULL"
        )
        wrong += [f"event {row[0]} has no {table}" for row in empty]
    return wrong


def unsound_pages(folder: Path, words: str, handle: str = SUPERVISOR) -> list[str]:
    """Have SQLCipher check every page and SQLite every tree, without the product in between."""
    key = database_key(folder, handle, words)
    connection = sqlcipher.connect(f"{(folder / 'vault.db').as_uri()}?mode=ro", uri=True)
    try:
        connection.execute("PRAGMA cipher_log_level=NONE")
        connection.set_key(key)
        found = [row[0] for row in connection.execute("PRAGMA cipher_integrity_check")]
        checked = connection.execute("PRAGMA quick_check").fetchone()[0]
        return found + ([] if checked == "ok" else [f"quick check: {checked}"])
    finally:
        wipe(key)
        connection.close()


def database_key(folder: Path, handle: str, words: str) -> bytearray:
    """Derive the database's key the way a sign-in does, leaving nothing behind."""
    from enquiry_tui.vault.proof import Gate
    from enquiry_tui.vault.vault import _opened_ring

    header = read_header(folder)
    user, bundle = Gate(folder, header, CLOCK).prove(handle, words)
    ring = _opened_ring(header, user.uid, bundle)
    bundle.wipe()
    try:
        return ring.master.database_key()
    finally:
        ring.wipe()


def litter(root: Path) -> list[str]:
    """Name what lies in the vault's folder, and beside it, that does not belong there."""
    wrong = []
    for path in sorted(root.rglob("*")):
        # What a cut-off backup or restore left is removed by the next one in the same place.
        if not path.is_file() or path.relative_to(root).parts[0].startswith(_PLACES):
            continue
        strange = path.parent == root / "vault" and path.name not in STANDING
        if strange or _LITTER.search(path.name):
            wrong.append(f"left behind: {path.name}")
        if path.name == "vault.db-journal" and path.stat().st_size:
            wrong.append("a journal was left")
    return wrong


def _copies_differ(folder: Path) -> list[str]:
    found: list[Any] = []
    for name in (HEADER, COPY):
        with suppress(OSError):
            found.append((folder / name).read_bytes())
    return [] if len(found) == 2 and found[0] == found[1] else ["the header's copy differs"]
