"""Records of authority as a face sees them: what each gives, covers, rests on, and whether now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.problems import NotFound
from enquiry_tui.domain.authorities import AuthorityKind, Record, Stands
from enquiry_tui.domain.vocabulary import Authority, InfoClass
from enquiry_tui.domain.when import show_day
from enquiry_tui.records import authorities
from enquiry_tui.records.base import Row


@dataclass(frozen=True, slots=True)
class AuthorityView:
    """One record of authority; `look_at` and `source` are the pack's words for its kind."""

    uid: str
    enquiry_uid: str
    kind: AuthorityKind
    label: str
    whose: str
    whose_uid: str
    holder: str
    holder_uid: str
    scope: str
    classes: tuple[InfoClass, ...]
    evidence: str
    dated_on: date
    expires_on: date | None
    stands: Stands
    checked_by: str
    checked_how: str
    withdrawn_why: str
    look_at: str
    source: str

    @property
    def gives(self) -> Authority:
        """Return what it gives at the gate while it stands; a claim before."""
        return Authority.CLAIMED if self.stands is Stands.CLAIMED else self.kind.gives

    @property
    def covers(self) -> str:
        """Return the classes in words."""
        return ", ".join(item.label for item in self.classes)

    def state_words(self) -> str:
        """Say where it stands, with its last day."""
        day = show_day(self.expires_on) if self.expires_on else ""
        match self.stands:
            case Stands.STANDS:
                return f"until {day}" if day else "until withdrawn"
            case Stands.CLAIMED:
                return "CLAIMED, not checked yet"
            case Stands.EXPIRED:
                return f"EXPIRED on {day}"
            case Stands.WITHDRAWN:
                return f"WITHDRAWN: {self.withdrawn_why}"
        return f"begins {show_day(self.dated_on)}"


def found(desk: Desk, uid: str) -> Row:
    """Find a record of authority in a matter of this officer's sight. Raises NotFound."""
    row = authorities.by_uid(desk.store, uid)
    if row is None:
        raise NotFound("authority")
    return row


def record_of(row: Row) -> Record:
    """Give a row as the gate judges it."""
    return Record(
        kind=AuthorityKind(row["kind"]),
        classes=frozenset(InfoClass(word) for word in row["classes"].split()),
        starts_on=date.fromisoformat(row["starts_on"]),
        expires_on=date.fromisoformat(row["expires_on"]) if row["expires_on"] else None,
        checked=row["checked_at"] is not None,
        withdrawn=row["withdrawn_at"] is not None,
    )


def view_row(desk: Desk, row: Row) -> AuthorityView:
    """Show one record from its row."""
    record = record_of(row)
    rule = desk.packs.authority.value.authorities.rules[record.kind]
    return AuthorityView(
        uid=row["uid"],
        enquiry_uid=row["enquiry_uid"],
        kind=record.kind,
        label=rule.label,
        whose=row["whose"],
        whose_uid=row["whose_uid"],
        holder=row["holder"],
        holder_uid=row["holder_uid"],
        scope=row["scope"],
        classes=tuple(item for item in InfoClass if item in record.classes),
        evidence=row["evidence"],
        dated_on=date.fromisoformat(row["dated_on"]),
        expires_on=record.expires_on,
        stands=record.on(desk.today()),
        checked_by=row["checker"] or "",
        checked_how=row["checked_how"],
        withdrawn_why=row["withdrawn_why"],
        look_at=rule.look_at,
        source=rule.source,
    )
