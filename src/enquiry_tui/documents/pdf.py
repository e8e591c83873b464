"""A referral summary as PDF: A4, page one the summary, marked on every page, protected if asked."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from enquiry_tui.documents.layout import Layout, layout
from enquiry_tui.documents.printable import FONTS, printable
from enquiry_tui.documents.sheet import (
    HEIGHT_MM,
    MARGIN_MM,
    MM_A_POINT,
    WIDTH_MM,
    Run,
    fitted,
    sheets,
)
from enquiry_tui.documents.summary import ReferralSummary
from enquiry_tui.documents.wrap import wrap

if TYPE_CHECKING:
    from fpdf import FPDF

_FAMILY = "dejavu"
_SMALL = 7.5
_MARKING_SIZES = (12.0, 11.0, 10.0, 9.0, 8.0, 7.0, 6.0, 5.0, 4.0)
_IN_ERROR_SIZES = (7.5, 7.0, 6.0, 5.0, 4.0)
_FRAME = WIDTH_MM - 2 * MARGIN_MM


def render_pdf(summary: ReferralSummary, password: str | None = None) -> bytes:
    """Give the PDF. With a password (ASCII, at most 32 characters): AES-256, revision 6.

    Raises ValueError for a password that readers would not all take. PDF encryption proves
    nothing about integrity: the printed audit code does.
    """
    if password is not None and not (password.isascii() and 0 < len(password) <= 32):
        raise ValueError("a PDF password is 1 to 32 ASCII characters")
    page = layout(summary)
    pdf = _new(page)
    regular, bold = pdf.fonts[_FAMILY].cw, pdf.fonts[_FAMILY + "B"].cw
    widths = _measure(regular), _measure(bold)
    pages = sheets(page.first_page, page.annexes, widths)
    for number, runs in enumerate(pages, 1):
        pdf.add_page()
        for run in runs:
            _draw(pdf, run)
        for run in _furniture(page, f"page {number} of {len(pages)}", *widths):
            _draw(pdf, run)
    if password is not None:
        _protect(pdf, password)
    return bytes(pdf.output())


def _new(page: Layout) -> FPDF:
    """Open a document that says nothing of its maker: its title is the reference."""
    from fpdf import FPDF  # noqa: PLC0415 - half a second, and only this function needs it

    pdf = FPDF(format="A4", unit="mm")
    pdf.set_auto_page_break(auto=False)
    pdf.alias_nb_pages("")  # words in a text must not turn into numbers of pages
    pdf.add_font(_FAMILY, "", FONTS / "DejaVuSans.ttf")
    pdf.add_font(_FAMILY, "B", FONTS / "DejaVuSans-Bold.ttf")
    pdf.set_title(printable(page.reference))
    pdf.set_producer("")
    pdf.set_creation_date(page.created)
    pdf.set_lang("en-GB")
    return pdf


def _measure(widths: Any) -> Callable[[str], float]:  # noqa: ANN401 - the library's own mapping
    """Give a function for the width of a character, in thousandths of the size of type."""
    return lambda character: float(widths[ord(character)])


def _draw(pdf: FPDF, run: Run) -> None:
    """Write some words at their place."""
    if not run.text.strip():
        return
    pdf.set_font(_FAMILY, "B" if run.bold else "", run.size)
    pdf.text(run.x, run.y, run.text)


def _furniture(
    page: Layout, number: str, regular: Callable[[str], float], bold: Callable[[str], float]
) -> list[Run]:
    """Give what stands on every page: marking, reference, number, whom to tell, audit code."""
    marking, reference = printable(page.marking), printable(page.reference)
    size = fitted(marking, _FRAME, _MARKING_SIZES, bold)
    runs = [_centred(marking, y, size, bold) for y in (11.0, HEIGHT_MM - 7)]
    if page.demonstration:
        lines = (16.0, HEIGHT_MM - 12)
        runs.extend(_centred(page.demonstration, y, 8.0, bold) for y in lines)
    head = f"{reference} · version {page.version}"
    runs.append(Run(MARGIN_MM, 22.0, head, bold=False, size=_SMALL))
    runs.append(_right(number, 22.0, regular))
    runs.extend(_in_error(printable(page.in_error), regular))
    foot = f"Audit code {printable(page.code)}"
    runs.append(Run(MARGIN_MM, HEIGHT_MM - 16, foot, bold=False, size=_SMALL))
    runs.append(_right(f"{reference} · {number}", HEIGHT_MM - 16, regular))
    return runs


def _in_error(text: str, measure: Callable[[str], float]) -> list[Run]:
    """Place whom to tell, on one line or two."""
    size = fitted(text, _FRAME * 1.8, _IN_ERROR_SIZES, measure)
    lines = wrap(text, _FRAME / (size * MM_A_POINT) * 1000, measure)
    return [
        Run(MARGIN_MM, HEIGHT_MM - 22.5 + index * 3, line, bold=False, size=size)
        for index, line in enumerate(lines[:2])
    ]


def _centred(text: str, y: float, size: float, measure: Callable[[str], float]) -> Run:
    """Place a bold line in the middle."""
    width = sum(map(measure, text)) * size * MM_A_POINT / 1000
    return Run((WIDTH_MM - width) / 2, y, text, bold=True, size=size)


def _right(text: str, y: float, measure: Callable[[str], float]) -> Run:
    """Place a small line at the right margin."""
    width = sum(map(measure, text)) * _SMALL * MM_A_POINT / 1000
    return Run(WIDTH_MM - MARGIN_MM - width, y, text, bold=False, size=_SMALL)


def _protect(pdf: FPDF, password: str) -> None:
    """Encrypt with AES-256; the owner's password is random and kept by nobody."""
    from fpdf.enums import AccessPermission, EncryptionMethod  # noqa: PLC0415

    pdf.set_encryption(
        owner_password=secrets.token_urlsafe(24),
        user_password=password,
        encryption_method=EncryptionMethod.AES_256,
        # Advice only, which readers may ignore; a screen reader must not.
        permissions=AccessPermission.COPY_FOR_ACCESSIBILITY,
        encrypt_metadata=True,
    )
