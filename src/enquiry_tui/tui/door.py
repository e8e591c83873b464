"""The door to the real vault: what signs in, locks and keeps drafts, loaded when first needed."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

from enquiry_tui.errors import EnquiryError
from enquiry_tui.machine.clock import Clock
from enquiry_tui.tui.ports import NewKey, NewVault, Recovered, SignedIn

if TYPE_CHECKING:
    from enquiry_tui.desk.desk import Desk
    from enquiry_tui.desk.recovery import Found, WithKey

_HEADER = "vault.hdr"
# Loaded on the store thread while the passphrase is being typed: together half a second.
_WANTED_SOON = (
    "enquiry_tui.desk.session",
    "enquiry_tui.tui.screens.desk",
    "enquiry_tui.tui.screens.enquiry",
    "enquiry_tui.tui.screens.urgent",
    "enquiry_tui.tui.screens.identity",
    "enquiry_tui.tui.screens.say",
    "enquiry_tui.tui.screens.referral",
    "enquiry_tui.tui.screens.complaint",
    "enquiry_tui.tui.screens.promise",
    "enquiry_tui.tui.screens.find",
)


class VaultDoor:
    """The way into a vault folder. Nothing below `tui` is imported until somebody goes through.

    `memory_kib` is for tests: the cost of a passphrase, measured on this machine where not given.
    `line` is what stands over the sign-in; the office's own name is inside the vault.
    """

    def __init__(
        self,
        folder: Path,
        clock: Clock | None = None,
        *,
        memory_kib: int | None = None,
        line: str = "",
        anchors: Callable[[], Path] | None = None,
    ) -> None:
        self.folder = folder
        self._line = line
        self._anchors = anchors
        self._given_clock = clock
        self._memory_kib = memory_kib
        self._desk: Desk | None = None
        self._with_key: WithKey | None = None

    def exists(self) -> bool:
        """Say whether there is a vault; quick, imports nothing heavy."""
        return any((self.folder / name).exists() for name in (_HEADER, f"{_HEADER}.bak"))

    def office_line(self) -> str:
        """Return the line that the start gave."""
        return self._line

    def warm(self) -> None:
        """Import what a sign-in will need, and read the rules."""
        for name in _WANTED_SOON:
            importlib.import_module(name)
        from enquiry_tui.policy.packs import load_shipped  # noqa: PLC0415

        load_shipped()  # most vaults have these in force, and a pack is read once in a process

    def create(self, request: NewVault) -> NewKey:
        """Make a vault and return its recovery key. Raises EnquiryError."""
        from enquiry_tui.desk.session import NewOffice, create_office  # noqa: PLC0415
        from enquiry_tui.domain.vocabulary import Office  # noqa: PLC0415

        new = NewOffice(
            handle=request.handle,
            name=request.name,
            office=request.office,
            kind=Office(request.office_kind.value),
            prefix=request.prefix,
            contact=request.contact,
        )
        created = create_office(
            self.folder, new, request.passphrase, self._clock(), memory_kib=self._memory_kib
        )
        return NewKey(created.recovery_key, created.fingerprint)

    def sign_in(self, handle: str, passphrase: str) -> SignedIn:
        """Open the vault. Raises VaultUnavailable."""
        from enquiry_tui.desk import notices, session  # noqa: PLC0415

        self.lock()
        desk = session.sign_in(
            self.folder,
            handle.strip(),
            passphrase,
            self._clock(),
            anchors=self._anchors_folder(),
        )
        self._desk, rules = desk, desk.packs.office.value
        return SignedIn(
            handle=desk.officer.handle,
            name=_surname(desk.officer.name),
            role=str(desk.officer.role),
            office=desk.office.name,
            session=desk,
            must_change_passphrase=session.must_change_passphrase(desk),
            is_demo=desk.office.demonstration,
            idle_minutes=(rules.idle_lock_minutes, rules.idle_lock_call_minutes),
            last_seen=notices.last_session(desk),
            notices=notices.at_sign_in(desk),
            banner=lambda: notices.banner(desk),
        )

    def change_passphrase(self, session: object, old: str, new: str) -> None:
        """Give the officer a new passphrase. Raises EnquiryError."""
        from enquiry_tui.desk.session import change_passphrase  # noqa: PLC0415

        change_passphrase(_desk(session), old, new, memory_kib=self._memory_kib)

    def look_with_key(self, key: str, other: str) -> Found:
        """Open the vault with the recovery key and see whom it helps. Raises EnquiryError."""
        from enquiry_tui.desk import recovery  # noqa: PLC0415

        self.lock()
        self._with_key = recovery.open_with_key(
            self.folder,
            recovery.Paper(key, other),
            self._clock(),
            anchors=self._anchors_folder(),
        )
        return self._with_key.found()

    def recover(self, answers: Recovered) -> None:
        """Give an administrator a new passphrase, then close the vault. Raises EnquiryError."""
        from enquiry_tui.desk import recovery  # noqa: PLC0415

        if self._with_key is None:
            raise NoDesk("The recovery key is gone from the program.", "Type it again.")
        renewal = recovery.read_renewal(
            answers.handle, answers.passphrase, answers.vetted_until, answers.name, self._clock()
        )
        self._with_key.renew(renewal)
        self.lock()

    def lock(self) -> None:
        """Close the vault and forget its keys; harmless when it is closed."""
        if self._with_key is not None:
            with_key, self._with_key = self._with_key, None
            with_key.close()
        if self._desk is None:
            return
        from enquiry_tui.desk.session import lock  # noqa: PLC0415

        desk, self._desk = self._desk, None
        lock(desk)

    def save_draft(self, session: object, key: str, body: str) -> None:
        """Keep an unfinished entry under `place` or `place/contact`; an empty body removes it."""
        from enquiry_tui.desk import drafts  # noqa: PLC0415

        place, _, contact = key.partition("/")
        desk = _desk(session)
        if body:
            drafts.save_draft(desk, place, {"text": body}, contact)
        elif (kept := drafts.draft(desk, place, contact)) is not None:
            drafts.discard_draft(desk, kept.uid)

    def _anchors_folder(self) -> Path | None:
        return self._anchors() if self._anchors is not None else None

    def _clock(self) -> Clock:
        if self._given_clock is None:
            from enquiry_tui.machine.clock import SystemClock  # noqa: PLC0415

            self._given_clock = SystemClock()
        return self._given_clock


class NoDesk(EnquiryError):
    """A verb was asked for without a session."""


def _desk(session: object) -> Desk:
    if session is None:
        raise NoDesk("Nobody is signed in.", "Sign in first.")
    return cast("Desk", session)


def _surname(name: str) -> str:
    return name.rsplit(maxsplit=1)[-1] if name.split() else name


def anchors_folder(given: Path | None) -> Path:
    """Return the folder of the anchors: asked for, the environment's, or the platform's own."""
    from enquiry_tui.machine import paths  # noqa: PLC0415

    return paths.anchors_folder(given)


def vault_folder(given: Path | None) -> Path:
    """Return the folder asked for, the environment's, or the platform's own."""
    if given is not None:
        return given
    if named := os.environ.get("ENQUIRY_VAULT"):
        return Path(named)
    from enquiry_tui.machine.paths import default_vault_folder  # noqa: PLC0415

    return default_vault_folder()
