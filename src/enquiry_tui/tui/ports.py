"""What the face asks of the layers below: small protocols, so that it can start without them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from enquiry_tui.tui.live import LiveContacts

if TYPE_CHECKING:
    from enquiry_tui.desk.recovery import Found


class OfficeKind(StrEnum):
    """Whose office this vault belongs to."""

    CHIEF_CONSTABLE = "chief-constable"
    LOCAL_POLICING_BODY = "local-policing-body"


@dataclass(frozen=True, slots=True)
class NewVault:
    """What the first officer says when a vault is made. Its repr holds no secret."""

    handle: str
    name: str
    office_kind: OfficeKind
    office: str
    prefix: str
    contact: str
    passphrase: str

    def __repr__(self) -> str:
        return "NewVault(***)"


@dataclass(frozen=True, slots=True)
class NewKey:
    """A recovery key, shown once, and the vault's fingerprint to stand beside it on the paper."""

    recovery_key: str
    fingerprint: str

    def __repr__(self) -> str:
        return "NewKey(***)"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who is on, as shown, and the session the verbs take.

    `session` is whatever the door gave: the face passes it on and never looks into it.
    """

    handle: str
    name: str
    role: str
    office: str
    session: object
    must_change_passphrase: bool = False
    is_demo: bool = False
    idle_minutes: tuple[int, int] = (5, 30)
    """After how long without a key it locks by itself, and while a call runs: the office's pack."""
    last_seen: str = ""
    """A line about the session before, to be read at sign-in."""
    notices: tuple[str, ...] = ()
    banner: Callable[[], str] | None = None
    """Gives what stands on every screen for as long as it is so; quick, asks no database."""
    """What the officer has to be told at sign-in, each a sentence or two."""


@dataclass(frozen=True, slots=True)
class Recovered:
    """What is typed to let an administrator in again, beside the key. Its repr holds no secret."""

    handle: str
    passphrase: str
    vetted_until: str = ""
    name: str = ""

    def __repr__(self) -> str:
        return "Recovered(***)"


class Door(Protocol):
    """The way into the vault. Every method runs on the store thread but the first two."""

    def exists(self) -> bool:
        """Say whether there is a vault; quick, imports nothing heavy."""

    def office_line(self) -> str:
        """Return the office's name if it is known before the vault is open; quick."""

    def create(self, request: NewVault) -> NewKey:
        """Make a vault and return its recovery key, to be written down. Raises EnquiryError."""

    def sign_in(self, handle: str, passphrase: str) -> SignedIn:
        """Open the vault. Raises VaultUnavailable."""

    def change_passphrase(self, session: object, old: str, new: str) -> None:
        """Give the officer a new passphrase. Raises EnquiryError."""

    def look_with_key(self, key: str, other: str) -> Found:
        """Open the vault with the recovery key and see whom it helps. Raises EnquiryError."""

    def recover(self, answers: Recovered) -> None:
        """Give an administrator a new passphrase, then close the vault. Raises EnquiryError."""

    def lock(self) -> None:
        """Close the vault and forget its keys; harmless when it is closed."""

    def save_draft(self, session: object, key: str, body: str) -> None:
        """Keep an unfinished entry, encrypted, under a key; an empty body removes it."""


class Desktop(Protocol):
    """The app as far as widgets need it."""

    live: LiveContacts
    twins: bool

    def now(self) -> datetime:
        """Return the time, in UTC."""

    def who_is_on(self) -> tuple[str, ...]:
        """Return the officer and role as shown, or nothing."""

    def is_demo(self) -> bool:
        """Say whether the people in this vault are made up."""

    def banner(self) -> str:
        """Return what stands on every screen for as long as it is so, or nothing."""
