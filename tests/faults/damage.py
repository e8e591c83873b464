"""Damage to one file: what a failing disk, or somebody with a hex editor, may do to it."""

from __future__ import annotations

import random
from collections.abc import Callable

PAGE, SECTOR = 4096, 512

Damage = Callable[[bytes, bytes, random.Random], bytes]


def bit_flip(data: bytes, _older: bytes, rng: random.Random) -> bytes:
    changed = bytearray(data)
    at = rng.randrange(len(data))
    changed[at] ^= 1 << rng.randrange(8)
    return bytes(changed)


def zero_sector(data: bytes, _older: bytes, rng: random.Random) -> bytes:
    at = _place(data, SECTOR, rng)
    length = min(SECTOR, len(data) - at)
    return data[:at] + bytes(length) + data[at + length :]


def random_page(data: bytes, _older: bytes, rng: random.Random) -> bytes:
    at = _place(data, _unit(data), rng)
    length = min(_unit(data), len(data) - at)
    return data[:at] + rng.randbytes(length) + data[at + length :]


def truncate(data: bytes, _older: bytes, rng: random.Random) -> bytes:
    if rng.random() < 0.5:  # at a page, where nothing looks torn
        return data[: _place(data, _unit(data), rng)]
    return data[: rng.randrange(len(data))]


def append(data: bytes, _older: bytes, rng: random.Random) -> bytes:
    return data + rng.choice([rng.randbytes(rng.randint(1, 9000)), bytes(PAGE), data[:PAGE]])


def swap_pages(data: bytes, _older: bytes, rng: random.Random) -> bytes:
    unit = _unit(data)
    first, second = sorted(_place(data, unit, rng) for _ in range(2))
    if second + unit > len(data):
        return data
    changed = bytearray(data)
    changed[first : first + unit] = data[second : second + unit]
    changed[second : second + unit] = data[first : first + unit]
    return bytes(changed)


def older_page(data: bytes, older: bytes, rng: random.Random) -> bytes:
    """Put one page back as it was earlier, under the same key: its own checksum holds."""
    unit = _unit(data)
    places = [
        at
        for at in range(0, min(len(data), len(older)) - unit + 1, unit)
        if data[at : at + unit] != older[at : at + unit]
    ]
    if not places:
        return data
    at = rng.choice(places)
    return data[:at] + older[at : at + unit] + data[at + unit :]


KINDS: dict[str, Damage] = {
    one.__name__: one
    for one in (bit_flip, zero_sector, random_page, truncate, append, swap_pages, older_page)
}


def damaged(kind: str, data: bytes, older: bytes, rng: random.Random) -> bytes | None:
    """Give the file damaged, or None where this kind of damage changes nothing in it."""
    for _ in range(20):
        changed = KINDS[kind](data, older, rng)
        if changed != data:
            return changed
    return None


def _unit(data: bytes) -> int:
    return PAGE if len(data) >= 8 * PAGE else 64


def _place(data: bytes, unit: int, rng: random.Random) -> int:
    return rng.randrange(max(1, -(-len(data) // unit))) * unit
