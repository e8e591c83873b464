"""What every screen has: its title, the call bar, its keys, and one step back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import BindingType

from enquiry_tui.tui.commands import registry
from enquiry_tui.tui.commands.command import Command, Place
from enquiry_tui.tui.host import host
from enquiry_tui.tui.leaves_once import LeavesOnce
from enquiry_tui.tui.store_thread import Priority, StoreLocked, Superseded
from enquiry_tui.tui.widgets.bars import CallBar, DemoBar, KeyFooter, RecordBar, StopBar, TitleBar
from enquiry_tui.tui.widgets.entry import is_text_entry

T = TypeVar("T")
# Screens of no matter, although one with a matter may lie below.
_NO_MATTER = frozenset(
    {
        *(Place.DESK, Place.FIND, Place.DIRECTORY, Place.AUDIT, Place.OFFICE, Place.ACCOUNTS),
        *(Place.BACKUPS, Place.HOLIDAYS, Place.POST, Place.FIGURES, Place.POLICY),
    }
)


class EnquiryScreen(LeavesOnce[Any]):
    """A screen of the desk. Subclasses say their place and compose their `body`.

    The keys come from the list of commands: a command of this place is bound as soon as the class
    has its method (`action_<id>`), and only then shown.
    """

    PLACE: ClassVar[Place] = Place.ANYWHERE
    HEADING: ClassVar[str] = ""
    HAS_CALL_BAR: ClassVar[bool] = True
    NEVER_LOCKS: ClassVar[bool] = False
    OWN_BINDINGS: ClassVar[list[BindingType]] = []
    """Keys that belong to no command: moving about inside this screen."""

    DEFAULT_CSS = "EnquiryScreen { layout: vertical; background: $background; }"

    def __init_subclass__(cls, **options: Any) -> None:  # noqa: ANN401 (textual's own options)
        cls.BINDINGS = [*registry.screen_bindings(cls.PLACE, cls), *cls.OWN_BINDINGS]
        super().__init_subclass__(**options)

    def compose(self) -> ComposeResult:
        """Frame the body between the bars and the keys."""
        yield DemoBar()
        yield RecordBar()
        yield TitleBar(self.HEADING)
        if self.HAS_CALL_BAR:
            yield CallBar()
            yield StopBar()
        yield from self.body()
        yield KeyFooter()

    def body(self) -> ComposeResult:
        """Compose what stands between the bars."""
        yield from ()

    async def read(
        self, verb: Callable[..., T], *args: object, token: str | None = None, **named: object
    ) -> T:
        """Run a verb that reads, on the store thread. Raises what it raises.

        A newer reading under the same `token` takes its place.
        """
        app = host(self)
        return await app.store.run(partial(verb, app.session, *args, **named), token=token)

    async def write(self, verb: Callable[..., T], *args: object, **named: object) -> T:
        """Run a verb that changes something; it is never dropped. Raises what it raises."""
        app = host(self)
        call = partial(verb, app.session, *args, **named)
        return await app.store.run(call, priority=Priority.SAVE)

    def matter_shown(self) -> tuple[str, str]:
        """Return the contact and the matter that this screen is about, as far as there are any.

        A screen that says neither is about what the screen below it is about.
        """
        stack = self.app.screen_stack
        at = stack.index(self) if self in stack else -1
        for screen in reversed(stack[: at + 1]):
            found = tuple(str(getattr(screen, name, "")) for name in ("contact_uid", "enquiry_uid"))
            if any(found):
                return found[0], found[1]
            if getattr(screen, "PLACE", Place.HELP) in _NO_MATTER:
                break
        return "", ""

    def on_screen_resume(self) -> None:
        """Look whether a stop stands on the matter; textual runs a subclass's own too."""
        self.look_for_stop()

    def look_for_stop(self) -> None:
        """Show the banner of the monitoring officer's stop, or take it away."""
        if self.HAS_CALL_BAR and self.PLACE is not Place.URGENT and any(self.matter_shown()):
            self.run_worker(self._look_for_stop(), group="stop", exclusive=True)

    async def _look_for_stop(self) -> None:
        from enquiry_tui.desk.holds import stop_banner  # noqa: PLC0415 - not before the sign-in

        try:
            words = await self.read(stop_banner, *self.matter_shown())
        except (StoreLocked, Superseded):
            return
        for bar in self.query(StopBar):
            bar.say(words)

    def set_heading(self, heading: str) -> None:
        """Change the title line."""
        self.query_one(TitleBar).show(heading)

    @property
    def place_now(self) -> Place:
        """Return where the keys go now; a screen with several places says which."""
        return self.PLACE

    def action_step_back(self) -> None:
        """Leave the text first, then the screen."""
        if self.leaves_text_first() and is_text_entry(self.focused):
            self.set_focus(None)
            return
        self.step_back()

    def leaves_text_first(self) -> bool:
        """Say whether Escape in a text only leaves the text: where letters then do things."""
        return any(row.letter_in(self.place_now) for row in registry.available(self.app, self))

    def footer_shows(self, row: Command) -> bool:
        """Say whether the footer shows what works here: `back` only where it goes back."""
        return row.id != "step-back" or len(self.app.screen_stack) > 1

    def step_back(self) -> None:
        """Go back to the screen before this one, if there is one."""
        if self.is_on_top and len(self.app.screen_stack) > 1:
            self.app.pop_screen()
