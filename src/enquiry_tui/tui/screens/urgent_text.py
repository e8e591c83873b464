"""The words of the urgent screen, line by line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from textwrap import wrap

from textual.content import Content

from enquiry_tui.desk.directory import DirectoryEntry
from enquiry_tui.desk.emergencies import UrgentView
from enquiry_tui.desk.held_details import HeldDetail
from enquiry_tui.domain.when import LONDON
from enquiry_tui.domain.wordings import CardWords, UrgentBook
from enquiry_tui.tui.safe import join, short, text

CARDS = "F4 next card: suicide, violence, child, bomb, threat"


def seconds(moment: datetime) -> str:
    """Show `14:07:40` in London."""
    return f"{moment.astimezone(LONDON):%H:%M:%S}"


def where(book: UrgentBook | None) -> Content:
    """Say the first thing to ask."""
    words = f"“{book.where}”" if book is not None else "“Where are you this minute?”"
    return join((" 1 ASK WHERE FIRST  ", "bold $text-error"), (words, "bold"))


def help_lines(
    book: UrgentBook | None, control: DirectoryEntry | None, view: UrgentView | None, width: int
) -> Content:
    """Say how help is got, and when the control room was dialled."""
    words = book.help if book is not None else "Second telephone, or a colleague: CONTROL ROOM."
    lines = _labelled(" 2 GET HELP NOW ", words, width)
    named = f"{control.name} {control.phone}" if control is not None else "999"
    done = (
        f"F5 dialled, given {seconds(view.dialled_at)}"
        if view and view.dialled_at
        else ("F5 when dialled and given it")
    )
    lines.append(
        join(
            "   ",
            (named, "bold"),
            "   ",
            (done, "$text-success" if view and view.dialled_at else "bold"),
        )
    )
    lines.append(join((" 3 STAY ON THE LINE   ", "bold"), (CARDS, "")))
    return Content("\n").join(lines)


def card_lines(card: CardWords | None, width: int, most: int) -> Content:
    """Write the card: what to ask, what never, what to note; in at most so many lines."""
    if card is None:
        return text("")
    asked = " ".join(f"“{line}”" for line in card.ask)
    lines = _labelled(f" {card.title.upper()} ", asked, width)
    lines += _labelled(" NEVER ", " ".join(card.never), width)
    lines += _labelled(" NOTE ", " · ".join(card.prompts), width)
    return Content("\n").join(lines[:most])


def held_lines(
    book: UrgentBook | None, held: Sequence[HeldDetail] | None, told: Sequence[str], width: int
) -> Content:
    """Show what is held, marked as a match of a record and no more."""
    if held is None:
        words = "F3 held name, address, number: shown now (vital interests, logged)"
        return join((" TELL THEM  ", "bold"), words)
    if not held:
        return join(
            (" TELL THEM  ", "bold"),
            "nothing is held under this number or person. The number in a log line is looked up.",
        )
    matched = book.matched if book is not None else "Matches our record of"
    about = " / ".join(dict.fromkeys(item.about for item in held))
    head = join(
        (" TELL THEM  ", "bold"),
        f"{matched} {about}: a number is no person. ",
        ("F6 told", "bold"),
    )
    shown = "   ".join(
        f"{item.number} {item.field} {item.words}{' ✓ told' if str(item.number) in told else ''}"
        for item in held
    ).replace("\n", ", ")
    return Content("\n").join([head, *(text(f"   {part}") for part in wrap(shown, width - 5)[:2])])


def log_lines(view: UrgentView | None, room: int) -> Content:
    """Show the last lines of the log."""
    if view is None:
        return join((" LOG  ", "bold"), ("every Enter is a line with its time", "dim"))
    lines = []
    for at, (moment, words) in enumerate(view.log):
        label = " LOG  " if at == 0 else "      "
        lines.append(join((label, "bold"), seconds(moment), " ", short(words)))
    return Content("\n").join(lines[-max(1, room) :])


def _labelled(label: str, words: str, width: int) -> list[Content]:
    first, *more = wrap(f"{'_' * (len(label) - 1)} {words}", max(20, width - 2)) or [""]
    lines = [join((label, "bold"), first[len(label) :])]
    rest = wrap(" ".join(more), max(20, width - 5))
    return lines + [text(f"   {part}") for part in rest]
