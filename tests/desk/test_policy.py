from __future__ import annotations

from dataclasses import replace

import pytest

from enquiry_tui.desk import clocks, enquiries, notices, policy, retention, telling
from enquiry_tui.desk.complaints import ComplaintIntake, log_complaint
from enquiry_tui.desk.problems import NotFound, ReasonMissing
from enquiry_tui.domain.audit import Action
from enquiry_tui.domain.vocabulary import InfoClass
from enquiry_tui.errors import NotPermitted, Refused
from enquiry_tui.policy.packs import load_shipped, shipped_bytes
from enquiry_tui.policy.problems import PackError
from enquiry_tui.vault.errors import WrongPassphrase
from tests.desk.matters import new_call, new_matter
from tests.desk.offices import OFFICER, SUPERVISOR, count_events, last_event, passphrase_of

MINE = passphrase_of(SUPERVISOR)
SHIPPED = load_shipped()


def edited(name: str, *pairs: tuple[str, str]) -> bytes:
    text = shipped_bytes(name).decode()
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    return text.encode()


LONGER = edited("clocks", ("length = 20", "length = 25"))


def test_the_packs_of_the_program_are_the_seed_and_stand_with_their_day(supervisor):
    found = policy.packs_in_force(supervisor)
    assert [view.hash for view in found] == [pack.hash for pack in SHIPPED.all()]
    assert {view.source for view in found} == {"program"}
    words = policy.rules_as_at(supervisor, "disclosure", "clocks")
    assert words.startswith("rules as at Tue 24 Nov 2026: disclosure ")
    assert SHIPPED.clocks.hash[:8] in words


def test_who_changes_the_rules_is_told_nothing_of_restricted_matters(office):
    desk = office.sign_in(OFFICER)
    matter = new_matter(desk)
    clocks.begin_clock(desk, matter, "foi", desk.today())
    enquiries.restrict_enquiry(desk, matter, "about this office", ())
    assert policy.preview(office.sign_in(SUPERVISOR), LONGER).touched == ()


def test_an_installed_pack_is_in_force_at_once_and_at_every_later_sign_in(office, supervisor):
    before = SHIPPED.clocks.hash
    matter = new_matter(supervisor)
    clocks.begin_clock(supervisor, matter, "foi", supervisor.today())
    seen = policy.preview(supervisor, LONGER)
    assert [change.words for change in seen.changes] == ["rules.foi.length: 20 → 25"]
    (touched,) = seen.touched
    assert (touched.count, touched.references) == (1, ("CCO-2026-000001",))
    assert "keeps the rule" in touched.what
    office.clock.advance(seconds=86_400)
    policy.install_pack(supervisor, LONGER, MINE, "the board decided it")
    event = last_event(supervisor)
    assert (event["action"], event["detail"]["old"]) == ("pack.install", before)
    desk = supervisor
    for sign_in in (lambda: supervisor, lambda: office.sign_in(OFFICER)):
        desk = sign_in()
        assert desk.packs.clocks.value.rules["foi"].length == 25
        assert policy.rules_as_at(desk, "clocks").startswith("rules as at Wed 25 Nov 2026")
    (first, second) = policy.pack_history(desk, "clocks")
    assert (first.why, second.hash) == ("the board decided it", before)
    kept = policy.stored_pack(desk, start=before[:12])
    assert kept.text == shipped_bytes("clocks").decode()
    assert (kept.in_force, policy.stored_pack(desk, "clocks").in_force) == (False, True)
    assert policy.rules_of_day(desk, before).startswith("rules as at Tue 24 Nov 2026: clocks")
    assert policy.pack_notices(desk) == ()


@pytest.mark.parametrize("start", ["", "zz", "1234567", "' OR 1=1 --"])
def test_a_hash_that_nothing_begins_with_finds_nothing(supervisor, start):
    with pytest.raises(NotFound):
        policy.stored_pack(supervisor, start=start or "0" * 64)


def test_installing_wants_the_right_the_passphrase_a_reason_and_a_sound_pack(office, supervisor):
    before = count_events(supervisor)
    for error, body, passphrase, why in (
        (WrongPassphrase, LONGER, "not mine at all", "asked"),
        (ReasonMissing, LONGER, MINE, " "),
        (PackError, edited("clocks", ("length = 20", "lenght = 20")), MINE, "asked"),
        (PackError, b"name = 'telephone'", MINE, "asked"),
        (Refused, shipped_bytes("clocks"), MINE, "asked"),
        (Refused, shipped_bytes("directory"), MINE, "asked"),
    ):
        with pytest.raises(error):
            policy.install_pack(supervisor, body, passphrase, why)
    assert count_events(supervisor) == before
    assert supervisor.packs.clocks.hash == SHIPPED.clocks.hash
    with pytest.raises(NotPermitted):
        policy.install_pack(office.sign_in(OFFICER), LONGER, passphrase_of(OFFICER), "asked")


def test_a_pack_is_checked_together_with_the_others_in_force(supervisor):
    unreachable = edited("disclosure", ('needed = ["R:low", "P:low"]', 'needed = ["P:high"]'))
    with pytest.raises(PackError, match="no step by in-person reaches P:high"):
        policy.preview(supervisor, unreachable)
    without = edited("retention", ('"foi", "foi-review"', '"foi", "foi-revue"'))
    with pytest.raises(PackError, match=r"defaults.4.clocks"):
        policy.install_pack(supervisor, without, MINE, "asked")


def test_the_preview_counts_asks_complaints_and_matters(office, supervisor):
    matter = new_matter(supervisor)
    telling.ask(supervisor, new_call(supervisor, matter), InfoClass.OWN_PROGRESS)
    (asked,) = policy.preview(supervisor, _stricter()).touched
    assert asked.what.startswith("an undecided ask")
    uid = log_complaint(supervisor, ComplaintIntake(matter, "rude", category="H1")).uid
    assert uid
    gone = edited("complaints", ("[categories.H1]", "[categories.H9]"))
    (lost,) = policy.preview(supervisor, gone).touched
    assert lost.what == "an allegation has the category H1, which is gone"
    shorter = edited("retention", ("[classes.complaint-6y]", "[classes.complaint-5y]"))
    shorter = shorter.replace(b'to = "complaint-6y"', b'to = "complaint-5y"')
    (kept,) = policy.preview(supervisor, shorter).touched
    assert "to be chosen again" in kept.what
    policy.install_pack(supervisor, shorter, MINE, "new schedule")
    assert retention.kept_of(supervisor, matter).words.startswith("the rules in force know no")


def test_the_preview_names_the_complaints_whose_steps_another_model_changes(supervisor):
    supervisor.office = replace(supervisor.office, kind="local-policing-body")
    matter = new_matter(supervisor)
    log_complaint(supervisor, ComplaintIntake(matter, "rude", about="officer"))
    log_complaint(supervisor, ComplaintIntake(new_matter(supervisor), "no", about="commissioner"))
    third = edited("complaints", ("model = 1 ", "model = 3 "))
    (touched,) = policy.preview(supervisor, third).touched
    assert (touched.count, touched.references) == (1, ("CCO-2026-000001",))
    assert "model 1 becomes 3" in touched.what


def test_another_model_of_the_body_changes_no_step_at_the_forces_own_desk(supervisor):
    log_complaint(supervisor, ComplaintIntake(new_matter(supervisor), "rude", about="officer"))
    third = edited("complaints", ("model = 1 ", "model = 3 "))
    assert policy.preview(supervisor, third).touched == ()


def _stricter() -> bytes:
    text = shipped_bytes("disclosure").decode()
    for level in ("R:low", "R:medium"):
        text = text.replace(f'needed = ["{level}"]', 'needed = ["R:medium", "A:client"]')
    return text.encode()


def test_a_pack_that_the_program_cannot_read_gives_way_to_its_own_and_says_so(office, supervisor):
    from enquiry_tui.desk import pack_steps

    body = edited("flags", ("[flags.rush]", "[flags.rusch]"))
    pack = type(SHIPPED.flags)("flags", "ab" * 32, body, SHIPPED.flags.value, "2031-01")
    with supervisor.act(Action.PACK_INSTALL) as act:
        pack_steps.keep(act, pack)
        uid = pack_steps.put_in_force(act, pack, "office", "as an altered vault would have it")
        act.event("pack_installed", uid)
    desk = office.sign_in(SUPERVISOR)
    assert desk.packs.flags.hash == SHIPPED.flags.hash
    assert desk.packs_unreadable == ("flags",)
    assert any("flags cannot be read" in words for words in notices.at_sign_in(desk))
    policy.install_pack(desk, shipped_bytes("flags"), MINE, "back to the program's")
    assert desk.packs_unreadable == ()
    assert office.sign_in(SUPERVISOR).packs_unreadable == ()


def test_what_was_installed_is_never_changed_or_removed(supervisor):
    for sql in (
        "DELETE FROM pack",
        "UPDATE pack SET body = x'00'",
        "DELETE FROM pack_installed",
        "UPDATE pack_installed SET why = 'x'",
    ):
        with pytest.raises(Exception, match="never"), supervisor.act(Action.PACK_INSTALL) as act:
            act.tx.execute(sql)


def test_an_edited_pack_with_an_old_version_is_warned_of_and_not_refused(supervisor):
    version = SHIPPED.clocks.version
    assert f"still {version}" in policy.preview(supervisor, LONGER).warning
    assert policy.install_pack(supervisor, LONGER, MINE, "asked").warning
    renamed = LONGER.replace(version.encode(), b"2026-11 office", 1)
    assert policy.preview(supervisor, renamed).warning == ""
    assert policy.preview(supervisor, shipped_bytes("clocks")).warning  # the edit took its name
