from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from enquiry_tui.cli.app import group
from enquiry_tui.desk.lists import LABELS
from enquiry_tui.tui.commands.catalogue import COMMANDS
from enquiry_tui.tui.commands.command import Command, key_name

DOCS = Path(__file__).parents[2] / "docs"
MANUAL = (DOCS / "MANUAL.md").read_text(encoding="utf-8")
AT_THE_SCREEN, SCRIPTS = MANUAL.split("\n## 18. ", 1)
NAMED = re.compile(r"`([^`\n]+)` \*([^*\n]+)\*")
KEY = re.compile(r"`(F\d+|Ctrl\+[A-Z]|Esc [a-z]|Esc|Enter|Tab|[↑↓])`")
ROW = re.compile(r"^\| `((?:[^`|]|\\\|)+)` \|", re.MULTILINE)
OPTION = re.compile(r"--[a-z][a-z-]*")
# Said once for all commands in the opening of the chapter.
EVERYWHERE = {"--json", "--help"}


def keys_of(command: Command) -> set[str]:
    keys = {key_name(key) for key in command.keys}
    if command.letter:
        keys |= {command.letter, f"Esc {command.letter}"}
    if command.menu:
        keys |= {command.menu, f"a {command.menu}"}
    return keys | ({"Ctrl+P"} if command.palette else set())


def leaves(command: click.Command, *names: str) -> Iterator[tuple[str, click.Command]]:
    if not isinstance(command, click.Group):
        yield " ".join(names), command
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        found = command.get_command(context, name)
        assert found is not None
        yield from leaves(found, *names, name)


CLI = dict(leaves(group))
WRITTEN = {
    re.split(r" (?=[^a-z]|[a-z]+=)", row, maxsplit=1)[0]: row.replace("\\|", "|")
    for row in ROW.findall(SCRIPTS)
    if not row[0].isdigit()
}


def test_the_manual_names_every_key_as_the_program_does():
    named = NAMED.findall(AT_THE_SCREEN)
    assert len(named) > 100
    wrong = [
        f"{key} {name}"
        for key, name in named
        if not any(row.title == name and key in keys_of(row) for row in COMMANDS)
    ]
    assert wrong == []


def test_no_other_key_stands_in_the_manual():
    known = set().union(*(keys_of(row) for row in COMMANDS))
    assert set(KEY.findall(AT_THE_SCREEN)) <= known


def test_every_command_of_the_command_line_is_in_the_manual_and_no_other():
    assert sorted(WRITTEN) == sorted(CLI)


@pytest.mark.parametrize("name", sorted(CLI))
def test_the_manual_gives_the_options_of_a_command(name: str):
    has = {
        option
        for given in CLI[name].params
        if isinstance(given, click.Option)
        for option in (*given.opts, *given.secondary_opts)
        if option.startswith("--")
    }
    assert set(OPTION.findall(WRITTEN[name])) == has - EVERYWHERE


def test_the_manual_lists_the_queues():
    listed = re.search(r"or a queue: `([a-z -]+)`", SCRIPTS)
    assert listed is not None
    assert listed[1].split() == list(LABELS)


def test_every_page_that_the_manual_points_to_is_there():
    for target in re.findall(r"\]\(([^)#]+)\)", MANUAL):
        assert (DOCS / target).is_file(), target


def test_every_chapter_that_the_manual_points_to_is_there():
    headings = re.findall(r"^## (.+)$", MANUAL, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", line.lower()).replace(" ", "-") for line in headings}
    assert set(re.findall(r"\]\(#([^)]+)\)", MANUAL)) <= anchors
