"""What a question needs, what was shown in this contact, and the circumstances it is asked in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from enquiry_tui.domain.vocabulary import Authority, MarkerKind, Office, Proof, Recognition

_PLAIN = {
    Authority.ORG: "their office rung back",
    Authority.CLIENT: "signed authority",
    Authority.REQUEST: "the constituent's request",
    Authority.WRITTEN: "a request in writing",
    Authority.ORDER: "the court's order",
}


@dataclass(frozen=True, slots=True)
class Need:
    """One alternative of what a cell asks for; it is met as a whole or not at all.

    `held_address` asks that the answer goes to an address held and confirmed before this contact
    (a first letter: to the address on it); `purpose` asks for need-to-know in one line.
    """

    recognition: Recognition = Recognition.NONE
    proof: Proof = Proof.NONE
    authorities: frozenset[Authority] = frozenset()
    held_address: bool = False
    purpose: bool = False

    @property
    def is_empty(self) -> bool:
        """Say whether nothing is asked for."""
        return self == Need()

    @property
    def lacks_paper(self) -> bool:
        """Say whether something only paper can show is among it."""
        return any(item.is_paper for item in self.authorities)

    @property
    def asks_level(self) -> bool:
        """Say whether a recognition, a proof or the standing of an organisation is among it."""
        return (
            self.recognition is not Recognition.NONE
            or self.proof is not Proof.NONE
            or any(not item.is_paper for item in self.authorities)
        )

    def and_also(self, other: Need) -> Need:
        """Return the need that asks for both."""
        return Need(
            max(self.recognition, other.recognition, key=lambda item: item.rank),
            max(self.proof, other.proof, key=lambda item: item.rank),
            self.authorities | other.authorities,
            self.held_address or other.held_address,
            self.purpose or other.purpose,
        )

    def words(self) -> str:
        """Return the need in the short form of the screen: `R:low + A:client`."""
        parts = [] if self.recognition is Recognition.NONE else [f"R:{self.recognition}"]
        parts += [] if self.proof is Proof.NONE else [f"P:{self.proof}"]
        parts += [f"A:{item}" for item in Authority if item in self.authorities]
        parts += ["held address"] if self.held_address else []
        parts += ["purpose"] if self.purpose else []
        return " + ".join(parts) or "none"

    def plain(self) -> str:
        """Return the need in words that an officer says: `signed authority and R:low`.

        The level of recognition keeps its short form: the guide spells out what reaches it.
        """
        parts = [] if self.recognition is Recognition.NONE else [f"R:{self.recognition}"]
        parts += [] if self.proof is Proof.NONE else ["photo identity"]
        parts += [_PLAIN[item] for item in Authority if item in self.authorities and item in _PLAIN]
        parts += ["an address held"] if self.held_address else []
        parts += ["what it is needed for"] if self.purpose else []
        return " and ".join(parts) or "none"

    def as_dict(self) -> dict[str, str | bool]:
        """Return the need as plain data for a script: only what is asked for."""
        data: dict[str, str | bool] = {}
        if self.recognition is not Recognition.NONE:
            data["recognition"] = self.recognition.value
        if self.proof is not Proof.NONE:
            data["proof"] = self.proof.value
        if self.authorities:
            data["authority"] = "+".join(item for item in Authority if item in self.authorities)
        if self.held_address:
            data["held_address"] = True
        if self.purpose:
            data["purpose"] = True
        return data


@dataclass(frozen=True, slots=True)
class Standing:
    """What was shown in this contact, and only in it."""

    recognition: Recognition = Recognition.NONE
    proof: Proof = Proof.NONE
    authorities: frozenset[Authority] = frozenset()
    purpose: bool = False
    held_address: bool = False

    def and_also(self, other: Standing) -> Standing:
        """Return what both show together."""
        return Standing(
            max(self.recognition, other.recognition, key=lambda item: item.rank),
            max(self.proof, other.proof, key=lambda item: item.rank),
            self.authorities | other.authorities,
            self.purpose or other.purpose,
            self.held_address or other.held_address,
        )

    def meets(self, need: Need) -> bool:
        """Say whether every part of the need is there."""
        return self.missing(need).is_empty

    def missing(self, need: Need) -> Need:
        """Return the part of the need that is not there."""
        return Need(
            Recognition.NONE if self.recognition.reaches(need.recognition) else need.recognition,
            Proof.NONE if self.proof.reaches(need.proof) else need.proof,
            need.authorities - self.authorities,
            need.held_address and not self.held_address,
            need.purpose and not self.purpose,
        )


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What surrounds the question, whatever the kind; none of it ever loosens the gate.

    `raised` comes from markers, `restricted` from the matter, `accompanied` means someone is with
    the caller, `stopped` that a hard flag or a suspected pretext ended the check for this contact,
    `held_usable` that a held contact exists which is neither new nor unsafe, `complained_of` that
    the matter is a complaint about who is on the line.
    """

    child: bool = False
    anonymous: bool = False
    under_duress: bool = False
    accompanied: bool = False
    stopped: bool = False
    raised: bool = False
    restricted: bool = False
    complained_of: bool = False
    office: Office = Office.CHIEF_CONSTABLE
    held_usable: bool = False


@dataclass(frozen=True, slots=True)
class Raised:
    """Whether markers raise the gate, and which of them do, for the words *raised, because*."""

    because: tuple[MarkerKind, ...] = field(default=())

    def __bool__(self) -> bool:
        return bool(self.because)


def raised_by(markers: Iterable[MarkerKind]) -> Raised:
    """Return which of the markers raise the gate, in the order of the vocabulary."""
    present = set(markers)
    return Raised(tuple(kind for kind in MarkerKind if kind in present and kind.raises))
