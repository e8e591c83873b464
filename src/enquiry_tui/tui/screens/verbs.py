"""What the desk and the screen of a matter share: verbs on the store thread, and what they say."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any, TypeVar

from textual.screen import Screen

from enquiry_tui.errors import EnquiryError
from enquiry_tui.tui.calls import Calls
from enquiry_tui.tui.host import host
from enquiry_tui.tui.live import LiveContact
from enquiry_tui.tui.safe import toast
from enquiry_tui.tui.screens.asking import AskScreen, Option
from enquiry_tui.tui.screens.base import EnquiryScreen
from enquiry_tui.tui.store_thread import Priority, StoreLocked, Superseded

T = TypeVar("T")


class VerbScreen(EnquiryScreen):
    """A screen that runs verbs. Whatever a verb refuses is said in its own words."""

    def do(self, work: Coroutine[Any, Any, object], group: str = "verbs") -> None:
        """Run work in the background; an error is said, never lost."""
        self.run_worker(self._watched(work), group=group, exclusive=False)

    async def _watched(self, work: Coroutine[Any, Any, object]) -> None:
        try:
            await work
        except (StoreLocked, Superseded):
            return  # the screen is on its way out, or a newer request has taken over
        except EnquiryError as error:
            self.fault(error)

    def fault(self, error: EnquiryError) -> None:
        """Say what was refused and what to do next."""
        toast(self.app, error.hint, title=error.title, tone="warning")

    async def read(self, verb: Callable[..., T], *args: object, token: str | None = None) -> T:
        """Run a verb that reads. Raises what it raises."""
        app = host(self)
        return await app.store.run(verb, app.session, *args, token=token)

    async def write(self, verb: Callable[..., T], *args: object, **options: object) -> T:
        """Run a verb that changes something; it is never dropped. Raises what it raises."""
        app = host(self)
        call = partial(verb, **options) if options else verb
        return await app.store.run(call, app.session, *args, priority=Priority.SAVE)

    async def ask(self, question: str, options: tuple[Option, ...], hint: str = "") -> str:
        """Ask with a key for each answer; Escape answers nothing (empty)."""
        return await self.shown(AskScreen(question, options, hint)) or ""

    async def shown(self, screen: Screen[T]) -> T | None:
        """Show a screen and wait until it has been left."""
        return await self.app.push_screen(screen, wait_for_dismiss=True)

    @property
    def calls(self) -> Calls:
        """Return the service of the live calls."""
        return host(self).calls

    @property
    def talking(self) -> LiveContact | None:
        """Return the call that is being talked to."""
        return host(self).live.talking
