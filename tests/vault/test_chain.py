from __future__ import annotations

from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from enquiry_tui.vault.chain import START, Entry, Place, code_of, leaf_of, signed_event
from enquiry_tui.vault.encoding import from_crockford
from enquiry_tui.vault.vault import second_key
from enquiry_tui.vault.verification import verify
from tests.vault.vaults import FOUNDER, FOUNDER_PASSPHRASE, Office, first, raw

LATER = """
    INSERT INTO event SELECT vault, seq + 99, utc, mono, actor, second, session, action, object,
        purpose, outcome, recipient, pack, commitment, state, prev, leaf, signature,
        second_signature FROM event WHERE seq = 2
"""
TRIGGERS = ("event_in_order", "event_stays", "event_kept", "event_detail_stays")
COLUMNS = (
    "vault, seq, utc, mono, actor, second, session, action, object, purpose, outcome, recipient, "
    "pack, commitment, state, prev"
)


@pytest.fixture(scope="module")
def busy_once(founded: Office, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Five acts by the officer after the sign-in, the second countersigned."""
    office = founded.copy(tmp_path_factory.mktemp("busy") / "vault")
    with (
        office.officer() as officer,
        second_key(officer, FOUNDER, FOUNDER_PASSPHRASE) as second,
    ):
        for number in range(5):
            with officer.store.transaction() as tx:
                tx.event(
                    Entry(
                        "contact.log",
                        object_uid=f"object-{number}",
                        purpose="desk",
                        detail={"words": f"told {number}"},
                    ),
                    officer.keys,
                    second.keys if number == 1 else None,
                )
    return office


@pytest.fixture
def busy(busy_once: Office, tmp_path: Path) -> Office:
    return busy_once.copy(tmp_path / "vault")


def attacked(office: Office, *statements: str):
    """Change the tables as somebody with a passphrase and tools of his own could."""
    with raw(office) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        kept = {
            name: sql
            for name, sql in connection.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
            )
            if name in TRIGGERS
        }
        for name in kept:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        for sql in kept.values():
            connection.execute(sql)
    return office


def failures(office: Office) -> tuple[str, ...]:
    with office.store() as store:
        found = verify(store, office.signing)
    assert found.verified == (not found.failures)
    return found.failures


def number_of(office: Office, target: str) -> int:
    with office.store() as store:
        row = store.one("SELECT seq FROM event WHERE object = ?", (target,))
    assert row is not None
    return int(row["seq"])


def test_an_untouched_chain_verifies(busy: Office):
    with busy.founder() as founder:
        found = founder.verify()
        count = first(founder.store, "SELECT count(*) FROM event")[0]
        assert found.verified
        assert (found.events, found.signatures) == (count, count + 1)
        assert bytes.fromhex(found.head) == founder.store.head()[1]
        assert found.code == code_of(founder.store.head()[1])


def test_the_code_is_sixty_bits_of_the_head():
    head = bytes.fromhex("0123456789abcdef") + bytes(24)
    assert from_crockford(code_of(head)) == 0x0123456789ABCDE
    assert [len(group) for group in code_of(head).split("-")] == [4, 4, 4]


def test_an_event_tells_time_actor_session_and_what(busy: Office):
    with busy.founder() as founder:
        row = first(founder.store, "SELECT * FROM event WHERE object = 'object-1'")
        assert row["utc"] == "2026-11-24T09:00:00.000000Z"
        assert row["vault"] == busy.vault_id
        assert row["second"] == founder.account.uid
        assert row["purpose"] == "desk"
        assert row["session"]
        detail = first(
            founder.store, "SELECT body FROM event_detail WHERE seq = :seq", {"seq": row["seq"]}
        )
        assert detail["body"] == '{"words":"told 1"}'


@pytest.mark.parametrize(
    "column",
    [name for name in COLUMNS.split(", ") if name not in {"vault", "seq", "mono"}],
)
def test_an_edited_event_is_named(busy: Office, column: str):
    seq = number_of(busy, "object-2")
    blob = column in {"commitment", "state", "prev"}
    value = "zeroblob(32)" if blob else "'x'"
    found = failures(attacked(busy, f"UPDATE event SET {column} = {value} WHERE seq = {seq}"))
    assert found[0].startswith(f"event {seq}: ")


def test_an_edited_moment_is_named(busy: Office):
    seq = number_of(busy, "object-2")
    found = failures(attacked(busy, f"UPDATE event SET mono = mono + 1 WHERE seq = {seq}"))
    assert found == (f"event {seq}: it was changed after it was signed",)


def test_an_edited_signature_is_named(busy: Office):
    for column, target in (("signature", "object-2"), ("second_signature", "object-1")):
        seq = number_of(busy, target)
        attacked(busy, f"UPDATE event SET {column} = zeroblob(64) WHERE seq = {seq}")
        assert any(item.startswith(f"event {seq}: the ") for item in failures(busy))


def test_a_removed_event_is_named(busy: Office):
    seq = number_of(busy, "object-2")
    found = failures(
        attacked(
            busy,
            f"DELETE FROM event WHERE seq = {seq}",
            f"DELETE FROM event_detail WHERE seq = {seq}",
        )
    )
    assert found[0] == f"event {seq + 1}: an event before it is missing"


def test_a_removed_or_edited_detail_is_named(busy: Office):
    seq = number_of(busy, "object-2")
    attacked(busy, f"UPDATE event_detail SET body = '{{}}' WHERE seq = {seq}")
    assert failures(busy) == (f"event {seq}: its detail is not what was signed",)
    attacked(busy, f"DELETE FROM event_detail WHERE seq = {seq}")
    assert failures(busy) == (f"event {seq}: its detail is missing",)


def test_a_detail_that_was_added_later_is_named(busy: Office):
    attacked(
        busy,
        f"INSERT INTO event_detail VALUES ('{busy.vault_id}', 2, zeroblob(16), '{{}}')",
        f"INSERT INTO event_detail VALUES ('{busy.vault_id}', 9999, zeroblob(16), '{{}}')",
    )
    found = failures(busy)
    assert found[0] == "event 2: its detail is not what was signed"
    assert found[-1] == "event 9999: a detail without its event"


def test_an_edit_that_rechains_everything_after_fails_on_the_others_signatures(busy: Office):
    seq = number_of(busy, "object-2")
    busy.founder().close()
    with busy.officer() as officer:
        own = officer.keys
        rows = officer.store.query(f"SELECT {COLUMNS}, action FROM event ORDER BY seq")
        changed, prev = [], START
        for row in rows:
            fields = list(row)[:16]
            if fields[1] == seq:
                fields[10] = "rewritten"
            fields[15] = prev
            leaf = leaf_of(tuple(fields))
            if fields[1] >= seq:
                changed.append((fields[1], fields[10], prev, leaf, signed_again(own, leaf)))
            prev = leaf
        officer.store.close()
    with raw(busy) as connection:
        for name in TRIGGERS:
            connection.execute(f"DROP TRIGGER {name}")
        for number, outcome, before, leaf, signature in changed:
            connection.execute(
                "UPDATE event SET outcome = ?, prev = ?, leaf = ?, signature = ? WHERE seq = ?",
                (outcome, before, leaf, signature, number),
            )
    found = failures(busy)
    with busy.store() as store:
        theirs = store.query(
            "SELECT seq FROM event WHERE seq > ? AND actor <> ? ORDER BY seq", (seq, own.uid)
        )
    assert f"event {theirs[0]['seq']}: the signature is not by its officer" in found
    assert any("proves that it had another hash" in line for line in found)


def signed_again(keys, leaf: bytes) -> bytes:
    from enquiry_tui.vault.chain import signed_text
    from enquiry_tui.vault.keys import SigningKeys

    assert isinstance(keys, SigningKeys)
    return keys.sign(signed_text(leaf))


def test_an_act_pinned_on_a_colleague_is_named(busy: Office):
    with busy.officer() as officer:
        founder_uid = next(
            account.uid for account in officer.accounts() if account.handle == FOUNDER
        )
        last, prev = officer.store.head()
        place = Place(busy.vault_id, last + 1, "2026-11-24T09:00:00.000000Z", 0, "s", prev)
        officer.keys.uid = founder_uid
        pinned = signed_event(Entry("enquiry.reveal"), place, officer.keys)
        officer.store.close()
    with raw(busy) as connection:
        connection.execute(pinned.insert, pinned.row)
    assert failures(busy) == (f"event {last + 1}: the signature is not by its officer",)


def test_triggers_keep_events_and_details_as_they_are(busy: Office):
    with raw(busy) as connection:
        connection.execute("PRAGMA recursive_triggers=ON")
        for sql in (
            "UPDATE event SET utc = ''",
            "DELETE FROM event",
            "INSERT OR REPLACE INTO event SELECT * FROM event WHERE seq = 2",
            LATER,
            "UPDATE event_detail SET body = ''",
        ):
            with pytest.raises(sqlcipher.IntegrityError):
                connection.execute(sql)


def test_a_lawful_erasure_names_what_it_erased_and_the_chain_still_verifies(busy: Office):
    seq = number_of(busy, "object-2")
    with busy.founder() as founder:
        with founder.store.transaction() as tx:
            erasure = tx.erase_details(
                [seq], Entry("enquiry.erased", detail={"reason": "retention"}), founder.keys
            )
        assert founder.store.query("SELECT 1 FROM event_detail WHERE seq = ?", (seq,)) == []
        assert founder.verify().verified
        for action, target in (("contact.log", seq), ("enquiry.erased", erasure)):
            with pytest.raises(ValueError), founder.store.transaction() as tx:
                tx.erase_details([target], Entry(action), founder.keys)
        assert founder.verify().verified
    attacked(busy, f"DELETE FROM event_detail WHERE seq = {erasure}")
    assert f"event {erasure}: its detail is missing" in failures(busy)


def test_an_erasure_does_not_cover_what_came_after_it(busy: Office):
    with busy.officer() as officer:
        last = officer.store.head()[0]
        forged = Entry("enquiry.erased", detail={"erased": [last + 2]})
        for entry in (forged, Entry("contact.log", detail={"words": "x"})):
            with officer.store.transaction() as tx:
                tx.event(entry, officer.keys)
    attacked(busy, f"DELETE FROM event_detail WHERE seq = {last + 2}")
    assert failures(busy) == (f"event {last + 2}: its detail is missing",)


def test_an_officer_does_not_countersign_his_own_act(busy: Office):
    with busy.officer() as officer:
        with officer.store.transaction() as tx:
            seq = tx.event(Entry("ledger.override"), officer.keys, officer.keys)
        assert officer.verify().failures == (f"event {seq}: one officer signed for two",)


def test_rows_of_another_vaults_chain_are_kept_beside_this_one(busy: Office):
    attacked(
        busy,
        "INSERT INTO event SELECT 'other', seq, utc, mono, actor, second, session, action, object, "
        "purpose, outcome, recipient, pack, commitment, state, prev, leaf, signature, "
        "second_signature FROM event WHERE seq = 1",
    )
    assert failures(busy) == ()
