-- Where a contact was before it was moved, by the reference it left: its old matter tells of it.
CREATE INDEX amendment_moved ON amendment (old_value) WHERE field = 'enquiry';
