"""The desk list: queues, their counts, and the two lines that stand below the row."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from enquiry_tui.desk import steps
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.problems import NotFound
from enquiry_tui.desk.seeing import Limits, masked
from enquiry_tui.desk.views import DeskRow, Footing
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.clock_data import rule_from
from enquiry_tui.domain.clock_rules import Unit
from enquiry_tui.domain.masking import MASK
from enquiry_tui.domain.phones import read_phone
from enquiry_tui.domain.references import Reference
from enquiry_tui.domain.rights import Right
from enquiry_tui.domain.text import clean_line
from enquiry_tui.domain.vocabulary import MarkerKind
from enquiry_tui.domain.when import LONDON, parse_utc, show_day_short, show_time, utc_text
from enquiry_tui.records import clocks, contacts, lists, markers, messages, promises, referrals
from enquiry_tui.records.base import Row, Value

LABELS: dict[str, str] = {
    "today": "Today",
    "promises": "Promises",
    "overdue": "Overdue",
    "due-today": "Due today",
    "messages": "Messages",
    "unfinished": "Unfinished",
    "post": "Post to do",
    "referred": "Referred out",
    "complaints": "Complaints",
    "restricted": "Restricted",
    "everything": "Everything",
}


SLICE = 4_000
"""How many keys one job reads: a hundred thousand at once would hold the store for too long."""
_MOST = 999
_MOST_OF = {"everything": 9_999}
_PROTECTED = str(MarkerKind.PROTECTED_ADDRESS)


def queue_keys(desk: Desk, queue: str, *, mine: bool = False) -> list[int]:
    """List the keys of a queue in desk order: the window's backbone, 8 bytes a row.

    A long queue is read in slices (`queue_slice`, `is_sliced`).
    """
    desk.demand(Right.CONSULT)
    if queue not in lists.QUEUES:
        raise NotFound("queue")
    return lists.ids(desk.store, queue, desk.officer.uid if mine else "", _moments(desk))


def queue_slice(
    desk: Desk, queue: str, after: lists.Place = lists.START, *, mine: bool = False
) -> tuple[list[int], lists.Place]:
    """List the next keys of a long queue, at most `SLICE`, behind a place; and where they end."""
    desk.demand(Right.CONSULT)
    if not is_sliced(queue):
        raise NotFound("queue")
    owner = desk.officer.uid if mine else ""
    return lists.slice_of(desk.store, queue, owner, SLICE, after)


def is_sliced(queue: str) -> bool:
    """Say whether a queue may hold everything there is, and is read off an index in slices."""
    return queue in lists.STRETCHES


def queue_rows(desk: Desk, keys: list[int]) -> tuple[DeskRow, ...]:
    """Give the rows of one page by their keys."""
    desk.demand(Right.CONSULT)
    return tuple(_row(desk, row) for row in lists.rows(desk.store, keys))


def key_of(desk: Desk, enquiry_uid: str) -> int:
    """Give the key of a matter in a queue's keys. Raises NotFound."""
    return int(steps.enquiry(desk, enquiry_uid)["id"])


def queue_counts(desk: Desk, *, mine: bool = False) -> dict[str, int]:
    """Count every queue of the left column, each up to where `count_words` ends and one more."""
    desk.demand(Right.CONSULT)
    owner, moments = desk.officer.uid if mine else "", _moments(desk)
    return {
        name: lists.count(desk.store, name, owner, moments, _MOST_OF.get(name, _MOST) + 1)
        for name in LABELS
    }


def count_words(queue: str, count: int) -> str:
    """Say how many there are: `14`, `999+`, and of everything `1204`, `10k+`."""
    most = _MOST_OF.get(queue, _MOST)
    if count <= most:
        return str(count)
    return f"{most}+" if most < 1_000 else f"{(most + 1) // 1_000}k+"


def note_list(desk: Desk, queue: str, count: int, uids: tuple[str, ...]) -> None:
    """Leave the consultation event of one list request: which, how many, the first of them."""
    with desk.act(Action.ENQUIRY_LIST) as act:
        act.event("", "", queue=clean_line(queue).text, count=count, first=list(uids[:20]))


def footing(desk: Desk, enquiry_uid: str) -> Footing:
    """Give the two lines below the list: the contact plan first, then where the matter stands."""
    row = steps.enquiry(desk, enquiry_uid)
    plan = " · ".join(
        f"{m['line']}{_safe(m)} · rev {show_day_short(date.fromisoformat(m['review_on']))}"
        for m in markers.standing(desk.store, person_id=None, enquiry_id=row["id"])
    )
    return Footing(
        plan=plan, stands=" ".join(_stands(desk, row)) or "Nothing promised, nothing sent."
    )


def _safe(marker: Row) -> str:
    """Say that there is one; the number itself is shown by a reveal on the matter."""
    return f" · safe number {MASK}" if marker["safe_number"] else ""


def _stands(desk: Desk, row: Row) -> list[str]:
    words = _messages(desk, row)
    open_ones = [p for p in promises.of_enquiry(desk.store, row["id"]) if p["state"] == "open"]
    if open_ones:
        limits = Limits(desk)
        for promise in open_ones:
            seen = limits.said_in(promise["contact_id"], row["id"])
            due = parse_utc(promise["due_at"]).astimezone(LONDON)
            day = "" if due.date() == desk.today() else f" {show_day_short(due.date())}"
            words.append(
                f"Promised by {promise['owner_name']}{day} {show_time(due)}:"
                f" {masked(desk, 'promise.what', promise['what'], seen)}."
            )
    if row["held_by"]:
        words.append(f"With {row['held_by']}.")
    words += [_clock(clock) for clock in clocks.open_of_enquiry(desk.store, row["id"])[:2]]
    for referral in referrals.of_enquiry(desk.store, row["id"]):
        if referral["state"] == "sent":
            words.append(f"{referral['entry_name']}: not yet accepted.")
        elif referral["state"] in {"accepted", "declined"}:
            words.append(f"{referral['entry_name']}: {referral['state']}, enquirer not told.")
    last = contacts.last_of_enquiry(desk.store, row["id"])
    if last is not None and last["person_id"] is None and last["possible"]:
        words.append(f"Not linked to a person, {last['possible']} possible.")
    return words


def _messages(desk: Desk, row: Row) -> list[str]:
    """Say for whom messages wait, and in which words: somebody has to pass them on."""
    waiting = [m for m in messages.of_enquiry(desk.store, row["id"]) if m["stands"] == "taken"]
    if not waiting:
        return []
    limits, standing = (
        Limits(desk),
        markers.standing(desk.store, person_id=None, enquiry_id=row["id"]),
    )
    is_quoted = not row["restricted"] and all(m["kind"] != _PROTECTED for m in standing)
    said = []
    for item in waiting:
        seen = limits.said_in(item["contact_id"], row["id"]) if is_quoted else None
        words = masked(desk, "message.words", item["words"], seen)
        said.append(f"Message for {item['for_whom']}: {words}")
    return said


def _clock(clock: Row) -> str:
    """Say of a clock when it is due, or that it stands still."""
    title, day = rule_from(clock["terms"]).title, date.fromisoformat(clock["due_on"])
    title = title[:1].upper() + title[1:]
    if clock["state"] == "paused":
        return f"{title}: the clock stands still."
    kind = "legal date" if clock["legal_due"] and not clock["service_due"] else "due"
    return f"{title}: {kind} {show_day_short(day)}."


def _row(desk: Desk, row: Row) -> DeskRow:
    kinds = set((row["marker_kinds"] or "").split())
    protected = str(MarkerKind.PROTECTED_ADDRESS) in kinds
    who = row["person_name"] or row["said_name"] or _number_end(row["urgent_phone"])
    if row["person_unsure"]:
        who = f"{who}?"
    kind, due_on, due_at = _pressing(row)
    restricted = bool(row["restricted"])
    return DeskRow(
        uid=row["uid"],
        reference=Reference(desk.office.prefix, row["year"], row["number"]).short,
        who="restricted" if restricted else ("(protected)" if protected else who),
        about="restricted" if restricted else row["subject"],
        with_="me" if row["owner"] == desk.officer.uid else _surname(row["owner_name"]),
        held_by=row["held_by"],
        due_kind=kind,
        due_at=_moment(due_at),
        due_on=date.fromisoformat(due_on) if due_on else None,
        waiting_on=row["waiting_on"],
        waiting_since=_moment(row["waiting_since"]),
        marked=bool(kinds),
        urgent=bool(row["urgent"]),
        restricted=restricted,
        last_at=_moment(row["last_at"]),
        message_for="" if restricted else row["message_for"] or "",
        every_day=_counts_days(row, due_on),
    )


def _number_end(phone: str | None) -> str:
    """Show the last three digits of a nameless urgent caller's number, as a masked field does."""
    return read_phone(phone).masked if phone else ""


def _pressing(row: Row) -> tuple[str, str | None, str | None]:
    """Say what presses in a matter, its nearest day, as the order of the desk has it, its minute.

    The minute is the promise's, or that of a clock which has one.
    """
    if row["desk_key"].startswith("0"):
        # an F9 call that runs, or that nobody has looked at since
        return "urgent", None, row["promise_at"]
    days = [(row["due_on"], "due", "")] if row["due_on"] and not row["sent_on"] else []
    if row["bring_forward_on"]:
        days.append((row["bring_forward_on"], "due", ""))
    if row["clock_due"]:
        day, sort, whole, _unit = row["clock_due"].split(" ")
        days.append((day, "due" if sort == "service" else sort, whole if "T" in whole else ""))
    # on the same day the legal date is the one to name
    nearest = min(days, key=lambda item: (item[0], item[1] != "legal"), default=(None, "", ""))
    day, kind, minute = nearest
    if row["promise_at"]:
        return "promise", day, row["promise_at"]
    if row["state"] == "closed":
        return "closed", day, None
    if row["state"] == "waiting" and not row["legal_runs"]:
        return "waiting", day, None
    return kind, day, minute or None


def _counts_days(row: Row, due_on: str | None) -> bool:
    """Say whether the clock whose day presses counts calendar days, weeks or months."""
    if not row["clock_due"]:
        return False
    day, *_, unit = row["clock_due"].split(" ")
    return bool(day == due_on and unit != Unit.WORKING_DAYS)


def _moment(text: str | None) -> datetime | None:
    return parse_utc(text) if text else None


def _surname(name: str) -> str:
    return name.rsplit(maxsplit=1)[-1] if name.split() else name


def _moments(desk: Desk) -> dict[str, Value]:
    local = desk.now().astimezone(LONDON)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    return {
        "now": utc_text(desk.now()),
        "today": desk.today().isoformat(),
        "midnight": utc_text(midnight),
        "tomorrow": utc_text(midnight + timedelta(days=1)),
    }
