"""This machine: one page on whether it is fit for the vault, and what to do where it is not."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content

from enquiry_tui.desk import doctor
from enquiry_tui.desk.desk import Desk
from enquiry_tui.machine.findings import Finding, State
from enquiry_tui.tui.commands.command import Place
from enquiry_tui.tui.safe import NoMarkup, join, short
from enquiry_tui.tui.screens.work import WorkScreen

_TONES = {
    State.BAD: "bold $text-error",
    State.WARNING: "$text-warning",
    State.GOOD: "$text-success",
}
_PLURAL = {State.BAD: "bad", State.WARNING: "to be seen to"}
_MARKS = {State.BAD: "✗ BAD    ", State.WARNING: "! WARNING", State.GOOD: "✓ good   "}


class MachineScreen(WorkScreen):
    """What is bad comes first, then what had better be changed, then the rest."""

    PLACE = Place.MACHINE
    HEADING = "This machine"
    CSS_PATH = "machine.tcss"
    AUTO_FOCUS = "#page"
    NEEDS_MATTER = False

    def content(self) -> ComposeResult:
        """Show the page."""
        with VerticalScroll(id="page"):
            yield NoMarkup(id="findings")

    async def ready(self) -> None:
        """Look at one thing after the other, beside the store: calls do not wait for it."""
        self.notice.say("Looking … saving and Argon2 are tried out.")
        folder, found = await self.read(_of_the_vault)
        steps = doctor.look_at_machine(folder, (self.app.size.width, self.app.size.height))
        while (finding := await asyncio.to_thread(_next, steps)) is not None:
            found.append(finding)
            self.show(found)
        worst = [state for state in (State.BAD, State.WARNING) if _count(found, state)]
        counts = ", ".join(f"{_count(found, state)} {_PLURAL[state]}" for state in worst)
        self.notice.say(
            f"{len(found)} looked at: {counts or 'all good'}.",
            tone="urgent" if State.BAD in worst else "warning" if worst else "good",
        )

    def show(self, found: list[Finding]) -> None:
        """Put the findings on the page, the worst first."""
        if not self.is_attached:
            return
        lines: list[Content] = []
        for state, mark in _MARKS.items():
            for finding in found:
                if finding.state is state:
                    lines.append(join((f" {mark} ", _TONES[state]), finding.what))
                    if finding.hint:
                        lines.append(short(f"           {finding.hint}", "dim"))
        self.query_one("#findings", NoMarkup).show(Content("\n").join(lines))


def _of_the_vault(desk: Desk) -> tuple[Path, list[Finding]]:
    return desk.unlocked.folder, list(doctor.look_at_vault(desk))


def _next(steps: Iterator[Finding]) -> Finding | None:
    return next(steps, None)


def _count(found: list[Finding], state: State) -> int:
    return sum(finding.state is state for finding in found)
