-- The words of every name, as spelt and as they sound: who might be meant is looked up among these,
-- not by reading all names. Made from `person`, and made again whenever a name changes.
CREATE TABLE person_word (
    how TEXT NOT NULL CHECK (how IN ('spelt', 'sounds')),
    word TEXT NOT NULL,
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    PRIMARY KEY (how, word, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_word_person ON person_word (person_id);

-- Names with an apostrophe or a hyphen are found by their parts too: O'Brien by Brien.
INSERT INTO person_word (how, word, person_id)
WITH RECURSIVE part (how, person_id, word, rest) AS (
    SELECT 'spelt', id, '', folded || ' ' FROM person
    UNION ALL SELECT 'sounds', id, '', sound || ' ' FROM person
    UNION ALL SELECT 'spelt', id, '', replace(replace(replace(lower(name), '''', ' '), '’', ' '), '-', ' ') || ' '
        FROM person WHERE instr(name, '''') OR instr(name, '’') OR instr(name, '-')
    UNION ALL SELECT how, person_id, substr(rest, 1, instr(rest, ' ') - 1), substr(rest, instr(rest, ' ') + 1)
        FROM part WHERE rest <> ''
)
SELECT DISTINCT how, word, person_id FROM part
 WHERE word <> '' AND word NOT GLOB '*[^a-zA-Z0-9]*' AND (how = 'sounds' OR length(word) > 1);
