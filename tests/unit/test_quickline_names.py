from __future__ import annotations

import pytest

from tests.unit.test_quickline import read


@pytest.mark.parametrize(
    ("words", "for_whom", "note"),
    [
        (">Supt Cole please ring", "Supt Cole", "please ring"),
        (">Ch Insp Ward, about the fence", "Ch Insp Ward", "about the fence"),
        (">Chief Supt Cole ring me", "Chief Supt Cole", "ring me"),
        (">Chief please ring", "Chief", "please ring"),
        (">DCC Please ring", "DCC", "Please ring"),
        (">Supt please ring", "Supt", "please ring"),
        (">Supt", "Supt", ""),
        (">Sgt Cole", "Sgt Cole", ""),
        (">Jaya Ring her back", "Jaya", "Ring her back"),
    ],
)
def test_a_rank_in_front_of_a_name_belongs_to_whom_a_message_is_for(
    words: str, for_whom: str, note: str
) -> None:
    line = read(words)
    assert (line.for_whom, line.note) == (for_whom, note)


@pytest.mark.parametrize(
    ("words", "unread"),
    [
        ("Janet Holt about 26-6 again", ("26-6 is the matter at the start only, or as ref:26-6",)),
        ("Janet Holt about 26-6 ref:26-6", ()),
        ("26-6 Janet Holt rang, see 26-7", ()),
        ("Janet Holt ~ as in 26-6", ()),
        ("Janet Holt and children of 14-16", ()),
    ],
)
def test_a_reference_in_the_middle_is_said_to_lead_nowhere(
    words: str, unread: tuple[str, ...]
) -> None:
    line = read(words)
    assert line.unread == unread
