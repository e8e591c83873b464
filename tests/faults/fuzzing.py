"""What is fuzzed: each target takes any bytes, and lets nothing through but a typed error.

`python -m tests.faults.fuzzing NAME FOLDER CORPUS …` has atheris look for bytes, where it is there.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from enquiry_tui.desk import backups, session
from enquiry_tui.domain.quickline import parse
from enquiry_tui.domain.when import LONDON
from enquiry_tui.domain.workdays import england_and_wales
from enquiry_tui.errors import EnquiryError
from enquiry_tui.intake.read import read_letter
from enquiry_tui.policy.packs import NAMES, load_pack, shipped_bytes
from enquiry_tui.vault.bundle import OpenBundle
from enquiry_tui.vault.encoding import canonical
from enquiry_tui.vault.header import COPY, HEADER, read_header
from enquiry_tui.vault.manifest import FIRST_LINE, MAGIC
from tests.faults.offices import SUPERVISOR, WORDS, Founded, mail, outside, quick_folder, sign_in

Target = Callable[[bytes], None]
_CALENDAR = england_and_wales(range(2025, 2030))
_NOW = datetime(2026, 11, 24, 14, 0, tzinfo=UTC).astimezone(LONDON)


def _header(folder: Path) -> Target:
    folder.joinpath("vault").mkdir(mode=0o700, exist_ok=True)

    def target(data: bytes) -> None:
        for form in (data, _with_checksum(data)):
            for name in (HEADER, COPY):
                (folder / "vault" / name).write_bytes(form)
            with suppress(EnquiryError):
                read_header(folder / "vault")

    return target


def _with_checksum(data: bytes) -> bytes:
    """Give a header that is still JSON the checksum that it would have, so that it is read on."""
    try:
        record = json.loads(data)
        record.pop("sum", None)
        record["sum"] = hashlib.sha256(canonical(record)).hexdigest()
        return canonical(record)
    except (ValueError, AttributeError, RecursionError, TypeError):
        return data


def _manifest(folder: Path) -> Target:
    """The sample is a manifest; the bundle around it says that it is as long as it is."""
    path = folder / "fuzzed.enqb"

    def target(data: bytes) -> None:
        front = MAGIC + f"{len(data):010d}\n".encode()
        path.write_bytes((front if len(front) == FIRST_LINE else b"") + data)
        with suppress(EnquiryError), OpenBundle(path) as bundle:
            bundle.demand_whole()

    return target


def _letter(_folder: Path) -> Target:
    def target(data: bytes) -> None:
        with suppress(EnquiryError):
            read_letter(data, name="fuzzed.eml")

    return target


def _line(_folder: Path) -> Target:
    def target(data: bytes) -> None:
        with suppress(EnquiryError):
            line = data.decode("utf-8", "replace")
            parse(line, now=_NOW, calendar=_CALENDAR, own_prefix="CCO")

    return target


def _policy(_folder: Path) -> Target:
    def target(data: bytes) -> None:
        for name in NAMES:
            with suppress(EnquiryError):
                load_pack(name, data)

    return target


TARGETS: dict[str, Callable[[Path], Target]] = {
    "header": _header,
    "manifest": _manifest,
    "letter": _letter,
    "line": _line,
    "policy": _policy,
}


def samples(name: str, founded: Founded) -> list[bytes]:
    """Give what is sound, to begin from."""
    match name:
        case "header":
            return [(founded.vault / HEADER).read_bytes()]
        case "manifest":
            return [_sound_manifest(founded)]
        case "letter":
            return [mail("fuzz"), b"Dear Chief Constable,\n\nthe gates.\n", b"<p>The gates</p>"]
        case "line":
            lines = (
                "Janet Holt 07700 900111 due:10wd ~ parking at school",
                "@14:05 DI Marsh by:letter p:16:00 ring back ~ CCO-2026-000118",
                "!! on the bridge",
            )
            return [line.encode() for line in lines]
        case _:
            return [shipped_bytes(each) for each in NAMES]


def _sound_manifest(founded: Founded) -> bytes:
    with quick_folder() as folder:
        copy, out = founded.copy(folder / "copy"), folder / "out"
        out.mkdir(mode=0o700)
        with outside(copy.state):
            desk = sign_in(copy.vault, SUPERVISOR, WORDS[SUPERVISOR])
            file = backups.run(backups.make(desk, out)).file
            session.sign_out(desk)
        with OpenBundle(file) as bundle:
            return bundle.manifest.encoded()


def _atheris(name: str, folder: str, *arguments: str) -> None:
    import atheris  # type: ignore[import-not-found,import-untyped,unused-ignore]

    atheris.instrument_all()
    atheris.Setup([sys.argv[0], *arguments], TARGETS[name](Path(folder)))
    atheris.Fuzz()


if __name__ == "__main__":
    _atheris(*sys.argv[1:])
