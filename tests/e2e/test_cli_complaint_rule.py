from __future__ import annotations

import json
from pathlib import Path

from tests.e2e.running import run


def test_the_review_body_comes_with_its_reasons_and_sources(tmp_path: Path):
    ended = run(tmp_path, "rule", "review-body", "--about", "officer", "--senior", "--json")
    answer = json.loads(ended.out)
    assert answer.keys() == {*("format", "body", "name", "reasons", "unanswered", "source", "pack")}
    assert (answer["body"], len(answer["reasons"])) == ("iopc", 1)
    assert answer["reasons"][0]["verify"]


def test_what_is_not_answered_gives_the_strictest_review_body_and_says_what_would_change_it(
    tmp_path: Path,
):
    asked = ("rule", "review-body", "--about", "officer", "--route", "investigation")
    ended = run(tmp_path, *asked, "--json")
    answer = json.loads(ended.out)
    assert answer["body"] == "iopc"
    assert answer["unanswered"] == ["senior", "serious", "referred", "same-incident"]
    no = [f"--no-{name}" for name in answer["unanswered"]]
    assert " ".join(no) in ended.err
    answer = json.loads(run(tmp_path, *asked, *no, "--json").out)
    assert (answer["body"], answer["unanswered"]) == ("local-policing-body", [])


def test_the_referral_screen_says_what_goes_to_the_iopc_and_what_is_barred(tmp_path: Path):
    lines = ("--yes", "serious-assault", "--rest", "no")
    answer = json.loads(run(tmp_path, "rule", "referral-screen", *lines, "--json").out)
    assert (answer["refer"], answer["outside"], answer["finished"]) == (True, False, True)
    assert answer["clock"] == {"rule": "iopc-referral", "provisional": False}


def test_a_line_that_is_none_is_a_usage_error(tmp_path: Path):
    ended = run(tmp_path, "rule", "referral-screen", "--yes", "weather")
    assert ended.code == 2
    assert "serious-assault" in ended.err
