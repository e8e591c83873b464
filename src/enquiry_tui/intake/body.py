"""From leaves to words and enclosures: which part is the letter, and which are attached to it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from enquiry_tui.domain.text import clean_line
from enquiry_tui.intake import charset
from enquiry_tui.intake.headers import ContentKind, Head, dated, decode_words, sender
from enquiry_tui.intake.letter import MAX_ATTACHMENT_BYTES, AttachmentIn, LetterRefused
from enquiry_tui.intake.markup import reduce_html
from enquiry_tui.intake.mime import Leaf

_WORDS = frozenset({"text/plain", "text/html", "message/delivery-status", "text/enriched"})
_MEDIA_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,80}/[a-z0-9!#$&^_.+-]{1,80}")
_META = re.compile(
    rb"<meta[^<>]{0,300}charset\s{0,5}=\s{0,5}[\"']?([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE
)
_TAG = re.compile(r"</?[A-Za-z]{1,30}>")
_EXTENSIONS = {
    "text/plain": ".txt",
    "text/html": ".html",
    "text/calendar": ".ics",
    "text/csv": ".csv",
    "text/vcard": ".vcf",
    "message/rfc822": ".eml",
    "application/pdf": ".pdf",
    "application/pgp-signature": ".asc",
    "application/pkcs7-signature": ".p7s",
    "application/pkcs7-mime": ".p7m",
    "application/x-pkcs7-mime": ".p7m",
    "application/ms-tnef": ".dat",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
}
_MAX_FILE_NAME = 120
_SEALED = frozenset(
    {"application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted"}
)
_TNEF = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})


@dataclass(slots=True)
class Notes:
    """What the officer is told about how a letter was read, each sentence once."""

    sentences: list[str] = field(default_factory=list)
    removed: int = 0

    def add(self, sentence: str) -> None:
        """Add a sentence unless it stands there already."""
        if sentence not in self.sentences:
            self.sentences.append(sentence)


@dataclass(slots=True)
class _Passage:
    """Text of one part, and what it is chosen by."""

    text: str
    rich: bool
    choice: int
    message: Head | None


def gather(leaves: list[Leaf], notes: Notes) -> tuple[str, list[AttachmentIn]]:
    """Give a message's text and its attachments. Raises LetterRefused where those are too large."""
    passages: list[_Passage] = []
    enclosed: list[AttachmentIn] = []
    for leaf in leaves:
        if leaf.damaged:
            notes.add("A part was damaged or oddly encoded; it is kept as far as it could be read.")
        if _is_words(leaf):
            passages.append(_passage(leaf, notes))
            continue
        enclosed.append(_attachment(leaf, len(enclosed) + 1, notes))
    return _join(passages), _fitting(enclosed, notes)


def _fitting(enclosed: list[AttachmentIn], notes: Notes) -> list[AttachmentIn]:
    """Hold attachments to the cap; the bytes of an enclosed message go first: it was read."""
    if sum(len(one.data) for one in enclosed) <= MAX_ATTACHMENT_BYTES:
        return enclosed
    files = [one for one in enclosed if one.media_type != "message/rfc822"]
    if len(files) == len(enclosed) or sum(len(one.data) for one in files) > MAX_ATTACHMENT_BYTES:
        raise LetterRefused(
            f"The attachments are larger than {MAX_ATTACHMENT_BYTES // 1024 // 1024} MiB",
            "Save the letter without them, and keep them where large files are kept.",
        )
    notes.add("An enclosed message was too large to keep twice: its text and files are here.")
    return files


def _is_words(leaf: Leaf) -> bool:
    """Whether a part is text to read here, and not a file that somebody attached."""
    kind = leaf.kind
    if kind.disposition == "attachment" or kind.media_type not in _WORDS:
        return False
    return not kind.filename or kind.disposition != ""


def _passage(leaf: Leaf, notes: Notes) -> _Passage:
    """Read one part of text."""
    rich = leaf.kind.media_type == "text/html"
    label = leaf.kind.charset
    if rich and not label and (meta := _META.search(leaf.data[:4096])):
        label = meta[1].decode("ascii")
    text, guessed = charset.decode(leaf.data, label)
    if guessed:
        notes.add("The letter named no alphabet that fits its bytes; some letters may be wrong.")
    if rich:
        text, hidden = reduce_html(text)
        if hidden:
            notes.add("Some of the text was set to be invisible to its reader; it is shown here.")
    elif leaf.kind.media_type == "text/enriched":
        text = _TAG.sub("", text)
    elif leaf.kind.flowed:
        text = unflow(text, delsp=leaf.kind.delsp)
    return _Passage(text, rich, leaf.choice, leaf.message)


def unflow(text: str, *, delsp: bool) -> str:
    """Join the soft-broken lines of RFC 3676; a signature line and a change of quoting end one."""
    out: list[str] = []
    open_depth = -1
    for raw in text.replace("\r\n", "\n").split("\n"):
        bare = raw.lstrip(">")
        depth = len(raw) - len(bare)
        line = bare.removeprefix(" ")
        soft = line.endswith(" ") and line != "-- "
        if soft and delsp:
            line = line[:-1]
        if open_depth == depth and line != "-- ":
            out.append(line)
        else:
            out.append(("\n" if out else "") + ("> " * depth) + line)
        open_depth = depth if soft else -1
    return "".join(out)


def _join(passages: list[_Passage]) -> str:
    """Put the chosen texts together, each enclosed message under a line that says whose it is."""
    out: list[str] = []
    message: Head | None = None
    for passage in _chosen(passages):
        if passage.message is not message:
            message = passage.message
            out.append(_forwarded(message))
        out.append(passage.text.strip("\r\n"))
    return "\n\n".join(part for part in out if part.strip())


def _chosen(passages: list[_Passage]) -> list[_Passage]:
    """Keep one kind of each set of alternatives: plain, unless it only stands in for more."""
    plain: dict[int, int] = {}
    rich: dict[int, int] = {}
    for passage in passages:
        lengths = rich if passage.rich else plain
        size = len(passage.text.strip())
        lengths[passage.choice] = lengths.get(passage.choice, 0) + size
    kept = []
    for passage in passages:
        number = passage.choice
        if number and number in plain and number in rich:
            stand_in = plain[number] < 300 and plain[number] * 4 < rich[number]
            if passage.rich is not (stand_in or not plain[number]):
                continue
        kept.append(passage)
    return kept


def _forwarded(head: Head | None) -> str:
    """Give the line above an enclosed message."""
    if head is None:
        return "---- End of the enclosed message ----"
    shown, address = sender(head)
    moment = dated(head)
    lines = ["---- Enclosed message ----"]
    if shown or address:
        lines.append(f"From: {shown} <{address}>" if shown else f"From: {address}")
    if moment:
        lines.append(f"Date: {moment:%Y-%m-%d %H:%M} UTC")
    if subject := decode_words(head.first("subject")):
        lines.append(f"Subject: {' '.join(subject.split())[:300]}")
    return "\n".join(lines)


def _attachment(leaf: Leaf, number: int, notes: Notes) -> AttachmentIn:
    """Keep one part as a file: its name cleaned, its bytes untouched."""
    media_type = leaf.kind.media_type
    if not _MEDIA_TYPE.fullmatch(media_type):
        media_type = "application/octet-stream"
    name, removed = file_name(leaf.kind, number)
    notes.removed += removed
    if media_type in _SEALED:
        notes.add("A part of the letter is sealed or encrypted; it is kept as it came.")
    if media_type in _TNEF or name.lower() == "winmail.dat":
        notes.add("It came as winmail.dat, which only Outlook opens: ask for it another way.")
    return AttachmentIn(name, media_type, leaf.data)


def file_name(kind: ContentKind, number: int) -> tuple[str, int]:
    """Give a part's name as words to show, and how many hidden characters went. It is no path."""
    cleaned = clean_line(re.split(r"[/\\]", kind.filename[:4096])[-1])
    name = cleaned.text.strip(" .")
    if not name:
        name = f"part {number}{_EXTENSIONS.get(kind.media_type, '.bin')}"
    if len(name) > _MAX_FILE_NAME:
        stem, dot, extension = name.rpartition(".")
        tail = dot + extension if stem and len(extension) <= 10 else ""
        name = name[: _MAX_FILE_NAME - len(tail) - 1].rstrip() + "…" + tail
    return name, cleaned.removed
