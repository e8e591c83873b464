"""`policy`: the rules as versioned files: shown, checked, compared, installed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from enquiry_tui.cli.data import file_name, plain
from enquiry_tui.cli.globals import Globals
from enquiry_tui.cli.options import as_json_option
from enquiry_tui.cli.output import narrate, print_record, print_rows, print_text
from enquiry_tui.cli.session import signed_in, signed_in_with_passphrase
from enquiry_tui.errors import EnquiryError, UsageError

if TYPE_CHECKING:
    from enquiry_tui.desk.policy import PackView, Preview
    from enquiry_tui.desk.policy_effects import Touch

_LISTED = ("name", "version", "hash", "since", "by", "state")
_CHANGES = ("place", "before", "after")
_file = click.Path(path_type=Path)


@click.group()
def policy() -> None:
    """Show, check, compare and install the rules that this office works by."""


@policy.command("show")
@click.argument("name", required=False)
@click.option("--hash", "start", metavar="H", help="The pack of this hash, of whatever day.")
@click.option("--history", is_flag=True, help="List what was in force under NAME, latest first.")
@click.option("--shipped", is_flag=True, help="What comes with the program; needs no vault.")
@as_json_option
@click.pass_obj
def show(
    options: Globals,
    name: str | None,
    start: str | None,
    history: bool,
    shipped: bool,
    as_json: bool,
) -> None:
    """List the packs in force, or print one: its text is what `install` takes back."""
    if shipped:
        _show_shipped(name, as_json=as_json)
        return
    from enquiry_tui.desk.policy import pack_history, packs_in_force, stored_pack

    with signed_in(options) as desk:
        if name is None and start is None:
            print_rows(map(_listed, packs_in_force(desk)), _LISTED, as_json=as_json)
            return
        if history:
            print_rows(map(_listed, pack_history(desk, name or "")), _LISTED, as_json=as_json)
            return
        found = stored_pack(desk, name or "", start or "")
    record: Mapping[str, object] = {
        "name": found.name,
        "version": found.version,
        "hash": found.hash,
        "since": plain(found.since),
        "in_force": found.in_force,
        "text": found.text,
    }
    _print_pack(record, found.text, as_json=as_json)


@policy.command("check")
@click.argument("file", type=_file)
@as_json_option
def check(file: Path, as_json: bool) -> int:
    """Check a pack: its form, and that it fits those that come with the program. No vault."""
    from enquiry_tui.policy.packs import load_pack, load_shipped, name_of
    from enquiry_tui.policy.reading import read_file

    body = read_file(file)
    try:
        name = name_of(body)
        pack = load_pack(name, body)
        load_shipped().having(pack)
    except EnquiryError as error:
        record = {"file": file_name(file), "ok": False, "problem": error.title, "hint": error.hint}
        print_record(record, as_json=as_json)
        return 1
    record = {
        "file": file_name(file),
        "ok": True,
        "name": pack.name,
        "version": pack.version,
        "hash": pack.hash,
    }
    print_record(record, as_json=as_json)
    return 0


@policy.command("diff")
@click.argument("file", type=_file)
@click.option("--shipped", is_flag=True, help="Compare with the program's own; needs no vault.")
@as_json_option
@click.pass_obj
def diff(options: Globals, file: Path, shipped: bool, as_json: bool) -> None:
    """Say in words what a pack would change, compared with the one in force."""
    from enquiry_tui.policy.differences import differences
    from enquiry_tui.policy.packs import load_pack, load_shipped, name_of
    from enquiry_tui.policy.reading import read_file

    body = read_file(file)
    pack = load_pack(name_of(body), body)
    if shipped:
        old = getattr(load_shipped(), pack.name)
    else:
        with signed_in(options) as desk:
            old = getattr(desk.packs, pack.name)
    found = differences(old, pack)
    rows = ({"place": x.place, "before": x.before, "after": x.after} for x in found)
    print_rows(rows, _CHANGES, as_json=as_json)
    narrate(f"{pack.name}: {_counted(len(found))}, {old.hash[:8]} to {pack.hash[:8]}")


@policy.command("install")
@click.argument("file", type=_file, required=False)
@click.option("--shipped", metavar="NAME", help="Instead of a file: what the program brings.")
@click.option("--why", default="", metavar="TEXT", help="The reason, for the record.")
@click.option("--preview", "only_preview", is_flag=True, help="Say what would change, and stop.")
@as_json_option
@click.pass_obj
def install(
    options: Globals,
    file: Path | None,
    shipped: str | None,
    why: str,
    only_preview: bool,
    as_json: bool,
) -> None:
    """Put a pack in force from now on; the one before stays readable. An administrator's act."""
    from enquiry_tui.desk.policy import install_pack, preview, shipped_body
    from enquiry_tui.policy.reading import read_file

    if (file is None) == (shipped is None):
        raise UsageError("Name one pack.", "A FILE, or --shipped NAME.")
    if not why and not only_preview:
        raise UsageError("A reason is needed here.", "Give it with --why, or --preview first.")
    body = read_file(file) if file is not None else shipped_body(str(shipped))
    with signed_in_with_passphrase(options) as (desk, passphrase):
        done = preview(desk, body) if only_preview else install_pack(desk, body, passphrase, why)
    _print_preview(done, installed=not only_preview, as_json=as_json)


def _show_shipped(name: str | None, *, as_json: bool) -> None:
    from enquiry_tui.desk.policy import shipped_body
    from enquiry_tui.policy.packs import load_shipped

    if name is None:
        rows = (
            {"name": pack.name, "version": pack.version, "hash": pack.hash, "state": "shipped"}
            for pack in load_shipped().all()
        )
        print_rows(rows, _LISTED, as_json=as_json)
        return
    text = shipped_body(name).decode()
    pack = getattr(load_shipped(), name)
    record = {"name": name, "version": pack.version, "hash": pack.hash, "text": text}
    _print_pack(record, text, as_json=as_json)


def _print_pack(record: Mapping[str, object], text: str, *, as_json: bool) -> None:
    if as_json:
        print_record(record, as_json=True)
        return
    narrate(f"{record['name']} {record['version']} {record['hash']}")
    print_text(text)


def _print_preview(done: Preview, *, installed: bool, as_json: bool) -> None:
    record = {
        "name": done.name,
        "version": done.version,
        "hash": done.hash,
        "before": done.before,
        "installed": installed,
        "changes": [{"place": x.place, "before": x.before, "after": x.after} for x in done.changes],
        "touches": [_touch(item) for item in done.touched],
    }
    print_record(record, as_json=as_json)
    if done.warning:
        narrate(done.warning)
    state = "in force" if installed else "preview"
    narrate(f"{done.name}: {_counted(len(done.changes))}, {state}")


def _counted(changes: int) -> str:
    return f"{changes} change{'' if changes == 1 else 's'}"


def _touch(item: Touch) -> dict[str, object]:
    return {
        "what": item.what,
        "count": item.count,
        "references": list(item.references),
    }


def _listed(view: PackView) -> Mapping[str, object]:
    state = f"the program brings {view.offered}" if view.offered else "in force"
    return {
        "name": view.name,
        "version": view.version,
        "hash": view.hash,
        "since": plain(view.since),
        "by": view.by,
        "state": state if view.usable else "cannot be read by this program; its own stands in",
        "source": view.source,
        "why": view.why,
    }
