-- What representatives and agencies may ask for, and agreed call-back passwords.

-- Authority of one person to act for another: what was seen, what it covers, and until when. Unchecked it is a claim.
CREATE TABLE authority (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    origin_vault TEXT NOT NULL,
    kind TEXT NOT NULL,
    person_id INTEGER NOT NULL REFERENCES person (id),    -- whose: the client, constituent, child, or person asked about
    holder_id INTEGER NOT NULL REFERENCES person (id),    -- who may act
    enquiry_id INTEGER NOT NULL REFERENCES enquiry (id),  -- the matter it came in
    scope TEXT NOT NULL,
    classes TEXT NOT NULL,                                -- the classes it covers, blank between
    evidence TEXT NOT NULL,
    dated_on TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    expires_on TEXT,                                      -- the last day; blank: until withdrawn
    bring_forward_uid TEXT NOT NULL DEFAULT '',
    pack_hash TEXT NOT NULL,
    added_at TEXT NOT NULL,
    added_by TEXT NOT NULL,
    checked_at TEXT,
    checked_by TEXT NOT NULL DEFAULT '',
    checked_how TEXT NOT NULL DEFAULT '',
    withdrawn_at TEXT,
    withdrawn_by TEXT NOT NULL DEFAULT '',
    withdrawn_why TEXT NOT NULL DEFAULT '',
    CHECK (holder_id <> person_id),
    CHECK (scope <> '' AND classes <> '' AND evidence <> ''),
    CHECK ((checked_at IS NULL) = (checked_how = '')),
    CHECK ((withdrawn_at IS NULL) = (withdrawn_why = ''))
) STRICT;
CREATE INDEX authority_person ON authority (person_id);
CREATE INDEX authority_holder ON authority (holder_id);
CREATE INDEX authority_enquiry ON authority (enquiry_id);

-- On which record a paper step of a check rests: the gate asks it again each time.
CREATE TABLE authority_use (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    authority_id INTEGER NOT NULL REFERENCES authority (id),
    check_id INTEGER NOT NULL REFERENCES identity_check (id),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX authority_use_check ON authority_use (check_id);
CREATE INDEX authority_use_authority ON authority_use (authority_id);

-- What an agency asked for in the form the law wants, and what we did: a discretion, never a duty.
CREATE TABLE agency_request (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    origin_vault TEXT NOT NULL,
    contact_id INTEGER NOT NULL REFERENCES contact (id),
    enquiry_id INTEGER NOT NULL REFERENCES enquiry (id),
    agency TEXT NOT NULL,
    asked_by TEXT NOT NULL,
    purpose TEXT NOT NULL,
    about_whom TEXT NOT NULL,
    what TEXT NOT NULL,
    info_class TEXT NOT NULL,
    necessity TEXT NOT NULL,
    prejudice TEXT NOT NULL,
    authorised_rank TEXT NOT NULL DEFAULT '',
    authorised_by TEXT NOT NULL DEFAULT '',
    form_on TEXT,                                         -- the day the written form came; blank: none yet
    basis TEXT NOT NULL,
    pack_hash TEXT NOT NULL,
    taken_at TEXT NOT NULL,
    taken_by TEXT NOT NULL,
    outcome TEXT CHECK (outcome IN ('passed', 'refused', 'shared')),
    why TEXT NOT NULL DEFAULT '',
    ledger_uid TEXT NOT NULL DEFAULT '',
    referral_id INTEGER REFERENCES referral (id),
    settled_at TEXT,
    settled_by TEXT NOT NULL DEFAULT '',
    CHECK ((outcome IS NULL) = (settled_at IS NULL)),
    CHECK (outcome IS NULL OR why <> ''),
    CHECK (outcome IS NOT 'shared' OR (referral_id IS NOT NULL AND form_on IS NOT NULL))
) STRICT;
CREATE INDEX agency_request_enquiry ON agency_request (enquiry_id);

-- A password agreed for ringing: only its Argon2id hash, with the cost it was made at.
CREATE TABLE agreed_password (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    origin_vault TEXT NOT NULL,
    person_id INTEGER NOT NULL REFERENCES person (id),
    contact_id INTEGER NOT NULL REFERENCES contact (id),  -- the passed contact it was agreed in
    hash TEXT NOT NULL CHECK (hash LIKE '$argon2id$%'),
    agreed_at TEXT NOT NULL,
    agreed_by TEXT NOT NULL,
    ended_at TEXT,
    ended_by TEXT NOT NULL DEFAULT '',
    ended_why TEXT NOT NULL DEFAULT '',
    CHECK ((ended_at IS NULL) = (ended_why = ''))
) STRICT;
CREATE UNIQUE INDEX agreed_password_one ON agreed_password (person_id) WHERE ended_at IS NULL;
