"""The one family of errors raised on purpose: what happened, and what to do next."""

from __future__ import annotations


class EnquiryError(Exception):
    """Something an officer can act on. Neither text ever holds a secret or what somebody typed.

    `title` says what happened, `hint` what to do next; `exit_code` is what a script sees.
    """

    exit_code = 1

    def __init__(self, title: str, hint: str = "") -> None:
        super().__init__(title)
        self.title = title
        self.hint = hint


class UsageError(EnquiryError):
    """The command was not given what it needs."""

    exit_code = 2


class VaultUnavailable(EnquiryError):
    """The vault cannot be opened: wrong passphrase, already open, newer schema, damaged."""

    exit_code = 3


class MustWait(VaultUnavailable):
    """Too many tries failed: the next has to wait. `seconds` is how long, rounded up.

    At a sign-in, or where a passphrase is asked again in an open session.
    """

    def __init__(self, seconds: int) -> None:
        unit = "second" if seconds == 1 else "seconds"
        super().__init__("Too many tries have failed", f"Wait {seconds} {unit} and try again.")
        self.seconds = seconds


class NotPermitted(EnquiryError):
    """The officer's role does not carry this right."""


class Refused(EnquiryError):
    """A rule of the desk says no."""
