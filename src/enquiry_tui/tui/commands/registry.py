"""Questions to the one list of commands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from textual.app import App
from textual.binding import BindingType
from textual.screen import Screen

from enquiry_tui.tui.commands.app_keys import APP_COMMANDS
from enquiry_tui.tui.commands.catalogue import COMMANDS
from enquiry_tui.tui.commands.command import Command, Place

_APP_IDS = frozenset(command.id for command in APP_COMMANDS)
_BY_ID = {command.id: command for command in COMMANDS}


def command(command_id: str) -> Command:
    """Find a command by id. Raises KeyError."""
    return _BY_ID[command_id]


def in_place(place: Place) -> list[Command]:
    """List the commands that belong to a place, its own before those that work anywhere."""
    own = [row for row in COMMANDS if place in row.places and Place.ANYWHERE not in row.places]
    return own + [row for row in COMMANDS if Place.ANYWHERE in row.places]


def app_bindings() -> list[BindingType]:
    """Make the bindings of the app itself."""
    return [
        binding
        for row in APP_COMMANDS
        if row.id != "command-palette"  # textual binds that itself, from a name of its own
        for binding in row.bindings(Place.ANYWHERE)
    ]


def screen_bindings(place: Place, handlers: type) -> list[BindingType]:
    """Make the bindings of a screen: of each command of its place that it has a method for."""
    return [
        binding
        for row in in_place(place)
        if row.id not in _APP_IDS and hasattr(handlers, f"action_{row.action}")
        for binding in row.bindings(place)
    ]


def place_of(screen: Screen[Any]) -> Place:
    """Return where the keys go now: the call line is a place of its own on the desk."""
    place: Place = getattr(screen, "place_now", Place.ANYWHERE)
    return place


def available(app: App[Any], screen: Screen[Any]) -> list[Command]:
    """List what can be done on a screen right now, in the order of the list."""
    place = place_of(screen)
    return [row for row in in_place(place) if _can_do(app, screen, row)]


def footer_rows(app: App[Any], screen: Screen[Any]) -> list[Command]:
    """List what the footer of a screen shows, in its order."""
    wanted = getattr(screen, "footer_shows", lambda _row: True)
    shown = [row for row in available(app, screen) if row.footer and wanted(row)]
    return sorted(shown, key=lambda row: row.footer)


def namespace(app: App[Any], screen: Screen[Any], row: Command) -> App[Any] | Screen[Any]:
    """Return whoever carries a command out: the screen if it can, else the app."""
    return screen if hasattr(screen, f"action_{row.action}") else app


def duplicates(rows: Sequence[Command]) -> Iterable[tuple[str, Command, Command]]:
    """Find keys that two commands of the same place both claim."""
    for place in Place:
        taken: dict[str, Command] = {}
        for row in in_place(place):
            if row not in rows:
                continue
            for key in (*row.keys, row.letter_in(place)):
                if key and key in taken:
                    yield key, taken[key], row
                taken[key] = row


def _can_do(app: App[Any], screen: Screen[Any], row: Command) -> bool:
    owner = namespace(app, screen, row)
    if not hasattr(owner, f"action_{row.action}"):
        return False
    return owner.check_action(row.action, ()) is True
