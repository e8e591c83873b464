"""What a file is, by its content: a message, plain text, HTML, or something that is no letter."""

from __future__ import annotations

import re

from enquiry_tui.intake import charset
from enquiry_tui.intake.headers import read_head
from enquiry_tui.intake.letter import LetterRefused

_AS_EML = "Open it where it came from and save it as .eml, or save its text as a .txt file."
_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "This is a PDF, not a letter file", "Store it as an attachment of a typed letter."),
    (
        b"\xd0\xcf\x11\xe0",
        "This is an Outlook .msg or an old Office file, not a letter file",
        _AS_EML,
    ),
    (b"PK\x03\x04", "This is a Word, Office or zip file, not a letter file", _AS_EML),
    (b"{\\rtf", "This is a rich-text (RTF) file, not a letter file", _AS_EML),
    (b"\x89PNG", "This is a picture, not a letter file", "Store it as an attachment."),
    (b"\xff\xd8\xff", "This is a picture, not a letter file", "Store it as an attachment."),
    (b"GIF8", "This is a picture, not a letter file", "Store it as an attachment."),
    (b"II*\x00", "This is a scan (TIFF), not a letter file", "Store it as an attachment."),
    (b"MM\x00*", "This is a scan (TIFF), not a letter file", "Store it as an attachment."),
    (b"\x1f\x8b", "This is a compressed file, not a letter file", "Unpack it, then save as .eml."),
    (
        b"7z\xbc\xaf",
        "This is a compressed file, not a letter file",
        "Unpack it, then save as .eml.",
    ),
    (b"\x78\x9f\x3e\x22", "This is a winmail.dat file, not a letter file", _AS_EML),
    (b"!BDN", "This is an Outlook mailbox (.pst), not one letter", _AS_EML),
    (b"SQLite format 3", "This is a database, not a letter file", _AS_EML),
    (b"\x7fELF", "This is a program, not a letter file", "Do not open it; tell your IT desk."),
    (b"MZ\x90", "This is a program, not a letter file", "Do not open it; tell your IT desk."),
)
_KNOWN = re.compile(
    "from|to|cc|bcc|subject|date|sender|reply-to|return-path|delivered-to|received|message-id"
    "|mime-version|content-(?:type|transfer-encoding)|in-reply-to|references|x-mailer|envelope-to"
    "|x-original-to|dkim-signature|authentication-results|thread-index"
)
_MBOX_FROM = re.compile(rb">?From [^\n]*\n")
_NEXT_LETTER = re.compile(rb"\n\r?\nFrom [^\n]{1,300} \d\d:\d\d[^\n]{0,60}\n[!-9;-~]{1,80}:")
_HTML = re.compile(
    rb"\s*(?:<\?xml[^<>]{0,200}>\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE
)
_CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13, 27}) + b"\x7f"


def refuse_what_is_no_letter(data: bytes) -> None:
    """Raise LetterRefused for an empty file and for the kinds that are brought by mistake."""
    if not data.strip(b"\0 \t\r\n\f\v"):
        raise LetterRefused("The file is empty", "Save the letter again and try that file.")
    for magic, title, hint in _MAGIC:
        if data.startswith(magic):
            raise LetterRefused(title, hint)


def as_message(data: bytes) -> bytes | None:
    """Give the message in some bytes, its wrapping taken off, or None where it is no message.

    Raises LetterRefused for a mailbox of several letters.
    """
    codec, rest = charset.split_bom(data)
    codec = codec or charset.without_bom_utf16(data)
    if codec and codec != "utf-8":
        rest = rest.decode(codec, "replace").encode("utf-8", "replace")
    if b"\n" not in rest:
        rest = rest.replace(b"\r", b"\n")
    rest = rest.lstrip(b" \t\r\n\0") if rest[:1] in b" \t\r\n\0" else rest
    if wrapped := _MBOX_FROM.match(rest):
        if _looks_like_head(rest[wrapped.end() :]):
            if _NEXT_LETTER.search(rest, wrapped.end()):
                raise LetterRefused(
                    "This is a mailbox with several letters in it",
                    "Save each letter by itself as .eml and import those files.",
                )
            return rest[wrapped.end() :]
        return None
    return rest if _looks_like_head(rest) else None


def _looks_like_head(data: bytes) -> bool:
    """Whether text begins as a message does: two known headers, or one and then a blank line."""
    head, body = read_head(data, 0, len(data))
    known = [name for name in head.names() if _KNOWN.fullmatch(name)]
    ended = body >= len(data) or data[:body].endswith((b"\n\n", b"\n\r\n"))
    return len(known) >= 2 or (bool(known) and ended)


def is_html(data: bytes) -> bool:
    """Whether plain bytes are a saved web page."""
    return bool(_HTML.match(charset.split_bom(data)[1][:2000]))


def plain_text(data: bytes) -> tuple[str, bool]:
    """Give the text of a file that is no message, and whether its encoding was guessed.

    Raises LetterRefused where the bytes are not text.
    """
    codec = charset.without_bom_utf16(data)
    if codec:
        return data.decode(codec, "replace"), False
    if not charset.split_bom(data)[0]:
        controls = len(data) - len(data.translate(None, _CONTROLS))
        if controls * 20 > len(data):
            raise LetterRefused("The file is not text and not a saved message", _AS_EML)
    return charset.decode(data)
