"""What leaves as a file: a referral summary, seen first, then written once and recorded."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from enquiry_tui.desk import hold_steps
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.problems import NotFound
from enquiry_tui.desk.referral_fields import LABELS
from enquiry_tui.desk.summaries import on_screen, summary_row
from enquiry_tui.documents.deliver import Prepared, prepare
from enquiry_tui.documents.summary import ReferralSummary
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.holds import Barred
from enquiry_tui.domain.references import read_reference
from enquiry_tui.domain.rights import Right
from enquiry_tui.errors import EnquiryError, Refused, UsageError
from enquiry_tui.records import directory, enquiries, referrals
from enquiry_tui.records.base import Row
from enquiry_tui.vault.chain import code_of
from enquiry_tui.vault.vault import prove_again

FORMATS = ("pdf", "txt", "json")
_TRIES = 3


class NotDelivered(Refused):
    """The export stands on the record, but the file could not be given its name."""

    def __init__(self, error: EnquiryError) -> None:
        super().__init__(
            f"Nothing was handed out: {error.title[:1].lower()}{error.title[1:]}",
            f"{error.hint} The record says that it was not delivered; export again.",
        )


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """Which referral goes into which file: the latest without a number; `fields` narrows it."""

    reference: str
    out: Path
    passphrase: str
    format: str = "pdf"
    number: int | None = None
    protect: bool = False
    fields: tuple[str, ...] = ()
    force: bool = False


@dataclass(frozen=True, slots=True)
class Exported:
    """A file that was written; `password` is shown once and kept nowhere."""

    file: Path
    sha256: str
    code: str
    recipient: str
    fields: tuple[str, ...]
    password: str = ""


def summary_of(desk: Desk, referral_uid: str) -> ReferralSummary:
    """Give the summary of a referral as a file would hold it, masked for the screen.

    Raises NotFound, NotPermitted.
    """
    desk.demand(Right.REFER)
    row = referrals.by_uid(desk.store, referral_uid)
    if row is None:
        raise NotFound("referral")
    code = code_of(desk.store.head()[1])
    return summary_row(desk, row, _fields(row, ()), code, on_screen(desk, row))


def export_referral(desk: Desk, request: ExportRequest) -> Exported:
    """Write a referral summary to a file, after the officer's passphrase was typed again.

    Raises WrongPassphrase, NotFound, NotPermitted, UsageError, Refused, HoldInForce, FileExists,
    CannotDeliver, NotDelivered. Written in full under a private name, recorded, then named.
    """
    desk.demand(Action.EXPORT)
    if request.format not in FORMATS:
        raise UsageError("There is no such format.", f"One of: {', '.join(FORMATS)}.")
    if request.protect and request.format != "pdf":
        raise UsageError("Only a PDF can be protected.", "Choose pdf, or leave --protect out.")
    prove_again(desk.unlocked, request.passphrase)
    row = _referral(desk, request)
    hold_steps.demand_free(desk, row["enquiry_id"], Barred.EXPORT)
    for _ in range(_TRIES):
        exported = _export(desk, request, row)
        if exported is not None:
            return exported
    raise Refused("The record moved on while the file was made.", "Export again.")


def _export(desk: Desk, request: ExportRequest, row: Row) -> Exported | None:
    """Make, record and deliver the file; None where another event came in between.

    The printed code is that of the chain's head before the export's own event: the event holds
    the hash of the file, so the file cannot hold anything of the event. The event follows directly
    on that head, which a reader of the chain can check.
    """
    head = desk.store.head()
    code, fields = code_of(head[1]), _fields(row, request.fields)
    password = _password() if request.protect else ""
    summary = summary_row(desk, row, fields, code)
    data = _rendered(summary, request.format, password)
    prepared = prepare(request.out, data, force=request.force)
    try:
        uid = _record(desk, request, row, (head, code), (prepared, fields))
    except BaseException:
        prepared.discard()
        raise
    if uid is None:
        prepared.discard()
        return None
    try:
        file = prepared.commit()
    except EnquiryError as error:
        with desk.act(Action.EXPORT) as act:
            act.event("export", uid, outcome="not-delivered")
        raise NotDelivered(error) from error
    return Exported(file, prepared.sha256, code, row["entry_name"], fields, password)


def _record(
    desk: Desk,
    request: ExportRequest,
    row: Row,
    stand: tuple[tuple[int, bytes], str],
    made: tuple[Prepared, tuple[str, ...]],
) -> str | None:
    """Write the export's row and event, unless the chain has moved on; give its uid."""
    prepared, fields = made
    if desk.store.head() != stand[0]:
        return None
    with desk.act(Action.EXPORT) as act:
        uid = act.new_uid()
        referrals.add_export(
            act.tx,
            uid=uid,
            referral_id=row["id"],
            format=request.format,
            sha256=prepared.sha256,
            code=stand[1],
            fields="\n".join(fields),
            protected=int(request.protect),
            at=act.at,
            by=desk.officer.uid,
        )
        entry = directory.by_id(act.tx, row["entry_id"])
        act.event(
            "export",
            uid,
            recipient=entry["uid"] if entry else "",
            referral=row["uid"],
            sha256=prepared.sha256,
            fields=list(fields),
            protected=request.protect,
        )
    return uid


def _referral(desk: Desk, request: ExportRequest) -> Row:
    read = read_reference(
        request.reference, this_year=desk.today().year, own_prefix=desk.office.prefix
    )
    matter = enquiries.by_reference(desk.store, read.full) if read else None
    if matter is None:
        raise NotFound("matter")
    row = referrals.by_number(desk.store, matter["id"], request.number)
    if row is None:
        raise NotFound("referral")
    if row["kind"] == "signpost":
        raise Refused(
            "A signpost shares nothing, so there is nothing to export.",
            "Choose the number of an onward referral.",
        )
    return row


def _fields(row: Row, wanted: tuple[str, ...]) -> tuple[str, ...]:
    """Give the fields that go: those of the referral, or fewer. Raises Refused for any other."""
    shared = tuple(filter(None, str(row["fields"]).split("\n")))
    if any(name not in shared for name in wanted):
        raise Refused(
            "One of these fields was not part of the referral.",
            f"Shared were: {', '.join(LABELS.get(name, name) for name in shared) or 'none'}.",
        )
    return tuple(name for name in shared if not wanted or name in wanted)


def _rendered(summary: ReferralSummary, form: str, password: str) -> bytes:
    match form:
        case "pdf":
            from enquiry_tui.documents.pdf import render_pdf  # noqa: PLC0415 - only when asked for

            return render_pdf(summary, password or None)
        case "txt":
            from enquiry_tui.documents.words import render_text  # noqa: PLC0415

            return render_text(summary).encode()
        case _:
            from enquiry_tui.documents.words import render_json  # noqa: PLC0415

            return render_json(summary).encode()


def _password() -> str:
    from enquiry_tui.documents.password import generate_password  # noqa: PLC0415

    return generate_password()
