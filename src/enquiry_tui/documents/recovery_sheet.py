"""The recovery sheet: the key in groups, as a QR code too, what it is for and how to keep it.

One sheet, or one of two: then neither tells anything without the other.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from enquiry_tui.documents.printable import FONTS, printable
from enquiry_tui.documents.sheet import HEIGHT_MM, MARGIN_MM, WIDTH_MM
from enquiry_tui.domain.text import clean_line
from enquiry_tui.domain.when import show_moment

if TYPE_CHECKING:
    from fpdf import FPDF

_FAMILY = "dejavu"
_COLUMNS = 78
_QR_MM = 50.0
_IN_LINE = 4  # groups

_PURPOSE = (
    (
        "When no administrator can sign in, the recovery key gives an administrator's account a new"
        " passphrase. It opens every record of this office."
    ),
    (
        "To use it: on the sign-in screen Esc, then r; or the command enquiry-tui vault recover"
        " --officer HANDLE. Small letters or capitals, hyphens or none. Its use is recorded."
    ),
)
_ONE = (
    "Put this sheet into an envelope, seal it, sign over the seal, and keep it in a safe that no"
    " single officer of this desk opens."
)
_TWO = (
    "It takes sheet {other} as well: alone this sheet opens nothing. Put it into an envelope, seal"
    " it, sign over the seal, and let another person keep sheet {other} in another place."
)
_KEEPING = (
    (
        "Test this paper before it is locked away: the command enquiry-tui vault recovery-check"
        " (with --two-envelopes for two sheets). It changes nothing."
    ),
    (
        "The fingerprint is shown when the key is used. If it is not the one above, stop: somebody"
        " has put another vault in this one's place."
    ),
    (
        "A new sheet ends this one: destroy it then. After it was used, have a new one made. Never"
        " photograph it, scan it or keep it as a file."
    ),
)


class SheetForm(StrEnum):
    """How the sheet comes out: plain text, or a page with a QR code."""

    TEXT = "text"
    PDF = "pdf"

    @property
    def suffix(self) -> str:
        """The ending of the file's name."""
        return ".txt" if self is SheetForm.TEXT else ".pdf"


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """What stands on one sheet. `part` is A or B where the key is on two sheets, else empty."""

    office: str
    vault_id: str
    fingerprint: str
    made: datetime
    key: str
    part: str = ""

    def __repr__(self) -> str:
        return f"RecoverySheet({self.part or 'whole'}, ***)"

    @property
    def title(self) -> str:
        """The heading."""
        return f"Recovery key, sheet {self.part} of two" if self.part else "Recovery key"

    def facts(self) -> list[tuple[str, str]]:
        """Give label and value of what is to be compared."""
        return [
            ("Office", clean_line(self.office).text),
            ("Vault", self.vault_id),
            ("Fingerprint", self.fingerprint),
            ("Made", show_moment(self.made)),
        ]

    def groups(self) -> list[str]:
        """Give the key in lines of four groups."""
        groups = self.key.split("-")
        return ["  ".join(groups[at : at + _IN_LINE]) for at in range(0, len(groups), _IN_LINE)]

    def words(self) -> list[str]:
        """Give what it is for and how to keep it, a paragraph each."""
        other = {"A": "B", "B": "A"}.get(self.part, "")
        return [*_PURPOSE, _TWO.format(other=other) if other else _ONE, *_KEEPING]


def render_text(sheet: RecoverySheet) -> bytes:
    """Give the sheet as text, UTF-8, 78 columns; its first line is the key and nothing else."""
    lines = [sheet.key, "", sheet.title.upper(), ""]
    lines += [f"{label:<12} {value}" for label, value in sheet.facts()]
    lines += [""]
    for paragraph in sheet.words():
        lines += [*textwrap.wrap(paragraph, _COLUMNS), ""]
    return ("\n".join(lines)).encode()


def render_page(sheet: RecoverySheet) -> bytes:
    """Give the sheet as one A4 page of PDF, with the key as a QR code."""
    from fpdf import FPDF  # noqa: PLC0415 - half a second, and only this function needs it

    pdf = FPDF(format="A4", unit="mm")
    pdf.set_margin(MARGIN_MM)
    pdf.alias_nb_pages("")
    pdf.add_font(_FAMILY, "", FONTS / "DejaVuSans.ttf")
    pdf.add_font(_FAMILY, "B", FONTS / "DejaVuSans-Bold.ttf")
    pdf.set_title("Recovery key")
    pdf.set_producer("")
    pdf.set_creation_date(sheet.made)
    pdf.set_lang("en-GB")
    pdf.add_page()
    _write(pdf, sheet.title, size=18, bold=True, below=4)
    for label, value in sheet.facts():
        _write(pdf, f"{label}: {printable(value)}", size=10, below=0)
    pdf.ln(8)
    for line in sheet.groups():
        _write(pdf, line, size=22, bold=True, below=3)
    pdf.ln(4)
    _draw_code(pdf, sheet.key)
    for paragraph in sheet.words():
        _write(pdf, paragraph, size=10.5, below=3)
    return bytes(pdf.output())


def render(sheet: RecoverySheet, form: SheetForm) -> bytes:
    """Give the sheet in a form."""
    return render_text(sheet) if form is SheetForm.TEXT else render_page(sheet)


def _write(pdf: FPDF, text: str, *, size: float, bold: bool = False, below: float) -> None:
    pdf.set_font(_FAMILY, "B" if bold else "", size)
    pdf.multi_cell(0, size * 0.5, text, align="L", new_x="LMARGIN", new_y="NEXT")
    pdf.ln(below)


def _draw_code(pdf: FPDF, key: str) -> None:
    """Draw the key as a QR code of filled squares, with the quiet border that readers need."""
    import segno  # noqa: PLC0415 - only this function needs it

    rows = list(segno.make_qr(key, error="m").matrix_iter(border=4))
    side = _QR_MM / len(rows)
    left, top = (WIDTH_MM - _QR_MM) / 2, pdf.get_y()
    for down, row in enumerate(rows):
        for across, dark in enumerate(row):
            if dark:
                # A hair of overlap, or readers see white lines between the squares.
                pdf.rect(left + across * side, top + down * side, side + 0.02, side + 0.02, "F")
    pdf.set_y(min(top + _QR_MM + 4, HEIGHT_MM - MARGIN_MM))
