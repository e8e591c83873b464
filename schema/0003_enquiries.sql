CREATE TABLE enquiry (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    origin_vault TEXT NOT NULL,
    year INTEGER NOT NULL,
    number INTEGER NOT NULL,
    reference TEXT NOT NULL UNIQUE,
    code_word TEXT NOT NULL,
    subject TEXT NOT NULL DEFAULT '',
    topics TEXT NOT NULL DEFAULT '',
    their_reference TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'waiting', 'closed')),
    waiting_on TEXT NOT NULL DEFAULT '',
    waiting_since TEXT,
    waiting_until TEXT,
    owner TEXT NOT NULL REFERENCES officer (uid),
    held_by TEXT NOT NULL DEFAULT '',          -- the unit or team it is with, in words
    held_since TEXT,
    received_on TEXT,                          -- the day a letter was delivered, or the first call
    due_on TEXT,                               -- service date: when a reply is due
    due_why TEXT NOT NULL DEFAULT '',
    acknowledged_on TEXT,
    sent_on TEXT,
    sent_what TEXT NOT NULL DEFAULT '',
    urgent INTEGER NOT NULL DEFAULT 0 CHECK (urgent IN (0, 1)),
    restricted TEXT NOT NULL DEFAULT '',       -- empty, or why it has named readers
    retention_class TEXT NOT NULL DEFAULT '',
    desk_key TEXT NOT NULL DEFAULT '',         -- the order of the desk list: records.enquiries keeps it
    opened_at TEXT NOT NULL,
    opened_by TEXT NOT NULL,
    closed_at TEXT,
    closed_by TEXT,
    closed_why TEXT NOT NULL DEFAULT '',
    UNIQUE (year, number),
    CHECK ((state = 'closed') = (closed_at IS NOT NULL))
) STRICT;
-- The keys of a queue, and who may see them, are read from these without the rows.
CREATE INDEX enquiry_desk ON enquiry (desk_key, id, restricted);
CREATE INDEX enquiry_owner ON enquiry (owner, desk_key, id, restricted);
CREATE INDEX enquiry_restricted ON enquiry (desk_key) WHERE restricted <> '';
CREATE INDEX enquiry_due ON enquiry (due_on) WHERE state <> 'closed' AND sent_on IS NULL;
CREATE INDEX enquiry_urgent ON enquiry (desk_key) WHERE urgent = 1;
CREATE INDEX enquiry_opened ON enquiry (opened_at);
CREATE INDEX enquiry_their ON enquiry (their_reference) WHERE their_reference <> '';

-- Who may see a restricted matter. For everyone else it is not there.
CREATE TABLE reader (
    enquiry_id INTEGER NOT NULL REFERENCES enquiry (id),
    officer_uid TEXT NOT NULL REFERENCES officer (uid),
    since TEXT NOT NULL,
    why TEXT NOT NULL,
    PRIMARY KEY (enquiry_id, officer_uid)
) STRICT, WITHOUT ROWID;

CREATE TABLE part (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    origin_vault TEXT NOT NULL,
    enquiry_id INTEGER NOT NULL REFERENCES enquiry (id),
    person_id INTEGER NOT NULL REFERENCES person (id),
    part TEXT NOT NULL CHECK (part IN ('enquirer', 'acting-for', 'about', 'complainant', 'complained-of', 'interested-person')),
    since TEXT NOT NULL,
    ended_at TEXT,
    ended_why TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX part_enquiry ON part (enquiry_id);
CREATE INDEX part_person ON part (person_id);

CREATE TABLE link (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    origin_vault TEXT NOT NULL,
    enquiry_id INTEGER NOT NULL REFERENCES enquiry (id),
    other_id INTEGER NOT NULL REFERENCES enquiry (id),
    kind TEXT NOT NULL,
    made_at TEXT NOT NULL,
    made_by TEXT NOT NULL,
    ended_at TEXT
) STRICT;
CREATE INDEX link_enquiry ON link (enquiry_id);
CREATE INDEX link_other ON link (other_id);

-- A marker stands on a person or on a matter, with author, reason and review date.
CREATE TABLE marker (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    origin_vault TEXT NOT NULL,
    person_id INTEGER REFERENCES person (id),
    enquiry_id INTEGER REFERENCES enquiry (id),
    kind TEXT NOT NULL,
    line TEXT NOT NULL,
    reason TEXT NOT NULL,
    safe_number TEXT NOT NULL DEFAULT '',
    review_on TEXT NOT NULL,
    set_at TEXT NOT NULL,
    set_by TEXT NOT NULL,
    removed_at TEXT,
    removed_by TEXT,
    removed_why TEXT NOT NULL DEFAULT '',
    CHECK ((person_id IS NULL) <> (enquiry_id IS NULL))
) STRICT;
CREATE INDEX marker_person ON marker (person_id) WHERE removed_at IS NULL;
CREATE INDEX marker_enquiry ON marker (enquiry_id) WHERE removed_at IS NULL;

-- One call, letter, e-mail, visit or voicemail, in or out.
CREATE TABLE contact (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    origin_vault TEXT NOT NULL,
    enquiry_id INTEGER REFERENCES enquiry (id),
    officer_uid TEXT NOT NULL REFERENCES officer (uid),
    channel TEXT NOT NULL CHECK (channel IN ('telephone', 'letter', 'email', 'in-person', 'voicemail')),
    direction TEXT NOT NULL CHECK (direction IN ('in', 'out')),
    state TEXT NOT NULL CHECK (state IN ('talking', 'held', 'ended')),
    how_ended TEXT NOT NULL DEFAULT '',
    started_at TEXT NOT NULL,
    limit_at TEXT NOT NULL,
    ended_at TEXT,
    line TEXT NOT NULL DEFAULT '',             -- the quick line as it was typed
    note TEXT NOT NULL DEFAULT '',
    who_said TEXT NOT NULL DEFAULT '',         -- the name as heard, linked to nobody
    unsure INTEGER NOT NULL DEFAULT 0 CHECK (unsure IN (0, 1)),
    phone TEXT NOT NULL DEFAULT '',
    withheld INTEGER NOT NULL DEFAULT 0 CHECK (withheld IN (0, 1)),
    person_id INTEGER REFERENCES person (id),
    possible INTEGER NOT NULL DEFAULT 0,       -- people it might have been when nobody was chosen
    kind TEXT NOT NULL DEFAULT 'member-of-public',
    child INTEGER NOT NULL DEFAULT 0 CHECK (child IN (0, 1)),
    anonymous INTEGER NOT NULL DEFAULT 0 CHECK (anonymous IN (0, 1)),
    under_duress INTEGER NOT NULL DEFAULT 0 CHECK (under_duress IN (0, 1)),
    accompanied INTEGER NOT NULL DEFAULT 0 CHECK (accompanied IN (0, 1)),
    for_whom TEXT NOT NULL DEFAULT '',
    entered_late INTEGER NOT NULL DEFAULT 0 CHECK (entered_late IN (0, 1)),
    taken_by TEXT NOT NULL DEFAULT '',
    moved_from INTEGER REFERENCES enquiry (id),
    struck_at TEXT,
    struck_by TEXT,
    struck_why TEXT NOT NULL DEFAULT '',
    CHECK ((state = 'ended') = (ended_at IS NOT NULL)),
    CHECK (state <> 'ended' OR enquiry_id IS NOT NULL OR how_ended = 'abandoned'),
    UNIQUE (id, person_id)
) STRICT;
CREATE INDEX contact_enquiry ON contact (enquiry_id, started_at);
CREATE INDEX contact_person ON contact (person_id, started_at);
CREATE INDEX contact_open ON contact (officer_uid) WHERE state <> 'ended';
CREATE INDEX contact_unlinked ON contact (enquiry_id) WHERE person_id IS NULL AND possible > 0;

CREATE TABLE leg (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    contact_id INTEGER NOT NULL REFERENCES contact (id),
    kind TEXT NOT NULL CHECK (kind IN ('first', 'hold', 'ring-back')),
    number TEXT NOT NULL DEFAULT '',
    number_source TEXT NOT NULL DEFAULT '',
    answered_by TEXT NOT NULL DEFAULT '',
    started_at TEXT NOT NULL,
    ended_at TEXT
) STRICT;
CREATE INDEX leg_contact ON leg (contact_id);

-- Old values of what was amended, kept with who and why.
CREATE TABLE amendment (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    object_kind TEXT NOT NULL,
    object_uid TEXT NOT NULL,
    field TEXT NOT NULL,
    old_value TEXT NOT NULL,
    why TEXT NOT NULL,
    at TEXT NOT NULL,
    by TEXT NOT NULL
) STRICT;
CREATE INDEX amendment_object ON amendment (object_uid);
