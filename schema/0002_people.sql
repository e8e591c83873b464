-- Officers as the rows of this vault know them. Their rights stand in the signed certificates of the header, not here.
CREATE TABLE officer (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    handle TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    administrator INTEGER NOT NULL DEFAULT 0 CHECK (administrator IN (0, 1)),
    last_signed_in TEXT
) STRICT;

-- Packs as installed: a decision can be read again under the rules of its day.
CREATE TABLE pack (
    hash TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    format INTEGER NOT NULL,
    body BLOB NOT NULL,
    installed_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    origin_vault TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('natural', 'organisation')),
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    sound TEXT NOT NULL,
    unsure INTEGER NOT NULL DEFAULT 0 CHECK (unsure IN (0, 1)),
    at_organisation INTEGER REFERENCES person (id),
    needs TEXT NOT NULL DEFAULT '',
    born TEXT NOT NULL DEFAULT '',
    postcode TEXT NOT NULL DEFAULT '',
    recorded_at TEXT NOT NULL,
    recorded_by TEXT NOT NULL
) STRICT;
CREATE INDEX person_folded ON person (folded);
CREATE INDEX person_sound ON person (sound);
CREATE INDEX person_at ON person (at_organisation) WHERE at_organisation IS NOT NULL;

-- Phones, e-mails and addresses: only a confirmed one counts for a ring back or a reply.
CREATE TABLE contact_point (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    origin_vault TEXT NOT NULL,
    person_id INTEGER NOT NULL REFERENCES person (id),
    kind TEXT NOT NULL CHECK (kind IN ('phone', 'email', 'address')),
    value TEXT NOT NULL,
    match_key TEXT NOT NULL,
    source TEXT NOT NULL DEFAULT '',
    added_at TEXT NOT NULL,
    added_by TEXT NOT NULL,
    confirmed_at TEXT,
    confirmed_by TEXT,
    confirmed_how TEXT,
    withdrawn_at TEXT,
    CHECK ((confirmed_at IS NULL) = (confirmed_how IS NULL))
) STRICT;
CREATE INDEX contact_point_person ON contact_point (person_id);
CREATE INDEX contact_point_match ON contact_point (match_key);
