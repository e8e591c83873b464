"""The way from a command to a desk: who, which vault, which passphrase; and out again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from enquiry_tui.cli.globals import Globals
from enquiry_tui.cli.output import narrate
from enquiry_tui.cli.secrets import is_blind, read_secrets
from enquiry_tui.errors import Refused, UsageError, VaultUnavailable

if TYPE_CHECKING:
    from enquiry_tui.desk.desk import Desk


@contextmanager
def signed_in(options: Globals) -> Iterator[Desk]:
    """Sign in and out again around a command. Raises UsageError, VaultUnavailable, Refused."""
    with signed_in_with_passphrase(options) as (desk, _):
        yield desk


@contextmanager
def signed_in_with_passphrase(options: Globals) -> Iterator[tuple[Desk, str]]:
    """Sign in for a verb that wants the passphrase again: gives the desk and what was typed."""
    with _desk(options, ["Passphrase"]) as (desk, secrets):
        if desk.unlocked.account.must_change:
            raise Refused(
                "This passphrase is a temporary one.",
                "Choose your own first: enquiry-tui officer passphrase",
            )
        yield desk, secrets[0]


@contextmanager
def signed_in_with_key(options: Globals) -> Iterator[tuple[Desk, str]]:
    """Sign in, and read the recovery key after the passphrase: gives the desk and the key."""
    with _desk(options, ["Passphrase", "Recovery key"]) as (desk, (_, key)):
        yield desk, key


@contextmanager
def signed_in_to_change(options: Globals) -> Iterator[tuple[Desk, str, str]]:
    """Sign in with the old passphrase; gives desk, old and new. A temporary one will do.

    The new one is typed twice where it is typed blind. Raises UsageError where the two differ.
    """
    prompts = ["Passphrase", "New passphrase"]
    if is_blind(options.passphrase_file):
        prompts.append("The same again")
    with _desk(options, prompts) as (desk, (old, new, *again)):
        if again and again[0] != new:
            raise UsageError("The two were not the same.", "Nothing was changed. Try again.")
        yield desk, old, new


@contextmanager
def _desk(options: Globals, prompts: list[str]) -> Iterator[tuple[Desk, list[str]]]:
    if not options.officer:
        raise UsageError(
            "It is not said who is at the desk.",
            "Put --officer HANDLE before the command, or set ENQUIRY_OFFICER.",
        )
    folder = options.folder()
    if not folder.is_dir():  # before anybody types a passphrase for nothing
        raise VaultUnavailable(
            "There is no vault in that folder.",
            "Name it with --vault, or make one: enquiry-tui init",
        )
    secrets = read_secrets(options.passphrase_file, prompts)
    from enquiry_tui.desk.notices import at_sign_in
    from enquiry_tui.desk.session import sign_in, sign_out
    from enquiry_tui.machine.clock import SystemClock

    desk = sign_in(
        folder, options.officer, secrets[0], SystemClock(), anchors=options.anchors_folder()
    )
    try:
        for words in at_sign_in(desk):
            narrate(words)
        yield desk, secrets
    finally:
        sign_out(desk)
