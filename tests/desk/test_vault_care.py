from __future__ import annotations

import pytest

from enquiry_tui.desk import enquiries, lists, quicklog
from enquiry_tui.desk.desk import Desk
from enquiry_tui.desk.vault_care import check_vault, rotate_keys
from enquiry_tui.domain.audit import Action
from enquiry_tui.errors import NotPermitted
from enquiry_tui.machine.findings import Finding, State
from enquiry_tui.records import search
from enquiry_tui.vault.errors import WrongPassphrase
from enquiry_tui.vault.opening import open_database
from tests.desk.offices import OFFICER, SUPERVISOR, TestOffice, last_event, passphrase_of

LINE = "Holt 07700 900111 ~ parking at the school gates"


def bad(found: list[Finding]) -> list[str]:
    return [looked.what for looked in found if looked.state is State.BAD]


def rotated(desk: Desk) -> None:
    for _ in rotate_keys(desk, passphrase_of(SUPERVISOR)):
        pass


def test_a_vault_in_order_is_good_in_all_respects_and_the_looking_is_on_record(
    supervisor: Desk,
):
    found = list(check_vault(supervisor))
    assert bad(found) == []
    assert len(found) == 9
    told = last_event(supervisor)
    assert (told["action"], told["outcome"]) == ("vault.checked", "done")


def test_a_damaged_page_is_named_and_what_to_do(office: TestOffice):
    desk = office.sign_in(SUPERVISOR)
    path = office.folder / "vault.db"
    data = bytearray(path.read_bytes())
    data[-2000] ^= 1
    path.write_bytes(data)
    found = list(check_vault(desk))
    [what] = [what for what in bad(found) if what.startswith("pages")]
    assert "page" in what
    assert all(looked.hint for looked in found if looked.state is State.BAD)


def test_what_lies_beside_and_a_header_that_differs_are_named(office: TestOffice):
    desk = office.sign_in(SUPERVISOR)
    (office.folder / "vault.db-wal").write_bytes(b"x")
    (office.folder / "vault.hdr.bak").write_bytes(b"x")
    assert bad(list(check_vault(desk))) == [
        "key header vault.hdr.bak",
        "nothing left beside the database, but vault.db-wal",
    ]
    assert last_event(desk)["outcome"] == "failed"


def test_a_row_that_was_altered_past_the_desk_is_named(office: TestOffice):
    desk = office.sign_in(SUPERVISOR)
    logged = quicklog.log_line(desk, quicklog.LineRequest(LINE))
    rotated(desk)
    key = desk.unlocked.ring.master.database_key()
    office.sign_out()
    connection = open_database(office.folder / "vault.db", key)
    connection.execute("UPDATE enquiry SET subject = 'x' WHERE uid = ?", (logged.enquiry_uid,))
    connection.close()
    [what] = bad(list(check_vault(office.sign_in(SUPERVISOR))))
    assert what.startswith("rows of the record, as their last events left them: event ")


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM search_text WHERE rowid = 1",
        "INSERT INTO search_text (rowid, body) VALUES (999, 'stray')",
        "DELETE FROM search_entry WHERE id = 1",
        "UPDATE search_text_docsize SET sz = x'7f' WHERE id = 1",
    ],
)
def test_an_index_of_other_words_than_the_texts_is_named(office: TestOffice, change: str):
    desk = office.sign_in(SUPERVISOR)
    quicklog.log_line(desk, quicklog.LineRequest(LINE))
    key = desk.unlocked.ring.master.database_key()
    office.sign_out()
    connection = open_database(office.folder / "vault.db", key)
    connection.execute(change)
    connection.close()
    [what] = bad(list(check_vault(office.sign_in(SUPERVISOR))))
    assert what.startswith("index of words for finding: ")


def test_an_older_list_of_the_index_is_named_though_every_text_has_as_many_words(
    office: TestOffice,
):
    desk = office.sign_in(SUPERVISOR)
    uid = quicklog.log_line(desk, quicklog.LineRequest(LINE)).enquiry_uid
    key = desk.unlocked.ring.master.database_key()
    pages = "SELECT block FROM search_text_data WHERE id = 10"
    before = desk.store.query(pages)[0]["block"]
    enquiries.amend_enquiry(desk, uid, "heard again", subject="Noise at the bridge")
    between = desk.store.query(pages)[0]["block"]
    enquiries.amend_enquiry(desk, uid, "heard again", subject="Smoke at the bridge")
    office.sign_out()
    assert before != between
    connection = open_database(office.folder / "vault.db", key)
    connection.execute("UPDATE search_text_data SET block = ? WHERE id = 10", (between,))
    connection.close()
    [what] = bad(list(check_vault(office.sign_in(SUPERVISOR))))
    assert what.endswith("it is older than some of the texts")


def test_an_index_in_which_texts_were_replaced_and_taken_out_is_good(supervisor: Desk):
    logged = quicklog.log_line(supervisor, quicklog.LineRequest(LINE))
    for subject in ("Noise at the bridge", "x", "Noise again " * 30):
        enquiries.amend_enquiry(supervisor, logged.enquiry_uid, "heard again", subject=subject)
    assert bad(list(check_vault(supervisor))) == []
    with supervisor.act(Action.ENQUIRY_AMEND) as act:
        search.scrub(act.tx)
        act.event("enquiry", logged.enquiry_uid)
    assert bad(list(check_vault(supervisor))) == []


def test_only_an_administrator_looks_the_vault_over_or_changes_its_keys(desk: Desk):
    with pytest.raises(NotPermitted):
        list(check_vault(desk))
    with pytest.raises(NotPermitted):
        list(rotate_keys(desk, passphrase_of(OFFICER)))


def test_changing_the_keys_wants_the_passphrase_again(supervisor: Desk):
    with pytest.raises(WrongPassphrase):
        list(rotate_keys(supervisor, "not the passphrase"))
    assert supervisor.unlocked.ring.header.epoch == 1


def test_the_desk_goes_on_after_its_keys_were_changed(office: TestOffice):
    officer = office.sign_in(OFFICER)
    hidden = quicklog.log_line(officer, quicklog.LineRequest(LINE))
    enquiries.restrict_enquiry(officer, hidden.enquiry_uid, "about a colleague", ())
    desk = office.sign_in(SUPERVISOR)
    before = lists.queue_counts(desk)
    rotated(desk)
    assert lists.queue_counts(desk) == before
    quicklog.log_line(desk, quicklog.LineRequest(LINE))
    assert lists.queue_counts(desk) != before
    assert last_event(desk)["state"] != b""
    assert bad(list(check_vault(desk))) == []
    assert list(lists.queue_rows(office.sign_in(OFFICER), [])) == []
