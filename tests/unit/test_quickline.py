from __future__ import annotations

from datetime import date, datetime
from types import SimpleNamespace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from enquiry_tui.domain.quickline import Direction, Part, Request, echo, parse
from enquiry_tui.domain.references import Reference
from enquiry_tui.domain.text import clean_line
from enquiry_tui.domain.vocabulary import Channel
from enquiry_tui.domain.when import LONDON
from enquiry_tui.domain.workdays import england_and_wales

EW = england_and_wales([2026, 2027])
NOW = datetime(2026, 11, 24, 14, 2, tzinfo=LONDON)
PIECES = (
    *("Siân", "O'Brien", "janet", "Holt", "DI", "Marsh,", "?", "~", "~", ">DCC", "#parking", "!"),
    *("!!", "01632 960491", "07700-900111,", "wh", "withheld", "anon", "due:10wd", "due:fri 4 dec"),
    *("cb:16:00", "at:13:05", "by:Reid", 'by:"Col Reid"', "ref:26-118", "their:RL/1234", "118"),
    *(
        "26-118",
        "in",
        "out",
        "letter",
        "from",
        "@janet",
        "$s",
        "due:",
        "cb:soon",
        ">",
        "#5",
        "rang",
    ),
)
pieces = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4))).map(" ".join)


def read(line):
    return parse(line, now=NOW, calendar=EW, own_prefix="OPCC")


def test_a_full_line_is_understood_part_by_part():
    line = read("Siân O'Brien 01632 960491 >DCC #parking ! due:10wd ~ no reply to her letter")
    assert (line.channel, line.direction) == (Channel.TELEPHONE, Direction.IN)
    assert (line.who, line.unsure) == ("Siân O'Brien", False)
    assert line.phone is not None
    assert line.phone.e164 == "+441632960491"
    assert (line.for_whom, line.topics, line.urgent) == ("DCC", ("parking",), True)
    assert line.due == date(2026, 12, 8)
    assert line.note == "no reply to her letter"
    assert line.unread == ()


def test_a_name_inside_the_note_is_never_the_caller():
    line = read("Janet Holt 07700 900111 ~ daughter's ex Ryan Pell moved near the school")
    assert line.who == "Janet Holt"
    assert line.note == "daughter's ex Ryan Pell moved near the school"
    for text in (
        "~ Ryan Pell moved near the school",
        "07700 900111 ~ Ryan Pell moved",
        "asks where Ryan Pell lives",
        "Please ring Ryan Pell",
    ):
        assert read(text).who is None


@pytest.mark.parametrize(
    ("typed", "who", "unsure", "note"),
    [
        (
            "Sian Obrien letter 3 weeks ago parking ~",
            "Sian Obrien",
            False,
            "letter 3 weeks ago parking",
        ),
        ("Shivawn Mcgilicudy?", "Shivawn Mcgilicudy", True, ""),
        ("O’Brien ? 07700 900111 after four", "O’Brien", True, "after four"),
        ("Holt, Janet 07700 900111", "Holt, Janet", False, ""),
        ("Łucja Kowalska, 01632 960491, property", "Łucja Kowalska", False, "property"),
        ("Mr T H Nguyễn 01632 960100 rude officer", "Mr T H Nguyễn", False, "rude officer"),
        ("Rachel Lane MP office >staff", "Rachel Lane MP office", False, ""),
        ("Tom rang about parking", "Tom", False, "rang about parking"),
        ("Holt ~ parking", "Holt", False, "parking"),
        ("@janet holt 07700 900111", "janet holt", False, ""),
        ("parking again @janet holt", "janet holt", False, "parking again"),
        (">DCC Janet Holt re invitation", "Janet Holt", False, "re invitation"),
        ("Dr. A. de Souza ~ x", "Dr. A. de Souza", False, "x"),
        ("北京 王 07700 900111", "北京 王", False, ""),
        ("no reply to her letter", None, False, "no reply to her letter"),
        ("janet holt wants a call", None, False, "janet holt wants a call"),
        ("Your officer at the counter swore", None, False, "Your officer at the counter swore"),
        ("Vehicles parked on the verge", None, False, "Vehicles parked on the verge"),
        ("JANET HOLT PARKING AT SCHOOL", None, False, "JANET HOLT PARKING AT SCHOOL"),
        ("One Two Three Four Five", "One Two Three Four", False, "Five"),
        ("rl/1234", None, False, "rl/1234"),
        ("", None, False, ""),
    ],
)
def test_who_is_the_name_in_front_or_nobody(typed, who, unsure, note):
    line = read(typed)
    assert (line.who, line.unsure, line.note) == (who, unsure, note)


def test_an_official_with_a_withheld_number_is_kept_as_heard():
    line = read("DI Marsh, Northmere Police? withheld ~ wants address Dawn Pell, custody clock")
    assert (line.who, line.unsure) == ("DI Marsh, Northmere Police", True)
    assert (line.withheld, line.phone) == (True, None)
    assert line.note == "wants address Dawn Pell, custody clock"


def test_withheld_in_a_sentence_is_a_word_of_the_sentence():
    assert read("name withheld from the report").note == "name withheld from the report"
    assert read("Ann Mercer withheld about vans").withheld
    assert read("vans again wh").withheld


@pytest.mark.parametrize(
    ("typed", "channel", "direction", "who"),
    [
        ("letter from Janet Holt ~ parking", Channel.LETTER, Direction.IN, "Janet Holt"),
        ("letter out to Janet Holt re parking", Channel.LETTER, Direction.OUT, "Janet Holt"),
        ("out Janet Holt voicemail left", Channel.TELEPHONE, Direction.OUT, "Janet Holt"),
        ("voicemail 07700 900111 ~ ring", Channel.VOICEMAIL, Direction.IN, None),
        ("email ~ parking", Channel.EMAIL, Direction.IN, None),
        ("visit Janet Holt ~ counter", Channel.IN_PERSON, Direction.IN, "Janet Holt"),
        ("in Janet Holt ~ x", Channel.TELEPHONE, Direction.IN, "Janet Holt"),
    ],
)
def test_the_channel_stands_at_the_start(typed, channel, direction, who):
    line = read(typed)
    assert (line.channel, line.direction, line.who) == (channel, direction, who)


def test_a_sentence_may_begin_with_in_or_out():
    assert read("in the street a van").note == "in the street a van"
    assert read("out of order lift").direction is Direction.IN


@pytest.mark.parametrize(
    ("typed", "number", "note"),
    [
        ("118", 118, ""),
        ("26-118 still waiting", 118, "still waiting"),
        ("118 Siân O'Brien ~ word", 118, "word"),
        ("OPCC-2026-000118, chasing", 118, "chasing"),
        ("ref:26-118 thanks", 118, "thanks"),
    ],
)
def test_a_reference_in_front_is_the_matter(typed, number, note):
    line = read(typed)
    assert (line.matter, line.note) == (Reference("OPCC", 2026, number), note)


@pytest.mark.parametrize(
    "typed", ["3 weeks ago she wrote", "12 people outside", "4/12 is too late", "27-5 next year"]
)
def test_a_number_that_counts_or_dates_something_is_no_matter(typed):
    line = read(typed)
    assert (line.matter, line.note) == (None, typed)


def test_their_reference_is_kept_apart_from_ours():
    assert read("their:RL/1234 chasing").their_reference == "RL/1234"
    assert read("ref:RL/1234 chasing").their_reference == "RL/1234"
    line = read("Tom W their:RL/1234 chasing letter about Mrs Kaur")
    assert (line.who, line.note) == ("Tom W", "chasing letter about Mrs Kaur")


def test_a_line_that_begins_with_two_marks_is_urgent_harm():
    for typed in ("!! man on bridge", "!!man on bridge", "!!"):
        assert read(typed).emergency
    assert not read("help!! please").emergency
    assert not read("! parking").emergency


def test_promises_and_slips_written_up_later_have_their_times():
    line = read('Janet Holt cb:wed 11:00 at:13:05 by:"Col Reid" ~ x')
    assert line.call_back == datetime(2026, 11, 25, 11, 0, tzinfo=LONDON)
    assert line.at == datetime(2026, 11, 24, 13, 5, tzinfo=LONDON)
    assert line.entered_by == "Col Reid"
    assert line.note == "x"


def test_a_field_that_cannot_be_read_stays_in_the_note_and_is_pointed_out():
    line = read("vans due:whenever cb:fri")
    assert (line.due, line.call_back) == (None, None)
    assert line.note == "vans due:whenever cb:fri"
    assert [words.split(":")[0] for words in line.unread] == ["due", "cb"]
    assert Part.UNREAD in {part.kind for part in echo(line)}


@pytest.mark.parametrize(
    ("sign", "right"),
    [
        ("$f", Request.FREEDOM_OF_INFORMATION),
        ("$s", Request.SUBJECT_ACCESS),
        ("$C", Request.DATA_COMPLAINT),
    ],
)
def test_a_request_is_marked_with_one_sign(sign, right):
    assert read(f"Janet Holt {sign} everything you hold").request is right
    assert read("fined $500").request is None


def test_an_anonymous_caller_is_nobody():
    line = read("anon ~ noise in Harlow")
    assert (line.who, line.anonymous, line.note) == (None, True, "noise in Harlow")


def test_the_first_phone_and_the_first_recipient_count_and_the_rest_stays():
    line = read("Ann Mercer 07700 900111 >DCC or 07700 900222 >staff")
    assert line.phone is not None
    assert line.phone.shown == "07700 900 111"
    assert line.for_whom == "DCC"
    assert line.note == "or 07700 900222 >staff"


def test_the_echo_says_everything_that_was_understood():
    line = read("Siân O'Brien? 01632 960491 >DCC #parking ! due:10wd cb:16:00 $s ~ no reply")
    said = [part.text for part in echo(line, "3 earlier, last 12 Nov")]
    assert said == [
        "call in",
        "who Siân O'Brien, spelling not sure (3 earlier, last 12 Nov)",
        "phone 01632 960 491",
        "message for DCC",
        "topic parking",
        "urgent",
        "due Tue 8 Dec 2026 = 10 working days, England & Wales",
        "ring back Tue 24 Nov 2026 16:00",
        "subject access request: the clock runs from today",
        "note no reply",
    ]


def test_the_echo_says_who_none_rather_than_guessing():
    said = [part.text for part in echo(read("vans on the verge again"))]
    assert said == ["call in", "WHO none", "note vans on the verge again"]
    assert "WHO anonymous" in [part.text for part in echo(read("anon ~ x"))]


@given(st.one_of(pieces, st.text(alphabet=st.characters(exclude_categories=()))))
@example("Ab withheld")
@example("@")
@example('by:"')
def test_no_line_raises_and_no_character_is_lost(typed):
    line = read(typed)
    claimed = bytearray(len(line.line))
    for claim in line.claims:
        assert 0 <= claim.start < claim.end <= len(line.line)
        assert not any(claimed[claim.start : claim.end])
        claimed[claim.start : claim.end] = b"\x01" * (claim.end - claim.start)
    left = (letter for letter, taken in zip(line.line, claimed, strict=True) if not taken)
    assert "".join("".join(left).split()) == "".join(line.note.split())
    assert line.line == clean_line(typed).text
    assert echo(line)


@given(pieces)
def test_every_claim_has_its_field(typed):
    line = read(typed)
    parts = {claim.part for claim in line.claims}
    fields = SimpleNamespace(
        who=line.who, phone=line.phone or line.withheld, matter=line.matter, due=line.due
    )
    for part in (Part.WHO, Part.PHONE, Part.MATTER, Part.DUE):
        assert (part in parts) == bool(getattr(fields, part.value))


@pytest.mark.parametrize("piece", ["due: ", "Ab withheld ", "@ ", "#a ", "cb:1 ", "0 4 ", '"', "~"])
def test_a_very_long_line_is_read_in_one_go(piece):
    line = read(piece * 2000)
    assert len(line.unread) <= 6
