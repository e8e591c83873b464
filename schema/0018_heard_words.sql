-- How the names sound that were heard and that nobody is linked with yet: whoever rang is found by
-- ear, whether a person stands behind the name or not. Made anew with every change of the contact.
CREATE TABLE heard_word (
    word TEXT NOT NULL,
    contact_id INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
    PRIMARY KEY (word, contact_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX heard_word_contact ON heard_word (contact_id);
