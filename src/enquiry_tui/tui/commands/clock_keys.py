"""What can be done with clocks and with the calendars they are counted by."""

from __future__ import annotations

from enquiry_tui.tui.commands.command import Command, Place

_MATTER = frozenset({Place.DESK, Place.ENQUIRY})
_CLOCKS = frozenset({Place.CLOCKS})
_HOLIDAYS = frozenset({Place.HOLIDAYS})

CLOCK_COMMANDS: tuple[Command, ...] = (
    Command(
        "clocks",
        "clocks",
        "The clocks of this matter: how each date was worked out; start, stop, extend, met.",
        ("k",),
        frozenset({Place.ENQUIRY}),
        footer=30,
    ),
    Command(
        "holidays",
        "holidays",
        "The working-day calendars; a holiday that comes or goes dates open clocks again.",
        (),
        _MATTER,
    ),
    Command(
        "calendar-file",
        "calendar file",
        "Write the dates of my clocks to a calendar file (.ics), without names.",
        (),
        _MATTER,
    ),
    Command(
        "start-clock",
        "start",
        "Start a clock of this matter from the day its rule counts from.",
        ("s",),
        _CLOCKS,
        footer=10,
    ),
    Command(
        "clock-met",
        "met",
        "It was done, on this day; after its date it was missed, and says so.",
        ("m",),
        _CLOCKS,
        footer=11,
    ),
    Command(
        "stop-clock",
        "pause",
        "Let it stand still, for a reason that its rule knows.",
        ("p",),
        _CLOCKS,
        footer=12,
    ),
    Command(
        "resume-clock",
        "go on",
        "What was waited for came: it goes on from that day.",
        ("g",),
        _CLOCKS,
        footer=13,
    ),
    Command(
        "stop-back",
        "stop back",
        "The last stop was a mistake: take it back, with the reason; it never stopped then.",
        ("b",),
        _CLOCKS,
        footer=17,
    ),
    Command(
        "extend-clock",
        "extend",
        "Take the extension of its rule, once, with the reason; again: take it back.",
        ("x",),
        _CLOCKS,
        footer=14,
    ),
    Command(
        "service-date",
        "service date",
        "Move the service date, or take it off; a legal date is never moved by hand.",
        ("d",),
        _CLOCKS,
        footer=15,
    ),
    Command(
        "end-clock",
        "end",
        "It no longer applies; a legal clock is a supervisor's to end.",
        ("n",),
        _CLOCKS,
        footer=16,
    ),
    Command(
        "add-holiday",
        "add",
        "Add a bank holiday; every open clock is dated again.",
        ("a",),
        _HOLIDAYS,
        footer=10,
    ),
    Command(
        "remove-holiday",
        "take out",
        "Take the day out again; every open clock is dated again.",
        ("t",),
        _HOLIDAYS,
        footer=11,
    ),
    Command(
        "carry-on",
        "later years",
        "Carry the calendars on to a later year.",
        ("l",),
        _HOLIDAYS,
        footer=12,
    ),
)
