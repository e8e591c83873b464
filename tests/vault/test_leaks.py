# ruff: noqa: PT012  # what is undone at the end of a block is the point of these tests
from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from subprocess import PIPE, Popen, run

import pytest

from enquiry_tui.vault.chain import Entry
from enquiry_tui.vault.vault import Unlocked, second_key
from tests.vault.vaults import (
    FOUNDER,
    FOUNDER_PASSPHRASE,
    OFFICER,
    OFFICER_PASSPHRASE,
    Office,
    first,
)

CANARY = "CANARY-7f3a9"

WRITER = """
import sys
from pathlib import Path
from enquiry_tui.machine.clock import SystemClock
from enquiry_tui.vault.chain import Entry
from enquiry_tui.vault.vault import unlock
folder, handle, passphrase, canary = sys.argv[1:]
unlocked = unlock(Path(folder), handle, passphrase, clock=SystemClock())
number = 0
while True:
    number += 1
    with unlocked.store.transaction() as tx:
        tx.execute("INSERT INTO meta VALUES (?, ?)", (f"{canary}-{number}", canary * 500))
        tx.event(Entry("contact.log", detail={"words": canary}), unlocked.keys)
    print(number, flush=True)
"""


# Looks for the key's hex digits in the whole process. The key to look for is kept masked, and is
# never whole in the clear, so that the search does not find itself; a planted copy is found.
SCANNER = """
import sys
from pathlib import Path
from enquiry_tui.machine.clock import SystemClock
from enquiry_tui.vault.vault import unlock

def hits(masked):
    first, found = bytes(byte ^ 0x55 for byte in masked[:8]), 0
    with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
        for line in maps.read().splitlines():
            span, access = line.split()[:2]
            if not access.startswith("rw") or "[v" in line:
                continue
            start, end = (int(part, 16) for part in span.split("-"))
            memory.seek(start)
            data = memory.read(end - start)
            at = data.find(first)
            while at >= 0:
                found += all(a ^ 0x55 == b for a, b in zip(data[at:at + 64], masked)) and \\
                    len(data) - at >= 64
                at = data.find(first, at + 1)
            data = None
    return found

folder, handle, passphrase = sys.argv[1:]
unlocked = unlock(Path(folder), handle, passphrase, clock=SystemClock())
buffer = unlocked.ring.master.database_key()
masked = bytearray(64)
for at in range(64):
    masked[at] = buffer[at + 2] ^ 0x55
planted = hits([value ^ 0 for value in masked])
for at in range(67):
    buffer[at] = 0
print("planted", planted, "open", hits(masked))
unlocked.close()
print("closed", hits(masked))
"""


def write_canaries(unlocked: Unlocked) -> None:
    with unlocked.store.transaction() as tx:
        for number in range(50):
            tx.execute("INSERT INTO meta VALUES (?, ?)", (f"{CANARY}-{number}", CANARY * 300))
        tx.event(Entry("contact.log", detail={"words": CANARY}), unlocked.keys)
    with unlocked.store.scratch() as tx:
        tx.execute("INSERT INTO draft VALUES ('d', 'o', 'p', '', ?, 's')", (CANARY,))


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_no_word_and_no_key_is_in_any_file_while_the_vault_is_open(office: Office):
    with office.officer() as officer:
        write_canaries(officer)
        with pytest.raises(LookupError), officer.store.transaction() as tx:
            tx.execute("UPDATE meta SET value = value || 'x' WHERE key LIKE 'CANARY%'")
            found = files(office.folder)
            raise LookupError
        key = bytes(officer.ring.master.database_key())
    found |= {f"{name} after": data for name, data in files(office.folder).items()}
    assert any("journal" in name for name in found)
    secrets = [
        CANARY.encode(),
        CANARY.encode("utf-16-le"),
        CANARY.encode().hex().encode(),
        key[2:-1],
        bytes.fromhex(key[2:-1].decode()),
        OFFICER_PASSPHRASE.encode(),
        office.recovery_key.encode(),
        b"Ellery",
    ]
    for name, data in found.items():
        for secret in secrets:
            assert secret not in data, name


@pytest.mark.parametrize("acknowledged", [1, 9, 23])
def test_after_a_kill_every_acknowledged_event_is_there_and_no_word_is_legible(
    office: Office, acknowledged: int
):
    command = [
        sys.executable,
        "-c",
        WRITER,
        str(office.folder),
        OFFICER,
        OFFICER_PASSPHRASE,
        CANARY,
    ]
    with Popen(command, stdout=PIPE) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if int(line) >= acknowledged:
                os.kill(process.pid, signal.SIGKILL)
                break
    for name, data in files(office.folder).items():
        assert CANARY.encode() not in data, name
    with office.officer() as officer:
        row = first(officer.store, "SELECT count(*) FROM event WHERE action = 'contact.log'")
        kept = first(officer.store, "SELECT count(*) FROM meta WHERE key LIKE 'CANARY%'")
        assert row[0] == kept[0] >= acknowledged
        assert officer.verify().verified


def test_litter_of_a_cut_off_write_is_swept_at_sign_in(office: Office):
    litter = office.folder / ".vault.hdr.0123456789abcdef.tmp"
    litter.write_bytes(b"half a header")
    other = office.folder / ".notes.0123456789abcdef.tmp"
    other.write_bytes(b"not ours")
    office.officer().close()
    assert not litter.exists()
    assert other.exists()


@pytest.mark.parametrize("end", ["close", "lock"])
def test_keys_are_wiped_and_an_event_left_at_the_end(office: Office, end: str):
    unlocked = office.officer()
    ring, secret = unlocked.ring, unlocked.ring.master._secret
    assert any(secret)
    getattr(unlocked, end)()
    assert not any(secret)
    assert ring.master.wiped
    assert unlocked.keys.wiped
    with pytest.raises(RuntimeError):
        unlocked.keys.sign(b"x")
    with office.store() as store:
        row = first(store, "SELECT action FROM event ORDER BY seq DESC LIMIT 1")
        assert row["action"] == {"close": "session.sign-out", "lock": "session.lock"}[end]


def test_keys_are_wiped_even_where_the_last_event_cannot_be_written(office: Office, monkeypatch):
    unlocked = office.officer()

    def refused():
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(unlocked.store, "transaction", refused)
    with pytest.raises(OSError, match="Input"):
        unlocked.close()
    assert unlocked.ring.master.wiped
    assert not unlocked.store.is_open
    office.officer().close()


@pytest.mark.skipif(sys.platform != "linux", reason="reads its own memory through /proc")
def test_the_database_key_is_not_left_in_memory(office: Office):
    command = [sys.executable, "-c", SCANNER, str(office.folder), OFFICER, OFFICER_PASSPHRASE]
    done = run(command, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["planted", "1", "open", "0", "closed", "0"]


def test_a_second_officers_key_is_wiped_after_its_event(officer):
    second = second_key(officer, FOUNDER, FOUNDER_PASSPHRASE)
    with second:
        pass
    assert second.keys.wiped
