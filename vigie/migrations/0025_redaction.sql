-- Something was taken out of a message for good: by whom, when and why, never what. The words themselves
-- hold a visible mark in its place.
ALTER TABLE comments ADD COLUMN redacted_at BIGINT;
ALTER TABLE comments ADD COLUMN redacted_by_id BIGINT REFERENCES people (id);
ALTER TABLE comments ADD COLUMN redaction_reason TEXT;
CREATE INDEX comments_redacted_by ON comments (redacted_by_id);
