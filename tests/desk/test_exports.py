from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from enquiry_tui.desk import exports
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.directory import confirm_entry
from enquiry_tui.desk.exports import ExportRequest, NotDelivered, export_referral, summary_of
from enquiry_tui.desk.problems import NotFound
from enquiry_tui.desk.referrals import ReferralRequest, refer
from enquiry_tui.desk.steps import enquiry
from enquiry_tui.documents.deliver import CannotDeliver, FileExists, Prepared
from enquiry_tui.errors import NotPermitted, Refused, UsageError
from enquiry_tui.records import referrals
from enquiry_tui.vault.chain import code_of
from enquiry_tui.vault.errors import WrongPassphrase
from tests.desk.matters import new_call, new_matter, new_person
from tests.desk.offices import (
    AUDITOR,
    OFFICER,
    TestOffice,
    count_events,
    last_event,
    passphrase_of,
)

PASSPHRASE = passphrase_of(OFFICER)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    out = tmp_path / "out"
    out.mkdir(mode=0o700)
    return out


@pytest.fixture
def referred(desk: Desk) -> str:
    matter = new_matter(desk)
    call = new_call(desk, matter, person=new_person(desk))
    confirm_entry(desk, "neighbourhood", "rang")
    request = ReferralRequest(
        matter,
        "neighbourhood",
        contact_uid=call,
        request="Please look at the vans",
        account="Vans on the zigzags.\nOne nearly hit a child.",
        fields=("enquiry.reference", "person.name", "contact_point.phone"),
        basis="Public task",
        necessity="They decide about parking",
    )
    return refer(desk, request).uid


def reference(desk: Desk) -> str:
    row = desk.store.one("SELECT reference FROM visible_enquiry")
    assert row is not None
    return str(row["reference"])


def test_a_file_leaves_with_its_row_its_event_and_its_hash(
    desk: Desk, referred: str, folder: Path
) -> None:
    head = code_of(desk.store.head()[1])
    request = ExportRequest(reference(desk), folder / "out.txt", PASSPHRASE, "txt")
    exported = export_referral(desk, request)
    data = (folder / "out.txt").read_bytes()
    assert hashlib.sha256(data).hexdigest() == exported.sha256
    event = last_event(desk)
    assert (event["action"], event["detail"]["sha256"]) == ("export", exported.sha256)
    assert event["recipient"]
    assert exported.code == head
    assert head in data.decode()
    assert "Janet Holt" in data.decode()
    assert [path.name for path in folder.iterdir()] == ["out.txt"]
    assert (folder / "out.txt").stat().st_mode & 0o077 == 0


def test_the_printed_code_is_that_of_the_event_before_the_export(
    desk: Desk, referred: str, folder: Path
) -> None:
    request = ExportRequest(reference(desk), folder / "out.json", PASSPHRASE, "json")
    exported = export_referral(desk, request)
    row = desk.store.one("SELECT prev FROM event ORDER BY seq DESC LIMIT 1")
    assert row is not None
    assert code_of(bytes(row["prev"])) == exported.code
    assert json.loads((folder / "out.json").read_text())["audit_code"] == exported.code


def test_fields_can_be_narrowed_and_never_widened(desk: Desk, referred: str, folder: Path) -> None:
    narrow = ExportRequest(
        reference(desk), folder / "a.txt", PASSPHRASE, "txt", fields=("enquiry.reference",)
    )
    exported = export_referral(desk, narrow)
    text = (folder / "a.txt").read_text()
    assert exported.fields == ("enquiry.reference",)
    assert "Janet Holt" not in text
    assert "07700" not in text
    wide = ExportRequest(
        reference(desk), folder / "b.txt", PASSPHRASE, "txt", fields=("person.born",)
    )
    with pytest.raises(Refused):
        export_referral(desk, wide)
    assert not (folder / "b.txt").exists()


def test_the_preview_is_the_text_of_the_file(desk: Desk, referred: str) -> None:
    summary = summary_of(desk, referred)
    assert [field.label for field in summary.enquirer] == ["Our reference", "Name", "Phone"]
    assert [said.text for said in summary.said] == [
        "Vans on the zigzags.",
        "One nearly hit a child.",
    ]
    assert summary.version == 1


def test_the_passphrase_is_wanted_again(desk: Desk, referred: str, folder: Path) -> None:
    before = count_events(desk)
    request = ExportRequest(reference(desk), folder / "out.txt", "not the passphrase at all", "txt")
    with pytest.raises(WrongPassphrase):
        export_referral(desk, request)
    assert list(folder.iterdir()) == []
    assert count_events(desk) == before


def test_a_file_that_is_there_already_stays(desk: Desk, referred: str, folder: Path) -> None:
    (folder / "out.txt").write_text("mine")
    before = count_events(desk)
    request = ExportRequest(reference(desk), folder / "out.txt", PASSPHRASE, "txt")
    with pytest.raises(FileExists):
        export_referral(desk, request)
    assert (folder / "out.txt").read_text() == "mine"
    assert count_events(desk) == before
    forced = ExportRequest(reference(desk), folder / "out.txt", PASSPHRASE, "txt", force=True)
    export_referral(desk, forced)
    assert "Janet Holt" in (folder / "out.txt").read_text()


def test_a_protected_pdf_comes_with_a_password_that_is_kept_nowhere(
    desk: Desk, referred: str, folder: Path
) -> None:
    request = ExportRequest(reference(desk), folder / "out.pdf", PASSPHRASE, protect=True)
    exported = export_referral(desk, request)
    assert (folder / "out.pdf").read_bytes().startswith(b"%PDF-")
    assert len(exported.password) > 12
    assert exported.password not in str(last_event(desk)["detail"])
    with pytest.raises(UsageError):
        export_referral(
            desk,
            ExportRequest(reference(desk), folder / "x.txt", PASSPHRASE, "txt", protect=True),
        )


def test_when_the_name_cannot_be_given_the_record_says_so(
    desk: Desk, referred: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(prepared: Prepared) -> Path:
        prepared.discard()
        raise CannotDeliver("No room", "Make room.")

    monkeypatch.setattr(Prepared, "commit", refuse)
    request = ExportRequest(reference(desk), folder / "out.txt", PASSPHRASE, "txt")
    with pytest.raises(NotDelivered):
        export_referral(desk, request)
    assert last_event(desk)["outcome"] == "not-delivered"
    assert list(folder.iterdir()) == []


def test_an_event_in_between_makes_the_file_anew(
    desk: Desk, referred: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    render, calls = exports._rendered, []

    def disturbed(*arguments: object) -> bytes:
        calls.append(1)
        if len(calls) == 1:
            new_matter(desk, "Meanwhile")
        return render(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(exports, "_rendered", disturbed)
    first = reference(desk)
    exported = export_referral(desk, ExportRequest(first, folder / "o.txt", PASSPHRASE, "txt"))
    assert len(calls) == 2
    assert exported.code in (folder / "o.txt").read_text()
    assert [path.name for path in folder.iterdir()] == ["o.txt"]


def test_versions_count_the_exports(desk: Desk, referred: str, folder: Path) -> None:
    for name in ("1.txt", "2.txt"):
        export_referral(desk, ExportRequest(reference(desk), folder / name, PASSPHRASE, "txt"))
    assert "version 2" in (folder / "2.txt").read_text()
    row = referrals.by_uid(desk.store, referred)
    assert row is not None
    assert len(referrals.exports(desk.store, row["id"])) == 2


def test_a_signpost_or_an_unknown_number_gives_no_file(desk: Desk, folder: Path) -> None:
    matter = new_matter(desk)
    refer(desk, ReferralRequest(matter, "victim-support", "signpost"))
    name = str(enquiry(desk, matter)["reference"])
    for number, error in ((1, Refused), (2, NotFound), (None, NotFound)):
        request = ExportRequest(name, folder / "o.txt", PASSPHRASE, "txt", number=number)
        with pytest.raises(error):
            export_referral(desk, request)
    with pytest.raises(NotFound):
        export_referral(desk, ExportRequest("26-999", folder / "o.txt", PASSPHRASE, "txt"))


def test_an_auditor_exports_nothing(office: TestOffice, folder: Path) -> None:
    desk = office.sign_in(AUDITOR)
    request = ExportRequest("26-1", folder / "o.txt", passphrase_of(AUDITOR), "txt")
    with pytest.raises(NotPermitted):
        export_referral(desk, request)
