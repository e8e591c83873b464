# ruff: noqa: PT012  # what is undone at the end of a block is the point of these tests
from __future__ import annotations

from contextlib import suppress

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from enquiry_tui.vault.authorizer import Authorizer, Mode
from enquiry_tui.vault.chain import Entry
from enquiry_tui.vault.errors import MissingEvent, StorageFailed, VaultDamaged
from enquiry_tui.vault.journal import PAGE
from enquiry_tui.vault.vault import Unlocked, unlock
from tests.vault.vaults import OFFICER, OFFICER_PASSPHRASE, Office, first, raw

DRAFT = "INSERT INTO draft (uid, officer_uid, place, body, saved_at) VALUES (?, 'o', 'p', 'b', 's')"
SETTING = "INSERT INTO meta (key, value) VALUES (?, 'x')"
ENTRY = Entry("setting.changed")


def settings(unlocked: Unlocked) -> int:
    return int(first(unlocked.store, "SELECT count(*) FROM meta")[0])


def demand_closed(unlocked: Unlocked) -> None:
    with pytest.raises(sqlcipher.DatabaseError, match="not authorized"):
        unlocked.store.query(SETTING, ("closed",))


def test_rows_are_read_by_name(officer):
    row = officer.store.one("SELECT 1 AS one, 'two' AS two")
    assert (row["one"], row["two"], row[0], list(row), row.keys()) == (
        1,
        "two",
        1,
        [1, "two"],
        ["one", "two"],
    )
    assert officer.store.one("SELECT 1 WHERE 0") is None
    assert officer.store.query("SELECT :a AS a", {"a": None})[0]["a"] is None


def test_a_change_and_its_event_are_kept_together(officer):
    before = settings(officer)
    with officer.store.transaction() as tx:
        tx.execute(SETTING, ("a",))
        assert tx.executemany(SETTING, [("b",), ("c",)]) == 2
        assert tx.one("SELECT value FROM meta WHERE key = 'a'")["value"] == "x"
        seq = tx.event(ENTRY, officer.keys)
    assert officer.store.head()[0] == seq
    assert settings(officer) == before + 3


def test_a_change_without_an_event_is_undone(officer):
    before = settings(officer)
    with pytest.raises(MissingEvent), officer.store.transaction() as tx:
        tx.execute(SETTING, ("a",))
    assert settings(officer) == before


def test_whatever_the_verb_raises_undoes_change_and_event(officer):
    before, head = settings(officer), officer.store.head()
    with pytest.raises(LookupError), officer.store.transaction() as tx:
        tx.execute(SETTING, ("a",))
        tx.event(ENTRY, officer.keys)
        raise LookupError
    assert (settings(officer), officer.store.head()) == (before, head)


def test_a_constraint_undoes_everything(officer):
    before = settings(officer)
    with pytest.raises(sqlcipher.IntegrityError), officer.store.transaction() as tx:
        tx.execute(SETTING, ("a",))
        tx.event(ENTRY, officer.keys)
        tx.execute(SETTING, ("a",))
    assert settings(officer) == before


def test_nothing_is_written_outside_a_transaction(officer):
    for sql in (
        "INSERT INTO meta VALUES ('a', 'b')",
        "DELETE FROM draft",
        "UPDATE meta SET value = ''",
        "CREATE TABLE x (y)",
        "CREATE TEMP TABLE x (y)",
        "DROP TABLE event",
        "INSERT INTO event_detail VALUES ('', 1, x'', '')",
        "BEGIN",
        "SAVEPOINT x",
        "VACUUM",
        "REINDEX",
        "ANALYZE",
    ):
        with pytest.raises(sqlcipher.DatabaseError):
            officer.store.query(sql)


def test_a_cached_statement_does_not_write_outside_a_transaction(officer):
    with officer.store.transaction() as tx:
        tx.execute(SETTING, ("a",))
        tx.event(ENTRY, officer.keys)
    with pytest.raises(sqlcipher.DatabaseError, match=r"readonly|not authorized"):
        officer.store.query(SETTING, ("b",))


@pytest.mark.parametrize(
    "sql",
    [
        "PRAGMA query_only=ON",
        "PRAGMA temp_store=1",
        "PRAGMA key='x'",
        "PRAGMA rekey='x'",
        "PRAGMA cipher_page_size=1024",
        "PRAGMA writable_schema=1",
        "PRAGMA foreign_keys=OFF",
        "PRAGMA recursive_triggers=OFF",
        "PRAGMA journal_mode=WAL",
        "PRAGMA user_version=0",
        "ATTACH ':memory:' AS x",
        "DETACH main",
        "SELECT load_extension('x')",
        "SELECT sqlcipher_export('main')",
        "COMMIT",
        "ROLLBACK",
        "DROP TRIGGER event_stays",
        "CREATE TRIGGER x AFTER INSERT ON meta BEGIN SELECT 1; END",
        "CREATE TEMP TRIGGER x AFTER INSERT ON meta BEGIN SELECT 1; END",
        "CREATE VIEW x AS SELECT 1",
        "ALTER TABLE meta ADD COLUMN x",
        "INSERT INTO event_detail VALUES ('', 1, x'', '')",
        "DELETE FROM event_detail",
        "DELETE FROM event",
        "DELETE FROM migration",
        "UPDATE sqlite_master SET sql = ''",
    ],
)
def test_a_dangerous_statement_is_denied_in_and_out_of_a_transaction(officer, sql: str):
    with pytest.raises(sqlcipher.DatabaseError, match=r"not authorized|prohibited|modified"):
        officer.store.query(sql)
    before = settings(officer)
    with (
        pytest.raises(sqlcipher.DatabaseError, match=r"not authorized|prohibited|modified"),
        officer.store.transaction() as tx,
    ):
        tx.execute(SETTING, ("a",))
        tx.event(ENTRY, officer.keys)
        tx.execute(sql)
    assert settings(officer) == before
    demand_closed(officer)


def test_pragmas_that_only_look_are_let_through(officer):
    assert officer.store.one("PRAGMA data_version") is not None
    assert officer.store.one("PRAGMA quick_check")[0] == "ok"
    assert officer.store.query("PRAGMA table_info(meta)")
    assert officer.store.query("SELECT name FROM pragma_table_info('meta')")


def test_drafts_and_nothing_but_drafts_are_written_without_an_event(officer):
    head = officer.store.head()
    with officer.store.scratch() as tx:
        tx.execute(DRAFT, ("d",))
    assert officer.store.one("SELECT uid FROM draft")["uid"] == "d"
    with officer.store.scratch() as tx:
        tx.execute("DELETE FROM draft WHERE uid = 'd'")
    for sql in ("INSERT INTO meta VALUES ('a', 'b')", "DELETE FROM enquiry", "DROP TABLE draft"):
        with pytest.raises(sqlcipher.DatabaseError), officer.store.scratch() as tx:
            tx.execute(DRAFT, ("e",))
            tx.execute(sql)
    with pytest.raises(RuntimeError), officer.store.scratch() as tx:
        tx.event(ENTRY, officer.keys)
    assert officer.store.query("SELECT uid FROM draft") == []
    assert officer.store.head() == head


def test_what_one_mode_prepared_no_other_mode_runs(officer):
    engine = officer.store._engine
    allowed = {
        Mode.CHANGING: SETTING,
        Mode.DRAFTING: DRAFT,
        Mode.PREPARING: "CREATE TEMP TABLE t (x)",
        Mode.OWN: "UPDATE event SET utc = utc",
    }
    for mode, sql in allowed.items():
        with engine.turn, engine.writable(mode):
            engine.own("BEGIN")
            parameters = ("a",) if "?" in sql else ()
            with suppress(sqlcipher.IntegrityError):  # the trigger of the record, once prepared
                engine.run(sql, parameters)
            engine.own("ROLLBACK")
        for other in Mode:
            if other in {mode, Mode.OWN} or (mode, other) == (Mode.DRAFTING, Mode.CHANGING):
                continue
            with (
                pytest.raises(sqlcipher.DatabaseError, match="not authorized"),
                engine.turn,
                engine.writable(other),
            ):
                engine.run(sql, parameters)


def test_an_act_prepares_nothing_that_the_act_before_it_prepared(officer, monkeypatch):
    asked: list[int] = []
    judge = Authorizer.__call__

    def counted(self, *question):
        asked.append(question[0])
        return judge(self, *question)

    def act(name: str) -> None:
        with officer.store.transaction() as tx:
            tx.execute(SETTING, (name,))
            tx.event(ENTRY, officer.keys)
        with officer.store.scratch() as tx:
            tx.execute(DRAFT, (name,))
        officer.store.query("SELECT uid FROM draft")

    monkeypatch.setattr(Authorizer, "__call__", counted)
    act("a")
    assert asked
    asked.clear()
    act("b")
    assert asked == []


def test_a_statement_cached_in_a_transaction_is_denied_among_drafts(officer):
    with officer.store.transaction() as tx:
        tx.execute(SETTING, ("a",))
        tx.event(ENTRY, officer.keys)
    with (
        pytest.raises(sqlcipher.DatabaseError, match="not authorized"),
        officer.store.scratch() as tx,
    ):
        tx.execute(SETTING, ("b",))


def test_a_transaction_is_of_no_use_after_its_block(officer):
    with officer.store.transaction() as tx:
        tx.event(ENTRY, officer.keys)
    with pytest.raises(RuntimeError):
        tx.execute(SETTING, ("a",))
    with pytest.raises(RuntimeError):
        tx.event(ENTRY, officer.keys)


def test_transactions_do_not_nest(officer):
    with (
        pytest.raises(RuntimeError),
        officer.store.transaction() as tx,
        officer.store.transaction(),
    ):
        tx.event(ENTRY, officer.keys)
    with officer.store.transaction() as tx:
        tx.event(ENTRY, officer.keys)


def test_a_transaction_that_sqlite_gave_up_is_not_gone_on_with(officer):
    before = settings(officer)
    with pytest.raises(StorageFailed), officer.store.transaction() as tx:
        tx.execute(SETTING, ("a",))
        tx.event(ENTRY, officer.keys)
        officer.store._engine.own("ROLLBACK")  # as a full disk would
        tx.execute(SETTING, ("b",))
    assert settings(officer) == before
    demand_closed(officer)


def test_a_full_disk_undoes_the_change_and_says_so(officer):
    engine = officer.store._engine
    pages = officer.store.one("PRAGMA page_count")[0]
    engine.own(f"PRAGMA max_page_count={pages}")
    before = settings(officer)
    with pytest.raises(StorageFailed, match="disk is full"), officer.store.transaction() as tx:
        tx.event(ENTRY, officer.keys)
        for number in range(100):
            tx.execute("INSERT INTO meta VALUES (?, ?)", (str(number), "x" * 4000))
    assert settings(officer) == before
    demand_closed(officer)


def test_readers_get_temporary_views_and_nothing_else(office: Office):
    prepared = []

    def prepare(account):
        prepared.append(account.handle)
        return [
            "CREATE TEMP TABLE viewer (uid TEXT)",
            ("INSERT INTO viewer VALUES (?)", (account.uid,)),
            "CREATE TEMP VIEW own AS SELECT value FROM meta, viewer WHERE key = 'office'",
        ]

    with unlock(
        office.folder, OFFICER, OFFICER_PASSPHRASE, clock=office.clock, prepare=prepare
    ) as unlocked:
        store = unlocked.store
        assert prepared == [OFFICER]
        assert first(store, "SELECT value FROM own")["value"] == "Chief Constable's Office"
        with pytest.raises(sqlcipher.DatabaseError):
            store.prepare([("INSERT INTO meta VALUES ('a', 'b')", ())])
        with pytest.raises(sqlcipher.DatabaseError):
            store.prepare(["CREATE TEMP TRIGGER t AFTER INSERT ON meta BEGIN SELECT 1; END"])
        with pytest.raises(sqlcipher.DatabaseError), store.transaction() as tx:
            tx.event(ENTRY, unlocked.keys)
            tx.execute("DELETE FROM viewer")


def test_a_store_that_was_closed_answers_no_more(office: Office):
    unlocked = office.officer()
    unlocked.close()
    unlocked.close()
    assert not unlocked.store.is_open
    with pytest.raises(RuntimeError):
        unlocked.store.query("SELECT 1")
    with pytest.raises(RuntimeError), unlocked.store.transaction():
        pass


def test_closing_in_the_middle_of_a_transaction_undoes_it(office: Office):
    unlocked = office.officer()
    with pytest.raises((RuntimeError, StorageFailed)), unlocked.store.transaction() as tx:
        tx.execute(SETTING, ("a",))
        unlocked.store.close()
        tx.event(ENTRY, unlocked.keys)
    unlocked._lock.release()
    with office.officer() as again:
        assert again.store.one("SELECT 1 FROM meta WHERE key = 'a'") is None


def test_a_second_thread_waits_for_its_turn(officer):
    import threading

    seen = []
    with officer.store.transaction() as tx:
        tx.execute(SETTING, ("a",))
        thread = threading.Thread(target=lambda: seen.append(settings(officer)))
        thread.start()
        tx.event(ENTRY, officer.keys)
        assert seen == []
        count = settings(officer)
    thread.join(timeout=10)
    assert seen == [count]


def test_the_vaults_identity_does_not_change(officer):
    for sql in (
        "UPDATE meta SET value = 'x' WHERE key = 'vault_id'",
        "DELETE FROM meta WHERE key = 'vault_id'",
        "INSERT OR REPLACE INTO meta VALUES ('vault_id', 'x')",
        "DELETE FROM meta WHERE key = 'header_seq'",
    ):
        with pytest.raises(sqlcipher.IntegrityError), officer.store.transaction() as tx:
            tx.event(ENTRY, officer.keys)
            tx.execute(sql)


def test_a_damaged_free_page_that_a_change_takes_up_is_named_as_damage(office: Office):
    file = office.folder / "vault.db"
    with raw(office) as connection:
        before = connection.execute("PRAGMA page_count").fetchone()[0]
        for number in range(3):
            connection.execute("INSERT INTO meta VALUES (?, ?)", (f"big-{number}", "x" * 9000))
        connection.execute("DELETE FROM meta WHERE key LIKE 'big-%'")
    pages = bytearray(file.read_bytes())
    pages[before * PAGE : before * PAGE + 512] = bytes(512)  # it lists the free ones
    file.write_bytes(pages)
    with (
        pytest.raises(VaultDamaged, match="A page of the database"),
        office.officer() as officer,
        officer.store.transaction() as tx,
    ):
        tx.execute("INSERT INTO meta VALUES ('big', ?)", ("x" * 9000,))
        tx.event(ENTRY, officer.keys)


class OutOfMemory:
    # So SQLCipher says that it met a page while it wrote that it could not decrypt.
    in_transaction = False

    def execute(self, *_statement: object) -> None:
        raise MemoryError

    def close(self) -> None:
        pass


def test_a_page_that_cannot_be_taken_up_is_no_crash(officer):
    engine = officer.store._engine
    connection, engine._open = engine._open, OutOfMemory()
    try:
        with pytest.raises(VaultDamaged, match="could not be used") as met:
            officer.store.query("SELECT 1")
    finally:
        engine._open = connection
    assert "out of memory" in met.value.hint
    assert officer.store.query("SELECT 1")
