"""The calls of the desk: rows opened, calls opened from the line, held, ended, begun again."""

from __future__ import annotations

from enquiry_tui.tui.host import host
from enquiry_tui.tui.live import LiveContact
from enquiry_tui.tui.safe import toast
from enquiry_tui.tui.screens.desk_line import DeskLine
from enquiry_tui.tui.screens.desk_list import DRAFT
from enquiry_tui.tui.screens.enquiry import MatterScreen
from enquiry_tui.tui.screens.leaving import Gone
from enquiry_tui.tui.widgets.window_list import WindowList


class DeskCalls(DeskLine):
    """What F2 to F7, F12, Enter and + do on the desk."""

    # Rows and calls

    def on_window_list_row_chosen(self, event: WindowList.RowChosen) -> None:
        """Open the row."""
        if self.visitor:
            toast(self.app, "V leaves the visitor view first.")
        elif event.row.uid.startswith(DRAFT):
            self.do(self.go_on_with_row(event.row.uid))
        else:
            self.note_request()
            self.do(self.open_row(event.row.uid))

    async def open_row(self, enquiry_uid: str, then: str = "") -> None:
        """Open a matter; with the call that is talked to if it is that call's matter."""
        talking = self.talking
        mine = talking is not None and talking.enquiry_uid == enquiry_uid
        await self.open_screen(enquiry_uid, talking.uid if talking and mine else "", then)

    async def open_screen(self, enquiry_uid: str, contact_uid: str, then: str = "") -> None:
        """Open the screen of a matter, and do what it was left for."""
        while True:
            gone = await self.shown(MatterScreen(enquiry_uid, contact_uid, then))
            if gone is None or not gone.opens:
                break
            enquiry_uid, contact_uid, then = gone.enquiry_uid, gone.contact_uid, gone.then
        await self._come_back(gone)

    async def _come_back(self, gone: Gone | None) -> None:
        ended = self.calls.ended
        if gone is not None and gone.to_line:
            self.action_call_line()
        else:
            self.rows.focus()
        if ended is not None:
            self.ended(ended.contact_uid, ended.enquiry_uid, ended.words)
        if gone is not None and gone.enquiry_uid:
            await self.go_to_row(gone.enquiry_uid, anywhere=ended is not None)
        else:
            self.reload()

    async def open_call(self, then: str = "") -> None:
        """Open the call of the line: log what stands there, go on with it on its matter."""
        if not self.in_line and self.talking is not None and self.talking.enquiry_uid:
            await self.open_screen(self.talking.enquiry_uid, self.talking.uid, then)
            return
        if self.line.value.strip():
            logged = await self.save_line(end=False)
            if logged is not None:
                await self.open_screen(logged.enquiry_uid, logged.contact_uid, then)
            return
        contact = await self.ensure_contact()
        picked = self.calls.keep(contact).enquiry_uid
        view = await self.calls.attach(contact, picked)
        self._clear()
        await self.open_screen(view.enquiry_uid, contact, then)

    def action_who(self) -> None:
        """Check who is asking, in this call."""
        self.do(self.open_call("who"))

    def action_say(self) -> None:
        """See what may be said, in this call."""
        self.do(self.open_call("say"))

    def action_refer(self) -> None:
        """Refer the caller."""
        self.do(self.open_call("refer"))

    def action_complaint(self) -> None:
        """Take a complaint down in this call."""
        self.do(self.open_call("complaint"))

    def action_promise(self) -> None:
        """Promise something in this call."""
        self.do(self.open_call("promise"))

    def action_end_call(self) -> None:
        """End the call: the line if something stands in it, else the one that is talked to."""
        self.do(self._end())

    async def _end(self) -> None:
        talking = self.talking
        if self.line.value.strip():
            await self.save_line(end=True)
        elif self.back_to_urgent():
            return
        elif talking is not None and talking.enquiry_uid:
            if not await self.may_end(talking.uid):
                return
            left = await self.calls.end(talking.uid)
            words = f"{talking.reference} ended{left}"
            self.ended(talking.uid, talking.enquiry_uid, words)
            await self.go_to_row(talking.enquiry_uid)
        else:
            self.rows.focus()
            await self.leave_line()

    def action_other_call(self) -> None:
        """Go to the call that is talked to or held; with none, begin one."""
        self.do(self._other())

    async def _other(self) -> None:
        live = host(self).live
        if self.beside_urgent() and not live.held:
            self._clear()
            await self.calls.begin()
            self.action_call_line()
            return
        if self.in_line and self.line.value.strip() and not live.held:
            self._clear()
            await self.calls.begin()
            self.action_call_line()
            return
        if live.talking is None or (live.held and self.in_line):
            if not live.held:
                self.action_call_line()
                return
            self._clear()
            await self.calls.take_up(live.held[0].uid)
        if live.talking is not None:
            await self.go_to_call(live.talking)

    async def go_to_call(self, talking: LiveContact, then: str = "") -> None:
        """Go to where a call is written down: F9, its matter, or the call line."""
        if self.back_to_urgent():
            return
        if talking.enquiry_uid:
            await self.open_screen(talking.enquiry_uid, talking.uid, then)
        else:
            await self.take_line(talking.uid)

    def action_again(self) -> None:
        """Begin a call with the same caller on the same matter, at the check."""
        row = self.rows.current
        if row is not None:
            self.do(self._again(row.uid))

    async def _again(self, enquiry_uid: str) -> None:
        view = await self.calls.again(enquiry_uid)
        await self.open_screen(enquiry_uid, view.uid, "who")
