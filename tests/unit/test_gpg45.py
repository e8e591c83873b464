from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enquiry_tui.domain.gpg45 import PROFILES, evaluate
from enquiry_tui.domain.vocabulary import Proof

score = st.integers(0, 4)
evidence = st.lists(st.tuples(score, score), max_size=5)

# typed again from the published table: level, evidence, activity, fraud, verification
PUBLISHED = """
low L1A 22 0 1 1
low L1B 32 0 0 1
low L1C 11 3 2 2
low L2A 11,11 2 1 2
low L2B 11,11 2 2 1
low L3A 11,11,11 2 1 1
medium M1A 42 0 1 2
medium M1B 32 1 2 2
medium M1C 33 0 0 3
medium M1D 22 2 1 3
medium M2A 22,22 3 2 2
medium M2B 32,22 1 1 2
medium M2C 32,22 0 1 3
medium M3A 22,22,22 2 2 2
high H1A 43 0 1 3
high H1B 33 2 1 3
high H1C 43 0 0 4
high H2A 22,22 3 2 3
high H2B 42,32 0 2 3
high H2C 33,22 1 1 3
high H2D 33,22 0 1 3
high H2E 43,33 0 0 3
high H3A 22,22,22 2 2 3
very-high V1A 43 0 3 3
very-high V1B 44 0 1 3
very-high V1C 43 1 1 4
very-high V1D 44 0 0 4
very-high V2A 33,33 3 2 3
very-high V2B 43,33 0 2 3
very-high V2C 43,22 2 2 3
very-high V2D 44,44 0 0 3
very-high V3A 33,22,22 3 3 3
"""


def rows():
    for line in PUBLISHED.strip().split("\n"):
        level, name, items, *scores = line.split()
        pairs = [(int(item[0]), int(item[1])) for item in items.split(",")]
        yield level, name, pairs, [int(score) for score in scores]


def oracle(offered, activity, fraud, verification):
    met = []
    for level, name, wanted, least in rows():
        enough = all(
            score >= minimum
            for score, minimum in zip((activity, fraud, verification), least, strict=True)
        )
        if enough and any(
            all(s >= ws and v >= wv for (s, v), (ws, wv) in zip(order, wanted, strict=True))
            for order in permutations(offered, len(wanted))
        ):
            met.append((level, name))
    return met


def test_the_profiles_are_the_published_ones():
    assert len(PROFILES) == 32
    for profile, (level, name, wanted, scores) in zip(PROFILES, rows(), strict=True):
        assert profile.level == level
        assert profile.name == name
        assert list(profile.evidence) == wanted
        assert [profile.activity, profile.fraud, profile.verification] == scores


@settings(max_examples=400, deadline=None)
@given(evidence, score, score, score)
def test_the_evaluator_agrees_with_trying_everything(items, activity, fraud, verification):
    met = oracle(items, activity, fraud, verification)
    found = evaluate(items, activity, fraud, verification)
    assert list(found.profiles) == [name for _, name in met]
    ranks = [Proof(level).rank for level, _ in met]
    assert found.level.rank == max(ranks, default=0)


@settings(max_examples=200, deadline=None)
@given(evidence, st.tuples(score, score), st.tuples(score, score, score))
def test_extra_evidence_never_harms_and_order_never_matters(items, extra, scores):
    before = evaluate(items, *scores)
    after = evaluate([extra, *items], *scores)
    assert after.level.rank >= before.level.rank
    assert set(before.profiles) <= set(after.profiles)
    assert evaluate(list(reversed(items)), *scores) == before


def test_whatever_meets_h2c_meets_h2d_too():
    assert {"H2C", "H2D"} <= set(evaluate([(3, 3), (2, 2)], 1, 1, 3).profiles)


def test_one_document_does_not_stand_for_two():
    assert "M2B" not in evaluate([(3, 2)], 1, 1, 2).profiles
    assert "M2B" in evaluate([(2, 2), (3, 2)], 1, 1, 2).profiles


@pytest.mark.parametrize(
    ("name", "items", "scores", "met"),
    [
        # cases published with the GOV.UK One Login evaluator: order, stronger and weaker pieces
        ("H2C", [(3, 3), (2, 2)], (1, 1, 3), True),
        ("H2C", [(2, 2), (3, 3)], (1, 1, 3), True),
        ("H2C", [(4, 2), (3, 3)], (1, 1, 3), True),
        ("H2C", [(2, 4), (3, 3)], (1, 1, 3), True),
        ("V3A", [(2, 2), (2, 2), (3, 3)], (3, 3, 3), True),
        ("V3A", [(2, 4), (3, 3), (2, 2)], (3, 3, 3), True),
        ("L1A", [(2, 2), (1, 1)], (0, 1, 1), True),
        ("L1C", [(1, 4)], (3, 2, 2), True),
        ("V2A", [(3, 3)], (3, 2, 3), False),
        ("V1C", [(4, 3)], (1, 1, 3), False),
        ("V1C", [(4, 3)], (1, 0, 4), False),
        ("V1C", [(4, 3)], (0, 1, 4), False),
        ("V1C", [(4, 2)], (1, 1, 4), False),
        ("V1C", [(3, 3)], (1, 1, 4), False),
        # two pieces of one score are two; the first engine of the programme, of 2021, took them
        # for one, and so never met these
        ("L2A", [(1, 1), (1, 1)], (2, 1, 2), True),
        ("M3A", [(2, 2), (2, 2), (2, 2)], (2, 2, 2), True),
        ("V2D", [(4, 4), (4, 4)], (0, 0, 3), True),
        # and took the first piece that fits, which may be the one that another needs
        ("M2B", [(3, 2), (2, 2)], (1, 1, 2), True),
        ("H2D", [(3, 3), (3, 2)], (0, 1, 3), True),
        ("H2D", [(3, 2), (2, 4)], (0, 1, 3), False),
    ],
)
def test_the_published_cases_come_out(name, items, scores, met):
    assert (name in evaluate(items, *scores).profiles) is met


def test_a_passport_that_was_only_looked_at_proves_nothing_at_a_desk():
    assert evaluate([(3, 1)], 0, 0, 1).level is Proof.NONE
    assert evaluate([], 4, 4, 4).level is Proof.NONE
    assert evaluate([(3, 2)], 0, 0, 1).level is Proof.LOW


@pytest.mark.parametrize(
    ("items", "scores"), [([(5, 0)], (0, 0, 0)), ([(0, -1)], (0, 0, 0)), ([], (0, 5, 0))]
)
def test_a_score_outside_the_scale_is_refused(items, scores):
    with pytest.raises(ValueError, match="0 to 4"):
        evaluate(items, *scores)
