"""What the urgent screen records: its lines, what was told, how it ended; each through its verb."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from datetime import datetime

from enquiry_tui.desk import contacts, emergencies
from enquiry_tui.desk.emergencies import UrgentView
from enquiry_tui.desk.held_details import HeldDetail
from enquiry_tui.desk.urgent_views import UrgentLook
from enquiry_tui.domain.emergency import Card, Ending
from enquiry_tui.domain.urgent_words import speaks_of_ringing
from enquiry_tui.errors import Refused
from enquiry_tui.tui.host import host
from enquiry_tui.tui.screens import urgent_end, urgent_ring
from enquiry_tui.tui.screens.gate_base import GateScreen
from enquiry_tui.tui.screens.prompt import Field, PromptScreen, Values
from enquiry_tui.tui.widgets.entry import LineInput

_ACCEPTED = {
    "y": "accepted",
    "yes": "accepted",
    "accepted": "accepted",
    "a": "accepted",
    "n": "refused",
    "no": "refused",
    "refused": "refused",
    "r": "refused",
    "": "",
}


class UrgentRecord(GateScreen):
    """The record of one urgent call: begun once, kept line by line; its end asks the officer."""

    def __init__(self, contact_uid: str = "") -> None:
        super().__init__(contact_uid)
        self._look: UrgentLook | None = None
        self._view: UrgentView | None = None
        self._held: tuple[HeldDetail, ...] | None = None
        self._told: tuple[str, ...] = ()
        self._card = Card.SUICIDE
        self._opened_at: datetime | None = None
        self._number = ""
        self._shows_card = True
        self._kept: dict[str, Values] = {}
        self._ended = False

    def _value(self, name: str) -> str:
        return self.query_one(f"#{name}", LineInput).value.strip()

    def _show(self, view: UrgentView | None) -> None:
        self._view = view
        self._draw()

    def push_quiet(
        self, screen: PromptScreen, after: Callable[[bool | None], None] | None = None
    ) -> None:
        """Ask over this screen; no short message lies over it either."""
        screen.add_class("-quiet")
        self.app.push_screen(screen, after)

    @abstractmethod
    def _fill(self) -> None:
        """Put what is on the record into the fields that are empty: the screen's own."""

    @abstractmethod
    def _draw(self) -> None:
        """Show everything as it stands: the screen's own."""

    def _begin_soon(self) -> None:
        if self.is_attached and self._view is None and not self._ended:
            self.run_worker(self.attempt(self._begin), group="begin", name="begin")

    async def _begin(self) -> UrgentView:
        """Begin the record, once: in the call that is talked to, or in a new one."""
        if self._view is None:
            talking = host(self).live.talking
            contact = self.contact_uid or (talking.uid if talking is not None else "")
            verb = emergencies.begin_urgent
            self._show(await self.write(verb, contact, opened_at=self._opened_at))
            await host(self).calls.load()
            await self._take_line()
        if self._view is None:
            raise Refused("The record has not begun.", "Go on with the call; try again.")
        return self._view

    async def _take_line(self) -> None:
        """Take over what was typed on the call line: its number is looked up, its words kept."""
        view = self._view
        if view is None:
            return
        kept = host(self).calls.take_line(view.contact_uid)
        if kept.person_uid:
            await self.write(contacts.pick_person, view.contact_uid, kept.person_uid)
        if kept.line.strip():
            self._show(await self.write(emergencies.urgent_line, view.uid, kept.line.strip()))

    async def _keep_place(self) -> None:
        view = await self._begin()
        place = self._value("where")
        if place and place != view.place:
            self._show(await self.write(emergencies.set_place, view.uid, place, self._card))
            self._fill()

    async def _keep_line(self, words: str) -> None:
        view = await self._begin()
        self._show(await self.write(emergencies.urgent_line, view.uid, words))
        self._fill()
        self.notice.clear()  # what it said was before this
        if view.ring_back_at is not None and speaks_of_ringing(words):
            self.notice.say("Rung back? F7 says what came of it, and takes LINE DROPPED away.")

    async def _keep_incident(self) -> None:
        accepted = _ACCEPTED.get(self._value("accepted").casefold())
        if accepted is None:
            raise Refused("Accepted or refused?", "yes, or refused; then write who owns it now.")
        number, taken = self._value("incident"), self._value("taken")
        view = await self._begin()
        if (number, taken, accepted) != (view.incident_number, view.taken_by, view.accepted):
            verb = emergencies.set_incident
            self._show(
                await self.write(verb, view.uid, number=number, taken_by=taken, accepted=accepted)
            )
        if accepted == "refused":
            self.notice.say(
                "Refused: who owns it now? Write name and time into the log.", tone="urgent"
            )

    async def _keep_all(self) -> None:
        line = self.query_one("#line", LineInput)
        if self._value("where"):
            await self._keep_place()
        if line.value.strip():
            await self._keep_line(line.value.strip())
            line.clear()
        if any(self._value(name) for name in ("incident", "taken", "accepted")):
            await self._keep_incident()

    # Keys

    async def action_urgent_card(self) -> None:
        """Turn to the next card; from what to do about a dropped line, back to the card."""
        if self._shows_card:
            self._card = self._card.following()
        self._shows_card = True
        self._draw()
        await self.attempt(self._keep_card)

    async def _keep_card(self) -> None:
        if self._view is not None:
            self._show(await self.write(emergencies.set_place, self._view.uid, "", self._card))

    async def action_urgent_dialled(self) -> None:
        """Stamp that the control room has been dialled and given it."""
        await self.attempt(self._dialled)

    async def _dialled(self) -> None:
        view = await self._begin()
        try:
            await self._keep_all()
        finally:  # whatever a field is refused for, the time of the call to them stands
            self._show(await self.write(emergencies.dialled, view.uid))
        self.query_one("#line", LineInput).focus()

    async def action_urgent_held(self) -> None:
        """Show what we hold for this number or person."""
        await self.attempt(self._show_held)

    async def _show_held(self) -> None:
        view = await self._begin()
        await self._keep_all()
        self._held = await self.write(emergencies.held_details, view.uid)
        self._draw()

    async def action_urgent_told(self) -> None:
        """Record which held details the emergency service was told."""
        if not self._held:
            self.notice.say(
                "Nothing is shown to be told.",
                tone="warning",
                hint="F3 shows what is held; then F6 and its numbers.",
            )
            return
        services = self._look.services if self._look is not None else ()
        fields = (
            Field("numbers", "Told", value=" ".join(str(item.number) for item in self._held)),
            Field(
                "to",
                "To",
                value=services[0].key if services else "",
                options=tuple(
                    (entry.key, f"{entry.name} {entry.listed_number}") for entry in services
                ),
            ),
        )
        title = "Which of these were they told, and who?"
        listed = " · ".join(f"{item.number} {item.field}" for item in self._held)
        self.push_quiet(PromptScreen(title, fields, self._release, words=listed))

    async def _release(self, values: Values) -> None:
        view = await self._begin()
        numbers = tuple(
            int(part) for part in values["numbers"].replace(",", " ").split() if part.isdigit()
        )
        await self.write(emergencies.release_emergency, view.uid, values["to"], numbers)
        self._told = (*self._told, *(str(number) for number in numbers))
        self._show(await self.read(emergencies.view, view.uid))
        self.notice.say("On the record: vital interests. A supervisor sees it.", tone="good")

    async def action_urgent_dropped(self) -> None:
        """Promise to ring back: the line dropped; then say what came of ringing."""
        if self._view is None or self._view.ring_back_at is None:
            await self.attempt(self._dropped)
            return
        title = "Rung back?"
        self.push_quiet(PromptScreen(title, urgent_ring.FIELDS, self._rung))

    async def _dropped(self) -> None:
        view = await self._begin()
        await self._keep_all()
        await self._show_ring_back(await self.write(urgent_ring.promise, self._view or view))

    async def _rung(self, values: Values) -> None:
        if not values["came"]:
            raise Refused("Do they answer?", "1 on the line again · 2 no answer")
        view = await self._begin()
        await self._show_ring_back(await self.write(urgent_ring.rung, view, values["came"]))

    async def _show_ring_back(self, view: UrgentView) -> None:
        self._number = await self.read(urgent_ring.number_of, view)
        self._shows_card = view.ring_back_at is None
        self.notice.clear()
        self._show(view)
        self.query_one("#line", LineInput).focus()

    async def action_urgent_other(self) -> None:
        """Go to the other phone; this one is held and F9 comes back to it."""
        await self.attempt(self._other_rings)
        host(self).calls.beside_urgent = True
        await self.hand_on("other_call")

    async def _other_rings(self) -> None:
        view = await self._begin()
        await self._keep_all()
        self._show(await self.write(emergencies.urgent_line, view.uid, "the other phone rings"))

    async def settle(self) -> None:
        """Keep what stands in the fields."""
        if self._view is not None:
            await self._keep_all()

    async def action_end_call(self) -> None:
        """End it: asks how it ended and how the officer is."""
        if not await self.attempt(self._end_begun):
            return
        words, fields = urgent_end.form(self._view)
        kept = self._kept.setdefault("end", {})
        screen = PromptScreen("Ended. And you?", fields, self._end, words=words, kept=kept)
        self.push_quiet(screen, self._left)

    async def _end_begun(self) -> None:
        await self._begin()
        await self._keep_all()

    async def _end(self, values: Values) -> None:
        view = await self._begin()
        number, taken = values.get("number", ""), values.get("taken", "")
        if number or taken:
            verb = emergencies.set_incident
            self._show(await self.write(verb, view.uid, number=number, taken_by=taken))
        well = "; told: ".join(part for part in (values["well"], values["told"]) if part)
        await self.write(emergencies.end_urgent, view.uid, values["how"], well=well)
        self._ended = True
        contact = {str(item): item.contact for item in Ending}.get(values["how"], "ended")
        await host(self).calls.end(view.contact_uid, contact)

    def _left(self, done: bool | None) -> None:
        if done:
            self.dismiss(None)
