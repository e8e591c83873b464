"""What comes in: letters as saved e-mail or plain text, read without trusting a byte of them."""

from __future__ import annotations

from enquiry_tui.intake.letter import AttachmentIn, LetterIn, LetterRefused
from enquiry_tui.intake.read import read_letter

__all__ = ["AttachmentIn", "LetterIn", "LetterRefused", "read_letter"]
