"""The call line of the desk: saved and ended in one key, or opened as a call; its drafts."""

from __future__ import annotations

from textual import on
from textual.widgets import Input

from enquiry_tui.desk import drafts, people, quicklog
from enquiry_tui.desk.problems import MatterClosed
from enquiry_tui.desk.quicklog import LineRequest, Logged
from enquiry_tui.domain.quickline import QuickLine
from enquiry_tui.domain.vocabulary import Channel
from enquiry_tui.domain.when import show_time
from enquiry_tui.tui.calls import Ended, short
from enquiry_tui.tui.host import host
from enquiry_tui.tui.screens.asking import Option
from enquiry_tui.tui.screens.desk_list import DRAFT
from enquiry_tui.tui.screens.desk_typing import PLACE, DeskTyping
from enquiry_tui.tui.screens.suggestions import choices_of
from enquiry_tui.tui.widgets.call_line import PeopleChoices
from enquiry_tui.tui.widgets.paging import Row

_REFINE_SECONDS = 5.0
REFINED = {"d": "dropped", "t": "transferred", "w": "ended-by-us", "h": "hung-up"}
_REFINE_WORDS = "How did it end? d dropped · t transferred · w we ended it · h hung up"


class DeskLine(DeskTyping):
    """The call line and its call: begun at the first key, so that start and officer stand."""

    # Saving

    @on(Input.Submitted, "#line")
    def submitted(self, event: Input.Submitted) -> None:
        """Save and end; on an empty line go on with the draft that is offered."""
        event.stop()
        if not self.line.value.strip() and self._offered is not None:
            self.do(self.go_on_with(self._offered))
        else:
            self.do(self._entered())

    async def _entered(self) -> None:
        """Save and end; people whom a quick Enter has overtaken are shown before that."""
        if not await self._shows_overtaken():
            await self.save_line(end=True)

    async def _shows_overtaken(self) -> bool:
        """Show whom it may be, if that was not looked up yet; says whether there is anybody."""
        words = self.line.value
        read = await self.read(quicklog.read_line, words)
        wanted = (read.who or "", read.phone.raw if read.phone else "")
        if self._picked is not None or wanted in {("", ""), self._looked_for}:
            return False
        found = await self.read(people.suggest, *wanted)
        self._looked_for = wanted
        if not found or self.line.value != words:
            return False
        self._understood = read
        self.query_one(PeopleChoices).show(choices_of(found))
        self._overtaken = words
        self.show_echo(read)
        self.refresh_bindings()
        return True

    async def save_line(self, *, end: bool) -> Logged | None:
        """Log the line; with `end` the call is over and the cursor goes to its row."""
        words = self.line.value
        read = await self.read(quicklog.read_line, words)
        contact = await self._contact_for(read)
        logged = await self._logged(LineRequest(words, contact, **self._links(), end=end))
        if logged is None:
            return None
        host(self).drafts.discard(f"{PLACE}/{self._contact}")
        if end:
            self.calls.forget(self._contact)
        elif contact:
            await self.calls.refresh(contact)
        self._clear()
        if end:
            self.rows.focus()
            self.ended(logged.contact_uid, logged.enquiry_uid, logged_words(logged))
            await self.go_to_row(logged.enquiry_uid)
        return logged

    def _links(self) -> dict[str, str]:
        picked = self._picked
        if picked is None:
            return {}
        return {"person_uid": picked.person_uid, "enquiry_uid": picked.enquiry_uid}

    async def _contact_for(self, read: QuickLine) -> str:
        """Return the call that runs; a letter, or what is written up later, is none."""
        contact = await self.ensure_contact()
        if read.channel is Channel.TELEPHONE and read.at is None:
            return contact
        await self.calls.end(contact, "abandoned")
        return ""

    async def _logged(self, request: LineRequest) -> Logged | None:
        try:
            return await self.write(quicklog.log_line, request)
        except MatterClosed:
            answer = await self.ask(
                "That matter is closed.",
                (
                    Option("n", "a new matter, linked with it", "new"),
                    Option("r", "re-open it", "reopen"),
                ),
            )
        if not answer:
            self.line.focus()
            return None
        again = LineRequest(
            request.line,
            request.contact_uid,
            request.person_uid,
            request.enquiry_uid,
            answer,
            request.end,
        )
        return await self.write(quicklog.log_line, again)

    # For five seconds: how it ended

    def ended(self, contact_uid: str, enquiry_uid: str, words: str) -> None:
        """Say what was logged, and take one letter that says how it ended."""
        self.calls.ended = Ended(contact_uid, enquiry_uid, words)
        self._told = (enquiry_uid, words)
        self.show_foot(f"✓ {words}", _REFINE_WORDS, "bold $text-success")
        if self._refine_timer is not None:
            self._refine_timer.stop()
        self._refine_timer = self.set_timer(_REFINE_SECONDS, self.settle)

    def action_call_line(self) -> None:
        """Go to the line: from now on letters are typed, and no longer say how a call ended."""
        if self.calls.ended is not None:
            self.show_foot(f"✓ {self.calls.ended.words}", "", "bold $text-success")
            self.calls.ended = None
        self._told = ("", "")
        super().action_call_line()

    def settle(self) -> None:
        """Take no more letters for the call that ended."""
        self.calls.ended = None
        self.reload()

    def refine(self, key: str) -> bool:
        """Take a letter for the call that has just ended; says whether it was one."""
        gone = self.calls.ended
        if gone is None or key not in REFINED or self.in_line:
            return False
        self.calls.ended = None
        self.do(self._refine(gone, REFINED[key]))
        return True

    async def _refine(self, gone: Ended, how: str) -> None:
        await self.calls.end(gone.contact_uid, how)
        self.show_foot(f"✓ {gone.words}", f"Ended: {how.replace('-', ' ')}.", "bold $text-success")

    # Drafts

    async def offer_drafts(self) -> None:
        """Offer the lines that were never logged: on the line and in Unfinished."""
        found = [item for item in await self.read(drafts.drafts) if item.place == PLACE]
        found = [item for item in found if str(item.body.get("text", "")).strip()]
        self._offered = found[0] if found else None
        if self._offered is not None:
            when = show_time(self._offered.saved_at)
            self.line.placeholder = f"draft of {when}: Enter to go on"
        self.waiting = tuple(_draft_row(item) for item in found)
        self.count_queues()

    async def go_on_with(self, draft: drafts.Draft) -> None:
        """Go on with a line that was never logged."""
        words = str(draft.body.get("text", ""))
        live = host(self).live
        if any(item.uid == draft.contact_uid for item in live.held):
            await self.calls.take_up(draft.contact_uid)
        talking = live.talking
        self._offered = None
        if talking is not None and talking.uid == draft.contact_uid:
            self.calls.keep(draft.contact_uid).line = words
            await self.take_line(draft.contact_uid)
        else:
            await self.write(drafts.discard_draft, draft.uid)
            self.line.value = words
        self.line.focus()
        self.line.cursor_position = len(words)

    async def go_on_with_row(self, uid: str) -> None:
        """Go on with the draft of a row of Unfinished."""
        for item in await self.read(drafts.drafts):
            if f"{DRAFT}{item.uid}" == uid:
                await self.go_on_with(item)


def _draft_row(draft: drafts.Draft) -> Row:
    words = str(draft.body.get("text", ""))
    return Row(
        f"{DRAFT}{draft.uid}",
        (f"DRAFT {show_time(draft.saved_at)}", "", words, "", "me"),
        ("warning", "", "", "", ""),
    )


def logged_words(logged: Logged) -> str:
    """Say what a line became: `26-131 logged · code word K7QD`."""
    said = [f"{short(logged.reference)} logged"]
    if logged.code_word:
        said.append(f"code word {logged.code_word}")
    if logged.understood.for_whom:
        said.append(f"message for {logged.understood.for_whom}")
    if logged.promise_uid:
        said.append(f"ring back {logged.understood.call_back_words}")
    if logged.possible:
        said.append(f"not linked, {logged.possible} possible")
    return " · ".join(said)
