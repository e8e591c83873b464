"""What a child said of its work: what it was trying, and what it was told had been done."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tests.faults.offices import Founded


@dataclass
class Story:
    """Built from the child's lines; everything acknowledged must be there afterwards."""

    passphrases: dict[str, str]  # the one that was acknowledged last, by handle
    former: list[tuple[str, str]] = field(default_factory=list)
    contacts: set[str] = field(default_factory=set)
    letters: set[str] = field(default_factory=set)
    drafts: dict[str, str] = field(default_factory=dict)  # body by place
    accounts: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    bundles: dict[str, str] = field(default_factory=dict)  # what opens each, by path
    restored: dict[str, str] = field(default_factory=dict)
    trying: dict[str, Any] | None = None
    acknowledged: int = 0

    @classmethod
    def of(cls, founded: Founded, lines: Iterable[str] = ()) -> Story:
        story = cls(dict(founded.passphrases))
        for line in lines:
            story.hear(line)
        return story

    def hear(self, line: str) -> None:
        """Take in one line: `try {…}` or `ack {…}`; anything else says nothing."""
        word, _, rest = line.strip().partition(" ")
        if word not in {"try", "ack"}:
            return
        told = json.loads(rest)
        if word == "try":
            self.trying = told
            return
        self.trying = None
        self.acknowledged += 1
        self._note(told)

    def candidates(self, handle: str) -> list[str]:
        """Give the passphrases of which exactly one must open the account."""
        found = [self.passphrases[handle]]
        trying = self.trying or {}
        if trying.get("op") == "passphrase" and trying["handle"] == handle:
            found.append(trying["new"])
        return found

    def _note(self, told: dict[str, Any]) -> None:
        match told["op"]:
            case "log":
                self.contacts.add(told["uid"])
            case "letter":
                self.letters.add(told["uid"])
            case "draft":
                self.drafts[told["place"]] = told["body"]
            case "passphrase":
                self.former.append((told["handle"], self.passphrases[told["handle"]]))
                self.passphrases[told["handle"]] = told["new"]
            case "add":
                self.accounts.add(told["uid"])
                self.passphrases[told["handle"]] = told["temporary"]
            case "remove":
                self.gone.add(told["uid"])
                del self.passphrases[told["handle"]]
            case "backup":
                self.bundles[told["path"]] = told["words"]
            case "restore":
                self.restored[told["into"]] = told["words"]
