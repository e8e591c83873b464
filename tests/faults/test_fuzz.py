"""Whatever bytes stand in a file or a line: a typed error, or an answer, and never a crash.

Hypothesis looks for the bytes; in the long form atheris too, where it is installed.
"""

from __future__ import annotations

import importlib.util
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st

from tests.faults.breakages import CRASHES, broken
from tests.faults.fuzzing import TARGETS, Target, samples
from tests.faults.killing import ROOT
from tests.faults.offices import Founded

SECONDS = {"short": 10, "long": 1800}
BITES_SECONDS = 20
AT_ONCE = 300  # examples


def looked_for(target: Target, known: list[bytes], seconds: float, seed: int) -> int:
    """Try bytes for so many seconds: mutated samples, and whatever hypothesis thinks of."""
    end, tried = time.monotonic() + seconds, 0
    bytes_of_all_kinds = _near(known) | st.binary(max_size=4000)
    bytes_of_all_kinds |= st.text(max_size=1000).map(_encoded)

    def trial(data: bytes) -> None:
        nonlocal tried
        if time.monotonic() < end:
            tried += 1
            target(data)

    quiet = settings(
        max_examples=AT_ONCE,
        deadline=None,
        database=None,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    while time.monotonic() < end:
        seeded(seed + tried)(quiet(given(bytes_of_all_kinds)(trial)))()
    return tried


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


@st.composite
def _near(draw: st.DrawFn, known: list[bytes]) -> bytes:
    """Give a sample with pieces cut out, doubled, or written over."""
    data = bytearray(draw(st.sampled_from(known)))
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, max(0, len(data) - 1)))
        length = draw(st.integers(0, 40))
        match draw(st.integers(0, 3)):
            case 0:
                del data[at : at + length]
            case 1:
                data[at:at] = data[at : at + length] * draw(st.integers(1, 3))
            case 2:
                data[at : at + length] = draw(st.binary(max_size=40))
            case _:
                data[at:at] = draw(st.sampled_from(_TOKENS))
    return bytes(data)


_TOKENS = [
    b"null",
    b"true",
    b"-1",
    b"1e999",
    b"99999999999999999999999999",
    b"[" * 2000,
    b"{" * 2000,
    b'""',
    b"\\ud800",
    b"\x00",
    b"\xff\xfe",
    b"=?utf-8?q?=ff?=",
    b"Content-Type: multipart/mixed; boundary=x\r\n\r\n",
    b"due:32jan",
    b"@99:99",
    b"~",
]


@pytest.mark.timeout(4 * 3600)
@pytest.mark.parametrize("name", TARGETS)
def test_no_bytes_crash(
    name: str, founded: Founded, quick: Path, request, long: bool, record_property
) -> None:
    begun = time.monotonic()
    target = TARGETS[name](quick)
    seconds = SECONDS["long" if long else "short"]
    tried = looked_for(target, samples(name, founded), seconds, request.config.option.seed)
    record_property("told", f"fuzz {name}: {tried} tried, {time.monotonic() - begun:.0f} s")
    assert tried > 9


@pytest.mark.timeout(4 * 3600)
@pytest.mark.parametrize("name", TARGETS)
def test_no_bytes_that_atheris_finds_crash(name: str, founded: Founded, quick: Path, long: bool):
    if not long:
        pytest.skip("of the long form")
    if importlib.util.find_spec("atheris") is None:
        pytest.skip("NOT TRIED: atheris is not installed")
    corpus = quick / "corpus"
    corpus.mkdir()
    for number, data in enumerate(samples(name, founded)):
        (corpus / f"{number}").write_bytes(data)
    command = [sys.executable, "-m", "tests.faults.fuzzing", name, str(quick), str(corpus)]
    limit = f"-max_total_time={SECONDS['long']}"
    done = subprocess.run([*command, limit], capture_output=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr.decode()[-3000:]


@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", CRASHES)
def test_a_crash_is_found(
    name: str, founded: Founded, quick: Path, rng: random.Random, request, record_property
) -> None:
    if not request.config.option.long and name != "a_header_is_believed":
        pytest.skip("a breakage of the long form")
    place, (which, breakage) = time.monotonic(), CRASHES[name]
    with broken(name, {name: breakage}), pytest.raises(ValueError) as caught:
        looked_for(
            TARGETS[which](quick), samples(which, founded), BITES_SECONDS, rng.getrandbits(30)
        )
    seconds = time.monotonic() - place
    record_property("told", f"{name}: {type(caught.value).__name__} after {seconds:.0f} s")
