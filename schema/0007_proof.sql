-- What proves the record: the state of every row that an event left behind, checkpoints kept
-- inside, and quick ways to the events that a sign-in asks for.

-- One row for each row of the record that was changed with an event; the event's own `state` is the
-- hash over all of them. The state of a row that was removed is 32 zero bytes.
CREATE TABLE event_row (
    vault TEXT NOT NULL,
    seq   INTEGER NOT NULL,
    kind  TEXT NOT NULL,                            -- the table
    uid   TEXT NOT NULL,
    state BLOB NOT NULL CHECK (length(state) = 32),
    PRIMARY KEY (vault, seq, kind, uid),
    FOREIGN KEY (vault, seq) REFERENCES event (vault, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX event_row_last ON event_row (uid, seq);

CREATE TRIGGER event_row_stays BEFORE UPDATE ON event_row
BEGIN
    SELECT RAISE(ABORT, 'the row states of an event are never changed');
END;

CREATE TRIGGER event_row_kept BEFORE DELETE ON event_row
BEGIN
    SELECT RAISE(ABORT, 'the row states of an event are never removed');
END;

-- How far the chain went at certain moments, as a signed note; `witness` names the file outside the
-- vault that was told the same, so that its absence shows.
CREATE TABLE checkpoint (
    vault   TEXT NOT NULL,
    seq     INTEGER NOT NULL,
    why     TEXT NOT NULL,
    utc     TEXT NOT NULL,
    head    BLOB NOT NULL CHECK (length(head) = 32),
    note    TEXT NOT NULL,
    witness TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (vault, seq, why, head)             -- a tail cut off may leave others behind
) STRICT, WITHOUT ROWID;

CREATE TRIGGER checkpoint_stays BEFORE UPDATE ON checkpoint
BEGIN
    SELECT RAISE(ABORT, 'checkpoints are never changed');
END;

CREATE TRIGGER checkpoint_kept BEFORE DELETE ON checkpoint
BEGIN
    SELECT RAISE(ABORT, 'checkpoints are never removed');
END;

-- "Your last session ended …": the one question that every sign-in asks of the whole chain.
CREATE INDEX event_session ON event (vault, actor, seq)
WHERE action IN ('session.sign-in', 'session.lock', 'session.sign-out');

CREATE INDEX event_accepted ON event (vault, seq) WHERE action = 'record.accepted';
