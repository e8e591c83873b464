from __future__ import annotations

import base64
from datetime import UTC, datetime
from importlib import resources

import pytest

from enquiry_tui.intake import LetterRefused, read_letter
from enquiry_tui.intake.letter import MAX_FILE_BYTES
from enquiry_tui.intake.markup import reduce_html
from tests.unit.letter_corpus import HTML, PLAIN, PNG, UTF8, corpus, enclosure, mail, multi, part


def page(html: str) -> str:
    return read_letter(mail(b"Content-Type: text/html; charset=utf-8", body=html.encode())).text


def body(*headers: bytes, data: bytes) -> str:
    return read_letter(mail(*headers, body=data)).text


def test_the_sample_letter_reads_as_its_sender_wrote_it():
    letter = read_letter(
        resources.files("enquiry_tui").joinpath("demo/sample_letter.eml").read_bytes()
    )
    assert letter.source == "eml"
    assert (letter.sender_name, letter.sender_address) == (
        "Siân O'Brien",
        "sian.obrien@example.org",
    )
    assert letter.subject == "Parking at the school gates, Mill Lane"
    assert letter.dated == datetime(2026, 11, 16, 19, 42, 5, tzinfo=UTC)
    assert "Łukasz Wiśniewski and Nguyễn Thị Hoa" in letter.text
    assert [one.name for one in letter.attachments] == ["times at the gates.txt"]
    assert b"zigzag" in letter.attachments[0].data
    assert (letter.removed, letter.notes) == (0, ())


def test_the_sample_call_is_one_line():
    call = resources.files("enquiry_tui").joinpath("demo/sample_call.txt").read_text("utf-8")
    assert len(call.splitlines()) == 1
    assert "01632 960491" in call


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \r\n\0", "empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 9, ".msg"),
        (b"PK\x03\x04" + b"x" * 50, "Word"),
        (b"{\\rtf1 hello}", "rich-text"),
        (PNG, "picture"),
        (b"\x7fELF" + b"\0" * 80, "program"),
        (bytes(range(256)) * 40, "not text"),
        (b"<html><!-- nothing --></html>", "no words"),
    ],
)
def test_what_is_no_letter_is_refused_with_what_to_do(data, words):
    with pytest.raises(LetterRefused) as refusal:
        read_letter(data, name="letter.eml")
    assert words in refusal.value.title
    assert refusal.value.hint


def test_a_msg_brought_by_mistake_says_save_it_as_eml():
    with pytest.raises(LetterRefused) as refusal:
        read_letter(b"\xd0\xcf\x11\xe0" + b"\0" * 600, name="complaint.msg")
    assert ".eml" in refusal.value.hint


def test_a_file_over_forty_mebibytes_is_refused():
    with pytest.raises(LetterRefused, match="larger than 40 MiB"):
        read_letter(b"a" * (MAX_FILE_BYTES + 1))


def test_a_thousand_parts_are_refused():
    with pytest.raises(LetterRefused, match="more than 500 parts"):
        read_letter(multi([part(b"Content-Type: text/plain", body=b"x")] * 1000))


def test_attachments_over_the_cap_are_refused():
    big = enclosure(b"film.mp4", b"\0" * (26 * 1024 * 1024))
    with pytest.raises(LetterRefused, match="larger than 25 MiB"):
        read_letter(multi([PLAIN, big]))


def test_a_mailbox_of_two_letters_is_refused_and_of_one_is_read():
    one = b"From ann@example.org Tue Nov  3 09:05:00 2026\n" + mail().replace(b"\r\n", b"\n")
    assert read_letter(one).sender_address == "ann@example.org"
    with pytest.raises(LetterRefused, match="several letters"):
        read_letter(one + b"\n" + one)


def test_a_ten_megabyte_body_is_stored_whole_and_says_so():
    letter = read_letter(mail(body=b"word " * 2_000_000))
    assert len(letter.text) == 2_000_000
    assert letter.characters == 10_000_000
    assert letter.attachments[-1].name == "whole text.txt"
    assert len(letter.attachments[-1].data) == 10_000_000
    assert any("10,000,000 characters" in note for note in letter.notes)


def test_the_kind_is_told_by_content_not_by_name():
    assert read_letter(mail(), name="letter.txt").source == "eml"
    assert read_letter(b"Dear Sir,\nPlease help.\n", name="letter.eml").source == "text"


def test_a_typed_letter_gives_its_subject_line_or_its_first_words():
    assert read_letter(b"Dear Sir,\nRe: The lamp\n\nIt is out.").subject == "The lamp"
    assert read_letter(b"Dear Sir,\n\nThe lamp is out.").subject == "The lamp is out."
    assert read_letter("Café “noise”".encode("cp1252")).text == "Café “noise”"


def test_hidden_characters_are_taken_out_and_counted():
    letter = read_letter(mail(body="a\u202eb\u200bc\x07d".encode()))
    assert letter.text == "abcd"
    assert letter.removed == 3


def test_the_label_of_an_alphabet_is_not_believed_against_its_bytes():
    latin = b"Content-Type: text/plain; charset=iso-8859-1"
    unicode_ = b"Content-Type: text/plain; charset=utf-8"
    assert body(latin, data="Siân".encode()) == "Siân"
    assert body(unicode_, data="Siân".encode("latin-1")) == "Siân"
    assert body(b"Content-Type: text/plain; charset=x-none", data="Łódź".encode()) == "Łódź"
    assert body(latin, data=b"\x93quoted\x94") == "“quoted”"
    damaged = body(unicode_, data="Łukasz ąęół żźć".encode() + b"\xff")
    assert damaged.startswith("Łukasz ąęół")


def test_encoded_words_join_letters_that_were_split_between_them():
    name = b"=?utf-8?Q?Si=C3?= =?utf-8?Q?=A2n?="
    data = b"From: " + name + b" <s@example.org>\nSubject: =?utf-8?B?xYF1?= x\n\ny"
    letter = read_letter(data)
    assert (letter.sender_name, letter.subject) == ("Siân", "Łu x")


def test_an_encoded_name_cannot_forge_the_address():
    forged = base64.b64encode(b"chief@example.com> <x").decode()
    data = f"From: =?utf-8?B?{forged}?= <real@example.org>\nSubject: x\n\ny".encode()
    assert read_letter(data).sender_address == "real@example.org"


def test_without_a_date_the_oldest_received_line_counts():
    odd = corpus()
    assert read_letter(odd["received, no date"]).dated == datetime(2026, 11, 3, 10, tzinfo=UTC)
    assert read_letter(odd["date 2"]).dated is None


def test_plain_text_is_preferred_unless_it_only_stands_in():
    stub = part(b"Content-Type: text/plain", body=b"See the other version.")
    long = part(b"Content-Type: text/html", body=b"<p>" + b"words " * 60 + b"</p>")
    assert "Łukasz" in read_letter(multi([PLAIN, HTML], b"alternative")).text
    assert read_letter(multi([stub, long], b"alternative")).text.startswith("words words")


def test_html_keeps_words_links_and_rows_and_drops_scripts():
    text = page(
        "<style>p{}</style><script>alert('<p>')</script><!-- no --><h1>Parking</h1>"
        "<p>See <a href='https://example.org/plan'>the plan</a>,&nbsp;please.<br>Thanks</p>"
        "<table><tr><td>Mon</td><td>8.30</td></tr><tr><td>Tue</td><td>8.40</td></tr></table>"
        "<ul><li>one<li>two</ul>"
    )
    assert text.split("\n") == [
        "Parking", "", "See the plan [https://example.org/plan], please.", "Thanks", "",
        "Mon   8.30", "Tue   8.40", "", "- one", "- two",
    ]  # fmt: skip


def test_html_that_is_only_an_address_does_not_say_it_twice():
    assert page("<a href='mailto:a@example.org'>a@example.org</a>") == "a@example.org"
    assert "javascript" not in page("<a href='javascript:alert(1)'>press</a>")


def test_invisible_words_are_shown_and_named():
    words, hidden = reduce_html("<div style='display : none'>pay</div>now")
    assert hidden
    assert words.split() == ["pay", "now"]


def test_soft_line_breaks_are_joined_and_quoting_kept():
    flowed = b"Content-Type: text/plain; format=flowed"
    assert body(flowed, data=b"one \r\ntwo\r\n> three \r\n> four\r\n") == "one two\n> three four"


def test_a_forwarded_letter_is_read_and_kept():
    letter = read_letter(corpus()["forwarded"])
    assert "---- Enclosed message ----\nFrom: Ann Mercer <ann@example.org>" in letter.text
    assert [one.media_type for one in letter.attachments] == ["message/rfc822"]
    assert letter.attachments[0].data.startswith(b"From: Ann Mercer")


def test_names_of_attachments_are_words_and_never_paths():
    odd = corpus()

    def name(key: str) -> str:
        return read_letter(odd[f"file name {key}"]).attachments[0].name

    assert name("path") == "passwd"
    assert name("windows path") == "plan.doc"
    assert name("rfc 2231") == "Siân.pdf"
    assert name("encoded word") == "Siân.pdf"
    assert name("bidi") == "gpj.exe"
    assert name("dots") == "part 1.png"
    assert len(name("long")) == 120
    assert name("long").endswith("….pdf")


def test_signatures_invitations_and_winmail_are_kept_as_they_came():
    odd = corpus()
    assert [one.name for one in read_letter(odd["signed by s/mime"]).attachments] == ["smime.p7s"]
    assert [one.name for one in read_letter(odd["calendar"]).attachments] == ["part 1.ics"]
    winmail = read_letter(odd["winmail"])
    assert winmail.attachments[0].data == b"\x78\x9f\x3e\x22"
    assert any("winmail.dat" in note for note in winmail.notes)
    assert any("sealed" in note for note in read_letter(odd["sealed"]).notes)


def test_a_boundary_that_is_missing_or_unclosed_loses_no_words():
    odd = corpus()
    for key in ("boundary missing", "boundary wrong", "boundary unclosed"):
        assert "Łukasz and Siân" in read_letter(odd[key]).text, key


def test_attachment_bytes_come_back_as_they_were_sent():
    assert read_letter(multi([PLAIN, enclosure(b"a.png")])).attachments[0].data == PNG
    assert UTF8.decode().replace("\r\n", "\n").strip() == read_letter(multi([PLAIN])).text.strip()
