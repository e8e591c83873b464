"""The calls that run now: one being talked to, any number on hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime


@dataclass(frozen=True, slots=True)
class LiveContact:
    """What every screen shows of a call that runs. `who` and `checked` are words for the bar."""

    uid: str
    started_at: datetime
    who: str = ""
    checked: str = "NOT CHECKED"
    reference: str = ""
    enquiry_uid: str = ""
    held_since: datetime | None = None
    urgent: bool = False
    """An urgent call (F9) runs in it: it goes on, and ends, on the screen of F9."""
    word: str = ""
    """The code word, where this caller may be told it: it is said before the call ends."""
    is_call: bool = True
    """A telephone call or a visit; a letter that waits for its reply has no running timer."""


class LiveContacts:
    """Holds the talking contact and the held ones, and tells who listens when they change."""

    def __init__(self) -> None:
        self._talking: LiveContact | None = None
        self._held: tuple[LiveContact, ...] = ()
        self._listeners: list[Callable[[], object]] = []

    @property
    def talking(self) -> LiveContact | None:
        """Return the contact that verbs bind to."""
        return self._talking

    @property
    def held(self) -> tuple[LiveContact, ...]:
        """Return those on hold, the longest first."""
        return self._held

    @property
    def any_call(self) -> bool:
        """Say whether a call timer runs, held or not."""
        running = (*self._held, *((self._talking,) if self._talking else ()))
        return any(contact.is_call for contact in running)

    def listen(self, listener: Callable[[], object]) -> Callable[[], None]:
        """Call `listener` on every change; returns how to stop that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def begin(self, contact: LiveContact, now: datetime) -> None:
        """Start talking to a contact; the one before goes on hold."""
        self._hold_talking(now)
        self._talking = contact
        self._tell()

    def hold(self, now: datetime) -> None:
        """Put the talking contact on hold."""
        self._hold_talking(now)
        self._tell()

    def take_up(self, uid: str, now: datetime) -> None:
        """Go to a held contact; the talking one goes on hold. Raises KeyError."""
        wanted = next((contact for contact in self._held if contact.uid == uid), None)
        if wanted is None:
            raise KeyError(uid)
        self._held = tuple(contact for contact in self._held if contact.uid != uid)
        self._hold_talking(now)
        self._talking = replace(wanted, held_since=None)
        self._tell()

    def change(self, contact: LiveContact) -> None:
        """Show a contact anew under the same uid; one that is not live is left alone."""
        if self._talking is not None and self._talking.uid == contact.uid:
            self._talking = contact
        self._held = tuple(contact if contact.uid == held.uid else held for held in self._held)
        self._tell()

    def end(self, uid: str) -> None:
        """Forget a contact that has ended."""
        if self._talking is not None and self._talking.uid == uid:
            self._talking = None
        self._held = tuple(contact for contact in self._held if contact.uid != uid)
        self._tell()

    def clear(self) -> None:
        """Forget all of them, when another officer signs in."""
        self._talking, self._held = None, ()
        self._tell()

    def _hold_talking(self, now: datetime) -> None:
        if self._talking is not None:
            self._held = (*self._held, replace(self._talking, held_since=now))
            self._talking = None

    def _tell(self) -> None:
        for listener in tuple(self._listeners):
            listener()
