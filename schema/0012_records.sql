-- Retention, holds, and the monitoring officer's stop.

-- Why a matter is kept as it is: by the rule until an officer chooses; the day of an event that the
-- rule waits for; and where its paper is.
ALTER TABLE enquiry ADD COLUMN retention_why TEXT NOT NULL DEFAULT '';
ALTER TABLE enquiry ADD COLUMN retention_by TEXT NOT NULL DEFAULT '';   -- empty: by the rule
ALTER TABLE enquiry ADD COLUMN retention_from TEXT;
ALTER TABLE enquiry ADD COLUMN paper_place TEXT NOT NULL DEFAULT '';

-- The monitoring officer's stop is a hold of its own kind: it ends with the day on which the report
-- was considered, and what the rule adds to that.
CREATE TABLE hold (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    origin_vault TEXT NOT NULL,
    enquiry_id INTEGER NOT NULL REFERENCES enquiry (id),
    kind TEXT NOT NULL CHECK (kind IN ('litigation', 'rights-request', 'inquiry', 'iopc', 'monitoring-officer')),
    reason TEXT NOT NULL CHECK (reason <> ''),
    from_day TEXT NOT NULL,
    review_on TEXT NOT NULL,
    pack_hash TEXT NOT NULL,
    set_at TEXT NOT NULL,
    set_by TEXT NOT NULL,
    considered_on TEXT,
    stands_to TEXT,                             -- the last day on which it still stands
    lifted_at TEXT,
    lifted_by TEXT,
    lifted_why TEXT NOT NULL DEFAULT '',
    CHECK ((lifted_at IS NULL) = (lifted_by IS NULL)),
    CHECK ((lifted_at IS NULL) = (lifted_why = '')),
    CHECK (stands_to IS NULL OR lifted_at IS NOT NULL),
    CHECK (kind <> 'monitoring-officer' OR lifted_at IS NULL OR considered_on IS NOT NULL)
) STRICT;
CREATE INDEX hold_enquiry ON hold (enquiry_id);
CREATE INDEX hold_standing ON hold (review_on) WHERE lifted_at IS NULL;

CREATE TRIGGER hold_stays BEFORE UPDATE ON hold
WHEN OLD.lifted_at IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'a hold that was lifted is not changed');
END;
CREATE TRIGGER hold_kept BEFORE DELETE ON hold
BEGIN
    SELECT RAISE(ABORT, 'holds are never removed');
END;
