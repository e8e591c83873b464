-- Complaints from the first words to the end of the review window.

-- The path so far: a line for each step, never changed.
CREATE TABLE complaint_entry (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    origin_vault TEXT NOT NULL,
    complaint_id INTEGER NOT NULL REFERENCES complaint (id),
    verb TEXT NOT NULL,
    from_state TEXT NOT NULL,
    to_state TEXT NOT NULL,
    on_day TEXT NOT NULL,                       -- when it happened
    by_whom TEXT NOT NULL DEFAULT '',           -- who decided it
    words TEXT NOT NULL DEFAULT '',
    at TEXT NOT NULL,                           -- when it was entered
    officer_uid TEXT NOT NULL,
    pack_hash TEXT NOT NULL                     -- the complaints pack it was decided under
) STRICT;
CREATE INDEX complaint_entry_complaint ON complaint_entry (complaint_id);
CREATE TRIGGER complaint_entry_stays BEFORE UPDATE ON complaint_entry
BEGIN
    SELECT RAISE(ABORT, 'the path of a complaint is only added to');
END;

-- The ten lines, as the authority answered them last.
CREATE TABLE complaint_line (
    complaint_id INTEGER NOT NULL REFERENCES complaint (id),
    line TEXT NOT NULL,
    answer TEXT NOT NULL CHECK (answer IN ('yes', 'no', 'unsure')),
    PRIMARY KEY (complaint_id, line)
) STRICT;

-- Voluntary answers are counted as they come: no line of a person, a matter, an officer or a day.
CREATE TABLE equality_count (
    year INTEGER NOT NULL,
    question TEXT NOT NULL,
    answer TEXT NOT NULL,
    count INTEGER NOT NULL CHECK (count > 0),
    PRIMARY KEY (year, question, answer)
) STRICT;
