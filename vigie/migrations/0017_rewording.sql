-- Words that were put right say when; what they were stands in the history.

ALTER TABLE comments ADD COLUMN edited_at BIGINT;
