"""One list of blocks from a summary; the screen, the text file, JSON and PDF all show these."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from enquiry_tui.documents.room import fit
from enquiry_tui.documents.summary import Nature, ReferralSummary, Said
from enquiry_tui.domain.text import clean, clean_line
from enquiry_tui.domain.when import show_day, show_moment

ACCOUNT_CHARACTERS = 1_200
_DEMONSTRATION = "DEMONSTRATION: the people and events on this page are fictional"
_CAUTION = "Do not copy or pass on without the originator's agreement."
_NONE = "None recorded."


class Kind(StrEnum):
    """How a block stands on the page."""

    TITLE = "title"
    HEADING = "heading"
    PAIR = "pair"
    TEXT = "text"
    BULLET = "bullet"


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of the page; `label` only beside a pair."""

    kind: Kind
    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """A document ready to be rendered: what stands on each page, page one, and the annexes."""

    marking: str
    reference: str
    version: int
    created: datetime
    code: str
    in_error: str
    demonstration: str
    first_page: tuple[Block, ...]
    annexes: tuple[Block, ...]


@dataclass(slots=True)
class _Page:
    """The first page as it is filled; what does not fit is numbered and kept for behind it."""

    blocks: list[Block] = field(default_factory=list)
    behind: list[Block] = field(default_factory=list)
    annexes: int = 0

    def annex(self, title: str, text: str) -> int:
        """Put a text behind the page; give its number."""
        self.annexes += 1
        self.behind.append(Block(Kind.HEADING, f"Annex {self.annexes}: {title}"))
        self.behind.append(Block(Kind.TEXT, text))
        return self.annexes

    def cut(self, title: str, text: str, limit: int, characters: int = 10_000) -> str:
        """Give what fits of a text in some rows, and where the rest of it is."""
        head, rest = fit(text, characters, limit)
        if not rest:
            return head
        return f"{head} (goes on in annex {self.annex(f'{title}, continued', rest)})".lstrip()

    def heading(self, text: str) -> None:
        """Begin a section."""
        self.blocks.append(Block(Kind.HEADING, text))

    def text(self, title: str, text: str, limit: int, characters: int = 10_000) -> None:
        """Add a paragraph."""
        self.blocks.append(Block(Kind.TEXT, self.cut(title, text, limit, characters)))

    def pair(self, label: str, value: str, limit: int) -> None:
        """Add a labelled line, unless there is nothing to say on it."""
        value = clean_line(value).text
        if value:
            self.blocks.append(Block(Kind.PAIR, self.cut(label, value, limit), label))

    def bullets(self, title: str, items: list[str], limit: int) -> None:
        """Add a list that takes no more than some rows."""
        joined = "\n".join(filter(None, items))
        for line in self.cut(title, joined, limit).split("\n"):
            if line.strip():
                self.blocks.append(Block(Kind.BULLET, line.strip()))


def layout(summary: ReferralSummary) -> Layout:
    """Set a summary out. Every text is cleaned again; page one has bounded room for each part."""
    page = _Page()
    _top(page, summary)
    _who(page, summary)
    _what(page, summary)
    _why(page, summary)
    for annex in summary.annexes:
        page.annex(_line(annex.title, 100), clean(annex.text).text.strip("\n"))
    return Layout(
        marking=_line(summary.marking, 80).upper(),
        reference=_line(summary.reference, 40),
        version=summary.version,
        created=summary.created,
        code=_line(summary.code, 20),
        in_error=f"If received in error, tell us at once: {_line(summary.contact, 160)}",
        demonstration=_DEMONSTRATION if summary.demonstration else "",
        first_page=tuple(page.blocks),
        annexes=tuple(page.behind),
    )


def _top(page: _Page, summary: ReferralSummary) -> None:
    """Write who sends it to whom, when, how urgently, and the ask."""
    page.blocks.append(Block(Kind.TITLE, "Referral summary"))
    page.pair("To", _joined(summary.recipient, summary.agency), 2)
    page.pair("From", _joined(summary.officer, summary.office), 2)
    page.pair("Made", f"{show_moment(summary.created)}, version {summary.version}", 1)
    page.pair("Urgency", summary.urgency, 1)
    reply = _joined(_when(summary.reply_by), summary.reply_to and f"to {summary.reply_to}")
    page.pair("Reply needed", reply, 2)
    page.heading("What we ask of you")
    page.text("What we ask", clean_line(summary.ask).text, 3)


def _who(page: _Page, summary: ReferralSummary) -> None:
    """Write the ticked identifiers and the level of the identity check."""
    page.heading("Who, and how to reach them safely")
    lines = [f"{_line(one.label, 60)}: {_line(one.value)}" for one in summary.enquirer]
    shown, rest = fit("\n".join(lines), 10_000, 10)
    for line in filter(None, shown.split("\n")):
        label, _, value = line.partition(": ")
        page.blocks.append(Block(Kind.PAIR, value, label))
    if rest:
        number = page.annex("Who, continued", rest)
        page.blocks.append(Block(Kind.TEXT, f"(goes on in annex {number})"))
    if not summary.enquirer:
        page.blocks.append(Block(Kind.TEXT, "No identifying detail is shared."))
    page.pair("Identity check", summary.verification, 2)


def _what(page: _Page, summary: ReferralSummary) -> None:
    """Write the account, fact, allegation and opinion apart, risk, and what the person wants."""
    if account := clean(summary.account).text.strip():
        page.heading("Account")
        page.text("Account", account, 18, ACCOUNT_CHARACTERS)
    headings = {
        Nature.FACT: "Facts",
        Nature.ALLEGATION: "Allegations (not established)",
        Nature.OPINION: "Opinions",
    }
    for nature, heading in headings.items():
        said = [_said(one) for one in summary.said if one.nature is nature]
        if said:
            page.heading(heading)
            page.bullets(heading, said, 5)
    page.heading("Risk")
    page.bullets("Risk", [_line(risk) for risk in summary.risks] or [_NONE], 7)
    page.heading("What the person wants, knows, agreed to")
    page.pair("Wants", summary.wants or _NONE, 2)
    page.pair("Knows", summary.knows or _NONE, 2)
    page.pair("Agreed to", summary.consented or _NONE, 2)


def _why(page: _Page, summary: ReferralSummary) -> None:
    """Write what was done, why this may be shared, what was left out, and how to treat it."""
    page.heading("Done so far")
    page.bullets("Done so far", [_line(one) for one in summary.done] or [_NONE], 6)
    page.heading("Why this is shared, and how to treat it")
    page.pair("Lawful basis", summary.basis, 3)
    page.pair("Why necessary", summary.necessity, 3)
    left_out = ", ".join(_line(label, 80) for label in summary.left_out)
    page.pair("Left out", left_out or "Nothing.", 3)
    destroy = f"Destroy by {show_day(summary.destroy_by)} or return. " if summary.destroy_by else ""
    page.pair("Handling", destroy + _CAUTION, 2)
    page.pair("Rules as at", summary.rules, 1)


def _said(said: Said) -> str:
    """Write one statement with its source and day."""
    source = _joined(_line(said.source), show_day(said.on) if said.on else "")
    return f"{_line(said.text)} ({source})" if source else _line(said.text)


def _when(moment: date | datetime | None) -> str:
    """Write by when a reply is needed."""
    match moment:
        case None:
            return ""
        case datetime():
            return f"by {show_moment(moment)}"
        case _:
            return f"by {show_day(moment)}"


def _joined(*parts: str) -> str:
    """Join what is not empty with commas."""
    return ", ".join(part for part in (_line(part) for part in parts) if part)


def _line(text: str, limit: int = 1_000_000) -> str:
    """Clean a text to one line."""
    return clean_line(text, limit=limit).text
