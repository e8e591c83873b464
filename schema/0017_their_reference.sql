-- The other side's reference is typed as it comes, in small letters or capitals: an index of the
-- bytes would be passed by, and every matter read for each letter that is typed.
DROP INDEX enquiry_their;
CREATE INDEX enquiry_their ON enquiry (their_reference COLLATE NOCASE) WHERE their_reference <> '';
