"""Who a quick line is about: the name it begins with, or nobody rather than a guess."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from enquiry_tui.domain.text import fold

_MOST_WORDS = 4
_MOST_BOUNDED = 6
_WORD = re.compile(r"\S+")
_TITLES = frozenset({"mr", "mrs", "ms", "dr", "prof", "rev", "revd", "cllr", "sgt", "insp", "supt"})
_BETWEEN = frozenset(
    {
        *("de", "la", "le", "du", "da", "di", "dos", "van", "von", "der", "den", "ter", "bin"),
        *("ibn", "al", "el", "ap", "ab", "ferch", "of", "the", "and", "&", "at", "y", "e", "-"),
    }
)
_BODIES = frozenset({"office", "council", "school", "police", "solicitors", "surgery", "hospital"})
# What people do at once after their name; after any other word one capital begins a sentence.
_DOES = frozenset(
    {
        *("rang", "rings", "ringing", "called", "calls", "calling", "phoned", "phoning", "wants"),
        *("says", "said", "asks", "asked", "asking", "chasing", "returning", "wrote", "writes"),
        *("would", "wishes", "complains", "complaining", "reports", "reporting", "needs"),
    }
)
# Words that begin a sentence and no name.
_NOBODY = frozenset(
    {
        *("a", "an", "the", "my", "your", "his", "her", "our", "their", "its", "this", "that"),
        *("these", "those", "he", "she", "they", "we", "i", "it", "you", "no", "not", "nothing"),
        *("there", "when", "where", "why", "what", "which", "who", "how", "if", "but", "and"),
        *("or", "so", "because", "please", "caller", "callers", "man", "woman", "gentleman"),
        *("someone", "somebody", "anyone", "nobody", "anonymous", "unknown", "wants", "wanted"),
        *("rang", "called", "ring", "call", "tell", "ask", "asked", "asking", "asks", "says"),
        *("said", "about", "re", "regarding", "has", "had", "is", "was", "are", "were", "does"),
        *("did", "do", "can", "could", "would", "should", "message", "complaint", "query"),
        *("enquiry", "question", "report", "reports", "further", "following", "thanks", "thank"),
        *("still", "again", "also", "yes", "from", "to", "in", "on", "at", "for", "with", "by"),
        *("withheld", "number", "urgent", "noise", "parking", "foi", "sar", "letter", "email"),
        *("visit", "voicemail", "neighbour", "neighbours", "new", "old", "two", "three", "some"),
        *("smoke", "smell", "litter", "graffiti", "traffic", "speeding", "kids", "children"),
        *("youths", "drugs", "dog", "dogs", "police", "officer", "officers", "feedback", "lady"),
        *("invitation", "request", "reply", "update", "news", "theft", "burglary", "threat"),
        *("threats", "car", "cars", "vans", "lorries", "people", "resident", "residents"),
        *("family", "reporter", "journalist", "solicitor", "mother", "father", "daughter"),
        *("student", "male", "female", "boy", "girl", "everyone", "everything", "something"),
    }
)


# Not the chief officers' own: `DCC` is somebody, as `Chief` is.
_RANKS = _TITLES | frozenset(
    {
        *("pc", "ps", "dc", "ds", "di", "dci", "dsupt", "sergeant", "inspector", "pcso", "det"),
        *("superintendent", "detective", "miss", "mx", "sir", "dame", "lord", "lady"),
    }
)
_HIGHER = frozenset({"chief", "ch", "temp", "acting", "det", "detective"})  # goes before a rank


def goes_before(word: str, other: str) -> bool:
    """Say whether a word is a rank or title that belongs to the name, or rank, behind it."""
    if fold(other) in _RANKS:
        return fold(word) in _RANKS | _HIGHER
    return fold(word) in _RANKS


def can_be_named(word: str) -> bool:
    """Say whether a word behind a rank can be of the name: a capital, and no start of a phrase."""
    return word[:1].isupper() and fold(word) not in _NOBODY - {"officer", "officers"}


@dataclass(frozen=True, slots=True)
class WhoFound:
    """A name, whether its spelling is in doubt, and where it stands."""

    start: int
    end: int
    name: str
    unsure: bool


@dataclass(frozen=True, slots=True)
class _Word:
    """One word of a segment with its place; `bare` is without what surrounds a word."""

    start: int
    end: int
    text: str
    bare: str

    @property
    def is_name_like(self) -> bool:
        """Say whether it begins as names do: not with a small letter, a digit or a sign."""
        first = self.bare[:1]
        if first.islower():
            return re.match(r"[a-z]['’][^\W\d_a-z]", self.bare) is not None
        return first.isalpha()

    @property
    def ends_a_run(self) -> bool:
        """Say whether a comma, a doubt or the end of a sentence stands behind it."""
        if self.text.endswith("."):
            return len(self.bare) > 2 and fold(self.bare) not in _TITLES
        return self.text.endswith((",", ";", ":", "?", "!"))


def find_who(segment: str, offset: int, *, bounded: bool) -> WhoFound | None:
    """Find who is meant at the start of a free stretch of the line, which begins at `offset`.

    `bounded` says that a number, a sign or `~` ends the stretch. A small letter in front means
    nobody, unless `@` says otherwise.
    """
    words, more = _words(segment)
    if not words:
        return None
    if words[0].text.startswith("@") and len(words[0].text) > 1:
        return _found(_named(words, bounded=bounded and not more), offset)
    if not words[0].is_name_like or fold(words[0].bare) in _NOBODY:
        return None
    if bounded and not more and _all_name(words) and not _shouted(words):
        return _found(words, offset)
    return _found(_run(words, bounded=bounded), offset)


def _words(segment: str) -> tuple[list[_Word], bool]:
    """Take the first words up to a `?`; also says whether there are more than a name can have."""
    words: list[_Word] = []
    for found in _WORD.finditer(segment):
        if len(words) > _MOST_BOUNDED:
            return words, True
        text = found.group()
        if text == "?" and words:
            last = words.pop()
            words.append(replace(last, end=found.end(), text=f"{last.text}?"))
            break
        words.append(_Word(found.start(), found.end(), text, text.strip(".,;:?!()[]\"“”'‘’")))
        if text.endswith("?"):
            break
    return words, len(words) > _MOST_BOUNDED


def _all_name(words: list[_Word]) -> bool:
    """Say whether every word can be part of a name, and the last is no small word between."""
    fits = (
        word.is_name_like or (index and (word.bare.casefold() in _BETWEEN | _BODIES))
        for index, word in enumerate(words)
    )
    return all(fits) and words[-1].bare.casefold() not in _BETWEEN


def _named(words: list[_Word], *, bounded: bool) -> list[_Word]:
    """Take what `@` names: up to a comma or sign; else the capitals; else one word."""
    for index, word in enumerate(words[:_MOST_BOUNDED]):
        if word.ends_a_run and word.text[-1] in ",;:?":
            return words[: index + 1]
    if bounded or len(words) <= 2:
        return words[:_MOST_BOUNDED]
    return _leading([_Word(words[0].start, words[0].end, *(words[0].text[1:],) * 2), *words[1:]])


def _run(words: list[_Word], *, bounded: bool) -> list[_Word]:
    """Take the leading capitalised words, or nothing where they look like a sentence."""
    run = _leading(words)
    rest = words[len(run) :]
    if _shouted(words) and not run[-1].ends_a_run:
        return []
    if len(run) > 1 or run[0].ends_a_run:
        return run
    if not rest:
        return run if bounded else []
    follows = rest[0].bare.casefold()
    return run if follows in _DOES or follows == "from" else []


def _leading(words: list[_Word]) -> list[_Word]:
    """Take the first words as long as they go on as a name does, four at the most."""
    run = [words[0]]
    for word, after in zip(words[1:], [*words[2:], None], strict=False):
        joins = word.bare.casefold() in _BETWEEN and after is not None and after.is_name_like
        if len(run) >= _MOST_WORDS or run[-1].ends_a_run or not (word.is_name_like or joins):
            break
        run.append(word)
    while len(run) > 1 and run[-1].bare.casefold() in _BETWEEN:
        run.pop()
    return run


def _shouted(words: list[_Word]) -> bool:
    """Say whether all of it is in capitals, more than a name has, so that they say nothing."""
    return len(words) > 3 and all(word.bare == word.bare.upper() for word in words)


def _found(words: list[_Word], offset: int) -> WhoFound | None:
    """Make the name of its words: without `@`, and without the sign that ends it."""
    if not words:
        return None
    text = " ".join(word.text for word in words).removeprefix("@")
    name = text.rstrip("?,;: ").strip('"“”')
    if not any(map(str.isalpha, name)):
        return None
    unsure = "?" in text[len(text.rstrip("?,;: ")) :]
    return WhoFound(offset + words[0].start, offset + words[-1].end, name, unsure)
