"""A recorded run: every write, sync and change of a name in one folder, read from strace's log."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.faults.killing import ROOT
from tests.faults.offices import Founded

_CALLS = (
    "open,openat,creat,close,dup,dup2,dup3,lseek,write,pwrite64,writev,pwritev,pwritev2,"
    "ftruncate,truncate,fallocate,fsync,fdatasync,sync_file_range,rename,renameat,renameat2,"
    "unlink,unlinkat,link,linkat,symlink,symlinkat,mkdir,mkdirat,rmdir,"
    "sendfile,copy_file_range,fcntl"
)
_UNKNOWN = {"writev", "pwritev", "pwritev2", "fallocate", "truncate", "link", "linkat"}
_UNKNOWN |= {"symlink", "symlinkat", "sendfile", "copy_file_range", "sync_file_range"}
_LINE = re.compile(r"(?P<pid>\d+) +(?P<call>\w+)\((?P<given>.*)\) += (?P<result>-?\w+)")
_STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?')


class NoStrace(RuntimeError):
    """The machine has no strace, or does not let it work."""


@dataclass(frozen=True)
class Make:
    path: str
    number: int  # of the file, whatever name it bears


@dataclass(frozen=True)
class Write:
    number: int
    offset: int
    data: bytes


@dataclass(frozen=True)
class Cut:
    """A file made shorter or longer."""

    number: int
    length: int


@dataclass(frozen=True)
class Sync:
    number: int


@dataclass(frozen=True)
class SyncFolder:
    path: str


@dataclass(frozen=True)
class Rename:
    old: str
    new: str


@dataclass(frozen=True)
class Remove:
    path: str


@dataclass(frozen=True)
class Said:
    """A line that the child had said by then."""

    line: str


Step = Make | Write | Cut | Sync | SyncFolder | Rename | Remove | Said


@dataclass(frozen=True)
class Recording:
    """The folder before, the steps, and the number that each file of the folder before has."""

    before: Founded
    files: dict[str, int]
    steps: list[Step]


def record(founded: Founded, where: Path, order: dict[str, object]) -> Recording:
    """Have a child do an order on a copy of a vault, under strace. Raises NoStrace."""
    tool = shutil.which("strace")
    if tool is None:
        raise NoStrace("strace is not installed: no power cut can be simulated")
    before, copy = founded.copy(where / "before"), founded.copy(where / "live")
    log = where / "strace.log"
    command = [tool, "-f", "-xx", "-s", "16777216", "-e", f"trace={_CALLS}", "-o", str(log)]
    told = json.dumps({"founded": copy.saved(), **order})
    # The child is not hardened (it calls none of machine.process): strace must see into it.
    done = subprocess.run(
        [*command, sys.executable, "-m", "tests.faults.child"],
        input=told.encode() + b"\n",
        capture_output=True,
        cwd=ROOT,
        check=False,
        timeout=600,
    )
    if not log.exists() or not log.stat().st_size:
        raise NoStrace(f"strace does not work here: {done.stderr.decode()[-300:]}")
    assert done.returncode == 0, done.stderr.decode()[-3000:]
    files = {
        str(path.relative_to(before.root)): number
        for number, path in enumerate(sorted(before.root.rglob("*")))
        if path.is_file()
    }
    lengths = {number: (before.root / name).stat().st_size for name, number in files.items()}
    with log.open(encoding="ascii") as lines:
        steps = list(_Reader(copy.root, files, lengths).steps(_whole(lines)))
    shutil.rmtree(copy.root)
    log.unlink()
    return Recording(before, files, steps)


def _whole(lines: Iterator[str]) -> Iterator[str]:
    """Join calls that strace had to write in two pieces."""
    begun: dict[str, str] = {}
    for line in lines:
        if line.rstrip().endswith("<unfinished ...>"):
            pid = line.split(maxsplit=1)[0]
            begun[pid] = line[: line.rindex("<unfinished")].rstrip()
        elif match := re.match(r"(\d+) +<\.\.\. \w+ resumed>(.*)", line, re.DOTALL):
            yield begun.pop(match[1]) + match[2]
        else:
            yield line


class _Reader:
    """Follows descriptors and names through one run."""

    def __init__(self, root: Path, files: dict[str, int], lengths: dict[int, int]) -> None:
        self._root = f"{root}/"
        self._names = dict(files)
        self._open: dict[int, tuple[str, int]] = {}  # name and number; -1 for a folder
        self._at: dict[int, int] = {}
        self._length = lengths  # in bytes, by number: for files that are appended to
        self._next = max(files.values(), default=0) + 1

    def steps(self, lines: Iterator[str]) -> Iterator[Step]:
        for line in lines:
            match = _LINE.match(line)
            if match and not match["result"].startswith("-"):
                yield from self._step(match["call"], match["given"], match["result"])

    def _step(self, call: str, given: str, result: str) -> Iterator[Step]:
        strings, plain = [], _STRING.sub("S", given)
        for text, cut in _STRING.findall(given):
            assert not cut, "strace cut a string short"
            strings.append(bytes.fromhex(text.replace("\\x", "")))
        words = [word.strip() for word in plain.split(",")]
        match call:
            case "open" | "openat" | "creat":
                yield from self._opened(strings[0], plain, call, int(result))
            case "rename" | "renameat" | "renameat2":
                yield from self._renamed(*(self._inside(text) for text in strings[:2]))
            case "unlink" | "unlinkat" | "rmdir":
                name = self._inside(strings[0])
                if name and "AT_REMOVEDIR" not in plain and call != "rmdir":
                    self._names.pop(name, None)
                    yield Remove(name)
            case "mkdir" | "mkdirat":
                pass  # folders are taken for lasting as soon as they are made
            case _:
                yield from self._through(call, int(words[0], 0), words, strings, int(result, 0))

    def _opened(self, path: bytes, plain: str, call: str, descriptor: int) -> Iterator[Step]:
        self._open.pop(descriptor, None)
        self._at.pop(descriptor, None)
        name = self._inside(path)
        if name is None:
            return
        if "O_DIRECTORY" in plain or any(each.startswith(f"{name}/") for each in self._names):
            self._open[descriptor] = (name, -1)
            return
        made = name not in self._names
        if made:
            if "O_CREAT" not in plain and call != "creat":
                return
            self._names[name], self._next = self._next, self._next + 1
            yield Make(name, self._names[name])
        self._open[descriptor], self._at[descriptor] = (name, self._names[name]), 0
        if "O_TRUNC" in plain and not made:
            yield Cut(self._names[name], 0)
        if "O_APPEND" in plain:
            self._at[descriptor] = self._length.get(self._names[name], 0)

    def _through(  # noqa: C901 - one case for each call
        self, call: str, descriptor: int, words: list[str], strings: list[bytes], result: int
    ) -> Iterator[Step]:
        if call == "write" and descriptor == 1:
            for line in strings[0].decode().splitlines():
                yield Said(line)
            return
        name, number = self._open.get(descriptor, ("", -2))
        if number == -2:
            return
        assert call not in _UNKNOWN, f"{call} is not followed"
        if call.startswith("dup") or (call == "fcntl" and "F_DUPFD" in words[1]):
            self._open[result], self._at[result] = (name, number), self._at.get(descriptor, 0)
        match call:
            case "close":
                del self._open[descriptor]
            case "lseek":
                self._at[descriptor] = result
            case "write":
                offset = self._at[descriptor]
                self._at[descriptor] = offset + result
                self._length[number] = max(self._length.get(number, 0), offset + result)
                yield Write(number, offset, strings[0][:result])
            case "pwrite64":
                yield Write(number, int(words[3], 0), strings[0][:result])
            case "ftruncate":
                self._length[number] = int(words[1], 0)
                yield Cut(number, int(words[1], 0))
            case "fsync" | "fdatasync":
                yield SyncFolder(name) if number == -1 else Sync(number)

    def _renamed(self, old: str | None, new: str | None) -> Iterator[Step]:
        if old is None or new is None:
            return
        self._names[new] = self._names.pop(old)
        yield Rename(old, new)

    def _inside(self, path: bytes) -> str | None:
        text = os.fsdecode(path)
        if text + "/" == self._root:
            return ""
        return text.removeprefix(self._root) if text.startswith(self._root) else None
