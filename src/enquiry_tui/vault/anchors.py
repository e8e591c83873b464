"""Anchors: checkpoints written down outside the vault, where whoever alters it may not reach.

One file for each vault, in the state folder of one user of the machine. It is only added to, and it
is read as something that anybody may have written: a line counts where its MAC or its signature
holds, whatever else stands in the file.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from enquiry_tui.errors import EnquiryError
from enquiry_tui.machine.files import create_exclusive, flush, private_folder, read_bounded
from enquiry_tui.vault.checkpoint import (
    NoteRefused,
    names_key,
    read_note,
    signed_form,
    verify_note,
)
from enquiry_tui.vault.encoding import packed, unpacked
from enquiry_tui.vault.keys import MasterKey
from enquiry_tui.vault.writing import Mark

SUFFIX = ".anchors"
_TITLE = "enquiry-tui anchors v1"
_MOST = 64 * 1024 * 1024  # bytes of a file
_TAIL = 32 * 1024  # bytes looked at in a sign-in: the last hundred lines or so
_FLAGS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_LINE = re.compile(
    r"(?P<body>(?P<utc>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z) (?P<why>[a-z-]{1,20})"
    r" (?P<seq>[1-9][0-9]{0,18}) (?P<head>[A-Za-z0-9+/=]{44}) (?P<epoch>[1-9][0-9]{0,8})"
    r" (?P<name>[0-9a-zA-Z-]{1,64}) (?P<mark>[A-Za-z0-9+/=]{92})) (?P<mac>[0-9a-f]{64})"
)


@dataclass(frozen=True, slots=True)
class Anchor:
    """One line that holds: at `utc` the chain ended at event `seq` with this hash (32 bytes)."""

    utc: str
    why: str
    seq: int
    head: bytes


@dataclass(frozen=True, slots=True)
class Since:
    """Who wrote a line after a given event, and under which of the vault's keys (its epoch).

    `key_known` says whether the officer's key is one that this copy of the vault knows.
    """

    uid: str
    epoch: int
    key_known: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """What the file says: the lines that hold, oldest first, and how many do not.

    `torn` lines were cut off while they were written, as when the power fails; `damaged` ones are
    whole and hold neither MAC nor order; `unknown` ones are under keys that the vault does not
    have, as where it was restored or an older copy of it was put back: by officers whom it does not
    know, by keys given to them later, or from before its present keys. `since` tells of the lines,
    holding or unknown, that are about later events than was asked for. `present` is false where
    there is no file.
    """

    present: bool = False
    anchors: tuple[Anchor, ...] = ()
    torn: int = 0
    damaged: int = 0
    unknown: int = 0
    since: tuple[Since, ...] = ()


class Anchors:
    """The anchors of one vault, told of every checkpoint.

    `master` gives the present master key, under which lines are MAC'd, `began` since when it is
    that (UTC as in a line). Where the file cannot be written, `failed` says so and work goes on:
    the record is inside the vault, this is its witness.
    """

    def __init__(
        self,
        folder: Path,
        vault_id: str,
        master: Callable[[], MasterKey],
        began: Callable[[], str] = str,
    ) -> None:
        self.file = folder / f"{vault_id}{SUFFIX}"
        self.failed = False
        self._vault_id = vault_id
        self._master = master
        self._began = began
        self._last_mac = ""
        self._starts_clean = True

    @property
    def name(self) -> str:
        """A word for this place that gives nothing of its path away."""
        return hashlib.sha256(str(self.file.absolute()).encode()).hexdigest()[:16]

    def read(
        self,
        signing: Mapping[str, frozenset[bytes]],
        *,
        whole: bool = True,
        head: int | None = None,
    ) -> Reading:
        """Read and judge the lines: all of them, or the newest. Raises UnsafeFile, OSError.

        `head` is the event after which it is told who wrote (`since`).
        """
        try:
            data = read_bounded(self.file, _MOST)
        except FileNotFoundError:
            return Reading()
        cut = len(data) - _TAIL
        if whole or cut <= 0:
            lines = data.decode("utf-8", "replace").split("\n")
            title, lines, before = lines[0], lines[1:], ""
        else:
            lines = data[cut:].decode("utf-8", "replace").split("\n")[1:]
            title, before = self._title, None
        # What follows the last line end was cut off while it was written.
        rest = lines.pop() if lines else ""
        reading = self._judged(lines, before, signing, head)
        self._starts_clean = not rest and bool(data)
        return replace(
            reading,
            torn=reading.torn + bool(rest),
            damaged=reading.damaged + (title != self._title),
        )

    def tell(self, mark: Mark) -> None:
        """Write a checkpoint down and have it on the disk; never raises."""
        try:
            self._append(mark)
        except (OSError, EnquiryError):
            self.failed = True

    def _append(self, mark: Mark) -> None:
        master, note = self._master(), read_note(mark.note)
        body = (
            f"{mark.utc} {mark.why} {mark.seq} {packed(mark.head)} {master.epoch} {note.name}"
            f" {packed(note.key_id + note.signature)}"
        )
        mac = self._mac(master.anchor_macs(), self._last_mac, body)
        if not self.file.exists():
            private_folder(self.file.parent)
            create_exclusive(self.file, f"{self._title}\n".encode())
        opening = "" if self._starts_clean else "\n"  # a torn line stays a line of its own
        descriptor = os.open(self.file, os.O_WRONLY | os.O_APPEND | _FLAGS)
        try:
            os.write(descriptor, f"{opening}{body} {mac}\n".encode())
            flush(descriptor)
        finally:
            os.close(descriptor)
        self._last_mac, self._starts_clean = mac, True

    def _judged(
        self,
        lines: Iterable[str],
        before: str | None,
        signing: Mapping[str, frozenset[bytes]],
        head: int | None,
    ) -> Reading:
        """Judge each line by its MAC, which holds the line before too; failing that, signature."""
        master = self._master()
        macs = master.anchor_macs()
        anchors, torn, damaged, unknown = [], 0, 0, 0
        since: dict[Since, None] = {}
        for line in lines:
            found = _LINE.fullmatch(line)
            if found is None:
                torn += 1
                continue
            in_order = None  # cannot be told: another key's line, or the one before is not known
            if before is not None and int(found["epoch"]) == master.epoch:
                expected = self._mac(macs, before, found["body"])
                in_order = hmac.compare_digest(expected, found["mac"])
            before = found["mac"]
            # A signature holds whatever was done to the lines around: it stays evidence.
            holds = in_order or self._signed(found, signing)
            told = False
            if not in_order and not (in_order is None and holds):
                told = self._cannot_be_told(found, holds, in_order, signing)
                unknown, damaged = unknown + told, damaged + (not told)
            if head is not None and int(found["seq"]) > head and (holds or told):
                known = self._key_known(found, signing)
                since[Since(found["name"], int(found["epoch"]), known)] = None
            if holds:
                leaf = unpacked(found["head"])
                anchors.append(Anchor(found["utc"], found["why"], int(found["seq"]), leaf))
        self._last_mac = before or ""
        return Reading(True, tuple(anchors), torn, damaged, unknown, tuple(since))

    def _cannot_be_told(
        self,
        found: re.Match[str],
        holds: bool,
        in_order: bool | None,
        signing: Mapping[str, frozenset[bytes]],
    ) -> bool:
        """Say whether a line may be another copy's: under keys that this one does not have."""
        # Of the present epoch by its number: another copy's, if told before this one had that.
        if in_order is False and found["utc"] >= self._began():
            return False
        return holds or not self._key_known(found, signing)

    def _key_known(self, found: re.Match[str], signing: Mapping[str, frozenset[bytes]]) -> bool:
        try:
            return names_key(self._note(found), signing.get(found["name"], ()))
        except NoteRefused:  # its base64 is nobody's
            return True

    def _signed(self, found: re.Match[str], signing: Mapping[str, frozenset[bytes]]) -> bool:
        try:
            verify_note(self._note(found), signing.get(found["name"], ()))
        except NoteRefused:
            return False
        return True

    def _note(self, found: re.Match[str]) -> str:
        seq, head = int(found["seq"]), found["head"]
        return signed_form(self._vault_id, seq, head, found["name"], found["mark"])

    @property
    def _title(self) -> str:
        return f"{_TITLE} {self._vault_id}"

    def _mac(self, macs: Callable[[bytes], bytes], before: str, body: str) -> str:
        return macs(f"{self._vault_id}\n{before}\n{body}".encode()).hex()
