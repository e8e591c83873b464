-- Policy packs that an administrator installed. Their bytes stand in `pack`; the last line of a name
-- says which is in force, and a line is never changed: each decision can be read under its own rules.
CREATE TABLE pack_installed (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    origin_vault TEXT NOT NULL,
    name TEXT NOT NULL,
    pack_hash TEXT NOT NULL REFERENCES pack (hash),
    version TEXT NOT NULL,
    source TEXT NOT NULL CHECK (source IN ('program', 'office')),
    since TEXT NOT NULL,
    by TEXT NOT NULL,
    why TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX pack_installed_name ON pack_installed (name, id);

CREATE TRIGGER pack_installed_stays BEFORE UPDATE ON pack_installed
BEGIN
    SELECT RAISE(ABORT, 'what was installed is never changed');
END;
CREATE TRIGGER pack_installed_kept BEFORE DELETE ON pack_installed
BEGIN
    SELECT RAISE(ABORT, 'what was installed is never removed');
END;
CREATE TRIGGER pack_stays BEFORE UPDATE ON pack
BEGIN
    SELECT RAISE(ABORT, 'a pack is never changed');
END;
CREATE TRIGGER pack_kept BEFORE DELETE ON pack
BEGIN
    SELECT RAISE(ABORT, 'a pack is never removed');
END;
