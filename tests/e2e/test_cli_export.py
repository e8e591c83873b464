from __future__ import annotations

import hashlib
import json
from email.message import EmailMessage
from pathlib import Path

import pytest

from enquiry_tui.desk.directory import confirm_entry
from enquiry_tui.desk.quicklog import LineRequest, log_line
from enquiry_tui.desk.referrals import ReferralRequest, refer
from enquiry_tui.desk.session import sign_in, sign_out
from enquiry_tui.machine.clock import SystemClock
from tests.e2e.office import SUPERVISOR, Office


@pytest.fixture(scope="module")
def office(founded: Office, tmp_path_factory: pytest.TempPathFactory) -> Office:
    return founded.copy(tmp_path_factory.mktemp("exporting"))


@pytest.fixture(scope="module")
def referred(office: Office) -> str:
    desk = sign_in(office.vault, *SUPERVISOR, SystemClock())
    logged = log_line(desk, LineRequest("Janet Holt 01632 960123 ~ vans at the school"))
    confirm_entry(desk, "neighbourhood", "rang the switchboard")
    refer(
        desk,
        ReferralRequest(
            logged.enquiry_uid,
            "neighbourhood",
            request="Please look at the vans",
            account="Vans on the zigzags.",
            fields=("enquiry.reference", "person.name"),
            basis="Public task",
            necessity="They decide about parking",
        ),
    )
    sign_out(desk)
    return logged.reference


@pytest.mark.parametrize("form", ["pdf", "txt", "json"])
def test_a_referral_leaves_as_a_file_with_its_hash(
    office: Office, referred: str, tmp_path: Path, form: str
):
    out = tmp_path / f"summary.{form}"
    [made] = office.json("export", "referral", referred, "--out", out, "--format", form)
    assert made.keys() == {"file", "sha256", "code", "recipient", "fields"}
    assert made["sha256"] == hashlib.sha256(out.read_bytes()).hexdigest()
    assert "person.name" in made["fields"]
    assert made["file"] == str(out)


def test_a_file_that_exists_is_kept_unless_forced(office: Office, referred: str, tmp_path: Path):
    out = tmp_path / "summary.txt"
    out.write_text("mine")
    export = ("export", "referral", f"{referred}/1", "--out", out, "--format", "txt")
    assert office.run(*export).code == 1
    assert out.read_text() == "mine"
    assert office.run(*export, "--force", "--field", "person.name").code == 0
    assert "Janet Holt" in out.read_text()


def test_a_protected_file_tells_its_password_once_on_standard_error(
    office: Office, referred: str, tmp_path: Path
):
    out = tmp_path / "summary.pdf"
    options = ("--out", out, "--format", "pdf", "--protect", "--json")
    ended = office.run("export", "referral", referred, *options)
    assert ended.code == 0, ended.err
    assert "Password:" in ended.err
    assert json.loads(ended.out).keys().isdisjoint({"password"})
    assert b"Janet" not in out.read_bytes()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("99", "--format", "txt"), 1),
        (("1", "--format", "txt", "--protect"), 2),
        (("1", "--format", "txt", "--field", "person.birth"), 1),
    ],
)
def test_what_cannot_be_exported_leaves_no_file(
    office: Office, referred: str, tmp_path: Path, arguments: tuple[str, ...], code: int
):
    out = tmp_path / "summary.txt"
    assert office.run("export", "referral", *arguments, "--out", out).code == code
    assert not out.exists()


def test_a_reference_is_parted_from_the_number_of_the_referral():
    from enquiry_tui.cli.export import split

    assert split("OPCC-2026-000123/2") == ("OPCC-2026-000123", 2)
    assert split("26-123") == ("26-123", None)
    assert split("OPCC/2026/123") == ("OPCC/2026/123", None)
    assert split("OPCC/2026/123/4") == ("OPCC/2026/123", 4)


def test_a_referral_and_what_it_shared_are_shown_with_the_matter(office: Office, referred: str):
    [shown] = office.json("show", referred)
    [referral] = shown["referrals"]
    assert (referral["number"], referral["kind"], referral["state"]) == (1, "onward", "sent")
    assert {line["route"] for line in shown["disclosures"]} == {"shared"}
    assert "account" not in referral


def test_an_enclosure_leaves_as_it_was_sent(office: Office, tmp_path: Path):
    letter, out = tmp_path / "letter.eml", tmp_path / "van.bin"
    message = EmailMessage()
    message["From"], message["Subject"] = "Janet Holt <holt@example.invalid>", "The vans"
    message.set_content("A picture is enclosed.")
    message.add_attachment(b"as it was", maintype="image", subtype="jpeg", filename="../../van.jpg")
    letter.write_bytes(message.as_bytes())
    [brought] = office.json("import", "letter", letter)
    [made] = office.json("export", "enclosure", f"{brought['reference']}/1", "--out", out)
    assert out.read_bytes() == b"as it was"
    assert made["sha256"] == hashlib.sha256(b"as it was").hexdigest()
    assert office.run("export", "enclosure", brought["reference"], "--out", out).code == 2
