-- The vault itself: what it is, which migrations it has had, the audit chain, unfinished entries.

CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER meta_identity_stays BEFORE UPDATE ON meta
WHEN OLD.key = 'vault_id'
BEGIN
    SELECT RAISE(ABORT, 'a vault keeps its identity');
END;

CREATE TRIGGER meta_identity_kept BEFORE DELETE ON meta
WHEN OLD.key IN ('vault_id', 'header_seq')
BEGIN
    SELECT RAISE(ABORT, 'a vault keeps its identity');
END;

CREATE TABLE migration (
    number     INTEGER PRIMARY KEY,
    name       TEXT NOT NULL,
    sha256     TEXT NOT NULL,
    applied_at TEXT NOT NULL
) STRICT;

-- One row for each thing done, in order, signed by who did it. The key begins with the vault, so
-- that chains received from other vaults can stand beside this one's, unchanged.
CREATE TABLE event (
    vault            TEXT NOT NULL,
    seq              INTEGER NOT NULL CHECK (seq > 0),
    utc              TEXT NOT NULL,
    mono             INTEGER NOT NULL,              -- milliseconds of the machine's monotonic clock
    actor            TEXT NOT NULL,
    second           TEXT NOT NULL DEFAULT '',      -- the officer who countersigned
    session          TEXT NOT NULL,
    action           TEXT NOT NULL,
    object           TEXT NOT NULL DEFAULT '',
    purpose          TEXT NOT NULL DEFAULT '',
    outcome          TEXT NOT NULL DEFAULT '',
    recipient        TEXT NOT NULL DEFAULT '',
    pack             TEXT NOT NULL DEFAULT '',
    commitment       BLOB NOT NULL DEFAULT x'',     -- SHA-256 of the detail's salt and body
    state            BLOB NOT NULL DEFAULT x'',     -- hash of the changed row
    prev             BLOB NOT NULL CHECK (length(prev) = 32),
    leaf             BLOB NOT NULL CHECK (length(leaf) = 32),
    signature        BLOB NOT NULL CHECK (length(signature) = 64),
    second_signature BLOB NOT NULL DEFAULT x'',
    PRIMARY KEY (vault, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX event_object ON event (object, seq) WHERE object <> '';

CREATE TRIGGER event_in_order BEFORE INSERT ON event
WHEN NEW.seq <> 1 + coalesce((SELECT max(seq) FROM event WHERE vault = NEW.vault), 0)
BEGIN
    SELECT RAISE(ABORT, 'events are added in order');
END;

CREATE TRIGGER event_stays BEFORE UPDATE ON event
BEGIN
    SELECT RAISE(ABORT, 'events are never changed');
END;

CREATE TRIGGER event_kept BEFORE DELETE ON event
BEGIN
    SELECT RAISE(ABORT, 'events are never removed');
END;

-- What may have to be erased: names, words, values before and after. The event keeps a commitment.
CREATE TABLE event_detail (
    vault TEXT NOT NULL,
    seq   INTEGER NOT NULL,
    salt  BLOB NOT NULL CHECK (length(salt) = 16),
    body  TEXT NOT NULL,
    PRIMARY KEY (vault, seq),
    FOREIGN KEY (vault, seq) REFERENCES event (vault, seq)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER event_detail_stays BEFORE UPDATE ON event_detail
BEGIN
    SELECT RAISE(ABORT, 'the detail of an event is never changed');
END;

-- Unfinished entries: the one table that is written without an event.
CREATE TABLE draft (
    uid         TEXT PRIMARY KEY,
    officer_uid TEXT NOT NULL,
    place       TEXT NOT NULL,
    contact_uid TEXT NOT NULL DEFAULT '',
    body        TEXT NOT NULL,
    saved_at    TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX draft_of_officer ON draft (officer_uid, place);
