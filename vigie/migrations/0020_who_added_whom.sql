-- Whoever adds somebody may find them afterwards, whatever else they see (decision 0018). Empty for
-- those who wrote to the desk themselves, and for those who were there before.

ALTER TABLE people ADD COLUMN added_by_id BIGINT REFERENCES people (id);
CREATE INDEX people_added_by ON people (added_by_id);
