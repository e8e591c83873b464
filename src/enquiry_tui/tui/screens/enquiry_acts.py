"""What else can be done on a matter: small forms over it, each one verb."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date

from enquiry_tui.desk import checks, enquiries
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.problems import SecondOfficerNeeded
from enquiry_tui.domain.dates import read_day
from enquiry_tui.domain.vocabulary import CheckOutcome
from enquiry_tui.domain.when import LONDON, show_day_short, show_time
from enquiry_tui.errors import Refused
from enquiry_tui.tui.commands import registry
from enquiry_tui.tui.screens.asking import Option
from enquiry_tui.tui.screens.enquiry_ask import EnquiryAsk
from enquiry_tui.tui.screens.prompt import SECOND_OFFICER, Field, PromptScreen, Values

_SAYS_DAY = "a day: fri, 4 dec, 10wd"
_WHY = Field("why", "Reason", "", "one line")
_OUTCOMES = (
    Option("f", "failed: it did not match", CheckOutcome.FAILED.value),
    Option("r", "refused: they would not be checked", CheckOutcome.REFUSED.value),
    Option("s", "stopped: something was wrong", CheckOutcome.STOPPED.value),
    Option("n", "not needed after all", CheckOutcome.NOT_NEEDED.value),
)


class EnquiryActs(EnquiryAsk):
    """The menu of a matter, and the forms of the matter itself."""

    def __init__(self, enquiry_uid: str, contact_uid: str = "", then: str = "") -> None:
        super().__init__(enquiry_uid, contact_uid, then)
        self._forms: dict[str, Values] = {}

    def action_actions(self) -> None:
        """Show the menu of what else can be done."""
        self.do(self._menu())

    async def _menu(self) -> None:
        rows = [row for row in registry.available(self.app, self) if row.menu]
        options = tuple(Option(row.menu, f"{row.title}: {row.help}", row.id) for row in rows)
        chosen = await self.ask(f"{self._short()}: what is to be done?", options)
        if chosen:
            self.run_action_named(chosen)

    def _short(self) -> str:
        return self.page.view.short if self.page is not None else ""

    async def form(
        self,
        title: str,
        fields: tuple[Field, ...],
        submit: Callable[[Values], Awaitable[object]],
        *,
        words: str = "",
        done: str = "",
    ) -> None:
        """Show a form; when it has worked, show the matter again and say so."""
        kept = self._forms.setdefault(title, {})
        screen = PromptScreen(f"{self._short()}: {title}", fields, submit, words=words, kept=kept)
        if await self.shown(screen):
            await self.load()
            if done:
                self.say(done)

    async def with_second(
        self, needed: SecondOfficerNeeded, submit: Callable[[Values], Awaitable[object]]
    ) -> None:
        """Have a colleague sign too. Raises what was needed where nobody does."""
        if not await self.shown(PromptScreen(needed.title, SECOND_OFFICER, submit)):
            raise needed

    async def day(self, words: str) -> date:
        """Read a typed day. Raises Refused."""
        found = await self.read(_read_day, words)
        if found is None:
            raise Refused("That is not a day.", "Type fri, tomorrow, 4 dec, +2w or 10wd.")
        return found

    # Owner, waiting, due, sent, with

    def action_owner(self) -> None:
        """Take the matter, or give it."""
        self.do(self._owner())

    async def _owner(self) -> None:
        colleagues = await self.read(enquiries.colleagues)
        options = [Option("t", "take it", "take")]
        options += [
            Option(str(at), f"give it to {name}", uid)
            for at, (uid, name) in enumerate(colleagues[:9], start=1)
        ]
        answer = await self.ask("Whose is it?", tuple(options), "Open promises go with it.")
        if answer == "take":
            await self.write(enquiries.take_enquiry, self.enquiry_uid)
        elif answer:
            await self.write(enquiries.give_enquiry, self.enquiry_uid, answer)
        await self.load()

    def action_set_waiting(self) -> None:
        """Say on whom it waits."""
        waiting = self.page.view.waiting_on if self.page is not None else ""
        fields = (
            Field("whom", "Waiting on", waiting, "blank: open again"),
            Field("until", "Until", "", f"{_SAYS_DAY}; may stay blank"),
        )
        self.do(self.form("waiting on whom?", fields, self._waiting))

    async def _waiting(self, values: Values) -> None:
        until = await self.day(values["until"]) if values["until"] else None
        await self.write(enquiries.set_waiting, self.enquiry_uid, values["whom"], until)

    def action_set_due(self) -> None:
        """Set the day a reply is due."""
        fields = (Field("day", "Reply due", "", f"{_SAYS_DAY}; blank takes it off"), _WHY)
        self.do(self.form("when is a reply due?", fields, self._due))

    async def _due(self, values: Values) -> None:
        due = await self.day(values["day"]) if values["day"] else None
        await self.write(enquiries.set_due, self.enquiry_uid, due, values["why"])

    def action_mark_sent(self) -> None:
        """Say what was sent today."""
        kinds = (("reply", "the reply"), ("ack", "an acknowledgement"))
        fields = (
            Field("kind", "Sent", "", "1 the reply, 2 an acknowledgement", kinds),
            Field("what", "What", "", "letter, e-mail …"),
        )
        self.do(self.form("what was sent today?", fields, self._sent))

    async def _sent(self, values: Values) -> None:
        if not values["kind"]:
            raise Refused("Say which was sent.", "1 the reply, 2 an acknowledgement.")
        is_ack = values["kind"] == "ack"
        what = values["what"] or ("acknowledgement" if is_ack else "reply")
        await self.write(enquiries.mark_sent, self.enquiry_uid, what, acknowledgement=is_ack)

    def action_set_with(self) -> None:
        """Say which unit it is with."""
        held = self.page.view.held_by if self.page is not None else ""
        fields = (Field("unit", "With", held, "the unit or team, as it may be told"),)
        self.do(self.form("who has it?", fields, self._with))

    async def _with(self, values: Values) -> None:
        await self.write(enquiries.set_with, self.enquiry_uid, values["unit"])

    # What it is called

    def amend_matter(self) -> None:
        """Amend what the matter is called; the old words are kept."""
        view = self.page.view if self.page is not None else None
        if view is None:
            return
        fields = (
            Field("subject", "Subject", view.subject),
            Field("topics", "Topics", " ".join(view.topics)),
            Field("theirs", "Their ref", view.their_reference),
            _WHY,
        )
        self.do(self.form("amend it (the old words are kept)", fields, self._amend))

    async def _amend(self, values: Values) -> None:
        view = self.page.view if self.page is not None else None
        if view is None:
            return
        now = {
            "subject": (view.subject, values["subject"]),
            "topics": (" ".join(view.topics), values["topics"]),
            "their_reference": (view.their_reference, values["theirs"]),
        }
        changed = {name: new for name, (old, new) in now.items() if old != new}
        if not changed:
            raise Refused("Nothing was changed.", "Change a line, or leave with Esc.")
        await self.write(enquiries.amend_enquiry, self.enquiry_uid, values["why"], **changed)

    def action_new_code_word(self) -> None:
        """Give the matter a new code word."""
        self.do(self._code_word())

    async def _code_word(self) -> None:
        answer = await self.ask(
            "A new code word?",
            (Option("y", "yes: the old one opens nothing any more"),),
            "Tell it to the enquirer only at the end of a call, or in a letter.",
        )
        if answer:
            word = await self.write(enquiries.replace_code_word, self.enquiry_uid)
            await self.load()
            self.say(f"The code word is now {word}.")

    def action_end_check(self) -> None:
        """Give an outcome to a check that was left without one."""
        self.do(self._end_check())

    async def _end_check(self) -> None:
        open_ones = await self.read(checks.unfinished_checks, self.enquiry_uid)
        if not open_ones:
            raise Refused("Every check has its outcome.", "F3 begins one in a call.")
        at = open_ones[0].at.astimezone(LONDON)
        answer = await self.ask(
            f"The check of {show_day_short(at.date())} {show_time(at)} ended how?", _OUTCOMES
        )
        if answer:
            await self.write(checks.end_check, open_ones[0].uid, CheckOutcome(answer))
            await self.load()
            self.say(f"The check is on the record: {answer.replace('-', ' ')}.")

    def action_link_matter(self) -> None:
        """Link it with another matter."""
        kinds = (
            ("same-person", "same person"),
            ("same-matter", "same matter"),
            ("reply-to", "reply to"),
            ("part-of", "part of"),
            ("related-complaint", "related complaint"),
        )
        fields = (
            Field("other", "With", "", "26-118"),
            Field("kind", "As", "", "its digit", kinds),
        )
        self.do(self.form("link with another matter", fields, self._link))

    async def _link(self, values: Values) -> None:
        other = await self.read(enquiries.find_reference, values["other"])
        await self.write(enquiries.link_enquiries, self.enquiry_uid, other, values["kind"])

    # Closing

    def action_close_matter(self) -> None:
        """Close it, or see what stands open."""
        self.do(self._close())

    async def _close(self) -> None:
        found = await self.read(enquiries.closing_blocks, self.enquiry_uid)
        words = "Still open:\n" + "\n".join(f" · {block}" for block in found) if found else ""
        over = (("y", "yes, a supervisor closes over messages and promises"),) if found else ()
        fields: tuple[Field, ...] = (_WHY,)
        if over:
            fields = (_WHY, Field("over", "Close over", "", "y, or blank", over))
        await self.form("close it", fields, self._close_now, words=words, done="Closed.")

    async def _close_now(self, values: Values) -> None:
        over = values.get("over") == "y"
        await self.write(enquiries.close_enquiry, self.enquiry_uid, values["why"], over=over)

    def action_reopen_matter(self) -> None:
        """Open it again."""
        self.do(self.form("open it again", (_WHY,), self._reopen, done="Open again."))

    async def _reopen(self, values: Values) -> None:
        await self.write(enquiries.reopen_enquiry, self.enquiry_uid, values["why"])

    def action_restrict(self) -> None:
        """Restrict it to named readers."""
        self.do(self._restrict())

    async def _restrict(self) -> None:
        colleagues = await self.read(enquiries.colleagues)
        options = (("", "nobody else"), *colleagues)
        fields = (Field("reader", "Readers", "", "you, and: its digit", options), _WHY)
        await self.form("restrict it to named readers", fields, self._restricted)

    async def _restricted(self, values: Values) -> None:
        readers = (values["reader"],) if values["reader"] else ()
        await self.write(enquiries.restrict_enquiry, self.enquiry_uid, values["why"], readers)


def _read_day(desk: Desk, words: str) -> date | None:
    found = read_day(words, desk.today(), desk.calendar)
    return found.day if found is not None else None
