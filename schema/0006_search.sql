-- What can be found: folded text in a contentless index, the original stays where it is.
CREATE TABLE search_entry (
    id INTEGER PRIMARY KEY,
    enquiry_id INTEGER REFERENCES enquiry (id),
    person_id INTEGER REFERENCES person (id),
    source TEXT NOT NULL,                       -- subject, name, note, letter, their-reference, message, complaint
    source_uid TEXT NOT NULL,
    UNIQUE (source, source_uid)
) STRICT;
CREATE INDEX search_entry_enquiry ON search_entry (enquiry_id);
-- SQLCipher keeps 80 bytes of each page: the default leaf of 4050 bytes would spill.
CREATE VIRTUAL TABLE search_text USING fts5 (body, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2');
-- The end of a telephone number: three digits lead to one number in a thousand.
CREATE INDEX contact_point_tail ON contact_point (substr(match_key, -3))
    WHERE kind = 'phone' AND withdrawn_at IS NULL;
CREATE INDEX contact_phone_tail ON contact (substr(replace(phone, ' ', ''), -3)) WHERE phone <> '';
INSERT INTO search_text (search_text, rank) VALUES ('pgsz', 3950);
INSERT INTO search_text (search_text, rank) VALUES ('secure-delete', 1);
