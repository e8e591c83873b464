from __future__ import annotations

import hashlib
import subprocess
import sys

import pytest

from enquiry_tui.domain.complaint_words import suggest_categories
from enquiry_tui.domain.emergency import Card, EntryKind
from enquiry_tui.domain.gate import neutral_sentence
from enquiry_tui.domain.vocabulary import InfoClass, MarkerKind, Office
from enquiry_tui.policy.packs import NAMES, load_pack, load_shipped, shipped_bytes
from enquiry_tui.policy.problems import PackError

PACKS = load_shipped()


def edited(name, old, new, count=1):
    text = shipped_bytes(name).decode()
    assert old in text
    return text.replace(old, new, count).encode()


def problem(name, body):
    with pytest.raises(PackError) as caught:
        load_pack(name, body)
    return caught.value


def test_every_shipped_pack_loads_under_the_hash_of_its_bytes():
    assert [pack.name for pack in PACKS.all()] == list(NAMES)
    for pack in PACKS.all():
        assert pack.hash == hashlib.sha256(pack.body).hexdigest()
        assert pack.format == 1
        assert pack.body == shipped_bytes(pack.name)
    assert PACKS.table.pack == PACKS.disclosure.hash


def test_another_byte_is_another_hash_and_the_same_rules():
    again = load_pack("disclosure", shipped_bytes("disclosure") + b"\n# ours\n")
    assert again.hash != PACKS.disclosure.hash
    assert again.value.cells == PACKS.table.cells
    assert PACKS.having(again).table.pack == again.hash


@pytest.mark.parametrize(
    ("name", "old", "new", "key", "near"),
    [
        ("disclosure", 'allowed = "release"', 'alowed = "release"', "alowed", "allowed"),
        (
            "disclosure",
            "[telephone.relative.public]",
            "[telephone.relativ.public]",
            "telephone",
            "relative",
        ),
        ("disclosure", 'allowed = "part"', 'allowed = "parts"', "allowed", "part"),
        ("disclosure", 'needed = ["R:low"]', 'needed = ["R:lo"]', "needed", "R:low"),
        ("disclosure", 'doors = ["legal"]', 'dors = ["legal"]', "dors", "doors"),
        ("disclosure", "[outcomes.route]", "[outcomes.rout]", "outcomes", "route"),
        ("checks", "[steps.code-word]", "[steps.code-wrod]", "steps", "code-word"),
        ("checks", "misses_allowed", "mises_allowed", "mises_allowed", "misses_allowed"),
        ("say", "[wordings.hold]", "[wordings.holds]", "wordings.holds", "hold"),
        ("say", "{received}", "{recieved}", "wordings.progress", "received"),
        ("urgent", "[cards.bomb]", "[cards.bom]", "cards", "bomb"),
        ("flags", "[flags.rush]", "[flags.rusch]", "flags", "rush"),
        (
            "complaints",
            "[chief-constable.delegated]",
            "[chief-constable.delegate]",
            "delegate",
            "delegated",
        ),
        ("complaints", 'commissioner = "pcc"', 'commissioner = "pccs"', "aliases", "pcc"),
        ("directory", 'kind = "agency"', 'kind = "agancy"', "kind", "agency"),
        ("office", "idle_lock_minutes", "idle_lok_minutes", "limits", "idle_lock_minutes"),
        ("retention", 'default = "c', 'default = "k', "default", "correspondence-2y"),
        ("retention", 'to = "complaint-6y"', 'to = "complaint-6"', "defaults.3", "complaint-6y"),
        ("retention", '"export", "disposal"]', '"exports", "disposal"]', "bars", "export"),
        ("office", "protected-address =", "protectd-address =", "markers", "protected-address"),
    ],
)
def test_an_error_names_the_file_the_key_and_the_nearest_known_one(name, old, new, key, near):
    error = problem(name, edited(name, old, new))
    assert error.title.startswith(f"{name}.toml: ")
    assert key in error.title
    assert error.hint == f"Did you mean {near}?"


@pytest.mark.parametrize(
    ("name", "body", "words"),
    [
        ("office", b"format = 1\nname = ", "not valid TOML"),
        ("office", b"\xff\xfe", "not UTF-8"),
        ("office", b"format = 9\nname = 'office'", "format"),
        ("office", shipped_bytes("say"), "not the pack office"),
        ("office", b"x" * 2_000_000, "larger"),
        ("telephone", b"", "no pack of that name"),
    ],
)
def test_what_is_no_pack_is_refused(name, body, words):
    assert words in problem(name, body).title


def test_a_telephone_rule_that_asks_for_proof_is_refused():
    error = problem(
        "disclosure", edited("disclosure", 'needed = ["R:medium"]', 'needed = ["P:low"]')
    )
    assert "telephone.member-of-public.own-personal" in error.title
    assert "by telephone" in error.title


def test_a_level_that_no_step_on_the_channel_reaches_is_refused():
    error = problem(
        "disclosure", edited("disclosure", 'needed = ["R:low", "P:low"]', 'needed = ["P:high"]')
    )
    assert "in-person.member-of-public.own-progress" in error.title
    assert "reaches P:high" in error.title


def test_steps_that_no_longer_reach_a_rule_are_refused_together():
    checks = edited(
        "checks",
        'channels = ["telephone", "letter", "email"]\nblind = false\nseconds = 120',
        'channels = ["letter"]\nblind = false\nseconds = 120',
    )
    without_ring = load_pack("checks", checks)
    assert PACKS.having(without_ring)
    everywhere = b'channels = ["telephone", "letter", "email", "in-person"]'
    password = b"\nblind = true\nseconds = 9\n"
    by_letter = checks.replace(everywhere + password, b'channels = ["letter"]' + password)
    no_password = load_pack("checks", by_letter)
    with pytest.raises(PackError, match="no step by telephone reaches R:medium"):
        PACKS.having(no_password)


def test_a_missing_rule_is_refused():
    text = shipped_bytes("disclosure").decode()
    start = text.index("[telephone.court.third-party]")
    end = text.index("[telephone.court.sensitive]")
    error = problem("disclosure", (text[:start] + text[end:]).encode())
    assert "telephone.court.third-party: no rule" in error.title
    error = problem(
        "disclosure", edited("disclosure", 'kinds = ["court"]', 'kinds = ["commercial"]')
    )
    assert "rule" in error.title


def test_two_rules_for_one_place_are_refused():
    row = '\n[[rows]]\nchannels = ["letter"]\nkinds = ["court"]\nclasses = ["public"]\n'
    error = problem("disclosure", shipped_bytes("disclosure") + row.encode())
    assert "second rule for letter.court.public" in error.title


def test_a_door_that_is_not_in_the_directory_is_refused():
    pack = load_pack("disclosure", edited("disclosure", 'doors = ["legal"]', 'doors = ["legol"]'))
    with pytest.raises(PackError) as caught:
        PACKS.having(pack)
    assert caught.value.hint == "Did you mean legal?"


def test_the_neutral_sentence_cannot_be_made_two():
    assert PACKS.say.value.wordings["neutral"].words == neutral_sentence()
    error = problem("say", edited("say", "same answer", "same reply"))
    assert "neutral" in error.title


def test_a_failed_check_never_says_that_a_record_exists():
    assert "if we hold" in PACKS.say.value.say("not-passed").casefold()
    error = problem(
        "say", edited("say", "If we hold a way to reach you", "We know how to reach you")
    )
    assert "has to say" in error.title


def test_a_wording_is_filled_and_shows_what_is_not_filled():
    book = PACKS.say.value
    line = book.say("progress", received="3 November", team="Estates")
    assert "3 November" in line
    assert "Estates" in line
    assert "[due]" in line
    assert "wrong number" in book.say("listening")
    assert [item.number for item in book.in_order()] == list(range(1, 19))


def test_there_are_five_cards_of_urgent_harm_with_words_to_ask_and_never_to_say():
    book = PACKS.urgent.value
    assert list(book.cards) == list(Card)
    for card in book.cards.values():
        assert card.ask
        assert card.never
        assert ("exact words" in card.prompts) is card.card.wants_exact_words


def test_the_directory_has_every_kind_and_only_drama_numbers_for_local_entries():
    entries = {entry.key: entry for entry in PACKS.seeds}
    assert {entry.kind for entry in entries.values()} == set(EntryKind)
    assert entries["control-room"].kind is EntryKind.EMERGENCY
    assert {"psd", "press-office", "legal", "dpo", "staff-officer"} <= set(entries)
    for entry in entries.values():
        if entry.phone.startswith("01632"):
            assert entry.phone.startswith("01632 960")
        assert not entry.confirmed_how


def test_who_decides_a_complaint_depends_on_whom_it_is_about_and_whose_desk_it_is():
    rules = PACKS.complaints.value
    for office in Office:
        for about in rules.subjects:
            rule = rules.authority(office, about)
            assert rule is not None
            assert rule.source
        chief = rules.authority(office, "chief-constable")
        assert chief is not None
        assert chief.authority == "Local policing body"
        assert chief.restricted
        assert rules.authority(office, "service") == rules.authority(office, "force-service")
    assert rules.authority(Office.CHIEF_CONSTABLE, "weather") is None
    assert rules.subjects == (
        "force-service",
        "officer",
        "chief-constable",
        "delegated",
        "pcc",
        "opcc-staff",
        "chief-executive",
        "data",
    )


def test_a_rude_officer_suggests_impolite_language():
    words = PACKS.complaints.value.category_words
    assert suggest_categories("He was rude and swore at me", words)[0] == "H1"
    assert {code[0] for code in words} == set("ABCDEFGHJKL")
    assert len(PACKS.complaints.value.ticks) == 5


def test_the_office_has_words_for_every_marker_and_the_limits_that_practice_wants():
    office = PACKS.office.value
    assert set(office.markers) == set(MarkerKind)
    assert (office.call_limit_minutes, office.post_limit_working_days) == (60, 10)
    rules = PACKS.clocks.value.rules
    assert (rules["letter-reply"].length, rules["mp-letter"].length) == (20, 10)
    assert (office.idle_lock_minutes, office.idle_lock_call_minutes) == (5, 30)
    assert "vital-interests" in office.bases


def test_names_of_the_office_are_data_and_cannot_take_the_named_readers_off():
    mayor = edited("complaints", 'short = "PCC"', 'short = "Mayor"')
    assert load_pack("complaints", mayor).value.names["commissioner"].short == "Mayor"
    line = 'restricted = "complaint about the commissioner"\n'
    error = problem("complaints", edited("complaints", line, ""))
    assert "names.commissioner.restricted" in error.title
    error = problem("complaints", edited("complaints", "[names.data]", "[names.date]"))
    assert error.hint == "Did you mean data?"


def test_every_class_has_examples():
    assert set(PACKS.table.examples) == set(InfoClass)
    assert all(PACKS.table.examples.values())


def test_the_rules_of_the_gate_load_no_pydantic():
    code = (
        "import sys, enquiry_tui.domain.gate, enquiry_tui.domain.permits, enquiry_tui.domain.plan\n"
        "import enquiry_tui.domain.audit, enquiry_tui.domain.office_rules, enquiry_tui.policy\n"
        "sys.exit('pydantic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_length_of_a_clock_stands_in_one_file_and_the_sentences_follow():
    shipped = load_shipped()
    assert "told within 5 working days" in shipped.complaints.value.book.why("conclude")
    assert "{" not in "".join(rule.label for rule in shipped.complaints.value.book.sources.values())
    body = shipped_bytes("clocks")
    at = body.index(b"[rules.complaint-outcome]")
    body = body[:at] + body[at:].replace(b"length = 5", b"length = 7", 1)
    changed = shipped.having(load_pack("clocks", body))
    assert "told within 7 working days" in changed.complaints.value.book.why("conclude")
    assert changed.complaints.hash == shipped.complaints.hash
    back = changed.having(shipped.clocks)
    assert "told within 5 working days" in back.complaints.value.book.why("conclude")


def test_a_sentence_that_names_no_clock_of_the_pack_is_refused_with_the_nearest():
    body = shipped_bytes("complaints").replace(b"{complaint-outcome}", b"{complaint-outcom}", 1)
    with pytest.raises(PackError) as refused:
        load_shipped().having(load_pack("complaints", body))
    assert refused.value.title.startswith("complaints.toml: steps.conclude.label: no such clock")
    assert "complaint-outcome" in refused.value.hint
