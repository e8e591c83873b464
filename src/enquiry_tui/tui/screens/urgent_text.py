"""The words of the urgent screen, line by line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from textwrap import wrap

from textual.content import Content

from enquiry_tui.desk.directory import DirectoryEntry
from enquiry_tui.desk.emergencies import UrgentView
from enquiry_tui.desk.held_details import HeldDetail
from enquiry_tui.domain.emergency import Card
from enquiry_tui.domain.when import LONDON, show_time
from enquiry_tui.domain.wordings import CardWords, UrgentBook
from enquiry_tui.tui.safe import join, text

HELP = " 2 GET HELP NOW "
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
    dialled = view.dialled_at if view is not None else None
    named = ("999", "bold")
    if control is not None:
        first = "999 · " if control.may_be_an_example else ""
        named = (f"{first}{control.name} {control.listed_number}", "bold")
    stay = join((" 3 STAY ON THE LINE   ", "bold"), (CARDS, ""))
    if dialled is None:
        words = book.help if book is not None else "Second telephone, or a colleague: CONTROL ROOM."
        done = (" · F5 when dialled", "bold")
        lines = [*_labelled(HELP, words, width), join("   ", named, done), stay]
        return Content("\n").join(lines)
    done = (f"F5 dialled, given {seconds(dialled)}", "$text-success")
    line = join((HELP, "bold"), named, "   ", done)
    if line.cell_length <= width:
        return Content("\n").join([line, stay])
    return Content("\n").join([join((HELP, "bold"), done), join("   ", named), stay])


def dropped_lines(by: datetime, number: str, card: Card, width: int) -> Content:
    """Say what to do now that the line dropped, in place of the card until they are rung."""
    asks_first = card in {Card.VIOLENCE, Card.CHILD}
    if number:
        words = f"Ring back {number} by {show_time(by)}; F7 when you have rung."
        words += " Tell the control room that the line dropped."
        if asks_first:
            words = f"Ask the control room before you ring: somebody else may answer. {words}"
    else:
        words = (
            "No number is known. Tell the control room: they can have the call traced. Look at the"
            " telephone's display or its list of calls, or dial 1471; type the number into the log."
        )
    lines = _labelled(" LINE DROPPED ", words, width)
    lines.append(join("   ", ("F4 shows the card again", "bold")))
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
            "nothing is held. Type name and number into the log: looked up",
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


def log_lines(view: UrgentView | None, width: int, waiting: str = "") -> list[Content]:
    """Write the lines of the log; before it begins what waits on the call line to be taken over."""
    if view is None and not waiting:
        return [join((" LOG  ", "bold"), ("every Enter is a line with its time", "dim"))]
    if view is None:
        said = [f"the first key takes over from the call line: {waiting}"]
    else:
        said = [f"{seconds(moment)} {words}" for moment, words in view.log]
    parts = [part for line in said for part in wrap(line, max(20, width - 8))]
    label = (" LOG  ", "bold")
    return [join(label if at == 0 else "      ", text(part)) for at, part in enumerate(parts)]


def _labelled(label: str, words: str, width: int) -> list[Content]:
    first, *more = wrap(f"{'_' * (len(label) - 1)} {words}", max(20, width - 2)) or [""]
    lines = [join((label, "bold"), first[len(label) :])]
    rest = wrap(" ".join(more), max(20, width - 5))
    return lines + [text(f"   {part}") for part in rest]
