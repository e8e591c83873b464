"""Disks as a power cut may leave them: what was not synced is missing, torn, or there."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TypeVar

from tests.faults.recording import (
    Cut,
    Make,
    Recording,
    Remove,
    Rename,
    Said,
    Step,
    Sync,
    SyncFolder,
    Write,
)

SECTOR = 512  # bytes that a disk writes whole
_Change = TypeVar("_Change")
MODES = ("none", "all", "prefix", "some", "torn")


@dataclass
class _File:
    lasting: bytearray
    pending: list[Write | Cut] = field(default_factory=list)


@dataclass
class _Folder:
    lasting: dict[str, int] = field(default_factory=dict)
    pending: list[Make | Rename | Remove] = field(default_factory=list)


class Disk:
    """Follows a recording, and can at any step be asked what a power cut would leave."""

    def __init__(self, recording: Recording) -> None:
        root = recording.before.root
        self._files = {
            number: _File(bytearray((root / name).read_bytes()))
            for name, number in recording.files.items()
        }
        self._folders: dict[str, _Folder] = {}
        for name, number in recording.files.items():
            self._folder(name).lasting[name] = number
        self.said: list[str] = []

    def step(self, step: Step) -> None:
        """Take one step of the recording."""
        match step:
            case Said(line):
                self.said.append(line)
            case Make(path, number):
                self._files[number] = _File(bytearray())
                self._folder(path).pending.append(step)
            case Write() | Cut():
                self._files[step.number].pending.append(step)
            case Sync(number):
                kept = self._files[number]
                for change in kept.pending:
                    _apply(kept.lasting, change)
                kept.pending.clear()
            case SyncFolder(path):
                folder = self._folders.setdefault(path, _Folder())
                _names(folder.lasting, folder.pending)
                folder.pending.clear()
            case Rename(old, new):
                self._folder(new).pending.append(step)
                assert self._folder(old) is self._folder(new), "a rename between folders"
            case Remove(path):
                self._folder(path).pending.append(step)

    def left(self, rng: random.Random) -> dict[str, bytes]:
        """Give one disk that a power cut after the last step may leave."""
        names: dict[str, int] = {}
        for folder in self._folders.values():
            kept = dict(folder.lasting)
            _names(kept, _chosen(folder.pending, rng, rng.choice(MODES[:4])))
            names |= kept
        return {name: self._content(number, rng) for name, number in names.items()}

    def _content(self, number: int, rng: random.Random) -> bytes:
        kept, mode = self._files[number], rng.choice(MODES)
        if not kept.pending:
            return bytes(kept.lasting)
        data = bytearray(kept.lasting)
        for change in _chosen(kept.pending, rng, mode):
            if mode == "torn" and isinstance(change, Write):
                for sector in _sectors(change):
                    if rng.random() < 0.5:
                        _apply(data, sector)
            else:
                _apply(data, change)
        return bytes(data)

    def _folder(self, path: str) -> _Folder:
        parent = str(PurePosixPath(path).parent)
        return self._folders.setdefault("" if parent == "." else parent, _Folder())


def build(left: dict[str, bytes], root: Path) -> None:
    """Write a disk out."""
    for name, data in left.items():
        path = root / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.write_bytes(data)
        path.chmod(0o600)


def _chosen(pending: list[_Change], rng: random.Random, mode: str) -> list[_Change]:
    match mode:
        case "none":
            return []
        case "prefix":
            return pending[: rng.randint(0, len(pending))]
        case "some":
            return [change for change in pending if rng.random() < 0.5]
        case _:
            return pending


def _sectors(write: Write) -> list[Write]:
    """Part a write where the disk's sectors meet."""
    found, start = [], write.offset
    end = write.offset + len(write.data)
    while start < end:
        stop = min(end, (start // SECTOR + 1) * SECTOR)
        data = write.data[start - write.offset : stop - write.offset]
        found.append(Write(write.number, start, data))
        start = stop
    return found


def _apply(data: bytearray, change: Write | Cut) -> None:
    if isinstance(change, Cut):
        del data[change.length :]
        data.extend(bytes(change.length - len(data)))
        return
    end = change.offset + len(change.data)
    if len(data) < change.offset:
        data.extend(bytes(change.offset - len(data)))
    data[change.offset : end] = change.data


def _names(names: dict[str, int], changes: list[Make | Rename | Remove]) -> None:
    """Carry changes of names out. One whose file was never there is a rename of nothing."""
    for change in changes:
        match change:
            case Make(path, number):
                names[path] = number
            case Rename(old, new):
                if old in names:
                    names[new] = names.pop(old)
            case Remove(path):
                names.pop(path, None)
