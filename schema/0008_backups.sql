-- Backups made of this vault and drills done with them. What stands here is for the reminders, and
-- for saying which backups still hold what was erased; whether a backup is good only its file tells.

CREATE TABLE backup (
    id           INTEGER PRIMARY KEY,
    uid          TEXT NOT NULL UNIQUE,           -- the same as in the manifest
    origin_vault TEXT NOT NULL,
    file         TEXT NOT NULL,                  -- its name
    place        TEXT NOT NULL,                  -- the folder it was written to
    sha256       TEXT NOT NULL,
    size         INTEGER NOT NULL,               -- bytes
    seq          INTEGER NOT NULL,               -- the last event in it
    head         TEXT NOT NULL,
    contacts     INTEGER NOT NULL,
    made_at      TEXT NOT NULL,
    made_by      TEXT NOT NULL,
    removed_at   TEXT,
    removed_by   TEXT
) STRICT;

CREATE INDEX backup_kept ON backup (made_at) WHERE removed_at IS NULL;

CREATE TABLE drill (
    id           INTEGER PRIMARY KEY,
    uid          TEXT NOT NULL UNIQUE,
    origin_vault TEXT NOT NULL,
    backup_uid   TEXT NOT NULL,                  -- of a backup made before a restore there is no row
    sha256       TEXT NOT NULL,
    seq          INTEGER NOT NULL,
    contacts     INTEGER NOT NULL,
    up_to        TEXT NOT NULL,
    verified     INTEGER NOT NULL CHECK (verified IN (0, 1)),
    done_at      TEXT NOT NULL,
    done_by      TEXT NOT NULL
) STRICT;
