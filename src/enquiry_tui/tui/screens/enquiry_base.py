"""The screen of a matter: what it knows, how it is read again, what it leaves behind."""

from __future__ import annotations

from abc import abstractmethod

from textual.css.query import NoMatches

from enquiry_tui.desk import contacts, drafts
from enquiry_tui.domain.vocabulary import InfoClass
from enquiry_tui.tui.calls import Ended, short
from enquiry_tui.tui.host import host
from enquiry_tui.tui.safe import toast
from enquiry_tui.tui.screens.enquiry_page import Page, load_page
from enquiry_tui.tui.screens.leaving import Gone
from enquiry_tui.tui.screens.verbs import VerbScreen
from enquiry_tui.tui.widgets.note_area import NoteArea

PLACE = "note"


class EnquiryBase(VerbScreen):
    """Holds the page of one matter, and the note of the call that is live in it."""

    def __init__(self, enquiry_uid: str, contact_uid: str = "", then: str = "") -> None:
        super().__init__()
        self.enquiry_uid = enquiry_uid
        self.contact_uid = contact_uid
        self.page: Page | None = None
        self.revealed: dict[str, str] = {}
        self._shown_to = ("", "")
        self._then = then
        self._saved_note = ""

    # Reading

    async def open(self) -> None:
        """Read the matter for the first time, put the note back, and go where it was asked to."""
        try:
            await self.load(first=True)
        except Exception:
            self.dismiss(Gone())
            raise
        await self._restore_note()
        self.start_focus()
        if self._then:
            then, self._then = self._then, ""
            self.run_action_named(then)

    async def load(self, *, first: bool = False) -> None:
        """Read the matter again and show it."""
        page = await self.read_page(first=first)
        self.page = page
        if page.contact is not None:
            self.calls.show(page.contact)
            if not page.is_live:
                self.contact_uid = ""
        self._mask_again()
        self.show_page(page)
        self.refresh_bindings()

    def _mask_again(self) -> None:
        """Forget what was shown, once somebody else is on the line or comes to this matter."""
        talking = self.talking
        now = (talking.uid, self.contact_uid) if talking is not None else ("", "")
        if talking is not None and now != self._shown_to:
            self.revealed.clear()
        self._shown_to = now

    async def read_page(self, *, first: bool) -> Page:
        """Read everything in one job. Raises NotFound."""
        app = host(self)
        return await app.store.run(
            lambda: load_page(app.session, self.enquiry_uid, self.contact_uid, first=first)
        )

    @abstractmethod
    def show_page(self, page: Page) -> None:
        """Write the page on the screen."""

    def start_focus(self) -> None:
        """Put the cursor where the next key is wanted."""

    def run_action_named(self, command_id: str) -> None:
        """Do what the desk opened this screen for."""
        getattr(self, f"action_{command_id.replace('-', '_')}")()

    def action_to_note(self) -> None:
        """Go to the note of the call, where one is live."""
        if self.is_live:
            self.note.focus()

    @property
    def is_live(self) -> bool:
        """Say whether a call is live in this matter."""
        return self.page is not None and self.page.is_live

    @property
    def opened(self) -> InfoClass | None:
        """Return the highest class that is open now."""
        return self.page.view.open_class if self.page is not None else None

    # The note

    @property
    def note(self) -> NoteArea:
        """Return the note of the call."""
        return self.query_one("#note", NoteArea)

    async def _restore_note(self) -> None:
        if self.page is None or self.page.contact is None:
            return
        words = self.page.contact.note
        self._saved_note = words
        kept = await self.read(drafts.draft, PLACE, self.contact_uid)
        if kept is not None:
            words = str(kept.body.get("text", "")) or words
        if words != self.note.text:
            with self.prevent(NoteArea.Changed):
                self.note.load_text(words)
        place = self.calls.keep(self.contact_uid)
        end = self.note.document.end
        self.note.move_cursor(place.cursor if place.in_note else end)

    def on_text_area_changed(self, event: NoteArea.Changed) -> None:
        """Keep the note as a draft, saved within a second."""
        if self.contact_uid and event.text_area.id == "note":
            host(self).drafts.note(f"{PLACE}/{self.contact_uid}", event.text_area.text)

    async def save_note(self) -> None:
        """Save the note for good, and where the cursor was."""
        if not self.contact_uid or not self.is_live:
            return
        try:
            words = self.note.text
        except NoMatches:
            return
        place = self.calls.keep(self.contact_uid)
        place.cursor = self.note.cursor_location
        place.in_note = self.note.has_focus
        if words != self._saved_note:
            await self.write(contacts.save_note, self.contact_uid, words)
            self._saved_note = words
        host(self).drafts.discard(f"{PLACE}/{self.contact_uid}")

    # Leaving

    def step_back(self) -> None:
        """Go back to the desk; the call goes on, the note is saved."""
        self.do(self._leave(Gone(self.enquiry_uid)), group="leave")

    async def _leave(self, gone: Gone) -> None:
        await self.save_note()
        self.dismiss(gone)

    async def end_call(self) -> None:
        """Save the note, end the call, and go back to the desk on its row."""
        if not self.is_live or self.page is None or self.page.contact is None:
            return
        await self.save_note()
        if self.page.contact.urgent and self.back_to_urgent():
            return
        gone = self.contact_uid
        left = await self.calls.end(gone)
        words = f"{self.page.view.short} ended and saved{left}"
        if self.page.view.word_to_tell:
            words = f"{words} · code word {self.page.view.word_to_tell}"
        self.calls.ended = Ended(gone, self.enquiry_uid, words)
        self.dismiss(Gone(self.enquiry_uid))

    def named(self, reference: str) -> str:
        """Return a reference as it is said on the desk."""
        return short(reference)

    def say(self, words: str) -> None:
        """Say briefly that something was done."""
        toast(self.app, words)
