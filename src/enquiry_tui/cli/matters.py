"""`show`, `list`, `search`: matters, masked as on the screen, each leaving its consultation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from enquiry_tui.cli.data import moment, plain
from enquiry_tui.cli.globals import Globals
from enquiry_tui.cli.options import as_json_option
from enquiry_tui.cli.output import narrate, print_record, print_rows
from enquiry_tui.cli.session import signed_in
from enquiry_tui.cli.showing import shown
from enquiry_tui.errors import Refused

if TYPE_CHECKING:
    from enquiry_tui.desk.desk import Desk
    from enquiry_tui.desk.search import Found
    from enquiry_tui.desk.views import DeskRow

_COLUMNS = ("reference", "who", "about", "when", "due", "with")
_PAGE = 200


@click.command("list")
@click.option("--queue", default="open", metavar="NAME", help="A queue of the desk's left column.")
@as_json_option
@click.pass_obj
def list_matters(options: Globals, queue: str, as_json: bool) -> None:
    """List open enquiries, nearest clock first, or those of one queue."""
    from enquiry_tui.desk.lists import LABELS, note_list, queue_keys, queue_rows

    names = {label.casefold(): name for name, label in LABELS.items()}
    asked = queue.strip().casefold()
    queue = names.get(asked, asked)
    if queue not in {"open", *LABELS}:
        raise Refused("There is no queue of that name.", f"One of: {', '.join(LABELS)}.")
    with signed_in(options) as desk:
        keys = queue_keys(desk, queue)
        first = queue_rows(desk, keys[:_PAGE])
        note_list(desk, queue, len(keys), tuple(row.uid for row in first))
        pages = (queue_rows(desk, keys[at : at + _PAGE]) for at in range(0, len(keys), _PAGE))
        rows = (_listed(desk, row) for page in pages for row in page)
        print_rows(rows, _COLUMNS, as_json=as_json)
    narrate(f"{len(keys)} in {queue}" if keys else f"Nothing found: {queue} is empty.")


@click.command("search")
@click.argument("words", nargs=-1, required=True)
@as_json_option
@click.pass_obj
def search(options: Globals, words: tuple[str, ...], as_json: bool) -> None:
    """Find enquiries by reference, or by words of their subjects, names, notes and letters."""
    from enquiry_tui.desk.search import note_search
    from enquiry_tui.desk.search import search as find

    typed = " ".join(words)
    with signed_in(options) as desk:
        found = find(desk, typed)
        note_search(desk, typed, len(found), [item.enquiry_uid for item in found])
        print_rows(map(_found, found), (*_COLUMNS, "snippet"), as_json=as_json)
    narrate(f"{len(found)} found" if found else "Nothing found.")


@click.command("show")
@click.argument("reference", metavar="REF")
@as_json_option
@click.pass_obj
def show(options: Globals, reference: str, as_json: bool) -> None:
    """Show one enquiry, masked as on the screen. It is on the record that you looked."""
    from enquiry_tui.desk.enquiries import find_reference
    from enquiry_tui.desk.opening import open_enquiry

    with signed_in(options) as desk:
        view = open_enquiry(desk, find_reference(desk, reference))
        record = shown(desk, view)
    print_record(record, as_json=as_json)


def _listed(desk: Desk, row: DeskRow) -> Mapping[str, object]:
    from enquiry_tui.domain.references import read_reference

    reference = read_reference(
        row.reference, this_year=desk.today().year, own_prefix=desk.office.prefix
    )
    return {
        "reference": reference.full if reference else row.reference,
        "who": row.who,
        "about": row.about,
        "when": plain(row.last_at),
        "due": plain(row.due_on),
        "with": row.held_by,
    }


def _found(item: Found) -> Mapping[str, object]:
    return {
        "reference": item.reference,
        "who": item.who,
        "about": item.about,
        "when": moment(item.when),
        "due": plain(item.due),
        "with": item.with_,
        "snippet": item.snippet,
    }
