"""Urgent harm while nobody is signed in: what to do and say, no data, no field to type in."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content

from enquiry_tui.tui.commands.command import Place
from enquiry_tui.tui.safe import NoMarkup, block, join, text
from enquiry_tui.tui.screens.base import EnquiryScreen

_STEPS = (
    ("1 ASK WHERE FIRST", "“Where are you right now? I want to get help to you.”"),
    ("2 GET HELP NOW", "On another phone ring 999, or hand a colleague a note: CONTROL ROOM,"),
    ("", "the place, what is happening. Hurt or taken something: ambulance too."),
    ("3 STAY ON THE LINE", "Keep them talking. Don't hang up, don't transfer, don't promise to"),
    ("", "keep it secret, don't send them to a helpline yet."),
)
_CARDS = (
    ("SUICIDE", "“Have you done anything yet? Have you something with you? Are you alone?”"),
    ("VIOLENCE", "“Are you safe to talk? Say yes or no. Who is with you? Is there a weapon?”"),
    ("CHILD", "“Where is the child now? Who is with the child?” Don't ask for details."),
    ("BOMB, THREAT", "“Where is it? When? What does it look like? Why?” Exact words, voice,"),
    ("", "sounds behind, the number shown. Move nobody until told."),
)
_AFTER = "Write it on paper with the times: the place, the words, who took it, incident number."


class UrgentCardScreen(EnquiryScreen):
    """Static guidance. It shows no record, takes no input, and never locks."""

    PLACE = Place.HELP
    HEADING = "URGENT HARM"
    HAS_CALL_BAR = False
    NEVER_LOCKS = True

    def body(self) -> ComposeResult:
        """Show the three steps, the cards, and what to do after."""
        yield NoMarkup(_lines(_STEPS, 20), classes="words")
        yield NoMarkup(text("─" * 200, "dim"), classes="rule")
        yield NoMarkup(_lines(_CARDS, 14), classes="words")
        yield NoMarkup(text("─" * 200, "dim"), classes="rule")
        words = f"{_AFTER}\nSign in afterwards and enter it; the time that it happened can be set."
        yield NoMarkup(block(words), classes="words")


def _lines(rows: tuple[tuple[str, str], ...], width: int) -> Content:
    return Content("\n").join(join((head.ljust(width), "bold"), words) for head, words in rows)
