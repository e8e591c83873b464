from __future__ import annotations

import tomllib
from itertools import product
from types import SimpleNamespace
from typing import cast

import pytest

from enquiry_tui.desk.gate_views import DoorView, SayView
from enquiry_tui.domain.gate import judge
from enquiry_tui.domain.standing import Standing
from enquiry_tui.domain.vocabulary import Authority, Channel, InfoClass, Kind, Recognition
from enquiry_tui.policy.packs import load_shipped, shipped_bytes
from enquiry_tui.tui.screens.say_text import verdict

TABLE = load_shipped().table
ENTRIES = tomllib.loads(shipped_bytes("directory").decode())["entries"]
NOTHING = Standing()
EVERYTHING = Standing(
    recognition=Recognition.MEDIUM, authorities=frozenset(Authority), purpose=True,
    held_address=True,
)  # fmt: skip
ROOM = 9  # lines that a terminal of 24 has left for it once the class is chosen


def shown(kind: Kind, info_class: InfoClass, channel: Channel, standing: Standing) -> str:
    judged = judge(TABLE, kind, info_class, channel, standing)
    doors = tuple(door(each.to, each.when) for each in judged.doors)
    look = SimpleNamespace(verdict=judged, raised=(), changed=())
    view = cast("SayView", SimpleNamespace(look=look, doors=doors, waits_for_address=False))
    return str(verdict(view, 80, ROOM))


def door(key: str, when: str) -> DoorView:
    entry = ENTRIES.get(key, {})
    return DoorView(key, entry.get("name", key), entry.get("phone", ""), "unit", when)


@pytest.mark.parametrize("standing", [NOTHING, EVERYTHING])
@pytest.mark.parametrize("channel", Channel)
def test_every_answer_shows_its_reason_and_its_rule_whole_at_80_by_24(channel, standing):
    for kind, info_class in product(Kind, InfoClass):
        words = shown(kind, info_class, channel, standing)
        flat = " ".join(words.split())
        judged = judge(TABLE, kind, info_class, channel, standing)
        assert f"{judged.why} ({judged.rule})" in flat, words
        assert " ".join(judged.only_if) in flat
        assert len(words.split("\n")) <= ROOM
