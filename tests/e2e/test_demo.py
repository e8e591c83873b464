from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader

from enquiry_tui.demo.build import DemoOffice, build_demo
from enquiry_tui.demo.stage import CAST, MONITOR, OFFICER, SECOND, SUPERVISOR, Player
from enquiry_tui.desk import audit, complaints, lists, session
from enquiry_tui.desk.desk import Desk
from enquiry_tui.machine.clock import FixedClock
from enquiry_tui.machine.temporary import passing_folder
from tests.e2e.running import Ended, run

pytestmark = pytest.mark.xdist_group("walk")  # the office and the walk are made once, not by each

NOW = datetime(2026, 11, 24, 14, 2, tzinfo=UTC)
_DRAMA = re.compile(r"01632 ?960\d{3}|07700 ?900\d{3}")
_CODE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b")


@pytest.fixture(scope="module")
def room() -> Iterator[Path]:
    with passing_folder("tests") as inside:  # in memory: three offices are built here
        yield inside


@pytest.fixture(scope="module")
def built(room: Path) -> DemoOffice:
    return build_demo(room / "vault", FixedClock(NOW))


def on(office: DemoOffice, player: Player, now: datetime = NOW) -> Desk:
    return session.sign_in(office.folder, player.handle, player.passphrase, FixedClock(now))


@pytest.fixture
def desk(built: DemoOffice) -> Iterator[Desk]:
    opened = on(built, OFFICER)
    yield opened
    session.sign_out(opened)


def test_the_record_of_the_office_verifies(desk: Desk):
    found = audit.verify_record(desk)
    assert found.verified
    assert found.events > 150
    assert found.signatures > found.events - 1  # the override bears two


def test_the_office_says_that_it_is_made_up(desk: Desk):
    assert desk.office.demonstration
    assert desk.office.prefix == "DEMO"


def test_no_queue_is_empty_and_there_are_about_forty_matters(desk: Desk):
    counts = lists.queue_counts(desk)
    assert all(counts.values()), counts
    assert 35 <= counts["everything"] <= 45


def test_matters_stand_in_every_state(desk: Desk):
    rows = lists.queue_rows(desk, lists.queue_keys(desk, "everything"))
    kinds = {"promise", "due", "legal", "window", "waiting", "closed", ""}
    assert {row.due_kind for row in rows} == kinds
    assert any(row.who == "(protected)" for row in rows)
    assert any(row.restricted for row in rows)
    assert any(row.due_on is not None and row.due_on < desk.today() for row in rows)


def test_complaints_stand_in_every_part_of_their_road(desk: Desk):
    rows = lists.queue_rows(desk, lists.queue_keys(desk, "complaints"))
    states = {item.state for row in rows for item in complaints.complaints_of(desk, row.uid)}
    assert states >= {"logged", "passed", "handling", "decided", "finalised"}


def test_every_number_belongs_to_the_ranges_kept_for_drama(desk: Desk):
    found = desk.store.query("SELECT value FROM contact_point WHERE kind = 'phone'")
    found += desk.store.query("SELECT phone AS value FROM contact WHERE phone <> ''")
    assert len(found) > 30
    assert [row["value"] for row in found if not _DRAMA.fullmatch(row["value"])] == []


def test_the_ledger_holds_every_route_that_a_desk_uses(desk: Desk):
    routes = {row["route"] for row in desk.store.query("SELECT route FROM ledger")}
    assert {"told", "shared", "emergency", "override", "incident"} <= routes


@pytest.mark.parametrize("player", CAST, ids=lambda player: player.handle)
def test_everybody_who_is_named_can_sign_in(built: DemoOffice, player: Player):
    opened = on(built, player)
    try:
        assert not session.must_change_passphrase(opened)
        assert (opened.officer.name, opened.officer.role) == (player.name, player.role)
        hidden = lists.queue_counts(opened)["restricted"]
        assert hidden == (player is not SECOND)
    finally:
        session.sign_out(opened)
    assert player.handle in built.guide()
    assert player.passphrase in built.guide()
    assert {SUPERVISOR, OFFICER, SECOND, MONITOR} == set(CAST)


def test_an_office_built_just_after_midnight_at_new_year_has_no_event_to_come(room: Path):
    now = datetime(2027, 1, 1, 0, 4, tzinfo=UTC)
    office = build_demo(room / "midnight", FixedClock(now))
    desk = on(office, SUPERVISOR, now)
    try:
        assert audit.verify_record(desk).verified
        assert all(event.at is not None and event.at <= now for event in audit.events(desk, 500))
        assert lists.queue_counts(desk)["promises"] == 4
    finally:
        session.sign_out(desk)


@dataclass(frozen=True)
class Walked:
    ended: Ended
    home: Path
    pdf: Path


@pytest.fixture(scope="module")
def walked(room: Path) -> Walked:
    home = room / "walk"
    home.mkdir()
    (home / "run").mkdir()
    (home / "cwd").mkdir()
    env = {"XDG_RUNTIME_DIR": str(home / "run")}
    ended = run(home / "cwd", "demo", "--walk", "--dir", home / "out", env=env)
    return Walked(ended, home, home / "out" / "referral.pdf")


def test_the_walk_does_the_main_job_and_ends_well(walked: Walked):
    assert walked.ended.code == 0, walked.ended.err
    told = " ".join(walked.ended.out.split())
    for words in (
        "A call is logged",
        "third party: NEVER",
        "I don't say to anyone whether we hold anything about a person",
        "code-word ✗",
        "SHUT: needs R:low",
        "Recognised: low (reference, code-word)",
        "own progress: RELEASE",
        "hidden characters",
        "Marked as sent",
        "To the control room: name, address",
        "Passed to Professional Standards",
        "cannot be closed yet. Still open:",
        "No such matter",
        "all verified",
    ):
        assert words in told, words


def test_the_walk_leaves_its_referral_and_nothing_else(walked: Walked):
    assert [path.name for path in walked.pdf.parent.iterdir()] == ["referral.pdf"]
    assert list((walked.home / "cwd").iterdir()) == []
    assert [path for path in (walked.home / "run").rglob("*") if path.is_file()] == []


def test_the_referral_shows_its_code_and_that_it_is_a_demonstration(walked: Walked):
    text = " ".join(page.extract_text() for page in PdfReader(walked.pdf).pages)
    assert "DEMONSTRATION" in text
    assert "Siân O'Brien" in text
    code = _CODE.search(walked.ended.out.partition("Code printed on it")[2])
    assert code is not None
    assert code.group() in text


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
def test_the_referral_is_a_sound_pdf(walked: Walked):
    done = subprocess.run(["qpdf", "--check", str(walked.pdf)], capture_output=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_the_referral_can_be_read_by_other_programs(walked: Walked):
    done = subprocess.run(["pdftotext", str(walked.pdf), "-"], capture_output=True, check=True)
    assert re.search(r"DEMO-20\d\d-\d{6}/1", done.stdout.decode())


def test_a_referral_that_is_there_already_stays(walked: Walked):
    before = walked.pdf.read_bytes()
    again = run(walked.home, "demo", "--walk", "--dir", walked.pdf.parent)
    assert again.code == 1
    assert again.out == ""
    assert walked.pdf.read_bytes() == before


def test_without_a_folder_the_walk_says_where_and_prints_objects_when_asked(room: Path):
    (home := room / "anywhere").mkdir()
    (home / "tmp").mkdir()
    (home / "cwd").mkdir()
    env = {"TMPDIR": str(home / "tmp"), "XDG_RUNTIME_DIR": str(home)}
    ended = run(home / "cwd", "demo", "--walk", "--json", env=env)
    assert ended.code == 0, ended.err
    steps = [json.loads(line) for line in ended.out.splitlines()]
    assert [step["step"] for step in steps] == list(range(1, len(steps) + 1))
    assert all(step["format"] == 1 and step["said"] for step in steps)
    (left,) = (home / "tmp").rglob("referral.pdf")
    assert str(left) in ended.err
    assert list((home / "cwd").iterdir()) == []


def test_the_screen_needs_a_terminal_and_says_so_before_any_work(tmp_path: Path):
    ended = run(tmp_path, "demo")
    assert ended.code == 2
    assert "terminal" in ended.err
    assert "Setting up" not in ended.err


def test_options_of_the_walk_do_not_go_with_the_screen(tmp_path: Path):
    assert run(tmp_path, "demo", "--dir", tmp_path).code == 2
