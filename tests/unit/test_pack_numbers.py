"""Packs with numbers that no machine takes: refused like any other fault, never a crash."""

from __future__ import annotations

import pytest

from enquiry_tui.policy.packs import name_of, read_pack
from enquiry_tui.policy.problems import PackError

FRONT = b'name = "office"\nformat = 1\n'


@pytest.mark.parametrize("number", [b"9" * 5_000, b"0x" + b"f" * 5_000])
def test_a_number_beyond_reason_is_refused(number: bytes) -> None:
    with pytest.raises(PackError):
        read_pack("office", FRONT + b"a = " + number)


def test_a_file_with_such_a_number_names_no_pack() -> None:
    with pytest.raises(PackError):
        name_of(FRONT + b"a = " + b"9" * 5_000)
