"""What can be wrong with a vault, in words that an officer can act on."""

from __future__ import annotations

import errno
import math

from enquiry_tui.errors import EnquiryError, VaultUnavailable

_SQLITE_FULL = 13
_FULL_IN_WORDS = "database or disk is full"  # SQLite's; its online backup gives no code
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})


class WrongPassphrase(VaultUnavailable):
    """The handle or the passphrase is not right; which of the two is not said."""

    def __init__(self) -> None:
        super().__init__(
            "The handle or the passphrase is not right",
            "Check both and try again; if it keeps failing, ask an administrator.",
        )


class NotYourPassphrase(WrongPassphrase):
    """Whoever is signed in already typed another passphrase than their own."""

    def __init__(self) -> None:
        super(WrongPassphrase, self).__init__(
            "That is not your passphrase", "The one you signed in with is wanted: type it again."
        )


class DoesNotOpenBackup(WrongPassphrase):
    """What was typed opens no private keys in the backup; which part is wrong is not said."""

    def __init__(self, *, recovery: bool) -> None:
        what = "That recovery key does" if recovery else "That handle and passphrase do"
        super(WrongPassphrase, self).__init__(
            f"{what} not open this backup",
            "An administrator's passphrase of the day of the backup opens it, or the recovery key"
            " of that day.",
        )


class WrongRecoveryKey(VaultUnavailable):
    """The recovery key is well written, but not this vault's, or no longer."""

    def __init__(self) -> None:
        super().__init__(
            "That recovery key does not open this vault",
            "Compare the vault on the sheet, and its date: a newer sheet ends an older one.",
        )


class AlreadyOpen(VaultUnavailable):
    """Another process holds the vault."""

    def __init__(self, hint: str = "Close it in the other window, or sign out there.") -> None:
        super().__init__("The vault is already open", hint)


class VaultDamaged(VaultUnavailable):
    """A file of the vault is not what was written."""


class VaultTampered(VaultUnavailable):
    """A file of the vault reads well but does not agree with the keys."""


class NotVouchedFor(VaultTampered):
    """What the record or the certificates say of an account does not let it sign in."""

    def __init__(self, title: str) -> None:
        super().__init__(
            title,
            "Keep the folder as it is, and copy it to another disk. Then another officer has the"
            " record checked: enquiry-tui --officer THEIR-HANDLE audit verify. Where nobody else"
            " can sign in: enquiry-tui vault recover gives an administrator a way in, and then the"
            " same. The administrator then renews or resets this account.",
        )


class NewerSchema(VaultUnavailable):
    """A newer version of the program has changed the vault."""

    def __init__(self) -> None:
        super().__init__(
            "A newer version of the program has used this vault",
            "Install that version here; nothing was changed.",
        )


class PassphraseRefused(EnquiryError):
    """A new passphrase does not meet the rules."""


class StorageFailed(EnquiryError):
    """The disk did not take a change; the change is undone."""

    def __init__(
        self,
        title: str = "The change could not be written to the disk",
        hint: str = "Nothing was saved. Free some space or check the disk, then do it again.",
    ) -> None:
        super().__init__(title, hint)


def is_full(error: BaseException | None) -> bool:
    """Tell whether a fault, or one that it came from, is a disk without room."""
    return isinstance(error, Exception) and _has(error, _NO_ROOM, _SQLITE_FULL)


def not_stored(error: BaseException, needed: int = 0) -> StorageFailed:
    """Say why the disk took no change, as far as it is known: full, read-only, or neither.

    `needed` is how many bytes the work takes beside what is there, where that can be told.
    """
    if is_full(error):
        room = f"{math.ceil(needed / 1_000_000) + 1:,} MB"
        much = f" It takes about {room} of free room: the vault once more." if needed else ""
        return StorageFailed(
            "The disk is full", f"Nothing was saved.{much} Free some space, then do it again."
        )
    if _has(error, frozenset({errno.EROFS})):
        return StorageFailed(
            "The disk is read-only",
            "Nothing was saved. Have it made writable, then do it again.",
        )
    return StorageFailed()


def _has(error: BaseException | None, numbers: frozenset[int], code: int = -1) -> bool:
    while error is not None:
        found = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
        if found == code or getattr(error, "errno", None) in numbers:
            return True
        if code == _SQLITE_FULL and str(error) == _FULL_IN_WORDS:
            return True
        error = error.__cause__ or error.__context__
    return False


class EventDelayed(EnquiryError):
    """The key header was changed, but its event is yet to be written."""

    def __init__(self) -> None:
        super().__init__(
            "The change is in force, but the disk could not take its entry in the audit",
            "Free some space and sign in again: the entry is made then.",
        )


class VettingExpired(VaultUnavailable):
    """The officer's vetting is over; the passphrase was right."""

    def __init__(self, last_day: str) -> None:
        super().__init__(
            f"Your vetting ended on {last_day}",
            "An administrator renews it when it is confirmed. If you are the only one, sign in"
            " with the recovery key and renew it.",
        )


class VettingOverByRecord(VettingExpired):
    """By the clock the vetting still holds, but the record has reached a day after its last."""

    def __init__(self, last_day: str, today: str, reached: str) -> None:
        super(VettingExpired, self).__init__(
            f"By the record your vetting is over: it ended on {last_day}",
            f"The clock says {today}, but the record has reached {reached}. If the clock was ahead"
            " then: an administrator who can sign in does so once under the right clock, and you"
            " can again. If none can, use the recovery key: it does the same. If the clock is"
            " behind now: put it right, and have your vetting renewed.",
        )


class RotationUnfinished(EnquiryError):
    """The database has its new key, but the key header could not be brought to its last form."""

    def __init__(self) -> None:
        super().__init__(
            "The keys are changed, but the disk did not take the last step",
            "Free some space or check the disk, and sign in again: the rest is done then.",
        )


class NotEnoughMemory(VaultUnavailable):
    """Argon2 did not get the memory that the key header names."""

    def __init__(self) -> None:
        super().__init__(
            "There is not enough free memory to sign in",
            "Close other programs and try again.",
        )


class MissingEvent(RuntimeError):
    """A programming error: a transaction was to end without an event. It was rolled back."""
