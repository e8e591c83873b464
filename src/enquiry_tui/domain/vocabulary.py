"""The closed vocabularies of the gate: who asks, for what, on which channel, what came of it."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What sort of requester is asking; the kind follows the question, not the person."""

    MEMBER_OF_PUBLIC = "member-of-public"
    RELATIVE = "relative"
    SOLICITOR = "solicitor"
    ELECTED_REPRESENTATIVE = "elected-representative"
    OWN_FORCE = "own-force"
    OTHER_AGENCY = "other-agency"
    COURT = "court"
    COMMERCIAL = "commercial"
    MEDIA = "media"
    VICTIM_SERVICE = "victim-service"
    CHILD = "child"
    ANONYMOUS = "anonymous"
    UNDER_DURESS = "under-duress"
    OVERSIGHT_BODY = "oversight-body"
    OFFICIAL_CALLER = "official-caller"

    @property
    def key(self) -> str:
        """Return the letter that chooses this kind on the *may I say* panel."""
        return _KIND_KEYS[self]

    @property
    def label(self) -> str:
        """Return the kind in plain words."""
        return self.value.replace("-", " ")

    @classmethod
    def from_key(cls, key: str) -> Kind | None:
        """Return the kind behind a letter, or None."""
        return next((kind for kind, letter in _KIND_KEYS.items() if letter == key.lower()), None)


_KIND_KEYS: dict[Kind, str] = dict(zip(Kind, "mrsefgcbjvyauwo", strict=True))


class InfoClass(StrEnum):
    """How confidential the thing asked for is, lowest first; `digit` is its key and its rank."""

    PUBLIC = "public"
    OWN_PROGRESS = "own-progress"
    OWN_PERSONAL = "own-personal"
    THIRD_PARTY = "third-party"
    SENSITIVE = "sensitive"
    OPERATIONAL = "operational"

    @property
    def digit(self) -> int:
        """Return the digit 1 to 6 that chooses this class; higher is more confidential."""
        return _CLASS_DIGITS[self]

    @property
    def label(self) -> str:
        """Return the class in plain words."""
        return self.value.replace("-", " ")

    @classmethod
    def from_digit(cls, digit: int) -> InfoClass | None:
        """Return the class behind a digit, or None."""
        return next((item for item, number in _CLASS_DIGITS.items() if number == digit), None)


_CLASS_DIGITS: dict[InfoClass, int] = {item: rank for rank, item in enumerate(InfoClass, start=1)}


def highest(*classes: InfoClass) -> InfoClass:
    """Return the most confidential of the classes; of none, `operational`."""
    return max(classes, key=lambda item: item.digit, default=InfoClass.OPERATIONAL)


class Channel(StrEnum):
    """How a contact reaches the desk, or leaves it."""

    TELEPHONE = "telephone"
    LETTER = "letter"
    EMAIL = "email"
    IN_PERSON = "in-person"
    VOICEMAIL = "voicemail"

    @property
    def is_written(self) -> bool:
        """Say whether what is said on it goes on paper or screen."""
        return self in {Channel.LETTER, Channel.EMAIL}


class _Ladder(StrEnum):
    """A vocabulary whose members stand in order, weakest first."""

    @property
    def rank(self) -> int:
        """Return the place on the ladder, 0 for the weakest."""
        return list(type(self)).index(self)

    def reaches(self, other: _Ladder) -> bool:
        """Say whether this is at least as strong as `other` of the same ladder."""
        return self.rank >= other.rank


class Proof(_Ladder):
    """Identity proved in the sense of GPG 45: scored against the guide, never certified."""

    NONE = "none"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    VERY_HIGH = "very-high"


class Recognition(_Ladder):
    """Somebody dealt with before, recognised in the sense of GPG 44."""

    NONE = "none"
    LOW = "low"
    MEDIUM = "medium"


class Authority(StrEnum):
    """What shows that somebody may ask for another person, or for an office."""

    NONE = "none"
    CLAIMED = "claimed"
    ORG = "org"
    CLIENT = "client"
    REQUEST = "request"
    WRITTEN = "written"
    ORDER = "order"

    @property
    def is_paper(self) -> bool:
        """Say whether only paper shows it: no step of an identity check can supply it."""
        return self in {Authority.CLIENT, Authority.REQUEST, Authority.WRITTEN, Authority.ORDER}


class Allowed(_Ladder):
    """What the gate says, loosest first: this order *is* the strictness of verdicts."""

    RELEASE = "release"
    PART = "part"
    CHECK = "check"
    MESSAGE = "message"
    ROUTE = "route"
    NEVER = "never"


class Decision(StrEnum):
    """What the officer did about one thing asked for."""

    RELEASE = "release"
    PART = "part"
    REFUSE = "refuse"
    NEITHER = "neither-confirm-nor-deny"
    MESSAGE = "take-a-message"
    ROUTE = "route"
    ANSWER_TO_HELD = "answer-to-held"

    @property
    def has_content(self) -> bool:
        """Say whether something was given away by it."""
        return self in {Decision.RELEASE, Decision.PART}


class Route(StrEnum):
    """By which door a ledger line went."""

    TOLD = "told"
    WRITTEN = "written"
    HELD = "held"
    SHARED = "shared"
    EMERGENCY = "emergency"
    INTERNAL = "internal"
    OVERRIDE = "override"
    INCIDENT = "incident"


class MarkerKind(StrEnum):
    """A marker on a person or matter; `raises` says whether it raises the gate."""

    PROTECTED_ADDRESS = "protected-address"
    SAFE_CONTACT_ONLY = "safe-contact-only"
    NO_VOICEMAIL = "no-voicemail"
    PARTY_TO_DISPUTE = "party-to-dispute"
    DOMESTIC_ABUSE = "domestic-abuse"
    CHILD = "child"
    NAMED_CONTACT = "named-contact"
    MEDIA_INTEREST = "media-interest"
    RESTRICTED = "restricted"

    @property
    def raises(self) -> bool:
        """Say whether a matter with this marker asks for one step more."""
        return self in _RAISING

    @property
    def label(self) -> str:
        """Return the marker in plain words."""
        return self.value.replace("-", " ")


_RAISING = frozenset(
    {
        MarkerKind.DOMESTIC_ABUSE,
        MarkerKind.PARTY_TO_DISPUTE,
        MarkerKind.CHILD,
        MarkerKind.PROTECTED_ADDRESS,
        MarkerKind.SAFE_CONTACT_ONLY,
    }
)


class CheckOutcome(StrEnum):
    """How an identity check ended; none of them may be left open."""

    PASSED = "passed"
    FAILED = "failed"
    REFUSED = "refused"
    STOPPED = "stopped"
    NOT_NEEDED = "not-needed"


class Office(StrEnum):
    """Whose desk this is; a force and its local policing body are separate controllers."""

    CHIEF_CONSTABLE = "chief-constable"
    LOCAL_POLICING_BODY = "local-policing-body"
