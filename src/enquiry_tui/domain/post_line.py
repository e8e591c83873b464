"""An item of post as it is typed: its kind, how many came, and the matter it is put on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from enquiry_tui.domain.vocabulary import Kind

_COPIES = re.compile(r"[*x](\d{1,3})", re.ASCII | re.IGNORECASE)


_ONTO = re.compile(
    r"\s*(?P<said>(?:ref|re|on)\s*[:.]\s*)?"
    r"(?P<ref>[a-z][a-z0-9]{1,7}[-/]\d{4}[-/]\d{1,6}|\d{2}[-/]\d{1,6})(?=[\s,:;]|$)[\s,:;]*",
    re.ASCII | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Onto:
    """The reference that stood at the start of a subject, and the rest; empty where none did.

    `is_named`: somebody wrote `ref:` before it, so it can be nothing else.
    """

    reference: str = ""
    rest: str = ""
    is_named: bool = False


def read_onto(about: str) -> Onto:
    """Read `ref:26-6 parking` or `26-6 parking`: a letter that belongs to a matter there is."""
    found = _ONTO.match(about)
    if found is None:
        return Onto(rest=about)
    return Onto(found["ref"], about[found.end() :], found["said"] is not None)


@dataclass(frozen=True, slots=True)
class PostKind:
    """Who writes and how many of the same came; `unread` is what was not understood."""

    kind: Kind = Kind.MEMBER_OF_PUBLIC
    copies: int = 1
    unread: str = ""


def read_post_kind(text: str) -> PostKind:
    """Read `e`, `solicitor`, `*4`, `m *4`; empty is one letter from a member of the public."""
    kind, copies, unread = Kind.MEMBER_OF_PUBLIC, 1, []
    for word in text.split():
        if found := _COPIES.fullmatch(word):
            copies = max(1, int(found[1]))
        elif read := _kind(word.casefold()):
            kind = read
        else:
            unread.append(word)
    return PostKind(kind, copies, " ".join(unread))


def _kind(word: str) -> Kind | None:
    if len(word) == 1:
        return Kind.from_key(word)
    found = [kind for kind in Kind if kind.label.startswith(word) or kind.value.startswith(word)]
    return found[0] if len(found) == 1 else None
