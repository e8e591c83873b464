"""How accounts are written on screen: rows, the lines about one, and the fields of the forms."""

from __future__ import annotations

from textual.content import Content

from enquiry_tui.desk.accounts import AccountRow, OpenWork
from enquiry_tui.domain.when import LONDON, show_day, show_day_short, show_moment
from enquiry_tui.tui.safe import join, short, text
from enquiry_tui.tui.screens.prompt import Field
from enquiry_tui.tui.widgets.paging import Row
from enquiry_tui.tui.widgets.window_list import Column
from enquiry_tui.vault.vetting import VettingState

COLUMNS = (
    Column("HANDLE", 11),
    Column("NAME", 0),
    Column("ROLE", 19),
    Column("VETTING", 20),
    Column("LAST IN", 9),
)
ROLES = (
    ("officer", "officer: the desk's everyday work"),
    ("supervisor", "supervisor: countersigns, gives work away, reads the team's acts"),
    ("monitoring-officer", "monitoring officer: stops, and reads every act"),
    ("auditor", "auditor: reads and samples, changes nothing"),
)
YES_NO = (("no", "no"), ("yes", "yes: looks after accounts, packs and backups"))
OWN = Field("passphrase", "Yours, again", "", "your own passphrase", secret=True)
HANDLE = Field("handle", "Handle", "", "to sign in with: PB-0142")
DAY = Field("day", "Vetted to", "", "last day: 4 dec 2027, or 2027-12-04")
HEIR = Field("heir", "Give it to", "", "a colleague's handle; empty leaves it")
KEYS_TITLE = "New keys for the vault"
KEYS_WORDS = (
    "For when somebody may have had a copy of the vault's folder. Everybody keeps the own"
    " passphrase and the recovery sheet. Copies made before still open with what opened them then."
)
KEYS_DONE = "Destroy copies of the folder that were made before."
_SHORT_ROLES = {"monitoring-officer": "monitoring"}
_TONES = {VettingState.EXPIRED: "urgent", VettingState.SOON: "warning"}


def name_field(name: str = "") -> Field:
    """Make the field of a name."""
    return Field("name", "Name", name, "as lists and letters show it")


def role_field(role: str = "officer") -> Field:
    """Make the field of a role."""
    return Field("role", "Role", role, options=ROLES)


def right_field(*, administrator: bool = False) -> Field:
    """Make the field of the administrator right."""
    return Field("right", "Administrator", "yes" if administrator else "no", options=YES_NO)


def row_of(item: AccountRow) -> Row:
    """Make the list's row of an account."""
    role = item.role
    if item.administrator:
        role = f"{_SHORT_ROLES.get(role, role)} · admin"
    last = "–"
    if item.temporary_until is not None:
        last = "temporary"
    elif item.last_signed_in is not None:
        last = show_day_short(item.last_signed_in.astimezone(LONDON).date())
    cells = (item.handle, item.name, role, item.vetting.words(), last)
    return Row(item.uid, cells, ("", "", "", _TONES.get(item.vetting.state, ""), ""))


def lines_about(item: AccountRow) -> Content:
    """Say in full what the list has no room for."""
    right = ", administrator" if item.administrator else ""
    lines = [join((f" {item.name} ", "bold"), f"{item.handle} · {item.role}{right}")]
    expires = item.vetting.expires
    vetted = f"to {show_day(expires)}" if expires else "no end date is recorded"
    if item.vetting.state is VettingState.EXPIRED:
        vetted += ": sign-in is shut"
    lines.append(join((" Vetting  ", "dim"), vetted))
    seen = [f"last sign-in {show_moment(item.last_signed_in)}"] if item.last_signed_in else []
    if item.temporary_until is not None:
        seen.append(f"temporary passphrase until {show_moment(item.temporary_until)}")
    if seen:
        lines.append(join((" Seen     ", "dim"), " · ".join(seen)))
    return Content("\n").join(lines)


def lent_lines(item_name: str, handle: str, passphrase: str) -> Content:
    """Show a temporary passphrase, this once."""
    return Content("\n").join(
        [
            short(f"Temporary passphrase of {item_name} ({handle}), shown this once:"),
            join("  ", (f" {passphrase} ", "bold reverse")),
            short("Tell it, do not send it. It opens for 24 hours and must then be changed."),
        ]
    )


def removal_words(work: OpenWork, *, administrator: bool) -> str:
    """Say what removing an account does, before it is done."""
    before = "Copies of the folder and backups" if administrator else "Copies of the folder"
    words = (
        "There is no sign-in any more. What they recorded stays, under their name. The vault gets"
        f" new keys; nobody else types anything. {before} made before still open for them."
    )
    return f"{words}\nStill with them: {work.words()}." if work else words


def left_behind(work: OpenWork, backups: str) -> Content:
    """Say what is still open with a removed officer, and which backups still open for them."""
    lines = [f"Still with them: {work.words()}. A supervisor gives it on with o."] if work else []
    return Content("\n").join(text(line) for line in (*lines, backups) if line)
