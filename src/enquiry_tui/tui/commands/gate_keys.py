"""What can be done on the screens of the gate: who is asking, and what may be said."""

from __future__ import annotations

from enquiry_tui.domain.flags import Flag
from enquiry_tui.domain.vocabulary import InfoClass, Kind
from enquiry_tui.tui.commands.command import Command, Place

_IDENTITY = frozenset({Place.IDENTITY})
_SAY = frozenset({Place.SAY})
_BOTH = _IDENTITY | _SAY

IDENTITY_COMMANDS: tuple[Command, ...] = (
    Command(
        "compare",
        "compare",
        "Compare what they said with the record, blind; nothing typed is kept.",
        ("enter",),
        _IDENTITY,
        footer=1,
        palette=False,
    ),
    Command(
        "ring-back",
        "ring back",
        "Ring back on a held number, or an organisation's that we find; or park it as a promise.",
        ("b",),
        _IDENTITY,
        footer=3,
    ),
    Command(
        "authority",
        "authority",
        "Take an authority that is on file, or write down one that was seen and checked.",
        ("a",),
        _IDENTITY,
        footer=4,
    ),
    Command(
        "accompanied",
        "someone there",
        "Someone is with them: only public, until it is cleared.",
        ("w",),
        _IDENTITY,
        footer=5,
    ),
    Command(
        "check-not-needed",
        "not needed",
        "End the check: it was not needed.",
        ("s",),
        _IDENTITY,
        footer=6,
    ),
    Command(
        "check-failed",
        "failed",
        "End the check as failed, with the words to say.",
        ("f",),
        _IDENTITY,
        footer=7,
    ),
    *(
        Command(
            f"flag-{flag.key}",
            f"flag {flag.key}",
            f"Tick or untick: {flag.replace('-', ' ')}{' (stops the check)' if flag.hard else ''}.",
            (flag.key,),
            _IDENTITY,
            palette=False,
            handler="flag",
            argument=f"'{flag.key}'",
        )
        for flag in Flag
    ),
)

SAY_COMMANDS: tuple[Command, ...] = (
    Command(
        "do-verdict",
        "do it",
        "Do the verdict in its own words: told, refused, routed, message.",
        ("enter",),
        _SAY,
        footer=1,
        palette=False,
    ),
    Command(
        "other-decision",
        "decisions",
        "Choose one of the seven decisions, the allowed ones first.",
        ("down",),
        _SAY,
        footer=2,
    ),
    Command(
        "next-words",
        "next words",
        "Other words that fit: the neutral sentence is always among them.",
        ("n",),
        _SAY,
        footer=3,
    ),
    Command(
        "another-ask",
        "another question",
        "Another question in this contact, with its own class and decision.",
        ("plus",),
        _SAY,
        footer=5,
    ),
    Command(
        "name-item",
        "name the item",
        "Say which item was told, its class, and why it is lowered where it is.",
        ("i",),
        _SAY,
    ),
    Command(
        "their-request",
        "their request",
        "Take down what an agency asks: purpose, what exactly, who authorised it; and the outcome.",
        ("t",),
        _SAY,
        footer=10,
    ),
    Command(
        "override",
        "override",
        "Two officers open what lacks a level only; a supervisor signs too.",
        ("O",),
        _SAY,
        footer=9,
    ),
    *(
        Command(
            f"circumstance-{name}",
            f"caller is {words}",
            f"The caller is {words}, whatever the kind: the stricter answer wins. Or no longer.",
            (),
            _SAY,
            handler="circumstance",
            argument=f"'{name}'",
        )
        for name, words in (
            ("child", "a child"),
            ("anonymous", "anonymous"),
            ("under_duress", "under duress"),
        )
    ),
    *(
        Command(
            f"kind-{kind.value}",
            kind.label,
            f"The one who asks is: {kind.label}.",
            (kind.key,),
            _SAY,
            palette=False,
            handler="kind",
            argument=f"'{kind.key}'",
        )
        for kind in Kind
    ),
    *(
        Command(
            f"class-{item.value}",
            item.label,
            f"What is asked is: {item.label}.",
            (str(item.digit),),
            _SAY,
            palette=False,
            handler="info_class",
            argument=str(item.digit),
        )
        for item in InfoClass
    ),
)

GATE_COMMANDS: tuple[Command, ...] = (
    *IDENTITY_COMMANDS,
    *SAY_COMMANDS,
    Command(
        "answer-held",
        "answer to held",
        "Say nothing now; a task to answer to the contact that we hold.",
        ("h",),
        _BOTH,
        footer=8,
    ),
    Command(
        "pretext",
        "pretext",
        "Suspected pretext: stop the check; the data-protection officer sees it.",
        ("q",),
        _BOTH,
        footer=9,
    ),
    Command(
        "yes-or-no",
        "yes or no",
        "For somebody who cannot speak freely: questions for yes or no, and a safe time to ring.",
        ("k",),
        _BOTH,
        footer=10,
    ),
)
