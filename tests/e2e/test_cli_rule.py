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
