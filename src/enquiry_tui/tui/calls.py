"""The live calls as a service: begun, held, gone back to and ended through the verbs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from enquiry_tui.tui.live import LiveContact
from enquiry_tui.tui.store_thread import Priority

if TYPE_CHECKING:
    from enquiry_tui.desk.desk import Desk
    from enquiry_tui.desk.views import ContactView
    from enquiry_tui.tui.app import EnquiryApp

T = TypeVar("T")
_CALLS = frozenset({"telephone", "in-person"})
# Forms whose drafts outlive their call: they stay with the matter, where these keys go on.
_FORMS = {"complaint": "F6", "message": "g", "promise": "F7", "referral": "F5"}
_POSSIBLE_PLAN = "⚑ match has PLAN: pick/rule out"
LINE_PLACE = "call-line"
"""Under which place the drafts keep the words of the call line."""


@dataclass(slots=True)
class Kept:
    """Where an officer was in a call when another one came: the line, the picks, the cursor."""

    line: str = ""
    person_uid: str = ""
    enquiry_uid: str = ""
    picked: str = ""
    cursor: tuple[int, int] = (0, 0)
    in_note: bool = False


@dataclass(slots=True)
class Ended:
    """A call that has just ended, for the few seconds in which its ending may be refined."""

    contact_uid: str
    enquiry_uid: str
    words: str


class Calls:
    """Runs the verbs on contacts and keeps the app's live contacts in step with the record."""

    def __init__(self, app: EnquiryApp) -> None:
        self._app = app
        self.kept: dict[str, Kept] = {}
        self.taken: set[str] = set()
        self.ended: Ended | None = None
        self.beside_urgent = False
        """The other phone rings while F9 is up: the next F2 opens another call, not F9 again."""

    def keep(self, contact_uid: str) -> Kept:
        """Return where the officer is in a call, to be read and changed."""
        return self.kept.setdefault(contact_uid, Kept())

    def take_line(self, contact_uid: str) -> Kept:
        """Take over what stands on the call line; the desk then empties its line."""
        taken = self.keep(contact_uid)
        self.kept[contact_uid] = Kept()
        self.taken.add(contact_uid)
        self._app.drafts.discard(f"{LINE_PLACE}/{contact_uid}")
        return taken

    def forget_words(self) -> None:
        """Drop what was typed from memory, as a lock does: the drafts have it."""
        self.kept.clear()
        self.ended = None

    async def load(self) -> None:
        """Take up what the record says is live: after a sign-in, an unlock or a crash."""
        views = await self._store(_live)
        wanted = {view.uid for view in views}
        live, now = self._app.live, self._app.now()
        known = {contact.uid for contact in self._all()}
        for uid in known - wanted:
            live.end(uid)
        for view in sorted(views, key=lambda item: item.state == "talking"):
            if view.uid in known:
                live.change(self._keeping_hold(view))
                continue
            live.begin(live_contact(view), now)
            if view.state != "talking":
                live.hold(now)

    async def begin(self, *, person_uid: str = "", enquiry_uid: str = "") -> ContactView:
        """Begin a call; the talking one goes on hold. Raises MatterClosed."""
        begin = partial(_run, "begin_contact", person_uid=person_uid, enquiry_uid=enquiry_uid)
        view: ContactView = await self._store(begin)
        self._app.live.begin(live_contact(view), self._app.now())
        return view

    async def again(self, enquiry_uid: str) -> ContactView:
        """Begin a call with the same caller on the same matter."""
        view: ContactView = await self._verb("same_caller_again", enquiry_uid)
        self._app.live.begin(live_contact(view), self._app.now())
        return view

    async def take_up(self, contact_uid: str) -> ContactView:
        """Go back to a held call; the talking one is held in its place."""
        view: ContactView = await self._verb("resume_contact", contact_uid)
        self._app.live.take_up(contact_uid, self._app.now())
        self._app.live.change(live_contact(view))
        return view

    async def attach(self, contact_uid: str, enquiry_uid: str = "") -> ContactView:
        """Attach a call to a matter, or open a new one for it."""
        return self.show(await self._verb("attach_contact", contact_uid, enquiry_uid))

    async def refresh(self, contact_uid: str) -> ContactView:
        """Read a call again and show it in the bar."""
        return self.show(await self._verb("view", contact_uid))

    async def end(self, contact_uid: str, how: str = "ended") -> str:
        """End a call, or say how one that has ended came to its end.

        Returns what it leaves unfinished, in words that follow on others.
        """
        view: ContactView = await self._verb("end_contact", contact_uid, how)
        self.forget(contact_uid)
        await self._app.drafts.flush()
        left = await self._store(_left, contact_uid, view.enquiry_uid)
        named = ", ".join(f"{place} ({_FORMS[place]} on it)" for place in left)
        return f" · UNFINISHED: {named}" if named else ""

    def show(self, view: ContactView) -> ContactView:
        """Show a call in the bar as it stands now."""
        self._app.live.change(self._keeping_hold(view))
        return view

    def forget(self, contact_uid: str) -> None:
        """Drop a call that has ended."""
        self.kept.pop(contact_uid, None)
        self._app.live.end(contact_uid)

    async def end_overdue(self) -> int:
        """End the calls whose time limit has passed; returns how many."""
        uids = await self._verb("overdue")
        known = {contact.uid for contact in self._all()}
        gone = [uid for uid in uids if uid in known]
        for uid in gone:
            await self.end(uid)
        return len(gone)

    def _all(self) -> tuple[LiveContact, ...]:
        talking = self._app.live.talking
        return (*((talking,) if talking else ()), *self._app.live.held)

    def _keeping_hold(self, view: ContactView) -> LiveContact:
        held = next((item.held_since for item in self._all() if item.uid == view.uid), None)
        return live_contact(view, held_since=held)

    async def _verb(self, name: str, *args: object) -> Any:  # noqa: ANN401 (whatever it returns)
        return await self._store(partial(_run, name), *args)

    async def _store(self, verb: Callable[..., T], *args: object) -> T:
        return await self._app.store.run(verb, self._app.session, *args, priority=Priority.SAVE)


def _left(desk: Desk, contact_uid: str, enquiry_uid: str) -> tuple[str, ...]:
    from enquiry_tui.desk import drafts  # noqa: PLC0415

    return drafts.leave_with_matter(desk, contact_uid, enquiry_uid, _FORMS.keys())


def live_contact(view: ContactView, **changes: Any) -> LiveContact:  # noqa: ANN401
    """Make what the bar shows of a contact."""
    checked = " · ".join(part for part in (view.gate, _who_is_there(view)) if part)
    return LiveContact(
        uid=view.uid,
        started_at=view.started_at,
        who=who_words(view),
        checked=f"{_POSSIBLE_PLAN} · {checked}" if view.possible_plan else checked,
        reference=short(view.reference),
        enquiry_uid=view.enquiry_uid,
        urgent=view.urgent,
        word=view.word_to_tell,
        is_call=view.channel in _CALLS,
        **changes,
    )


def _who_is_there(view: ContactView) -> str:
    """Say whether they are alone, only as it was asked; an open gate says that nobody asked."""
    if view.accompanied:
        return "SOMEONE WITH THEM"
    if view.asked_alone:
        return "alone on line"
    return "not asked if alone" if view.gate.startswith(("RECOGNISED", "AUTHORITY")) else ""


def who_words(view: ContactView) -> str:
    """Say who is on the line, with the doubt."""
    if view.who:
        return f"{view.who}?" if view.unsure or not view.person_uid else view.who
    if view.anonymous:
        return "(anonymous)"
    return "(withheld)" if view.withheld else ""


def short(reference: str) -> str:
    """Return `26-118` for `OPCC-2026-000118`."""
    parts = reference.rsplit("-", 2)
    if len(parts) != 3 or not (parts[1].isdigit() and parts[2].isdigit()):
        return reference
    return f"{parts[1][-2:]}-{int(parts[2])}"


def _live(desk: Desk) -> tuple[ContactView, ...]:
    found: tuple[ContactView, ...] = _run("live_contacts", desk)
    return tuple(view for view in found if view.channel in _CALLS)


def _run(verb: str, desk: Desk, *args: object, **options: object) -> Any:  # noqa: ANN401
    """Run a verb on contacts, loaded on the store thread."""
    from enquiry_tui.desk import contacts  # noqa: PLC0415

    return getattr(contacts, verb)(desk, *args, **options)
