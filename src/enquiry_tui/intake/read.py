"""Read a letter from bytes: a saved e-mail, plain text or a saved page, told by content."""

from __future__ import annotations

import hashlib
import re

from enquiry_tui.domain.text import clean, clean_line
from enquiry_tui.intake import sniff
from enquiry_tui.intake.body import Notes, gather
from enquiry_tui.intake.headers import came_in, dated, decode_words, sender
from enquiry_tui.intake.letter import (
    MAX_ATTACHMENT_BYTES,
    MAX_FILE_BYTES,
    MAX_NAME_CHARACTERS,
    MAX_SUBJECT_CHARACTERS,
    MAX_TEXT_CHARACTERS,
    AttachmentIn,
    LetterIn,
    LetterRefused,
)
from enquiry_tui.intake.markup import reduce_html
from enquiry_tui.intake.mime import leaves

_SUBJECT_LINE = re.compile(r"\s*(?:re|ref|subject)\s*:\s*(\S.*)", re.IGNORECASE)
_GREETING = re.compile(r"\s*(?:dear|hello|hi|good (?:morning|afternoon|evening))\b", re.IGNORECASE)
_FIRST_LINES = 40
_TYPED_SUBJECT = 80
_WHOLE_TEXT = "whole text.txt"


def read_letter(data: bytes, *, name: str = "") -> LetterIn:  # noqa: ARG001 - told by content
    """Read one letter. Raises LetterRefused, and nothing else, whatever the bytes are.

    At most 40 MiB in, 25 MiB of attachments, 2,000,000 characters of text; a longer text is kept
    whole as an attachment and its beginning stored, with a note. `name` is not believed.
    """
    if len(data) > MAX_FILE_BYTES:
        raise LetterRefused(
            f"The file is larger than {MAX_FILE_BYTES // 1024 // 1024} MiB",
            "Save the letter without its attachments, and keep those where large files are kept.",
        )
    sniff.refuse_what_is_no_letter(data)
    message = sniff.as_message(data)
    return _from_text(data) if message is None else _from_message(data, message)


def _from_message(data: bytes, message: bytes) -> LetterIn:
    """Read an e-mail message."""
    notes = Notes()
    head, parts = leaves(message)
    body, attachments = gather(parts, notes)
    shown, address = sender(head)
    moment = dated(head)
    if moment is None:
        notes.add("It carries no date that can be believed; give the date it was received.")
    if not address:
        notes.add("It names no address of a sender.")
    if len({value.strip() for value in head.all("from")}) > 1:
        notes.add("It names more than one sender; the first is taken.")
    text, characters, attachments = _bounded(body, attachments, notes)
    if not text:
        notes.add("It has no text of its own.")
    return LetterIn(
        source="eml",
        sender_name=_line(shown, MAX_NAME_CHARACTERS, notes),
        sender_address=_line(address, MAX_NAME_CHARACTERS, notes),
        subject=_line(decode_words(head.first("subject")), MAX_SUBJECT_CHARACTERS, notes),
        dated=moment,
        text=text,
        characters=characters,
        removed=notes.removed,
        attachments=tuple(attachments),
        sha256=hashlib.sha256(data).hexdigest(),
        notes=tuple(notes.sentences),
        came_in=came_in(head),
    )


def _from_text(data: bytes) -> LetterIn:
    """Read a typed or pasted text, or a saved page."""
    notes = Notes()
    written, guessed = sniff.plain_text(data)
    if guessed:
        notes.add("The letter named no alphabet that fits its bytes; some letters may be wrong.")
    if sniff.is_html(data):
        written, hidden = reduce_html(written)
        if hidden:
            notes.add("Some of the text was set to be invisible to its reader; it is shown here.")
    text, characters, attachments = _bounded(written, [], notes)
    if not text:
        raise LetterRefused("The file holds no words", "Save the letter again and try that file.")
    return LetterIn(
        source="text",
        sender_name="",
        sender_address="",
        subject=_line(_typed_subject(text), MAX_SUBJECT_CHARACTERS, notes),
        dated=None,
        text=text,
        characters=characters,
        removed=notes.removed,
        attachments=tuple(attachments),
        sha256=hashlib.sha256(data).hexdigest(),
        notes=tuple(notes.sentences),
    )


def _bounded(
    body: str, attachments: list[AttachmentIn], notes: Notes
) -> tuple[str, int, list[AttachmentIn]]:
    """Clean the text; give it, its full length, and the attachments (with a long text whole)."""
    cleaned = clean(body, limit=len(body) + 1)
    notes.removed += cleaned.removed
    text = cleaned.text.strip("\n")
    characters = len(text)
    if characters <= MAX_TEXT_CHARACTERS:
        return text if text.strip() else "", characters, attachments
    whole = text.encode("utf-8")
    if sum(len(one.data) for one in attachments) + len(whole) > MAX_ATTACHMENT_BYTES:
        raise LetterRefused(
            f"The text is longer than {MAX_TEXT_CHARACTERS:,} characters and does not fit",
            "Split the letter, or store its text as a file without the other attachments.",
        )
    notes.add(
        f"The text has {characters:,} characters: the first {MAX_TEXT_CHARACTERS:,} stand here, "
        f"the whole is attached as “{_WHOLE_TEXT}”."
    )
    kept = [*attachments, AttachmentIn(_WHOLE_TEXT, "text/plain", whole)]
    return text[:MAX_TEXT_CHARACTERS], characters, kept


def _line(value: str, limit: int, notes: Notes) -> str:
    """Clean one header's text to a line of bounded length."""
    cleaned = clean_line(" ".join(value.split()), limit=limit)
    notes.removed += cleaned.removed
    if cleaned.cut:
        notes.add("A very long name or subject was cut.")
    return cleaned.text


def _typed_subject(text: str) -> str:
    """Give what a typed letter says it is about, else its first line that is no greeting."""
    lines = [line.strip() for line in text[:20_000].split("\n")[:_FIRST_LINES] if line.strip()]
    for line in lines:
        if found := _SUBJECT_LINE.match(line):
            return _cut(found[1])
    return _cut(next((line for line in lines if not _GREETING.match(line)), lines[0]))


def _cut(line: str) -> str:
    """Cut a line for a subject, and show that it was cut."""
    return line if len(line) <= _TYPED_SUBJECT else line[: _TYPED_SUBJECT - 1].rstrip() + "…"
