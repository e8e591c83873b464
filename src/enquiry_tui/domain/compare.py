"""The blind compare: what a caller said against what is held. Neither is kept, only the answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from enquiry_tui.domain.checks import StepName
from enquiry_tui.domain.phones import read_phone
from enquiry_tui.domain.references import read_code_word, read_reference
from enquiry_tui.domain.sounds import sound_words
from enquiry_tui.domain.spoken_dates import read_date, same_date
from enquiry_tui.domain.text import fold_words

_LONGEST = 400
_SHORTEST_PHONE_TAIL = 6
_SHORTEST_WORD = 4
_SAYS_NOTHING = frozenset(
    [
        "about",
        "again",
        "asked",
        "been",
        "called",
        "caller",
        "chief",
        "commissioner",
        "complain",
        "complained",
        "complaint",
        "concern",
        "constable",
        "contact",
        "enquiry",
        "from",
        "have",
        "heard",
        "into",
        "letter",
        "mail",
        "matter",
        "message",
        "nothing",
        "office",
        "officer",
        "officers",
        "phone",
        "please",
        "police",
        "query",
        "question",
        "regarding",
        "reply",
        "report",
        "request",
        "said",
        "some",
        "something",
        "spoke",
        "that",
        "their",
        "them",
        "they",
        "thing",
        "think",
        "this",
        "those",
        "wanted",
        "were",
        "what",
        "when",
        "where",
        "which",
        "with",
        "would",
        "wrote",
        "your",
    ]
)
_LITTLE = frozenset(
    [
        "the",
        "and",
        "you",
        "was",
        "for",
        "had",
        "has",
        "not",
        "but",
        "his",
        "her",
        "she",
        "our",
        "out",
        "all",
        "any",
    ]
)


def compare(step: StepName, said: str, held: str) -> bool:
    """Say whether what was volunteered matches what is held; blank never does.

    `held` is what the record has: dates as ISO 8601, everything else as stored. Steps that are
    done and not said (a ring back, an authority seen) never match here, nor does an agreed
    password: of that only a hash is held, which is the vault's to compare.
    """
    said, held = said[:_LONGEST].strip(), held[:_LONGEST].strip()
    if not said or not held:
        return False
    comparer = _COMPARERS.get(step)
    return comparer is not None and comparer(said, held)


def looks_like(said: str) -> StepName:
    """Say which kind of item was probably meant by words that matched nothing; a topic if unsure.

    Only the shape counts, so that a record of misses names kinds and never what was said.
    """
    said = said[:_LONGEST].strip()
    bare = re.sub(r"[^A-Za-z0-9]", "", said)
    if re.fullmatch(r"[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}", bare.upper(), re.ASCII):
        return StepName.POSTCODE
    if (heard := read_date(said)) is not None:
        spoken_year = heard[2] is not None and len(re.sub(r"\D", "", said)) >= 6
        return StepName.BIRTH_DATE if spoken_year else StepName.LETTER_DATE
    if len(re.sub(r"\D", "", said)) >= _SHORTEST_PHONE_TAIL and not re.search(r"[A-Za-z]", said):
        return StepName.NUMBER
    if read_code_word(said) is not None and any(letter.isdigit() for letter in said):
        return StepName.CODE_WORD
    return StepName.TOPIC


def says_something(said: str) -> bool:
    """Say whether words could match what a matter is about, or a name: not only `complaint`."""
    said = said[:_LONGEST]
    return bool(_significant(said) or _names(said))


def _same(said: str | None, held: str | None) -> bool:
    return bool(said) and said == held


def _same_reference(said: str, held: str) -> bool:
    ours = read_reference(held, this_year=0, own_prefix="")
    if ours is None:
        return False
    heard = read_reference(said, this_year=ours.year, own_prefix=ours.prefix)
    return heard == ours


def _postcode(text: str) -> str | None:
    code = re.sub(r"[^A-Z0-9]", "", text.upper())
    if not 5 <= len(code) <= 7:
        return None
    return code.translate(str.maketrans("OIL", "011"))


def _same_phone(said: str, held: str) -> bool:
    number = read_phone(held).last9
    tail = read_phone(said).last9 or re.sub(r"\D", "", said)[-9:]
    return len(tail) >= _SHORTEST_PHONE_TAIL and len(number) >= len(tail) and number.endswith(tail)


def _shares_a_word(said: str, held: str) -> bool:
    wanted = _significant(held)
    return any(_alike(word, other) for word in _significant(said) for other in wanted)


def _significant(text: str) -> set[str]:
    words = {word for word in fold_words(text) if len(word) >= _SHORTEST_WORD} - _SAYS_NOTHING
    return {word.removesuffix("s") for word in words} - _SAYS_NOTHING


def _alike(word: str, other: str) -> bool:
    short, long = sorted((word, other), key=len)
    return len(short) >= _SHORTEST_WORD and long.startswith(short)


def _shares_a_name(said: str, held: str) -> bool:
    heard, ours = _names(said), _names(held)
    if heard & ours:
        return True
    return bool(set(sound_words(" ".join(heard))) & set(sound_words(" ".join(ours))))


def _names(text: str) -> set[str]:
    words = {word for word in fold_words(text) if len(word) > 2} - _SAYS_NOTHING - _LITTLE
    return {word for word in words if word.removesuffix("s") not in _SAYS_NOTHING}


def _same_code_word(said: str, held: str) -> bool:
    return _same(read_code_word(said), read_code_word(held))


_COMPARERS: dict[StepName, Callable[[str, str], bool]] = {
    StepName.CODE_WORD: _same_code_word,
    StepName.REFERENCE: _same_reference,
    StepName.LETTER_DATE: partial(same_date, year_needed=False),
    StepName.BIRTH_DATE: partial(same_date, year_needed=True),
    StepName.POSTCODE: lambda said, held: _same(_postcode(said), _postcode(held)),
    StepName.NUMBER: _same_phone,
    StepName.TOPIC: _shares_a_word,
    StepName.SPOKEN_TO: _shares_a_name,
}
