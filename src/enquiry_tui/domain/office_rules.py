"""What an office decides for itself: limits, targets, markings, directory, complaints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from enquiry_tui.domain.complaint_book import ComplaintBook
from enquiry_tui.domain.emergency import EntryKind
from enquiry_tui.domain.text import fold
from enquiry_tui.domain.vocabulary import MarkerKind, Office


@dataclass(frozen=True, slots=True)
class OfficeWords:
    """How a kind of office is called: its name to begin with, whose it is, words it is known by."""

    name: str
    whose: str
    known_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OfficePolicy:
    """The values of the office pack; the unit stands in each name."""

    call_limit_minutes: int
    post_limit_working_days: int
    hold_warn_seconds: int
    ring_back_other_line_minutes: int
    ring_back_same_line_minutes: int
    idle_lock_minutes: int
    idle_lock_call_minutes: int
    message_working_days: int
    referral_accept_working_days: int
    referral_reply_working_days: int
    marker_review_days: int
    destroy_by_days: int
    marking: str
    lowered_marking: str
    do_not_copy: str
    in_error: str
    bases: Mapping[str, str]
    purposes: Mapping[str, str]
    markers: Mapping[MarkerKind, str]
    offices: Mapping[Office, OfficeWords]

    def office_named(self, name: str) -> Office:
        """Tell whose office it is from its name: the first kind that one of its words names."""
        folded = f" {fold(name)} "
        for kind, words in self.offices.items():
            if any(f" {fold(word)} " in folded for word in words.known_by if fold(word)):
                return kind
        return Office.CHIEF_CONSTABLE


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the directory as it is shipped; the topics stand one a line."""

    key: str
    name: str
    kind: EntryKind
    topics: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    hours: str = ""
    confirmed_how: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class AuthorityRule:
    """Who decides a complaint, what this desk does with it, and where the rule comes from."""

    about: str
    authority: str
    action: str
    door: str
    source: str
    restricted: bool = False


@dataclass(frozen=True, slots=True)
class Category:
    """One complaint category with the words that suggest it; `refer` alerts for the IOPC screen."""

    code: str
    name: str
    words: tuple[str, ...] = ()
    refer: bool = False


@dataclass(frozen=True, slots=True)
class Tick:
    """One of the five ticks at the desk; it rests at *not mentioned*."""

    id: str
    label: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SubjectName:
    """What the office calls somebody a complaint can be about.

    `restricted` is why the matter has named readers, `called` the words their tray is known by,
    `mentioned` the words that name them in a complaint, `but_not` phrases that mean others.
    """

    short: str
    label: str
    restricted: str = ""
    called: tuple[str, ...] = ()
    mentioned: tuple[str, ...] = ()
    but_not: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ComplaintRules:
    """Authorities by office and subject, categories, ticks, and the book of a complaint's life."""

    authorities: Mapping[tuple[Office, str], AuthorityRule]
    aliases: Mapping[str, str]
    categories: Mapping[str, Category]
    ticks: tuple[Tick, ...]
    book: ComplaintBook
    names: Mapping[str, SubjectName]

    def authority(self, office: Office, about: str) -> AuthorityRule | None:
        """Return who decides a complaint about this, or None where the name is unknown."""
        return self.authorities.get((office, self.aliases.get(about, about)))

    @property
    def subjects(self) -> tuple[str, ...]:
        """Return the names of what a complaint may be about."""
        return tuple(dict.fromkeys(about for _, about in self.authorities))

    @property
    def category_words(self) -> dict[str, tuple[str, ...]]:
        """Return the words of each category, for the suggestion."""
        return {code: category.words for code, category in self.categories.items()}
