CREATE TABLE ask (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    contact_id INTEGER NOT NULL REFERENCES contact (id),
    enquiry_id INTEGER REFERENCES enquiry (id),
    info_class TEXT,                            -- blank: the strictest
    words TEXT NOT NULL DEFAULT '',
    about_person_id INTEGER REFERENCES person (id),
    decision TEXT,
    asked_at TEXT NOT NULL,
    decided_at TEXT
) STRICT;
CREATE INDEX ask_contact ON ask (contact_id);

-- What the caller gave is never kept: only kinds of step, results, counts and the level.
CREATE TABLE identity_check (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    contact_id INTEGER NOT NULL REFERENCES contact (id),
    enquiry_id INTEGER REFERENCES enquiry (id),
    person_id INTEGER REFERENCES person (id),
    kind TEXT NOT NULL,
    channel TEXT NOT NULL,
    outcome TEXT CHECK (outcome IN ('passed', 'failed', 'refused', 'stopped', 'not-needed')),
    recognition TEXT NOT NULL DEFAULT 'none',
    proof TEXT NOT NULL DEFAULT 'none',
    authorities TEXT NOT NULL DEFAULT '',
    opens INTEGER NOT NULL DEFAULT 0,           -- highest class a line under it may have, 0 to 6
    misses INTEGER NOT NULL DEFAULT 0,
    hard_flag TEXT NOT NULL DEFAULT '',
    flags TEXT NOT NULL DEFAULT '',
    pretext INTEGER NOT NULL DEFAULT 0 CHECK (pretext IN (0, 1)),
    officer_uid TEXT NOT NULL,
    pack_hash TEXT NOT NULL,
    begun_at TEXT NOT NULL,
    ended_at TEXT,
    shut_at TEXT,                               -- from when on it opens nothing any more
    CHECK ((outcome IS NULL) = (ended_at IS NULL)),
    CHECK (opens = 0 OR outcome IN ('passed', 'not-needed')),
    UNIQUE (id, contact_id)
) STRICT;
CREATE INDEX identity_check_contact ON identity_check (contact_id);
CREATE INDEX identity_check_open ON identity_check (contact_id) WHERE outcome IS NULL;
CREATE INDEX identity_check_person ON identity_check (person_id, begun_at);

CREATE TABLE check_step (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    check_id INTEGER NOT NULL REFERENCES identity_check (id),
    step TEXT NOT NULL,
    passed INTEGER NOT NULL CHECK (passed IN (0, 1)),
    source TEXT NOT NULL DEFAULT '',            -- for a ring back: where the number came from
    at TEXT NOT NULL
) STRICT;
CREATE INDEX check_step_check ON check_step (check_id);

-- A line for each item asked for, whatever came of it. Never updated: a correction is a new line that names the old.
CREATE TABLE ledger (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    origin_vault TEXT NOT NULL,
    contact_id INTEGER REFERENCES contact (id),
    enquiry_id INTEGER REFERENCES enquiry (id),
    ask_id INTEGER REFERENCES ask (id),
    check_id INTEGER,
    referral_id INTEGER REFERENCES referral (id),
    decision TEXT NOT NULL,
    item TEXT NOT NULL,
    info_class TEXT NOT NULL,
    class_rank INTEGER NOT NULL CHECK (class_rank BETWEEN 1 AND 6),
    lowered_from TEXT,
    lowered_why TEXT NOT NULL DEFAULT '',
    content INTEGER NOT NULL CHECK (content IN (0, 1)),   -- whether anything confidential or public was said
    about_person_id INTEGER REFERENCES person (id),
    recipient_person_id INTEGER REFERENCES person (id),
    recipient_entry_id INTEGER REFERENCES directory_entry (id),
    route TEXT NOT NULL CHECK (route IN ('told', 'written', 'held', 'shared', 'emergency', 'internal', 'override', 'incident')),
    basis TEXT NOT NULL DEFAULT '',
    second_officer TEXT,
    rule TEXT NOT NULL,
    pack_hash TEXT NOT NULL,
    officer_uid TEXT NOT NULL,
    at TEXT NOT NULL,
    corrects_id INTEGER REFERENCES ledger (id),
    FOREIGN KEY (check_id, contact_id) REFERENCES identity_check (id, contact_id),
    CHECK (route NOT IN ('told', 'written') OR content = 0 OR check_id IS NOT NULL),
    CHECK (route <> 'held' OR content = 0),
    CHECK (route <> 'shared' OR (recipient_entry_id IS NOT NULL AND basis <> '')),
    CHECK (route <> 'emergency' OR recipient_entry_id IS NOT NULL),
    CHECK (route <> 'override' OR second_officer IS NOT NULL AND second_officer <> officer_uid),
    CHECK (lowered_from IS NULL OR lowered_why <> '')
) STRICT;
CREATE INDEX ledger_enquiry ON ledger (enquiry_id, at);
CREATE INDEX ledger_contact ON ledger (contact_id);
CREATE INDEX ledger_about ON ledger (about_person_id);

-- The words are apart, so that they can go with the record at lawful erasure.
CREATE TABLE ledger_words (
    ledger_id INTEGER PRIMARY KEY REFERENCES ledger (id),
    words TEXT NOT NULL
) STRICT;

CREATE TRIGGER ledger_stands BEFORE UPDATE ON ledger BEGIN SELECT RAISE(ABORT, 'a ledger line is never changed'); END;
CREATE TRIGGER ledger_stays BEFORE DELETE ON ledger BEGIN SELECT RAISE(ABORT, 'a ledger line is never removed'); END;
CREATE TRIGGER ledger_words_stand BEFORE UPDATE ON ledger_words BEGIN SELECT RAISE(ABORT, 'a ledger line is never changed'); END;

-- The gate, bound in the schema: told or written content stands under a passed, open check of the same contact,
-- the same person and matter, that opens at least this class.
CREATE TRIGGER ledger_gate BEFORE INSERT ON ledger
WHEN NEW.content = 1 AND NEW.route IN ('told', 'written')
BEGIN
    SELECT RAISE(ABORT, 'no open check carries this ledger line')
    WHERE NOT EXISTS (
        SELECT 1 FROM identity_check AS c JOIN contact AS k ON k.id = c.contact_id
        WHERE c.id = NEW.check_id AND c.contact_id = NEW.contact_id
          AND c.outcome IN ('passed', 'not-needed') AND c.shut_at IS NULL
          AND c.opens >= NEW.class_rank AND c.hard_flag = ''
          AND k.state <> 'ended' AND k.person_id IS c.person_id
          AND k.kind = c.kind AND k.channel = c.channel
          AND NEW.recipient_person_id IS c.person_id
          AND (NEW.class_rank = 1 OR NEW.enquiry_id IS c.enquiry_id)
    );
END;
CREATE TRIGGER ledger_emergency BEFORE INSERT ON ledger
WHEN NEW.route = 'emergency'
BEGIN
    SELECT RAISE(ABORT, 'an emergency release goes to an emergency entry')
    WHERE NOT EXISTS (SELECT 1 FROM directory_entry AS d WHERE d.id = NEW.recipient_entry_id AND d.kind = 'emergency');
END;
CREATE TRIGGER check_stopped BEFORE UPDATE ON identity_check
WHEN OLD.outcome IS NOT NULL AND (NEW.outcome IS NOT OLD.outcome OR NEW.opens > OLD.opens OR (OLD.shut_at IS NOT NULL AND NEW.shut_at IS NULL))
BEGIN SELECT RAISE(ABORT, 'an ended check is never revived'); END;

-- Said in error: not a decision, recordable at any state of the gate, annotated but never withdrawn.
CREATE TABLE incident (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    origin_vault TEXT NOT NULL,
    contact_id INTEGER REFERENCES contact (id),
    enquiry_id INTEGER REFERENCES enquiry (id),
    ledger_id INTEGER NOT NULL REFERENCES ledger (id),
    to_whom TEXT NOT NULL,
    how_noticed TEXT NOT NULL DEFAULT '',
    happened_at TEXT NOT NULL,
    noticed_at TEXT NOT NULL,
    due_at TEXT NOT NULL,                       -- 72 hours from noticing
    officer_uid TEXT NOT NULL,
    annotation TEXT NOT NULL DEFAULT ''
) STRICT;

-- Urgent harm (F9): the timed log and what was told to whom.
CREATE TABLE urgent (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    origin_vault TEXT NOT NULL,
    contact_id INTEGER NOT NULL REFERENCES contact (id),
    card TEXT NOT NULL DEFAULT '',
    place TEXT NOT NULL DEFAULT '',
    dialled_at TEXT,
    incident_number TEXT NOT NULL DEFAULT '',
    taken_by TEXT NOT NULL DEFAULT '',
    accepted TEXT NOT NULL DEFAULT '',
    how_ended TEXT NOT NULL DEFAULT '',
    officer_well TEXT NOT NULL DEFAULT '',
    started_at TEXT NOT NULL,
    ended_at TEXT,
    reviewed_at TEXT
) STRICT;
CREATE TABLE urgent_line (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    urgent_id INTEGER NOT NULL REFERENCES urgent (id),
    at TEXT NOT NULL,
    words TEXT NOT NULL
) STRICT;
CREATE INDEX urgent_line_urgent ON urgent_line (urgent_id);
