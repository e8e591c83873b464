-- What was entered by mistake and is taken back: a message, a stop of a clock. Both stay readable.

ALTER TABLE message ADD COLUMN withdrawn_at TEXT;
ALTER TABLE message ADD COLUMN withdrawn_by TEXT REFERENCES officer (uid);
ALTER TABLE message ADD COLUMN withdrawn_why TEXT NOT NULL DEFAULT ''
    CHECK ((withdrawn_why = '') = (withdrawn_at IS NULL) AND (withdrawn_by IS NULL) = (withdrawn_at IS NULL));
DROP INDEX message_waiting;
CREATE INDEX message_waiting ON message (enquiry_id) WHERE state = 'taken' AND withdrawn_at IS NULL;

ALTER TABLE clock_stop ADD COLUMN taken_back_at TEXT;
ALTER TABLE clock_stop ADD COLUMN taken_back_by TEXT REFERENCES officer (uid);
ALTER TABLE clock_stop ADD COLUMN taken_back_why TEXT NOT NULL DEFAULT ''
    CHECK ((taken_back_why = '') = (taken_back_at IS NULL) AND (taken_back_by IS NULL) = (taken_back_at IS NULL));
DROP INDEX clock_stop_open;
CREATE UNIQUE INDEX clock_stop_open ON clock_stop (clock_id) WHERE until IS NULL AND taken_back_at IS NULL;

-- What placed a hold: an officer, or the entry of a referral to the IOPC, whose end also lifts it.
-- Until now the second was known by its words.
ALTER TABLE hold ADD COLUMN cause TEXT NOT NULL DEFAULT 'officer' CHECK (cause IN ('officer', 'iopc-referral'));
UPDATE hold SET cause = 'iopc-referral'
 WHERE kind = 'iopc' AND lifted_at IS NULL AND reason = 'a complaint of this matter was referred to the IOPC';
