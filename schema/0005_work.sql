-- Units of the force, partner agencies, helplines and emergency services: a table with history, seeded once from the pack.
CREATE TABLE directory_entry (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    origin_vault TEXT NOT NULL,
    key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('unit', 'agency', 'helpline', 'emergency')),
    topics TEXT NOT NULL DEFAULT '',
    phone TEXT NOT NULL DEFAULT '',
    email TEXT NOT NULL DEFAULT '',
    address TEXT NOT NULL DEFAULT '',
    hours TEXT NOT NULL DEFAULT '',
    confirmed_at TEXT,
    confirmed_how TEXT,
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    version INTEGER NOT NULL DEFAULT 1,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL
) STRICT;
CREATE TABLE directory_history (
    id INTEGER PRIMARY KEY,
    entry_id INTEGER NOT NULL REFERENCES directory_entry (id),
    version INTEGER NOT NULL,
    body TEXT NOT NULL,
    replaced_at TEXT NOT NULL
) STRICT;

CREATE TABLE message (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    origin_vault TEXT NOT NULL,
    enquiry_id INTEGER NOT NULL REFERENCES enquiry (id),
    contact_id INTEGER REFERENCES contact (id),
    for_whom TEXT NOT NULL,
    for_entry_id INTEGER REFERENCES directory_entry (id),
    words TEXT NOT NULL,
    urgent INTEGER NOT NULL DEFAULT 0 CHECK (urgent IN (0, 1)),
    call_back TEXT NOT NULL DEFAULT '',
    deadline TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL CHECK (state IN ('taken', 'passed', 'answered', 'told')),
    taken_at TEXT NOT NULL,
    taken_by TEXT NOT NULL,
    passed_at TEXT,
    passed_how TEXT NOT NULL DEFAULT '',
    answered_at TEXT,
    answer TEXT NOT NULL DEFAULT '',
    told_at TEXT
) STRICT;
CREATE INDEX message_enquiry ON message (enquiry_id);
CREATE INDEX message_waiting ON message (enquiry_id) WHERE state = 'taken';

CREATE TABLE promise (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    origin_vault TEXT NOT NULL,
    enquiry_id INTEGER NOT NULL REFERENCES enquiry (id),
    contact_id INTEGER REFERENCES contact (id),
    person_id INTEGER REFERENCES person (id),
    owner TEXT NOT NULL REFERENCES officer (uid),
    what TEXT NOT NULL,
    to_whom TEXT NOT NULL DEFAULT '',
    safe_number TEXT NOT NULL DEFAULT '',
    due_at TEXT NOT NULL,
    first_due_at TEXT NOT NULL,
    moved INTEGER NOT NULL DEFAULT 0,
    told_of_move INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL CHECK (state IN ('open', 'kept', 'released')),
    made_at TEXT NOT NULL,
    settled_at TEXT,
    settled_how TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX promise_enquiry ON promise (enquiry_id);
CREATE INDEX promise_open ON promise (due_at) WHERE state = 'open';

CREATE TABLE bring_forward (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    origin_vault TEXT NOT NULL,
    enquiry_id INTEGER NOT NULL REFERENCES enquiry (id),
    owner TEXT NOT NULL REFERENCES officer (uid),
    on_day TEXT NOT NULL,
    why TEXT NOT NULL,
    for_supervisor INTEGER NOT NULL DEFAULT 0 CHECK (for_supervisor IN (0, 1)),
    state TEXT NOT NULL CHECK (state IN ('open', 'done')),
    made_at TEXT NOT NULL,
    done_at TEXT,
    done_by TEXT
) STRICT;
CREATE INDEX bring_forward_enquiry ON bring_forward (enquiry_id);
CREATE INDEX bring_forward_open ON bring_forward (on_day) WHERE state = 'open';

CREATE TABLE referral (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    origin_vault TEXT NOT NULL,
    enquiry_id INTEGER NOT NULL REFERENCES enquiry (id),
    number INTEGER NOT NULL,
    contact_id INTEGER REFERENCES contact (id),
    entry_id INTEGER NOT NULL REFERENCES directory_entry (id),
    kind TEXT NOT NULL CHECK (kind IN ('signpost', 'onward', 'iopc')),
    urgency TEXT NOT NULL DEFAULT 'routine',
    request TEXT NOT NULL DEFAULT '',           -- the ask, in one line
    account TEXT NOT NULL DEFAULT '',           -- what was said
    account_kind TEXT NOT NULL DEFAULT 'allegation' CHECK (account_kind IN ('fact', 'allegation', 'opinion')),
    risk TEXT NOT NULL DEFAULT '',
    wants TEXT NOT NULL DEFAULT '',
    done_so_far TEXT NOT NULL DEFAULT '',
    fields TEXT NOT NULL DEFAULT '',            -- what was ticked, one name a line
    left_out TEXT NOT NULL DEFAULT '',
    basis TEXT NOT NULL DEFAULT '',
    necessity TEXT NOT NULL DEFAULT '',
    reply_by TEXT,
    who_tells TEXT NOT NULL DEFAULT '',
    destroy_by TEXT,
    state TEXT NOT NULL CHECK (state IN ('given', 'sent', 'accepted', 'declined', 'told')),
    made_at TEXT NOT NULL,
    made_by TEXT NOT NULL,
    answered_at TEXT,
    answered_by TEXT NOT NULL DEFAULT '',
    told_at TEXT,
    UNIQUE (enquiry_id, number),
    CHECK (kind = 'signpost' OR (basis <> '' AND necessity <> ''))
) STRICT;
CREATE INDEX referral_out ON referral (enquiry_id) WHERE state IN ('sent', 'accepted', 'declined');

CREATE TABLE export (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    referral_id INTEGER NOT NULL REFERENCES referral (id),
    format TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    code TEXT NOT NULL,
    fields TEXT NOT NULL,
    protected INTEGER NOT NULL CHECK (protected IN (0, 1)),
    at TEXT NOT NULL,
    by TEXT NOT NULL
) STRICT;

CREATE TABLE complaint (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    origin_vault TEXT NOT NULL,
    enquiry_id INTEGER NOT NULL REFERENCES enquiry (id),
    contact_id INTEGER REFERENCES contact (id),
    about TEXT NOT NULL DEFAULT '' CHECK (about IN (
        '', 'officer', 'service', 'chief-constable', 'commissioner', 'this-office',
        'delegated', 'chief-executive', 'data')),
    about_whom TEXT NOT NULL DEFAULT '',        -- the officer, or what they looked like
    words TEXT NOT NULL,
    when_where TEXT NOT NULL DEFAULT '',
    reach TEXT NOT NULL DEFAULT '',             -- how to reach them
    wants TEXT NOT NULL DEFAULT '',
    mentioned TEXT NOT NULL DEFAULT '',         -- of the five ticks, what was mentioned
    authority TEXT NOT NULL DEFAULT '',
    authority_source TEXT NOT NULL DEFAULT '',
    read_back TEXT NOT NULL DEFAULT '' CHECK (read_back IN ('', 'agreed', 'changed', 'not-read')),
    state TEXT NOT NULL,                        -- of domain/complaint_states.py
    stood_before TEXT NOT NULL DEFAULT '',      -- the states to go back to, the last one last
    received_on TEXT NOT NULL,                  -- stays, whoever it is transferred to
    logged_at TEXT NOT NULL,
    logged_by TEXT NOT NULL,
    passed_at TEXT,
    passed_to INTEGER REFERENCES directory_entry (id),
    their_reference TEXT NOT NULL DEFAULT '',
    standing TEXT NOT NULL DEFAULT '',
    in_writing INTEGER NOT NULL DEFAULT 0 CHECK (in_writing IN (0, 1)),
    wants_recorded TEXT NOT NULL DEFAULT '' CHECK (wants_recorded IN ('', 'yes', 'no')),
    wishes_read TEXT NOT NULL DEFAULT '' CHECK (wishes_read IN ('', 'agreed', 'changed', 'not-read')),
    factors TEXT NOT NULL DEFAULT '',
    screened_on TEXT,
    screened_by TEXT NOT NULL DEFAULT '',
    recorded_on TEXT,
    grounds TEXT NOT NULL DEFAULT '',
    satisfied TEXT NOT NULL DEFAULT '' CHECK (satisfied IN ('', 'yes', 'no')),
    senior INTEGER NOT NULL DEFAULT 0 CHECK (senior IN (0, 1)),
    same_incident INTEGER NOT NULL DEFAULT 0 CHECK (same_incident IN (0, 1)),
    route TEXT NOT NULL DEFAULT '',
    handler TEXT NOT NULL DEFAULT '',
    handling_on TEXT,
    referred_on TEXT,
    referred_lines TEXT NOT NULL DEFAULT '',    -- the lines that were yes when it was referred
    iopc_reference TEXT NOT NULL DEFAULT '',
    iopc_answer TEXT NOT NULL DEFAULT '',
    iopc_answered_on TEXT,
    updated_on TEXT,
    outcome_on TEXT,
    decided_by TEXT NOT NULL DEFAULT '',
    told_on TEXT,
    told_how TEXT NOT NULL DEFAULT '',
    review_body TEXT NOT NULL DEFAULT '',       -- as the letter named it
    review_until TEXT,
    review_on TEXT,
    review_outcome TEXT NOT NULL DEFAULT '',
    withdrawal_asked_on TEXT,
    withdrawal_until TEXT,
    finalised_on TEXT,
    disposal TEXT NOT NULL DEFAULT '',
    closed_on TEXT,
    CHECK (recorded_on IS NULL OR (recorded_on >= received_on AND grounds <> '')),
    CHECK (state <> 'closed' OR finalised_on IS NOT NULL)
) STRICT;
CREATE INDEX complaint_enquiry ON complaint (enquiry_id);

CREATE TABLE allegation (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    origin_vault TEXT NOT NULL,
    complaint_id INTEGER NOT NULL REFERENCES complaint (id),
    words TEXT NOT NULL,
    category TEXT NOT NULL DEFAULT '',          -- exactly one; empty: for PSD to say
    suggested TEXT NOT NULL DEFAULT '',
    decision TEXT NOT NULL DEFAULT '',
    actions TEXT NOT NULL DEFAULT '',
    decided_on TEXT,
    decided_why TEXT NOT NULL DEFAULT '',
    CHECK (decision = '' OR category <> '')
) STRICT;
CREATE INDEX allegation_complaint ON allegation (complaint_id);

CREATE TABLE letter (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    origin_vault TEXT NOT NULL,
    enquiry_id INTEGER NOT NULL REFERENCES enquiry (id),
    contact_id INTEGER NOT NULL REFERENCES contact (id),
    direction TEXT NOT NULL CHECK (direction IN ('in', 'out')),
    sender TEXT NOT NULL DEFAULT '',
    sender_address TEXT NOT NULL DEFAULT '',
    subject TEXT NOT NULL DEFAULT '',
    dated_on TEXT,
    received_on TEXT NOT NULL,
    place TEXT NOT NULL DEFAULT '',             -- where the paper is
    words TEXT NOT NULL,
    characters INTEGER NOT NULL,
    removed INTEGER NOT NULL DEFAULT 0,
    source TEXT NOT NULL CHECK (source IN ('eml', 'text', 'typed', 'reply')),
    sha256 TEXT NOT NULL,
    sent_by_hand_at TEXT
) STRICT;
CREATE INDEX letter_enquiry ON letter (enquiry_id);
CREATE INDEX letter_sha256 ON letter (sha256);

CREATE TABLE attachment (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    origin_vault TEXT NOT NULL,
    letter_id INTEGER NOT NULL REFERENCES letter (id),
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    sha256 TEXT NOT NULL
) STRICT;
CREATE INDEX attachment_letter ON attachment (letter_id);
CREATE TABLE attachment_chunk (
    attachment_id INTEGER NOT NULL REFERENCES attachment (id),
    number INTEGER NOT NULL,
    body BLOB NOT NULL,                         -- at most 256 KiB
    PRIMARY KEY (attachment_id, number)
) STRICT;
