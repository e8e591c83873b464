"""What the sign-in's first paint is held against: a bare Textual app with four widgets."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import DataTable, Footer, Header, Input

WORDS = "Type your handle here"


class BareApp(App[None]):
    """A header, an input, a table and a footer, with everything as it comes."""

    BINDINGS = [("ctrl+g", "bell", "Ring")]  # noqa: RUF012 (textual's own type)

    def compose(self) -> ComposeResult:
        """Show the four."""
        yield Header()
        yield Input(placeholder=WORDS)
        yield DataTable[str]()
        yield Footer()


if __name__ == "__main__":
    BareApp().run()
