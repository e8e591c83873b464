"""What is asked on a matter, and what is told: each with one key, in words that are recorded."""

from __future__ import annotations

from enquiry_tui.desk import telling
from enquiry_tui.desk.telling import Item, Telling
from enquiry_tui.domain.asked_words import means
from enquiry_tui.domain.gate import Verdict, neutral_sentence
from enquiry_tui.domain.permits import proposed
from enquiry_tui.domain.vocabulary import Allowed, Decision, InfoClass
from enquiry_tui.domain.when import show_time
from enquiry_tui.errors import Refused
from enquiry_tui.tui.host import host
from enquiry_tui.tui.screens.asking import Option
from enquiry_tui.tui.screens.enquiry_calls import EnquiryCalls
from enquiry_tui.tui.screens.enquiry_text import shut_words
from enquiry_tui.tui.screens.prompt import Field, PromptScreen, Values
from enquiry_tui.tui.screens.telling import Asked, Sentence, numbers, sentences
from enquiry_tui.tui.screens.verbs import END
from enquiry_tui.tui.widgets.asked import AskedCard

CLASSES = tuple((str(item), f"{item.digit} {item.label}") for item in InfoClass)
_OTHER_SIDE = "Asks about the other side? + 4, and flag 4 on F3."
_RECORD = "r"
_DONE = {
    Decision.REFUSE: "refused",
    Decision.NEITHER: "neither confirmed nor denied",
    Decision.MESSAGE: "a message is to be taken",
    Decision.ROUTE: "routed",
    Decision.ANSWER_TO_HELD: "answer goes to the contact held",
}


class EnquiryAsk(EnquiryCalls):
    """The ▶ASKED card: the question, the verdict, the words, and Enter."""

    def __init__(self, enquiry_uid: str, contact_uid: str = "", then: str = "") -> None:
        super().__init__(enquiry_uid, contact_uid, then)
        self.asked = Asked()
        self._kept_words: Values = {}

    @property
    def card(self) -> AskedCard:
        """Return the card."""
        return self.query_one(AskedCard)

    def show_asked(self) -> None:
        """Write the card as the gate stands now."""
        verdict = self._verdict()
        if verdict is None:
            return
        what = f"{verdict.info_class.digit if verdict.info_class else ''} {self.asked.info_class}"
        if self.asked.words:
            what = f"{what} “{self.asked.words}”"
        if self.asked.done:
            self.card.show_ask(what, "+ another ask", self.asked.done)
        elif verdict.opens:
            self._show_open(what)
        elif verdict.check_helps:
            self.card.show_ask(what, "Enter checks who is asking", self._shut_hint(verdict))
        else:
            done = _DONE[proposed(verdict)]
            words = f"“{neutral_sentence()}”"
            if verdict.instead:
                words = f"{words} {verdict.instead}"
            self.card.show_ask(what, f"Enter: {done}, said in these words", words)

    def _show_open(self, what: str) -> None:
        said = self._sentences()
        if self.asked.info_class is not InfoClass.OWN_PROGRESS:
            self.card.show_ask(what, "Enter writes what was told", "OPEN: tell it, then write it.")
        elif not said:
            self.card.show_ask(what, "Enter writes what was told", "Nothing stands ready to tell.")
        else:
            words = " ".join(item.words for item in said)
            keys = f"Enter told {numbers(said)} in these words   e edit   + another ask"
            self.card.show_ask(what, keys, f"“{words}”")

    def _shut_hint(self, verdict: Verdict) -> str:
        more = " A code word would do." if "R:low" in shut_words(verdict) else ""
        own = self.asked.info_class in {InfoClass.OWN_PROGRESS, InfoClass.OWN_PERSONAL}
        other = f" {_OTHER_SIDE}" if own else ""
        return f"{shut_words(verdict).removesuffix(' F3')}. F3 checks.{more}{other}"

    def _verdict(self) -> Verdict | None:
        return self.page.verdict(self.asked.info_class) if self.page is not None else None

    def refuses(self) -> bool:
        """Say whether Enter on the card records that something was not told."""
        verdict = self._verdict()
        return verdict is not None and not (self.asked.done or verdict.opens or verdict.check_helps)

    def _sentences(self) -> tuple[Sentence, ...]:
        return sentences(self.page.view) if self.page is not None else ()

    # Coming back to it, and leaving without it

    async def open_for(self, name: str) -> None:
        """Come back from a check to the card where it refuses: no more keys than a release."""
        await super().open_for(name)
        if name == "who" and self.is_live and self.is_current and self.refuses():
            self.card.focus()

    async def end_call(self) -> None:
        """End the call; ask first where what was asked would leave nothing on the record."""
        verdict = self._verdict()
        answer = await self.may_end(self.contact_uid, *self._to_refuse()) if self.is_live else END
        if answer == _RECORD and verdict is not None:
            await self._refuse(verdict)
        if answer:
            await super().end_call()
        else:
            self.card.focus()

    def _to_refuse(self) -> tuple[Option, ...]:
        """Offer to record what the card refuses."""
        verdict = self._verdict()
        if verdict is None or not self.refuses():
            return ()
        done = _DONE[proposed(verdict)]
        return (Option(_RECORD, f"record it and end: {done}, in the words on the card"),)

    # Enter

    def on_asked_card_taken(self) -> None:
        """Do what the card's first line says."""
        verdict = self._verdict()
        if verdict is None or self.asked.done:
            return
        if verdict.check_helps:
            self.action_who()
        elif not verdict.opens:
            self.do(self._refuse(verdict), group="asked")
        elif self.asked.info_class is InfoClass.OWN_PROGRESS and self._sentences():
            items = tuple(Item(item.field, item.words) for item in self._sentences())
            self.do(self._tell(verdict, items), group="asked")
        else:
            self.do(self._write_told(), group="asked")

    def on_asked_card_edit(self) -> None:
        """Change the words before they are recorded."""
        verdict = self._verdict()
        if verdict is not None and verdict.opens and not self.asked.done:
            self.do(self._edit(), group="asked")

    async def _tell(self, verdict: Verdict, items: tuple[Item, ...]) -> None:
        part = verdict.allowed is Allowed.PART
        decision = Decision.PART if part else Decision.RELEASE
        await self.write(
            telling.decide,
            Telling(self.contact_uid, decision, items, self.asked.info_class, self.asked.uid),
        )
        lines = f"{len(items)} line{'' if len(items) == 1 else 's'}"
        await self._done(f"✓ told at {self._clock()}, {lines} in the ledger.")

    async def _refuse(self, verdict: Verdict) -> None:
        decision = proposed(verdict)
        item = Item(self.asked.words or decision.value, neutral_sentence(), self.asked.info_class)
        await self.write(
            telling.decide,
            Telling(self.contact_uid, decision, (item,), self.asked.info_class, self.asked.uid),
        )
        await self._done(f"✓ {_DONE[decision]} at {self._clock()}, in the ledger.")

    async def _done(self, words: str) -> None:
        self.asked = Asked(self.asked.info_class, self.asked.words, self.asked.uid, words)
        await self.load()

    def _clock(self) -> str:
        return show_time(host(self).now())

    async def _edit(self) -> None:
        said = self._sentences()
        if not said or self.asked.info_class is not InfoClass.OWN_PROGRESS:
            await self._write_told()
            return
        fields = tuple(
            Field(f"line-{item.number}", f"{item.number} {item.label}", item.words) for item in said
        )
        await self.shown(
            PromptScreen(
                "What was said? A line left blank was not told.",
                fields,
                self._tell_edited,
                kept=self._kept_words,
            )
        )

    async def _tell_edited(self, values: Values) -> None:
        said = {f"line-{item.number}": item.field for item in self._sentences()}
        items = tuple(Item(said[name], words) for name, words in values.items() if words)
        verdict = self._verdict()
        if not items or verdict is None:
            raise Refused("Nothing was told then.", "Esc leaves; or type what was said.")
        await self._tell(verdict, items)

    async def _write_told(self) -> None:
        asked = self.asked
        fields = (
            Field("item", "What", asked.words, "what it was about, in a few words"),
            Field("words", "Words said", "", "exactly what was said"),
        )
        await self.shown(
            PromptScreen(f"Told: {asked.info_class.label}", fields, self._tell_written)
        )

    async def _tell_written(self, values: Values) -> None:
        verdict = self._verdict()
        if verdict is None or not values["words"]:
            raise Refused("The words are missing.", "Type exactly what was said.")
        item = Item(values["item"] or "told", values["words"], self.asked.info_class)
        await self._tell(verdict, (item,))

    # Another question

    def action_plus(self) -> None:
        """Another question in this call; without a call, the same caller again."""
        if self.is_live:
            self.do(self._another(), group="asked")
        else:
            self.do(self.same_caller_again())

    async def _another(self) -> None:
        kind = self.page.contact.kind if self.page and self.page.contact else None
        said = {item: means(item, kind) if kind else "" for item in InfoClass}
        classes = tuple(
            (name, f"{label}: {said[InfoClass(name)]}" if said[InfoClass(name)] else label)
            for name, label in CLASSES
        )
        fields = (
            Field("class", "Asked about", "", "1 to 6; blank is the strictest", classes),
            Field("words", "Their words", "", "what they ask, if it helps"),
        )
        await self.shown(PromptScreen("What else do they ask?", fields, self._add_ask))

    async def _add_ask(self, values: Values) -> None:
        chosen = InfoClass(values["class"]) if values["class"] else None
        uid = await self.write(telling.ask, self.contact_uid, chosen, values["words"])
        self.asked = Asked(chosen or InfoClass.OPERATIONAL, values["words"], uid)
        self.show_asked()
        self.card.focus()
