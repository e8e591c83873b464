from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.e2e.running import run

SCORES = ("--activity", "1", "--fraud", "1", "--verification", "3")


def test_identity_gives_the_level_and_the_profiles_that_were_met(tmp_path: Path):
    ended = run(tmp_path, "rule", "identity", "--evidence", "3/3", "2/2", *SCORES, "--json")
    assert ended.code == 0
    answer = json.loads(ended.out)
    assert answer.keys() == {"format", "level", "profiles"}
    assert answer["format"] == 1
    assert answer["level"] == "high"
    assert "H2C" in answer["profiles"]


def test_evidence_may_be_repeated_or_follow(tmp_path: Path):
    together = run(tmp_path, "rule", "identity", *SCORES, "--evidence", "3/3", "2/2")
    apart = run(tmp_path, "rule", "identity", "--evidence", "2/2", *SCORES, "--evidence", "3/3")
    assert together == apart


def test_the_last_value_of_a_repeated_option_wins(tmp_path: Path):
    weak = ("--evidence", "3/3", "2/2", "--verification", "3", "--verification", "0")
    ended = run(tmp_path, "rule", "identity", *weak, "--activity", "0", "--fraud", "0", "--json")
    assert json.loads(ended.out)["level"] == "none"


def test_the_rules_make_nothing_and_need_nothing(tmp_path: Path):
    run(tmp_path, "rule", "identity", "--evidence", "1/1", *SCORES)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("--evidence", "5/1", *SCORES),
        ("--evidence", "3-3", *SCORES),
        ("--evidence", "3/3", "--activity", "5", "--fraud", "1", "--verification", "1"),
        ("--evidence", "3/3", "--fraud", "1", "--verification", "1"),
        SCORES,
    ],
)
def test_scores_outside_the_scale_are_a_usage_error(tmp_path: Path, arguments: tuple[str, ...]):
    ended = run(tmp_path, "rule", "identity", *arguments)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err


def test_a_group_alone_names_its_commands(tmp_path: Path):
    ended = run(tmp_path, "rule")
    assert ended.code == 2
    assert "identity" in ended.err


SAY_KEYS = {"format", "allowed", "needed", "route", "may", "only_if", "never", "neutral", "pack"}
OWN_PROGRESS = ("--requester", "member-of-public", "--class", "own-progress")


def said(tmp_path: Path, *arguments: str) -> dict[str, object]:
    ended = run(tmp_path, "rule", "say", *arguments, "--json")
    assert ended.code == 0, ended.err
    answer: dict[str, object] = json.loads(ended.out)
    assert answer.keys() == SAY_KEYS
    return answer


def test_say_names_what_would_open_the_gate_and_opens_it_when_shown(tmp_path: Path):
    shut = said(tmp_path, *OWN_PROGRESS, "--channel", "telephone")
    assert shut["allowed"] == "check"
    assert shut["needed"] == [{"recognition": "low"}]
    shown = said(tmp_path, *OWN_PROGRESS, "--channel", "telephone", "--recognition", "low")
    assert shown["allowed"] == "release"


def test_say_with_blanks_is_the_strictest_and_the_neutral_words_stay_the_same(tmp_path: Path):
    blank = said(tmp_path, "--channel", "telephone", "--recognition", "medium")
    other = said(tmp_path, "--requester", "media", "--class", "sensitive", "--channel", "letter")
    assert blank["allowed"] == "never"
    assert blank["neutral"] == other["neutral"]
    assert len(str(blank["pack"])) == 64


@pytest.mark.parametrize(
    "arguments",
    [
        ("--requester", "friend", "--class", "public", "--channel", "telephone"),
        (*OWN_PROGRESS, "--channel", "fax"),
        (*OWN_PROGRESS, "--channel", "telephone", "--authority", "badge"),
        OWN_PROGRESS,
    ],
)
def test_say_takes_the_words_of_the_rules_only(tmp_path: Path, arguments: tuple[str, ...]):
    ended = run(tmp_path, "rule", "say", *arguments)
    assert (ended.code, ended.out) == (2, "")


def test_authority_names_who_decides_and_the_source(tmp_path: Path):
    ended = run(tmp_path, "rule", "authority", "--about", "pcc", "--json")
    answer = json.loads(ended.out)
    assert answer.keys() == {"format", "authority", "action", "source"}
    assert answer["authority"] == "Police and Crime Panel"
    assert run(tmp_path, "rule", "authority", "--about", "weather").code == 2


@pytest.mark.parametrize(
    ("arguments", "due"),
    [
        (("foi", "2026-06-12"), "2026-07-14"),
        (("sar", "2026-11-25", "--extra-holiday", "2026-12-29"), "2026-12-30"),
        (("iopc-referral", "2026-11-27T17:00+00:00"), "2026-11-28T23:59:00+00:00"),
    ],
)
def test_a_clock_is_worked_out_with_the_days_it_left_out(tmp_path: Path, arguments, due):
    ended = run(tmp_path, "rule", "clock", *arguments, "--json")
    assert (ended.code, list(tmp_path.iterdir())) == (0, [])
    answer = json.loads(ended.out)
    assert list(answer) == [
        *("format", "rule", "start", "due", "skipped", "calendar", "source", "pack"),
    ]
    assert answer["due"] == due
    assert all(skip["why"] for skip in answer["skipped"])


@pytest.mark.parametrize("arguments", [("fio", "2026-06-12"), ("foi", "2026-06-12T09:00")])
def test_an_unknown_clock_or_a_moment_without_its_offset_is_a_usage_error(
    tmp_path: Path, arguments
):
    ended = run(tmp_path, "rule", "clock", *arguments)
    assert (ended.code, ended.out) == (2, "")
