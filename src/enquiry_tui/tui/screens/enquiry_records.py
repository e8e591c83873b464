"""How long a matter is kept, where its paper is, and the holds that stand on it: small forms."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

from enquiry_tui.desk import holds, retention
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.holds import HoldView
from enquiry_tui.domain.holds import MAY_SET, HoldKind, HoldRule
from enquiry_tui.domain.when import show_day
from enquiry_tui.errors import Refused
from enquiry_tui.tui.screens.asking import Option
from enquiry_tui.tui.screens.enquiry_acts import EnquiryActs
from enquiry_tui.tui.screens.prompt import Field, Values

_WHY = Field("why", "Reason", "", "one line")
_BY_RULE = "by-rule"
_KEYS = "123456789"


class EnquiryRecords(EnquiryActs):
    """The forms of retention, paper and holds."""

    def action_set_retention(self) -> None:
        """Choose how long it is kept."""
        self.do(self._retention())

    async def _retention(self) -> None:
        classes = await self.read(_classes)
        kept = await self.read(retention.kept_of, self.enquiry_uid)
        on = f" Looked at again {show_day(kept.review_on)}: {kept.then}." if kept.review_on else ""
        words = f"Now: {kept.words} · {kept.why}.{on}\n{kept.working}"
        fields = (
            Field("class", "Kept as", "", "its digit or letter", classes),
            _WHY,
            Field("event", "Event day", "", "only where the class waits for a named day"),
        )
        await self.form("how long is it kept?", fields, self._keep_for, words=words)

    async def _keep_for(self, values: Values) -> None:
        key = values["class"]
        if not key:
            raise Refused("No class is chosen.", "Its digit or letter; 1 leaves it to the rule.")
        day = await self.day(values["event"]) if values["event"] else None
        key = "" if key == _BY_RULE else key
        verb = partial(retention.set_retention, event_on=day)
        await self.write(verb, self.enquiry_uid, key, values["why"])

    def action_set_paper(self) -> None:
        """Say where its paper is."""
        paper = self.page.view.kept.paper if self.page is not None else ""
        fields = (Field("place", "Paper", paper, "cabinet, shelf, box; blank: there is none"),)
        self.do(self.form("where is its paper?", fields, self._paper))

    async def _paper(self, values: Values) -> None:
        await self.write(retention.set_paper_place, self.enquiry_uid, values["place"])

    def action_holds(self) -> None:
        """Place a hold, or lift one that stands."""
        self.do(self._holds())

    async def _holds(self) -> None:
        standing, mine, rules = await self.read(_holds_here, self.enquiry_uid)
        lifted = [Option("l", _lift_words(h), h.uid) for h in mine]
        keyed = [
            Option("l" if len(lifted) == 1 else _KEYS[at], option.words, option.value)
            for at, option in enumerate(lifted)
        ]
        offered = [
            Option(letter, f"place: {rule.title}. Bars {', '.join(sorted(rule.bars))}", rule.kind)
            for letter, rule in zip("abcde", rules, strict=False)
        ]
        hint = "\n".join(map(_hold_words, standing)) or "None stands."
        if not keyed and not offered:
            hint += f"\nPlaced and lifted by {MAY_SET}, not by you."
        answer = await self.ask("Holds", (*keyed, *offered), hint)
        if answer in set(HoldKind):
            await self._place(next(rule for rule in rules if rule.kind == answer))
        elif answer:
            await self._lift(next(hold for hold in standing if hold.uid == answer))

    async def _place(self, rule: HoldRule) -> None:
        words = f"It bars {', '.join(sorted(rule.bars))}. Set by {rule.who}. {rule.cited}"
        fields = (_WHY, Field("since", "Since", "", "a day; blank: today"))

        async def save(values: Values) -> None:
            since = await self.day(values["since"]) if values["since"] else None
            await self.write(holds.place_hold, self.enquiry_uid, rule.kind, values["why"], since)

        await self._form(f"hold: {rule.title}", fields, save, words, "On hold.")

    async def _lift(self, hold: HoldView) -> None:
        fields: tuple[Field, ...] = (_WHY,)
        stop = hold.kind is HoldKind.MONITORING_OFFICER
        if stop:
            fields = (Field("on", "Considered", "", "the day the report was considered"), _WHY)

        async def save(values: Values) -> None:
            on = await self.day(values["on"]) if values.get("on") else None
            await self.write(partial(holds.lift_hold, considered_on=on), hold.uid, values["why"])

        done = "Considered: it says until when it stands." if stop else "Lifted."
        await self._form(f"lift: {hold.title}", fields, save, _hold_words(hold), done)

    async def _form(
        self,
        title: str,
        fields: tuple[Field, ...],
        save: Callable[[Values], Awaitable[object]],
        words: str,
        done: str,
    ) -> None:
        await self.form(title, fields, save, words=words, done=done)
        self.look_for_stop()


def _holds_here(
    desk: Desk, enquiry_uid: str
) -> tuple[tuple[HoldView, ...], tuple[HoldView, ...], tuple[HoldRule, ...]]:
    """Give the holds that stand, those of them this officer may lift, and what may be placed."""
    standing = tuple(hold for hold in holds.holds_of(desk, enquiry_uid) if hold.stands)
    mine = tuple(h for h in standing if h.considered_on is None and holds.may_set(desk, h.kind))
    return standing, mine, holds.rules_to_place(desk, enquiry_uid)


def _lift_words(hold: HoldView) -> str:
    if hold.kind is HoldKind.MONITORING_OFFICER:
        return "enter the day on which the report was considered"
    return f"lift: {hold.title}"


def _hold_words(hold: HoldView) -> str:
    until = f" Stands to {show_day(hold.stands_to)}." if hold.stands_to else ""
    return (
        f"{hold.title}, since {show_day(hold.since)}, by {hold.set_by}: {hold.reason}."
        f" Review {show_day(hold.review_on)}.{until}"
    )


def _classes(desk: Desk) -> tuple[tuple[str, str], ...]:
    listed = [
        (item.key, f"{item.short}: {item.words}") for item in retention.retention_classes(desk)
    ]
    return ((_BY_RULE, "as the rule says"), *listed)
