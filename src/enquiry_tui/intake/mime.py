"""A message taken apart into its leaves, with an explicit stack: no depth can exhaust it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from enquiry_tui.intake.headers import ContentKind, Head, content_kind, read_head
from enquiry_tui.intake.letter import MAX_DEPTH, MAX_PARTS, LetterRefused
from enquiry_tui.intake.transfer import undo

_GUESS = re.compile(rb"^--([!-~][ -~]{0,198})\r*\n(?=[!-9;-~]+:|\r*\n)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Leaf:
    """One part that holds content: its bytes decoded, and where it stood.

    `choice` numbers the set of alternatives it belongs to (0: none); `message` is the head of the
    enclosed message that it is inside of, or None in the letter itself.
    """

    kind: ContentKind
    data: bytes
    damaged: bool
    choice: int
    message: Head | None


@dataclass(frozen=True, slots=True)
class _Entity:
    """Work still to do: a stretch of bytes that begins with a head."""

    data: bytes
    start: int
    end: int
    depth: int
    choice: int
    message: Head | None
    digest: bool = False


def leaves(data: bytes) -> tuple[Head, list[Leaf]]:
    """Give a message's head and its leaves in reading order. LetterRefused over the cap."""
    top, _ = read_head(data, 0, len(data))
    stack = [_Entity(data, 0, len(data), 0, 0, None)]
    found: list[Leaf] = []
    seen = 0
    while stack:
        entity = stack.pop()
        seen += 1
        if seen > MAX_PARTS:
            raise LetterRefused(
                f"The letter is made of more than {MAX_PARTS} parts",
                "Ask the sender for it again as one plain message, or store its text by itself.",
            )
        leaf, inside = _open(entity, seen)
        if leaf:
            found.append(leaf)
        # Reading stops one part over the cap, so that a million empty parts cost nothing.
        stack.extend(reversed(inside[: MAX_PARTS + 1]))
    return top, found


def _open(entity: _Entity, number: int) -> tuple[Leaf | None, list[_Entity]]:
    """Read one entity: a leaf, the entities inside it, or both (an enclosed message)."""
    head, body = read_head(entity.data, entity.start, entity.end)
    kind = content_kind(head)
    if entity.digest and not kind.named:
        kind = ContentKind(media_type="message/rfc822")
    raw = entity.data[body : entity.end]
    if entity.depth >= MAX_DEPTH:
        return _leaf(entity, head, kind, raw), []
    if kind.media_type.startswith("multipart/"):
        choice = number if kind.media_type == "multipart/alternative" else entity.choice
        digest = kind.media_type == "multipart/digest"
        inside = [
            _Entity(entity.data, start, end, entity.depth + 1, choice, entity.message, digest)
            for start, end in _split(entity.data, body, entity.end, kind.boundary)
        ]
        if inside:
            return None, inside
        kind = ContentKind(media_type="text/plain", charset=kind.charset)
    leaf = _leaf(entity, head, kind, raw)
    if kind.media_type not in {"message/rfc822", "message/global"}:
        return leaf, []
    inner, _ = read_head(leaf.data, 0, len(leaf.data))
    if not inner.pairs:
        return leaf, []
    enclosed = _Entity(leaf.data, 0, len(leaf.data), entity.depth + 1, 0, inner)
    # A message inside an enclosed one is in that one's bytes already.
    return (None if entity.message else leaf), [enclosed]


def _leaf(entity: _Entity, head: Head, kind: ContentKind, raw: bytes) -> Leaf:
    """Undo the transfer encoding of a part's body."""
    data, damaged = undo(raw, head.first("content-transfer-encoding").split(";")[0])
    return Leaf(kind, data, damaged, entity.choice, entity.message)


def _split(data: bytes, start: int, end: int, boundary: str) -> list[tuple[int, int]]:
    """Give the stretches between boundary lines; an unclosed one ends with its parent."""
    mark = boundary.encode("utf-8", "replace").rstrip()
    if not mark or data.find(b"--" + mark, start, end) < 0:
        guess = _GUESS.search(data, start, end)
        if not guess:
            return []
        mark = guess[1].rstrip()
    line = re.compile(
        rb"^--" + re.escape(mark) + rb"(--)?[ \t]{0,80}\r{0,4}(?:\n|\Z)", re.MULTILINE
    )
    spans: list[tuple[int, int]] = []
    opened = -1
    for match in line.finditer(data, start, end):
        if opened >= 0:
            spans.append((opened, _without_line_end(data, opened, match.start())))
        opened = -1 if match[1] else match.end()
        if match[1] or len(spans) > MAX_PARTS:
            break
    if opened >= 0:
        spans.append((opened, end))
    return spans


def _without_line_end(data: bytes, start: int, end: int) -> int:
    """Step back over the line end that belongs to the boundary (RFC 2046 5.1.1)."""
    if end > start and data[end - 1 : end] == b"\n":
        end -= 1
    while end > start and data[end - 1 : end] == b"\r":
        end -= 1
    return end
