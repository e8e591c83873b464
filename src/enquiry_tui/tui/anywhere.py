"""What can be done on every screen: hide, urgent harm, keys, lock, colours, leave."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.screen import Screen

from enquiry_tui.tui import themes
from enquiry_tui.tui.commands import registry
from enquiry_tui.tui.commands.command import Place
from enquiry_tui.tui.guard import GuardedApp
from enquiry_tui.tui.looks import Looks, LooksFile
from enquiry_tui.tui.safe import toast
from enquiry_tui.tui.widgets.entry import Full


class Anywhere(GuardedApp):
    """The commands that belong to no screen."""

    twins = False
    """Whether the footer shows the keys that need no Fn."""
    _looks_file: LooksFile | None = None
    _full_field: object = None
    urgent_screen: Callable[[], Screen[Any]] | None = None
    """Makes the urgent screen of a signed-in officer."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Refuse also what would show the screen that is already up."""
        top = self.screen_stack[-1:]
        if action == "keys" and any(getattr(up, "PLACE", None) is Place.HELP for up in top):
            return False
        if action == "urgent" and self.never_locks():
            return False
        return super().check_action(action, parameters)

    def on_full(self, event: Full) -> None:
        """Say that a field took no more, where its screen has no line of its own for that."""
        event.stop()
        self.bell()
        if event.left_out > 1 or event.field is not self._full_field:
            self._full_field = event.field
            toast(
                self,
                f"{event.left_out:,} characters were not taken. A note has room for more.",
                title="This field is full.",
                tone="warning",
                seconds=15,
            )

    def action_hide(self) -> None:
        """Hide the screen; when it is hidden, lock it."""
        from enquiry_tui.tui.screens.hide import HideScreen  # noqa: PLC0415

        if self.locked:
            return
        if isinstance(self.screen, HideScreen):
            self.lock_now("asked")
        else:
            self.push_screen(HideScreen())

    def action_urgent(self) -> None:
        """Show urgent harm: the static card where nothing could be recorded."""
        from enquiry_tui.tui.screens.urgent_card import UrgentCardScreen  # noqa: PLC0415

        make = self.urgent_screen if self.can_record() else None
        self.push_screen(make() if make is not None else UrgentCardScreen())

    def can_record(self) -> bool:
        """Say whether somebody is on who may record."""
        return not self.locked

    def action_keys(self) -> None:
        """Show the keys of this screen."""
        from enquiry_tui.tui.screens.help import HelpScreen  # noqa: PLC0415

        self.push_screen(HelpScreen(registry.available(self, self.screen), self.screen))

    def action_lock(self) -> None:
        """Lock now."""
        self.lock_now("asked")

    def action_switch_officer(self) -> None:
        """Lock, so that another officer can sign in."""
        self.lock_now("another")

    def action_passphrase(self) -> None:
        """Change the passphrase of whoever is on."""
        from enquiry_tui.tui.screens.passphrase import PassphraseScreen  # noqa: PLC0415

        self.push_screen(PassphraseScreen(is_temporary=False))

    def action_colours(self) -> None:
        """Change to the next set of colours."""
        self.theme = themes.after(self.theme)
        self._keep_looks()

    def action_twins(self) -> None:
        """Show the other keys in the footer."""
        self.twins = not self.twins
        self.refresh_bindings()
        self._keep_looks()

    def keep_looks_in(self, file: LooksFile) -> None:
        """Take colours and keys as they were left, and keep them there from now on."""
        kept, self._looks_file = file.read(), file
        self.theme, self.twins = kept.theme, kept.twins

    def _keep_looks(self) -> None:
        file = self._looks_file
        if file is not None and not file.keep(Looks(self.theme, self.twins)):
            toast(self, "This holds until you leave: it could not be kept on this machine.")

    def open_calls(self) -> tuple[int, int]:
        """Return how many calls are talked to and how many are on hold."""
        return 0, 0

    async def action_leave(self) -> None:
        """Save drafts, close the vault, leave; with calls still open only when asked again."""
        from enquiry_tui.tui.screens.still_open import StillOpenScreen  # noqa: PLC0415

        talking, held = self.open_calls()
        if self.locked or not talking + held or isinstance(self.screen, StillOpenScreen):
            await self.end_orderly()
        else:
            self.push_screen(StillOpenScreen(talking, held))

    async def action_quit(self) -> None:
        """Leave the same way, whoever asks."""
        await self.action_leave()
