"""The call keys on a matter: which call they mean, and the screens they open."""

from __future__ import annotations

from enquiry_tui.desk import contacts
from enquiry_tui.errors import Refused
from enquiry_tui.tui import others
from enquiry_tui.tui.host import host
from enquiry_tui.tui.live import LiveContact
from enquiry_tui.tui.screens.asking import Option
from enquiry_tui.tui.screens.enquiry_base import EnquiryBase
from enquiry_tui.tui.screens.leaving import Gone

WITHOUT_CALL = frozenset({"refer", "complaint", "promise", "message"})
"""What can be done on a matter with no call live: it stands on paper."""
_OF_A_CONTACT = frozenset({"who", "say"})
"""What belongs to a contact: with no call live, to the letter that waits for its answer."""


class EnquiryCalls(EnquiryBase):
    """F2 to F7 and F12 on a matter."""

    def can_open(self, name: str) -> bool:
        """Say whether a call key does something here now."""
        asks = name in _OF_A_CONTACT
        return asks or name in WITHOUT_CALL or self.is_live or host(self).live.talking is not None

    def action_who(self) -> None:
        """Check who is asking."""
        self.do(self.open_for("who"))

    def action_say(self) -> None:
        """See what may be said."""
        self.do(self.open_for("say"))

    def action_refer(self) -> None:
        """Refer, route or signpost."""
        self.do(self.open_for("refer"))

    def action_complaint(self) -> None:
        """Take a complaint down."""
        self.do(self.open_for("complaint"))

    def action_complaint_path(self) -> None:
        """Show a complaint after it was taken down."""
        self.do(self._of_matter("complaint-path"))

    async def _of_matter(self, name: str) -> None:
        """Open a screen for the matter itself, whatever call is live."""
        await self.save_note()
        await self.shown(others.make(name, "", self.enquiry_uid))
        await self.load()

    def action_promise(self) -> None:
        """Promise something."""
        self.do(self.open_for("promise"))

    def action_message(self) -> None:
        """Take a message, or see those that were taken."""
        self.do(self.open_for("message"))

    def action_clocks(self) -> None:
        """Show the clocks with their working."""
        self.do(self._of_matter("clocks"))

    def action_said_in_error(self) -> None:
        """Record what should not have been said."""
        self.do(self.open_for("said-in-error"))

    async def open_for(self, name: str) -> None:
        """Open a screen for the call it is about, and show what has come of it."""
        contact_uid = await self._which_call(name)
        if contact_uid is None:
            return
        await self.save_note()
        before = self.opened
        await self.shown(others.make(name, contact_uid, self.enquiry_uid))
        await self.load()
        if self.opened is not before:
            self.start_focus()

    async def _which_call(self, name: str) -> str | None:
        """Return the call that is meant; empty for none, None where it is not to be done here."""
        talking = host(self).live.talking
        if self.is_live and (talking is None or talking.uid == self.contact_uid):
            return self.contact_uid
        if talking is None and name in _OF_A_CONTACT:
            return await self._letter_to_answer()
        if talking is None:
            return "" if name in WITHOUT_CALL else None
        return await self._this_or_that(name, talking)

    async def _letter_to_answer(self) -> str:
        """Return the letter that waits for its answer. Raises Refused where there is none."""
        found = await self.read(contacts.letter_to_answer, self.enquiry_uid)
        if not found:
            raise Refused(
                "No call is live here, and no letter waits for an answer.",
                "+ same caller again, n a new call; a j shows the letters, F4 there answers one.",
            )
        self.say("No call is live: this is the letter that waits for its answer.")
        return found

    async def _this_or_that(self, name: str, talking: LiveContact) -> str | None:
        who = talking.who or "nobody named yet"
        call = f"this call ({talking.reference or 'no matter yet'}, {who})"
        row = self.page.view.short if self.page is not None else "that row"
        options = [Option("a", f"the call is about {row}: attach it here")]
        if talking.enquiry_uid:
            options.insert(0, Option("c", f"{call}: go there"))
        if name in WITHOUT_CALL:
            options.append(Option("r", f"that row ({row}), not the call"))
        answer = await self.ask("This call or that row?", tuple(options))
        if answer == "c":
            self.dismiss(Gone(talking.enquiry_uid, talking.uid, then=name, opens=True))
        elif answer == "a":
            await self.calls.attach(talking.uid, self.enquiry_uid)
            self.contact_uid = talking.uid
            await self.load()
            return talking.uid
        return "" if answer == "r" else None

    def action_other_call(self) -> None:
        """Hold this call and go to the held one, or to an empty line."""
        self.do(self._other(), group="leave")

    async def _other(self) -> None:
        await self.save_note()
        live = host(self).live
        beside = self.beside_urgent()
        if live.held:
            await self.calls.take_up(live.held[0].uid)
            if self.back_to_urgent():
                return
        elif beside:
            await self.calls.begin()
        elif self.back_to_urgent():
            return
        elif live.talking is None or live.talking.uid == self.contact_uid:
            await self.calls.begin()
        talking = live.talking
        if talking is not None and talking.enquiry_uid:
            self.dismiss(Gone(talking.enquiry_uid, talking.uid, opens=True))
        else:
            self.dismiss(Gone(self.enquiry_uid, to_line=True))

    def action_end_call(self) -> None:
        """End the call of this matter."""
        self.do(self.end_call(), group="leave")

    def action_with_them(self) -> None:
        """Note that someone is with the caller, or no longer."""
        self.do(self._with_them())

    async def _with_them(self) -> None:
        if self.page is None or self.page.contact is None:
            return
        now_on = not self.page.contact.accompanied
        await self.write(contacts.set_circumstance, self.contact_uid, "accompanied", now_on)
        await self.load()
        self.say("Someone is with them: only public things." if now_on else "Alone on the line.")

    async def same_caller_again(self) -> None:
        """Begin a call with the same caller on this matter, at the check."""
        view = await self.calls.again(self.enquiry_uid)
        self.contact_uid = view.uid
        await self.load()
        await self._restore_note()
        self.start_focus()
        await self.open_for("who")
