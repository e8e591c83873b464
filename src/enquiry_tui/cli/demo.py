"""`demo`: an office of fictional people, opened on the screen or walked through in words."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from enquiry_tui.cli.globals import Globals
from enquiry_tui.cli.options import as_json_option
from enquiry_tui.cli.output import narrate, print_line, print_record
from enquiry_tui.errors import Refused, UsageError

if TYPE_CHECKING:
    from enquiry_tui.demo.steps import Step

_WIDTH = 96
_REFERRAL = "referral.pdf"
_SETTING_UP = "Setting up the demonstration: this takes a few seconds."


@click.command()
@click.option("--walk", is_flag=True, help="Do the main job without a screen and tell each step.")
@click.option(
    "--dir",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="With --walk: where referral.pdf goes. A temporary folder otherwise.",
)
@as_json_option
@click.pass_obj
def demo(options: Globals, walk: bool, folder: Path | None, as_json: bool) -> int:
    """Open an office of fictional people; it is removed at the end."""
    if walk:
        return _walk(_place(folder), as_json=as_json)
    if folder is not None or as_json:
        raise UsageError(
            "--dir and --json go with --walk.", "Leave them out to open the demonstration."
        )
    options.desk.demand()  # before anybody waits for nothing
    from enquiry_tui.demo.build import passing_demo
    from enquiry_tui.machine.clock import SystemClock

    narrate(_SETTING_UP)
    with passing_demo(SystemClock()) as office:
        code = options.desk.open(office.folder, office.officer.handle, office.guide())
    narrate("The demonstration is gone, with everything that was done in it.")
    return code


def _walk(place: Path, *, as_json: bool) -> int:
    from enquiry_tui.demo.build import passing_demo
    from enquiry_tui.demo.walk import walk as take_steps
    from enquiry_tui.machine.clock import SystemClock

    narrate(_SETTING_UP)
    clock = SystemClock()
    with passing_demo(clock) as office:
        _tell(take_steps(office, place, clock), as_json=as_json)
    narrate(f"Everybody in it was made up, and the vault is gone. Left: {place / _REFERRAL}")
    return 0


def _place(folder: Path | None) -> Path:
    """Find where the summary goes, before any work is done. Raises Refused if one is there."""
    from enquiry_tui.machine.temporary import fresh_folder

    if folder is None:
        return fresh_folder("enquiry-tui-demo-")
    folder.mkdir(parents=True, exist_ok=True)
    if (folder / _REFERRAL).exists():
        raise Refused(f"There is a {_REFERRAL} in that folder.", "Choose another folder.")
    return folder


def _tell(steps: Iterable[Step], *, as_json: bool) -> None:
    for number, step in enumerate(steps, start=1):
        if as_json:
            record = {"step": number, "title": step.title, "said": list(step.said)}
            print_record(record, as_json=True)
            continue
        print_line(f"{number:2}. {step.title}")
        for said in step.said:
            for line in textwrap.wrap(said, _WIDTH, subsequent_indent="  ") or [""]:
                print_line(f"    {line}")
