"""The stage of the demonstration: whose turn it is, what time it is, and who has been met."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

from enquiry_tui.desk import accounts, session
from enquiry_tui.desk.desk import Desk
from enquiry_tui.domain.vocabulary import Office
from enquiry_tui.domain.when import LONDON
from enquiry_tui.domain.workdays import WorkCalendar, england_and_wales
from enquiry_tui.machine.clock import FixedClock

PASSPHRASE_KIB = 64 * 1024  # Argon2's floor: these passphrases are printed on the screen
_QUARTER = timedelta(minutes=15)
_VETTED_FOR = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Player:
    """An officer of the demonstration office; the passphrase is no secret and not meant to be."""

    handle: str
    name: str
    role: str
    passphrase: str


SUPERVISOR = Player("PB-0107", "Jaya Patel", "supervisor", "brass kettle by the door")
OFFICER = Player("PB-0142", "Ann Okafor", "officer", "seven lamps along the quay")
SECOND = Player("PB-0150", "Bo Ellery", "officer", "paper boats on the river")
MONITOR = Player("PB-0300", "Nell Garrow", "monitoring-officer", "winter apples in the loft")
CAST = (OFFICER, SUPERVISOR, SECOND, MONITOR)

NEW_OFFICE = session.NewOffice(
    handle=SUPERVISOR.handle,
    name=SUPERVISOR.name,
    office="Chief Constable, Northmere",
    kind=Office.CHIEF_CONSTABLE,
    prefix="DEMO",
    contact="Chief Constable's Office, Northmere Police, 01632 960100",
    demonstration=True,
)


@dataclass
class Stage:
    """A vault in the making. Time begins weeks ago, goes forwards, and never past `now`."""

    folder: Path
    now: datetime
    enquiries: dict[str, str] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    _desk: Desk | None = None
    _player: Player | None = None
    _temporary: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Put the clock weeks back; working days are those of England and Wales."""
        year = self.now.astimezone(LONDON).year
        self.calendar: WorkCalendar = england_and_wales(range(year - 2, year + 5))
        self.clock = FixedClock(datetime.combine(self.day(-26), time(8), LONDON))

    # Time

    def at(self, back: int, hour: str) -> None:
        """Go to an hour in London, so many working days before today."""
        self._go(self.hour(-back, hour))

    def ago(self, minutes: float) -> None:
        """Go to so many minutes before now."""
        self._go(self.now - timedelta(minutes=minutes))

    def wait(self, seconds: float) -> None:
        """Let some seconds pass."""
        self._go(self.clock.now() + timedelta(seconds=seconds))

    def day(self, working_days: int) -> date:
        """Give the day so many working days after today, or before it."""
        return self.calendar.add_working_days(self.now.astimezone(LONDON).date(), working_days)

    def hour(self, working_days: int, hour: str) -> datetime:
        """Give an hour in London on the day so many working days after today."""
        return datetime.combine(self.day(working_days), time.fromisoformat(hour), LONDON)

    def soon(self, minutes: float) -> datetime:
        """Give the next quarter of an hour from so many minutes after now."""
        wanted = (self.now + timedelta(minutes=minutes)).replace(second=0, microsecond=0)
        late = timedelta(minutes=wanted.minute % 15)
        return wanted - late + _QUARTER if late else wanted

    def _go(self, moment: datetime) -> None:
        seconds = (min(moment, self.now) - self.clock.now()).total_seconds()
        self.clock.advance(seconds=max(0.0, seconds))

    # Who is on

    def found(self) -> None:
        """Set up the office, with its supervisor alone."""
        session.create_office(
            self.folder,
            NEW_OFFICE,
            SUPERVISOR.passphrase,
            self.clock,
            memory_kib=PASSPHRASE_KIB,
        )
        self.on(SUPERVISOR)

    def join(self) -> None:
        """Give the others their accounts. Each signs in on the same day: see `on`."""
        desk = self.on(SUPERVISOR)
        vetted = self.now.astimezone(LONDON).date() + _VETTED_FOR
        accounts.renew_vetting(desk, desk.officer.uid, vetted, SUPERVISOR.passphrase)
        for player in (MONITOR, SECOND, OFFICER):
            new = session.NewOfficer(
                player.handle, player.name, player.role, vetting_expires=vetted
            )
            self._temporary[player.handle] = session.add_officer(
                desk, new, SUPERVISOR.passphrase
            ).temporary

    def on(self, player: Player) -> Desk:
        """Give the desk of an officer, signing in if somebody else was on.

        The first time a passphrase is chosen in place of the temporary one.
        """
        if self._desk is not None and self._player is player:
            return self._desk
        self.off()
        temporary = self._temporary.pop(player.handle, "")
        desk = session.sign_in(
            self.folder, player.handle, temporary or player.passphrase, self.clock
        )
        self._desk, self._player = desk, player
        if temporary:
            session.change_passphrase(desk, temporary, player.passphrase, memory_kib=PASSPHRASE_KIB)
        return desk

    def off(self) -> None:
        """Sign out whoever is on."""
        if self._desk is not None:
            session.sign_out(self._desk)
        self._desk = self._player = None

    @property
    def desk(self) -> Desk:
        """Return the desk of whoever is on."""
        if self._desk is None:
            raise LookupError("nobody is on the stage")
        return self._desk
