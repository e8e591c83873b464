"""Onto which matter an item of post goes: a new one, or one that is named."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import replace

from textual import on
from textual.widgets import Input

from enquiry_tui.desk.letter_place import LetterPlace, place_of
from enquiry_tui.errors import Refused
from enquiry_tui.tui.safe import NoMarkup, text
from enquiry_tui.tui.screens import post_reading
from enquiry_tui.tui.screens.work import WorkScreen

ITEM = ("from", "about", "for", "kind", "onto")
"""The lines of one item."""


class PostOnto(WorkScreen):
    """Reads a reference from its own line, or from the start of the subject; asks where closed."""

    @abstractmethod
    def _said(self, name: str) -> str:
        """Return what stands in a line of the item, or what it copies from the one above."""

    @on(Input.Changed, "#onto")
    @on(Input.Changed, "#about")
    def read_onto(self) -> None:
        """Say onto which matter it goes."""
        self.work(self._onto(), group="onto")

    async def _onto(self) -> None:
        line = self.query_one("#onto-named", NoMarkup)
        try:
            place = await self._place({name: self._said(name) for name in ITEM})
        except Refused as none_there:
            line.show(text(f"              {none_there.title}", "$warning"))
            line.add_class("-named")
            return
        closed = " · CLOSED" if place.is_closed else ""
        words = f"              onto {place.short}{closed} · {place.called}"
        line.show(text(words if place.enquiry_uid else "", "dim"))
        line.set_class(bool(place.enquiry_uid), "-named")

    async def _place(self, said: Mapping[str, str]) -> LetterPlace:
        if self.enquiry_uid:
            return LetterPlace(said["about"], self.enquiry_uid)
        return await self.read(place_of, said["onto"], said["about"])

    async def _placed(self, said: Mapping[str, str]) -> tuple[LetterPlace, str] | None:
        """Find where it goes, and the closed matter that a new one follows; None for neither."""
        place = await self._place(said)
        if place.not_there:
            question = f"No matter {place.not_there} is here. Keep it as a new one?"
            return (place, "") if await self.prompt.yes(question) else None
        if not place.is_closed:
            return place, ""
        question = f"{place.short} is closed.  r re-open it · n a new matter, linked with it"
        key = await self.prompt.key(question, "rn")
        if key == "r":
            await self.write(post_reading.reopen, place.enquiry_uid)
            return place, ""
        return (replace(place, enquiry_uid=""), place.enquiry_uid) if key == "n" else None
