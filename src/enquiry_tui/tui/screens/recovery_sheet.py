"""A new recovery key: in a file to be printed, or shown once to be written down."""

from __future__ import annotations

from pathlib import Path

from enquiry_tui.desk import recovery
from enquiry_tui.errors import Refused
from enquiry_tui.tui.ports import NewKey
from enquiry_tui.tui.screens.account_text import OWN
from enquiry_tui.tui.screens.first_run import RecoveryScreen
from enquiry_tui.tui.screens.prompt import Field, Values
from enquiry_tui.tui.screens.work import WorkScreen

TITLE = "A new recovery key"
WORDS = (
    "For when no administrator can sign in. The key before opens this vault no more:"
    " destroy its sheet. Without a file the new key is shown once, to be written down."
)
FIELDS = (
    Field("file", "File", "", "a new one to print, .pdf or .txt; empty: shown here"),
    Field("two", "Sheets", "one", options=(("one", "one sheet"), ("two", "two, both needed"))),
    OWN,
)


async def issue(screen: WorkScreen, values: Values) -> None:
    """Make the key; say where its sheet is, or show it. Raises EnquiryError."""
    two, name = values["two"] == "two", values["file"].strip()
    if name:
        _, files = await screen.write(
            recovery.issue_recovery_sheet, values["passphrase"], Path(name), two=two
        )
        screen.notice.say(
            _written(files),
            tone="good",
            hint="Print, test with vault recovery-check, lock away, delete.",
        )
        return
    if two:
        raise Refused("Two sheets are printed from files.", "Name a file for them.")
    issued = await screen.write(recovery.issue_recovery_key, values["passphrase"])
    made = NewKey(issued.recovery_key, issued.fingerprint)
    screen.app.call_later(screen.app.push_screen, RecoveryScreen(made))


def _written(files: list[Path]) -> str:
    if len(files) == 1:
        return f"Written, one sheet: {files[0].name}."
    return f"Written, two sheets, both needed: {' and '.join(file.name for file in files)}."
