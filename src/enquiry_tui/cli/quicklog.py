"""`log`: the quick line, as at the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from enquiry_tui.cli.data import moment, plain
from enquiry_tui.cli.globals import Globals
from enquiry_tui.cli.options import as_json_option
from enquiry_tui.cli.output import print_record
from enquiry_tui.cli.session import signed_in

if TYPE_CHECKING:
    from enquiry_tui.desk.quicklog import Logged
    from enquiry_tui.desk.views import ContactView


@click.command("log")
@click.argument("text")
@as_json_option
@click.pass_obj
def log(options: Globals, text: str, as_json: bool) -> None:
    """Log a contact that is over, from one line of TEXT: who, about what, when, for whom."""
    from enquiry_tui.desk.contacts import view
    from enquiry_tui.desk.quicklog import LineRequest, log_line

    with signed_in(options) as desk:
        logged = log_line(desk, LineRequest(text))
        contact = view(desk, logged.contact_uid)
    print_record(_record(logged, contact), as_json=as_json)


def _record(logged: Logged, contact: ContactView) -> dict[str, object]:
    from enquiry_tui.domain.quickline import echo

    read = logged.understood
    enquirer = {"uid": logged.person_uid, "name": logged.person_name}
    return {
        "reference": logged.reference,
        "contact": {
            "uid": contact.uid,
            "channel": str(contact.channel),
            "direction": contact.direction,
            "phone": contact.phone or None,
            "note": contact.note,
            "at": moment(contact.started_at),
        },
        "enquirer": enquirer if logged.person_uid else None,
        "for_whom": read.for_whom or None,
        "due": plain(read.due),
        "topics": list(read.topics),
        "urgent": read.urgent,
        "understood": [{"part": str(said.kind), "words": said.text} for said in echo(read)],
    }
