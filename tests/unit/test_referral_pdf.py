from __future__ import annotations

import functools
import io
import re
import shutil
import subprocess
import sys
import unicodedata
from dataclasses import replace
from typing import Any

import pytest
from pypdf import PdfReader

from enquiry_tui.documents.password import LENGTH, generate_password, password_words
from enquiry_tui.documents.pdf import render_pdf
from tests.unit.summaries import SUMMARY
from tests.unit.test_referral_summary import HOSTILE, everywhere

LONG = replace(SUMMARY, account="Vans stop on the zigzag lines. " * 400)


@functools.cache
def plain() -> bytes:
    return render_pdf(SUMMARY)


@functools.cache
def long() -> bytes:
    return render_pdf(LONG)


def needs(tool: str) -> str:
    path = shutil.which(tool)
    if path is None:
        pytest.skip(f"{tool} is not installed here, so what it would read is not checked")
    return path


def run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def pages(data: bytes, password: str | None = None) -> list[str]:
    reader = PdfReader(io.BytesIO(data), password=password)
    return [unicodedata.normalize("NFC", page.extract_text()) for page in reader.pages]


def flat(text: str) -> str:
    return " ".join(text.split())


def test_page_one_is_the_summary_and_the_rest_is_annex():
    texts = pages(long())
    assert len(texts) > 2
    assert "Handling" in texts[0]
    assert "goes on in annex 1" in flat(texts[0])
    assert "Annex 1: Account, continued" in texts[1]
    assert "Annex 1" not in texts[0]


def test_every_page_is_marked_numbered_and_says_whom_to_tell():
    texts = pages(render_pdf(replace(LONG, demonstration=True)))
    for number, text in enumerate(texts, 1):
        assert text.count("OFFICIAL-SENSITIVE – PERSONAL DATA – RECIPIENTS ONLY") == 2
        assert f"page {number} of {len(texts)}" in text
        assert "OPCC-2026-000118" in text
        assert "If received in error, tell us at once: Information desk, 01632 960100" in text
        assert "Audit code K7Q2-9FMT-XW" in text
        assert "DEMONSTRATION" in text
    assert "DEMONSTRATION" not in "".join(pages(plain()))


def test_names_come_back_and_what_no_font_has_is_spelled():
    text = flat(pages(plain())[0])
    for name in ("Siân O'Brien", "Łukasz Wiśniewski", "Nguyễn Thị Hoa", "[Wang Xiaoming]"):
        assert name in text


def test_pdftotext_gives_back_the_names(tmp_path):
    tool = needs("pdftotext")
    file = tmp_path / "a.pdf"
    file.write_bytes(plain())
    text = unicodedata.normalize("NFC", run(tool, "-layout", str(file), "-"))
    for name in ("Siân O'Brien", "Łukasz Wiśniewski", "Nguyễn Thị Hoa", "[Wang Xiaoming]"):
        assert name in text


def test_the_metadata_names_the_reference_and_nobody():
    reader = PdfReader(io.BytesIO(plain()))
    assert reader.metadata is not None
    assert reader.metadata.title == "OPCC-2026-000118"
    assert set(reader.metadata) <= {"/Title", "/CreationDate", "/Producer"}
    assert not reader.metadata.get("/Producer")
    assert reader.metadata.creation_date == SUMMARY.created


def test_the_same_summary_gives_the_same_bytes():
    assert render_pdf(SUMMARY) == plain()


def test_a_protected_pdf_opens_with_its_password_only():
    password = generate_password()
    data = render_pdf(SUMMARY, password)
    assert "Siân O'Brien" in flat(pages(data, password)[0])
    reader = PdfReader(io.BytesIO(data))
    assert reader.is_encrypted
    assert not reader.decrypt("wrong")
    how: Any = reader.trailer["/Encrypt"]
    assert (how["/V"], how["/R"]) == (5, 6)
    assert how.get("/EncryptMetadata", True)  # said only where it is false


def test_a_protected_pdf_shows_nothing_in_clear():
    data = render_pdf(SUMMARY, generate_password())
    for word in (b"OPCC-2026", b"20261124", b"O'Brien", b"Okafor"):
        assert word not in data


def test_qpdf_finds_a_protected_pdf_sound_and_pdftotext_reads_it(tmp_path):
    qpdf, reader = needs("qpdf"), needs("pdftotext")
    password = generate_password()
    file = tmp_path / "a.pdf"
    file.write_bytes(render_pdf(LONG, password))
    said = run(qpdf, f"--password={password}", "--check", str(file))
    assert "R = 6" in said
    assert "AESv3" in said
    assert "Łukasz" in unicodedata.normalize("NFC", run(reader, "-upw", password, str(file), "-"))
    assert subprocess.run([reader, str(file), "-"], capture_output=True, check=False).returncode


def test_qpdf_finds_a_plain_pdf_sound(tmp_path):
    qpdf = needs("qpdf")
    file = tmp_path / "a.pdf"
    file.write_bytes(long())
    assert "No syntax or stream encoding errors found" in run(qpdf, "--check", str(file))


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_prints_and_page_one_stays_the_summary(text):
    texts = pages(render_pdf(everywhere(text[:3_000])))
    assert "Handling" in texts[0]
    assert "Annex 1" not in texts[0]
    assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e]", "".join(texts))


def test_a_line_of_100_kilobytes_wraps_and_none_of_it_is_lost():
    texts = pages(render_pdf(replace(SUMMARY, account="W" * 100_000, ask="W" * 500)))
    assert "Handling" in texts[0]
    assert 100_500 <= "".join(texts).count("W") < 100_600


def test_words_that_look_like_a_page_count_stay_words():
    assert "{nb} of {nb}" in pages(render_pdf(replace(SUMMARY, ask="{nb} of {nb}")))[0]


@pytest.mark.parametrize("password", ["", "é", "x" * 33])
def test_a_password_that_readers_differ_on_is_refused(password):
    with pytest.raises(ValueError, match="ASCII"):
        render_pdf(SUMMARY, password)


def test_a_generated_password_is_short_plain_and_hard_to_guess():
    seen = {generate_password() for _ in range(200)}
    assert len(seen) == 200
    assert all(re.fullmatch(r"([a-z]{3,4}-){6}\d\d", one) and len(one) <= LENGTH for one in seen)
    words = password_words()
    assert len(set(words)) == len(words)
    assert len(words) ** 6 * 100 > 2**60


def test_the_pdf_library_is_not_loaded_before_a_pdf_is_made():
    code = (
        "import sys, enquiry_tui.documents.pdf, enquiry_tui.documents.words;"
        "sys.exit(bool({'fpdf', 'fontTools', 'PIL', 'cryptography'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
