-- What belongs to officers' accounts beside the certificates in the header.

-- An officer whose account was removed keeps the row: the name stands beside what they did.
ALTER TABLE officer ADD COLUMN removed_at TEXT;
