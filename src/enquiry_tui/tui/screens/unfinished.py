"""A form whose unfinished entry is kept, encrypted, under its place and its call or matter."""

from __future__ import annotations

import json
from typing import ClassVar, TypeVar

from textual import on
from textual.widget import Widget
from textual.widgets import Input, TextArea

from enquiry_tui.tui.host import host
from enquiry_tui.tui.matters import draft_text
from enquiry_tui.tui.screens.base import EnquiryScreen
from enquiry_tui.tui.widgets.note_area import NoteArea
from enquiry_tui.tui.widgets.options import ChoiceLine, TickList
from enquiry_tui.tui.widgets.panels import Notice

T = TypeVar("T")


class DraftScreen(EnquiryScreen):
    """`DRAFT` names the place an unfinished entry is kept under; `FIELDS` the ids of its fields."""

    DRAFT: ClassVar[str] = ""
    FIELDS: ClassVar[tuple[str, ...]] = ()

    def __init__(self, contact_uid: str = "", enquiry_uid: str = "") -> None:
        super().__init__()
        self.contact_uid = contact_uid
        self.enquiry_uid = enquiry_uid
        self._blank = ""
        self._is_filled = False

    @property
    def notice(self) -> Notice:
        """Return the line for what happened."""
        return self.query_one("#notice", Notice)

    def value(self, field_id: str) -> str:
        """Return what stands in a field, without blanks around it."""
        return self._value_of(self.query_one(f"#{field_id}")).strip()

    @property
    def draft_key(self) -> str:
        """Return the key of the unfinished entry."""
        return f"{self.DRAFT}/{self.contact_uid or self.enquiry_uid}"

    def save_draft(self) -> None:
        """Have what stands in the fields kept; a form as it was at first leaves nothing."""
        if self.DRAFT and self._is_filled:
            now = self._as_text()
            host(self).drafts.note(self.draft_key, "" if now == self._blank else now)

    def _forget_draft(self) -> None:
        if self.DRAFT:
            host(self).drafts.discard(self.draft_key)
            self._is_filled = False

    def _as_text(self) -> str:
        values = {name: self._value_of(self.query_one(f"#{name}")) for name in self.FIELDS}
        return json.dumps(values, ensure_ascii=False)

    async def _restore(self) -> None:
        if not self.DRAFT:
            return
        await host(self).drafts.flush()
        kept = await self.read(draft_text, self.DRAFT, self.contact_uid or self.enquiry_uid)
        if not kept:
            return
        for name, value in json.loads(kept).items():
            if name in self.FIELDS:
                self._put(self.query_one(f"#{name}"), str(value))
        self.restored()
        self.notice.say("Your draft is back as you left it.", tone="good")

    def restored(self) -> None:
        """Do what has to follow when a draft was put back."""

    @staticmethod
    def _value_of(widget: Widget) -> str:
        match widget:
            case Input() | ChoiceLine():
                return widget.value
            case TextArea():
                return widget.text
            case TickList():
                return "\n".join(widget.names)
        return ""

    @staticmethod
    def _put(widget: Widget, value: str) -> None:
        match widget:
            case Input() | ChoiceLine():
                widget.value = value
            case NoteArea():
                widget.load_text(value)
            case TickList():
                widget.names = value.split("\n")

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(ChoiceLine.Changed)
    @on(TickList.Changed)
    def keep_typing(self) -> None:
        """Keep every change as a draft."""
        self.save_draft()
