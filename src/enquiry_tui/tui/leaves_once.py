"""A screen that leaves once, and never in the place of one that stands over it."""

from __future__ import annotations

from textual.await_complete import AwaitComplete
from textual.screen import Screen, ScreenResultType


class LeavesOnce(Screen[ScreenResultType]):
    """Textual's `dismiss` removes whatever is on top, and again for every key that was queued."""

    _leaves_with: tuple[ScreenResultType | None] | None = None

    @property
    def is_up(self) -> bool:
        """Say whether this screen has not been left; while it is taken apart it has been."""
        return self in self.app.screen_stack

    @property
    def is_on_top(self) -> bool:
        """Say whether nothing stands over this screen and it has not been left yet."""
        return self.app.screen_stack[-1:] == [self]

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Leave with the result: now if on top, later if another stands over it, or never."""
        if self.is_on_top:
            return super().dismiss(result)
        if self.is_up:
            self._leaves_with = (result,)
        return AwaitComplete()

    def on_screen_resume(self) -> None:
        """Leave, if that was asked for while another screen stood over this one."""
        if self._leaves_with is not None and self.is_on_top:
            (result,), self._leaves_with = self._leaves_with, None
            self.dismiss(result)
