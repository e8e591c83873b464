"""The packs of the check, the say card, the flags and urgent harm: models and what they become."""

from __future__ import annotations

from enquiry_tui.domain.checks import Catalogue, Step, StepName
from enquiry_tui.domain.emergency import Card
from enquiry_tui.domain.flags import Flag, FlagWords
from enquiry_tui.domain.gate import neutral_sentence
from enquiry_tui.domain.listening import Question
from enquiry_tui.domain.vocabulary import Channel
from enquiry_tui.domain.wordings import CardWords, FlagBook, SayBook, UrgentBook, Wording
from enquiry_tui.policy.problems import refuse
from enquiry_tui.policy.reading import Model, PackModel

BLANKS = (
    "office",
    "name",
    "received",
    "team",
    "due",
    "body",
    "said",
    "who",
    "when",
    "reference",
    "code_word",
    "agreed_word",
)
WORDINGS = (
    "opening",
    "neutral",
    "not-denying",
    "whereabouts",
    "before-check",
    "not-passed",
    "ring-official",
    "pressed",
    "hold",
    "progress",
    "complaint",
    "complaint-chief",
    "risk-to-life",
    "listening",
    "abuse",
    "closing",
    "child",
    "in-writing",
)


class StepModel(Model):
    """One step of the check."""

    label: str
    channels: tuple[Channel, ...]
    blind: bool
    seconds: int
    say: str
    never: str


class ChecksModel(PackModel):
    """checks.toml."""

    misses_allowed: int
    window_hours: int
    steps: dict[StepName, StepModel]


class WordingModel(Model):
    """One wording; `must_say` are words that keep its meaning."""

    number: int
    title: str
    words: str
    rule: str = ""
    must_say: tuple[str, ...] = ()


class AgreedModel(Model):
    """The word for *get help* that was agreed with the control room, and with whom."""

    word: str
    agreed_with: str = ""


class SayModel(PackModel):
    """say.toml."""

    wordings: dict[str, WordingModel]
    agreed: AgreedModel
    questions: dict[Question, str]


class FlagModel(Model):
    """One flag."""

    label: str
    explain: str


class FlagsModel(PackModel):
    """flags.toml."""

    stop: str
    ring_back: str
    not_flags: tuple[str, ...]
    flags: dict[Flag, FlagModel]


class CardModel(Model):
    """One card of urgent harm."""

    title: str
    ask: tuple[str, ...]
    never: tuple[str, ...]
    prompts: tuple[str, ...]


class UrgentModel(PackModel):
    """urgent.toml."""

    where: str
    help: str
    stay: str
    locked: str
    matched: str
    after: tuple[str, ...]
    cards: dict[Card, CardModel]


def catalogue(model: ChecksModel) -> Catalogue:
    """Make the catalogue of steps. Raises PackError where a step is missing or a number absurd."""
    _complete("checks.toml", "steps", list(StepName), list(model.steps))
    if not 1 <= model.misses_allowed <= 5:
        refuse("checks.toml", "misses_allowed", "wants a number from 1 to 5")
    steps = {
        name: Step(
            name,
            step.label,
            frozenset(step.channels),
            step.blind,
            step.seconds,
            step.say,
            step.never,
        )
        for name, step in model.steps.items()
    }
    return Catalogue(steps, model.misses_allowed, model.window_hours)


def say_book(model: SayModel) -> SayBook:
    """Make the say card. Raises PackError where a wording breaks its rule."""
    _complete("say.toml", "wordings", list(WORDINGS), list(model.wordings))
    _complete("say.toml", "questions", list(Question), list(model.questions))
    for question, words in model.questions.items():
        if not words.endswith("?"):
            refuse("say.toml", f"questions.{question}", "asks nothing: it wants a yes or a no")
    wordings = {
        key: Wording(key, item.number, item.title, item.words, item.rule)
        for key, item in model.wordings.items()
    }
    for key, wording in wordings.items():
        for blank in wording.blanks:
            if blank not in BLANKS:
                refuse("say.toml", f"wordings.{key}.words", "unknown blank", blank, list(BLANKS))
        for text in model.wordings[key].must_say:
            if text.casefold() not in wording.words.casefold():
                refuse("say.toml", f"wordings.{key}.words", f'has to say "{text}"')
    if wordings["neutral"].words != neutral_sentence():
        refuse("say.toml", "wordings.neutral.words", "the neutral sentence is the program's own")
    return SayBook(wordings, model.agreed.word, model.questions)


def flag_book(model: FlagsModel) -> FlagBook:
    """Make the words of the flags. Raises PackError where one is missing."""
    _complete("flags.toml", "flags", list(Flag), list(model.flags))
    flags = {
        flag: FlagWords(flag, model.flags[flag].label, model.flags[flag].explain) for flag in Flag
    }
    return FlagBook(flags, model.stop, model.ring_back, model.not_flags)


def urgent_book(model: UrgentModel) -> UrgentBook:
    """Make the cards of urgent harm. Raises PackError where one is missing."""
    _complete("urgent.toml", "cards", list(Card), list(model.cards))
    cards = {
        card: CardWords(card, item.title, item.ask, item.never, item.prompts)
        for card in Card
        for item in (model.cards[card],)
    }
    return UrgentBook(
        model.where, model.help, model.stay, model.locked, model.matched, model.after, cards
    )


def _complete(file: str, table: str, wanted: list[str], given: list[str]) -> None:
    for name in given:
        if name not in wanted:
            refuse(file, f"{table}.{name}", "unknown key", name, wanted)
    for name in wanted:
        if name not in given:
            refuse(file, f"{table}.{name}", "missing")
