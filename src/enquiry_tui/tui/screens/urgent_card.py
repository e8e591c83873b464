"""Urgent harm while nobody is signed in: what to do and say, no data, no field to type in."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content

from enquiry_tui.tui.commands.command import Place
from enquiry_tui.tui.safe import NoMarkup, block, join, text
from enquiry_tui.tui.screens.base import EnquiryScreen

_STEPS = (
    ("1 ASK WHERE FIRST", "“Where are you right now? I want to get help to you.”"),
    ("2 GET HELP NOW", "Another phone: 999. Or hand a colleague a note:"),
    ("", "CONTROL ROOM, the place, what is happening."),
    ("", "Hurt, or taken something: ambulance too."),
    ("3 STAY ON THE LINE", "Keep them talking. Don't hang up or transfer, promise no"),
    ("", "secrecy, don't send them to a helpline yet."),
)
_CARDS = (
    ("SUICIDE", "“Have you done anything yet? Have you something with you?”"),
    ("", "“Are you alone? Who could be with you? What is your first name?”"),
    ("VIOLENCE", "“Can you talk? Say yes or no. Who is there? Is there a weapon?”"),
    ("CHILD", "“Where is the child now? Who is with the child?” No details."),
    ("BOMB, THREAT", "“Where is it? When? What does it look like? Why?” Exact words,"),
    ("", "voice, sounds behind, the number shown."),
)
_AFTER = """\
Write it on paper, with the times: place, words, who took it, incident number.
Enter it afterwards; the time at which it happened can be set."""


class UrgentCardScreen(EnquiryScreen):
    """Static guidance. It shows no record, takes no input, and never locks."""

    PLACE = Place.HELP
    HEADING = "URGENT HARM"
    HAS_CALL_BAR = False
    NEVER_LOCKS = True

    def body(self) -> ComposeResult:
        """Show the three steps, the cards, and what to do after."""
        yield NoMarkup(_lines(_STEPS, 19), classes="words")
        yield NoMarkup(text("─" * 200, "dim"), classes="rule")
        yield NoMarkup(_lines(_CARDS, 13), classes="words")
        yield NoMarkup(text("─" * 200, "dim"), classes="rule")
        yield NoMarkup(block(_AFTER), classes="words")


def _lines(rows: tuple[tuple[str, str], ...], width: int) -> Content:
    return Content("\n").join(join((head.ljust(width), "bold"), words) for head, words in rows)
