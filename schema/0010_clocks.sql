-- The calendars with their history, and the clocks that run on matters.

-- Working days: england-wales, and uk (a bank holiday in any part of it). Seeded once, then the office's own.
CREATE TABLE calendar (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    origin_vault TEXT NOT NULL,
    name TEXT NOT NULL UNIQUE CHECK (name IN ('england-wales', 'uk')),
    version INTEGER NOT NULL CHECK (version > 0),
    known_to TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL
) STRICT;

-- A day stands in a calendar from one version up to another: every version can be read again.
CREATE TABLE holiday (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    origin_vault TEXT NOT NULL,
    calendar_id INTEGER NOT NULL REFERENCES calendar (id),
    day TEXT NOT NULL,
    name TEXT NOT NULL,
    from_version INTEGER NOT NULL,
    to_version INTEGER CHECK (to_version > from_version),
    why TEXT NOT NULL DEFAULT '',
    added_at TEXT NOT NULL,
    added_by TEXT NOT NULL,
    removed_at TEXT,
    removed_by TEXT,
    removed_why TEXT NOT NULL DEFAULT '',
    CHECK ((to_version IS NULL) = (removed_at IS NULL))
) STRICT;
CREATE UNIQUE INDEX holiday_in_force ON holiday (calendar_id, day) WHERE to_version IS NULL;

CREATE TABLE clock (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    origin_vault TEXT NOT NULL,
    enquiry_id INTEGER NOT NULL REFERENCES enquiry (id),
    about TEXT NOT NULL DEFAULT '',             -- uid of the thing in the matter it belongs to
    rule TEXT NOT NULL,
    pack_hash TEXT NOT NULL,
    terms TEXT NOT NULL,                        -- the rule as it stood, as JSON
    sort TEXT NOT NULL CHECK (sort IN ('legal', 'service', 'window')),
    is_reply INTEGER NOT NULL DEFAULT 0 CHECK (is_reply IN (0, 1)),
    provisional INTEGER NOT NULL DEFAULT 0 CHECK (provisional IN (0, 1)),
    round INTEGER NOT NULL DEFAULT 1,           -- of a clock that repeats
    start TEXT NOT NULL,                        -- a day, or a moment in UTC
    extended INTEGER NOT NULL DEFAULT 0 CHECK (extended IN (0, 1)),
    legal_due TEXT,
    service_due TEXT,
    service_moved INTEGER NOT NULL DEFAULT 0 CHECK (service_moved IN (0, 1)),
    due_on TEXT NOT NULL,                       -- the nearer of the two, as a day
    calendar TEXT NOT NULL,
    calendar_version INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('running', 'paused', 'met', 'missed', 'ended')),
    working TEXT NOT NULL,                      -- how it was worked out, as JSON
    started_at TEXT NOT NULL,
    started_by TEXT NOT NULL,
    finished_on TEXT,
    finished_at TEXT,
    finished_by TEXT,
    finished_why TEXT NOT NULL DEFAULT '',
    CHECK ((sort = 'service') = (legal_due IS NULL)),
    CHECK (legal_due IS NOT NULL OR service_due IS NOT NULL),
    CHECK ((state IN ('running', 'paused')) = (finished_at IS NULL))
) STRICT;
CREATE INDEX clock_enquiry ON clock (enquiry_id);
CREATE INDEX clock_open ON clock (due_on) WHERE finished_at IS NULL;
CREATE UNIQUE INDEX clock_once ON clock (enquiry_id, rule, about) WHERE finished_at IS NULL;

-- A legal date follows from its working: nothing sets it alone.
CREATE TRIGGER clock_legal_date_follows BEFORE UPDATE ON clock
WHEN NEW.legal_due IS NOT OLD.legal_due AND NEW.working = OLD.working
BEGIN
    SELECT RAISE(ABORT, 'a legal date is worked out, never set');
END;

CREATE TABLE clock_stop (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    clock_id INTEGER NOT NULL REFERENCES clock (id),
    cause TEXT NOT NULL,
    effect TEXT NOT NULL CHECK (effect IN ('stop', 'stop-both', 'restart')),
    since TEXT NOT NULL,
    until TEXT CHECK (until >= since),
    why TEXT NOT NULL,
    stopped_at TEXT NOT NULL,
    stopped_by TEXT NOT NULL,
    resumed_at TEXT,
    resumed_by TEXT,
    CHECK ((until IS NULL) = (resumed_at IS NULL))
) STRICT;
CREATE INDEX clock_stop_clock ON clock_stop (clock_id);
CREATE UNIQUE INDEX clock_stop_open ON clock_stop (clock_id) WHERE until IS NULL;
