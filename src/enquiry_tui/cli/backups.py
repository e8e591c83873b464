"""`backup`: made, listed, tried out, restored into a new folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from enquiry_tui.cli.data import file_name, moment
from enquiry_tui.cli.globals import Globals
from enquiry_tui.cli.options import as_json_option
from enquiry_tui.cli.output import narrate, print_record, print_rows
from enquiry_tui.cli.progress import Ticker
from enquiry_tui.cli.secrets import read_secrets
from enquiry_tui.cli.session import signed_in, signed_in_with_key, signed_in_with_passphrase
from enquiry_tui.errors import Refused, UsageError, VaultUnavailable

if TYPE_CHECKING:
    from enquiry_tui.desk.backups import Ahead
    from enquiry_tui.desk.desk import Desk
    from enquiry_tui.desk.shelf import Listed
    from enquiry_tui.vault.drill import Drilled, Opener
    from enquiry_tui.vault.restore import Restored

_COLUMNS = ("file", "created", "vault", "seq", "contacts", "size", "signed", "fault")
_FILE = click.Path(path_type=Path)
_recovery_option = click.option(
    "--recovery", is_flag=True, help="Open it with the recovery key from the paper sheet."
)


@click.group()
def backup() -> None:
    """Make backups, list them, try one out, restore one into a new folder."""


@backup.command()
@click.argument("folder", metavar="DIR", type=_FILE)
@click.option("--prune", is_flag=True, help="Then remove those no longer to be kept.")
@as_json_option
@click.pass_obj
def make(options: Globals, folder: Path, prune: bool, as_json: bool) -> None:
    """Make a backup in DIR. Only administrators and the recovery key open it.

    With --prune 7 daily, 4 weekly and 6 monthly backups of this vault are kept.
    """
    from enquiry_tui.desk import backups

    with _unless_open(), signed_in(options) as desk, Ticker() as ticker:
        made = backups.run(backups.make(desk, folder), ticker.tell)
        shelf = backups.prune if prune else backups.shelf
        found = backups.run(shelf(desk, folder), ticker.tell)
    may_go = [item.file.name for item in found if item.may_go]
    record = {
        "file": file_name(made.file.absolute()),
        "sha256": made.sha256,
        "seq": made.seq,
        "contacts": made.counts["contact"],
        "size": made.size,
        "same_device": made.same_device,
        "removed" if prune else "may_go": may_go,
    }
    print_record(record, as_json=as_json)
    if made.same_device:
        narrate("It lies on the same device as the vault: copy it to another one.")
    if may_go and not prune:
        narrate(f"{len(may_go)} older would go with --prune.")


@backup.command("list")
@click.argument("folder", metavar="DIR", type=_FILE)
@as_json_option
def list_backups(folder: Path, as_json: bool) -> None:
    """List the backups in DIR and read each to its end; no passphrase is needed.

    Exit code 1 where one is damaged.
    """
    from enquiry_tui.desk.backups import run
    from enquiry_tui.desk.shelf import on_shelf

    with Ticker() as ticker:
        found = run(on_shelf(folder), ticker.tell)
    print_rows([_row(item) for item in found], _COLUMNS, as_json=as_json)
    if damaged := sum(bool(item.fault) for item in found):
        which = "1 backup did not" if damaged == 1 else f"{damaged} backups did not"
        raise Refused(
            f"{which} pass the check.",
            "Its line says how. Make another, and try it out: backup drill.",
        )


@backup.command()
@click.argument("file", metavar="FILE", type=_FILE)
@_recovery_option
@as_json_option
@click.pass_obj
def drill(options: Globals, file: Path, recovery: bool, as_json: bool) -> None:
    """Try FILE out: open it, check every byte, page and event; restore nothing.

    A drill of this vault's backup by an officer who signs in leaves its event. With --recovery the
    recovery key is read after the passphrase, or alone where no --officer is given.
    """
    from enquiry_tui.desk import backups, restoring
    from enquiry_tui.desk.going_back import restored_words
    from enquiry_tui.machine.clock import SystemClock

    ahead: Ahead | None = None
    if options.officer and restoring.vault_of(file) == restoring.vault_in(options.folder()):
        with _unless_open(), _signed_in_to_open(options, recovery) as (desk, opener):
            with Ticker() as ticker:
                found = backups.run(backups.drill(desk, file, opener), ticker.tell)
            ahead = backups.ahead_of(desk, found)
    else:
        opener = _opener(options, recovery)
        with Ticker() as ticker:
            steps = restoring.drill_alone(file, opener, SystemClock())
            found = backups.run(steps, ticker.tell)
        narrate("Nobody signed in to its vault: this drill leaves no event.")
    narrate(f"{file.name}: {backups.drill_words(found)}.")
    _tell_ahead(ahead)
    narrate(f"If it is restored: {' '.join(restored_words(found, ahead))}")
    print_record(_drilled(file, found, ahead), as_json=as_json)
    if not found.verification.verified:
        raise Refused(
            "The record in that backup does not hold.", "Keep it, and try an older backup."
        )


@backup.command()
@click.argument("file", metavar="FILE", type=_FILE)
@click.option("--into", required=True, type=_FILE, metavar="DIR", help="A new or empty folder.")
@_recovery_option
@as_json_option
@click.pass_obj
def restore(options: Globals, file: Path, into: Path, recovery: bool, as_json: bool) -> None:
    """Restore FILE into a new folder; the present vault is not touched.

    Everybody signs in there with the passphrase of the day of the backup.
    """
    from enquiry_tui.desk import backups, restoring
    from enquiry_tui.desk.going_back import restored_words
    from enquiry_tui.machine.clock import SystemClock

    opener = _opener(options, recovery)
    with Ticker() as ticker:
        steps = restoring.restore(file, opener, into, SystemClock())
        restored = backups.run(steps, ticker.tell)
    found = restored.drilled
    narrate(f"{file.name}: {backups.drill_words(found)}; done.")
    ahead = _compared(options, opener, file, restored)
    record = {
        **_drilled(file, found, ahead),
        "vault": file_name(into.absolute()),
        "accounts": list(restored.accounts),
    }
    print_record(record, as_json=as_json)
    for words in restored_words(found, ahead):
        narrate(words)
    narrate("Open it with --vault and that folder. The vault that was there is as it was.")
    narrate("Where this machine saw later events, it is read-only until: audit accept --reason …")
    narrate("After that work in this one only: the two contradict each other from then on.")


def _compared(options: Globals, opener: Opener, file: Path, restored: Restored) -> Ahead | None:
    """Say what the present vault has beyond the backup, where the same passphrase opens it."""
    from enquiry_tui.desk import backups, restoring, session
    from enquiry_tui.machine.clock import SystemClock
    from enquiry_tui.vault.held import RecordHeld

    folder = options.folder()
    if restoring.vault_in(folder) != restored.drilled.manifest.vault_id:
        return None
    ahead: Ahead | None = None
    why = "an administrator's passphrase, the same then and now, is wanted for that"
    if opener.handle and restoring.opens_both(folder, file, opener.handle):
        try:
            desk = session.sign_in(
                folder,
                opener.handle,
                opener.secret,
                SystemClock(),
                anchors=options.anchors_folder(),
            )
        except VaultUnavailable as error:
            why = error.title[:1].lower() + error.title[1:]
        else:
            try:
                ahead = backups.ahead_of(desk, restored.drilled)
                _tell_ahead(ahead)
                backups.note_restored(desk, restored)
            except RecordHeld:
                narrate("The present vault is held to be read only: this was not noted in it.")
            finally:
                session.sign_out(desk)
            return ahead
    narrate(f"The present vault was not compared: {why}.")
    return None


@contextmanager
def _signed_in_to_open(options: Globals, recovery: bool) -> Iterator[tuple[Desk, Opener]]:
    """Sign in, and have what opens the backup too: the same passphrase, or the recovery key."""
    from enquiry_tui.vault.drill import Opener

    if recovery:
        with signed_in_with_key(options) as (desk, key):
            yield desk, Opener(key)
    else:
        with signed_in_with_passphrase(options) as (desk, passphrase):
            yield desk, Opener(passphrase, desk.officer.handle)


def _opener(options: Globals, recovery: bool) -> Opener:
    from enquiry_tui.vault.drill import Opener

    if recovery:
        return Opener(read_secrets(options.passphrase_file, ["Recovery key"])[0])
    if not options.officer:
        raise UsageError(
            "It is not said who opens the backup.",
            "Put --officer HANDLE of an administrator before the command, or give --recovery.",
        )
    return Opener(read_secrets(options.passphrase_file, ["Passphrase"])[0], options.officer)


@contextmanager
def _unless_open() -> Iterator[None]:
    """Say, where the vault is open, that the desk can do it itself."""
    from enquiry_tui.vault.errors import AlreadyOpen

    try:
        yield
    except AlreadyOpen as error:
        raise AlreadyOpen(
            "Do it there: Ctrl+P, backups. Or sign out there and try again."
        ) from error


def _row(item: Listed) -> dict[str, object]:
    return {
        "file": file_name(item.file),
        "created": moment(item.made_at) if item.made_at is not None else None,
        "vault": item.vault_id,
        "seq": item.seq,
        "contacts": item.contacts,
        "size": item.size,
        "signed": item.signed,
        "sha256": item.sha256,
        "fault": item.fault,
    }


def _drilled(file: Path, found: Drilled, ahead: Ahead | None) -> dict[str, object]:
    from enquiry_tui.domain.when import parse_utc

    record: dict[str, object] = {
        "file": file_name(file),
        "sha256": found.sha256,
        "seq": found.manifest.seq,
        "contacts": found.looked.counts["contact"],
        "up_to": moment(parse_utc(found.manifest.up_to)),
        "verified": found.verification.verified,
        "events": found.verification.events,
        "code": found.verification.code,
        "failures": list(found.verification.failures),
        "lacks": None,
    }
    if ahead is not None:
        record["lacks"] = {
            "events": ahead.events,
            "contacts": ahead.contacts,
            "up_to": moment(ahead.up_to) if ahead.up_to is not None else None,
            "same_record": ahead.same_record,
            "access": list(ahead.access),
        }
    return record


def _tell_ahead(ahead: Ahead | None) -> None:
    from enquiry_tui.desk.backups import ahead_words

    if ahead is not None:
        narrate(ahead_words(ahead))
