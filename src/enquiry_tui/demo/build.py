"""The demonstration office, built through the verbs: fictional people, a real signed record."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from enquiry_tui.demo import earlier, lately, today
from enquiry_tui.demo.stage import CAST, NEW_OFFICE, OFFICER, Player, Stage
from enquiry_tui.machine.clock import Clock
from enquiry_tui.machine.temporary import passing_folder


@dataclass(frozen=True, slots=True)
class DemoOffice:
    """A built demonstration: its vault and who may sign in, the main officer first."""

    folder: Path
    officers: tuple[Player, ...] = CAST
    office: str = NEW_OFFICE.office

    @property
    def officer(self) -> Player:
        """Return the officer whose day it is."""
        return OFFICER

    def guide(self) -> str:
        """Say how to sign in, for the sign-in screen."""
        wide = max(len(f"{one.name}, {one.role}") for one in self.officers)
        lines = (
            f"  {one.handle}  {f'{one.name}, {one.role}':{wide}}  {one.passphrase}"
            for one in self.officers
        )
        return "\n".join((f"{self.office} (fictional). Sign in as any of these:", *lines))


def build_demo(folder: Path, clock: Clock) -> DemoOffice:
    """Build the office in an empty folder, so that it looks lived in at the clock's present time.

    Its record runs from five weeks ago until now and not beyond; nothing is written around the
    verbs. Takes a few seconds. Raises whatever a verb refuses: then the story is wrong.
    """
    stage = Stage(folder, clock.now())
    try:
        earlier.play(stage)
        lately.play(stage)
        today.play(stage)
    finally:
        stage.off()
    return DemoOffice(folder)


@contextmanager
def passing_demo(clock: Clock) -> Iterator[DemoOffice]:
    """Build the office in a private folder that is removed at the end."""
    with passing_folder("demonstration") as folder:
        yield build_demo(folder / "vault", clock)
