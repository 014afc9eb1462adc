-- A session whose person rose in rank takes a new identifier at its next request; requests that were under way
-- with the old one are let through for a moment.
ALTER TABLE sessions ADD COLUMN must_turn BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE sessions ADD COLUMN old_hash TEXT;
ALTER TABLE sessions ADD COLUMN turned_at BIGINT;
CREATE UNIQUE INDEX sessions_old ON sessions (old_hash);

-- Whose role or scope changed, what it was before, and when they said that they know. What it is now stands
-- with the person.
CREATE TABLE rights_notices (
  person_id BIGINT NOT NULL PRIMARY KEY REFERENCES people (id),
  was_role TEXT NOT NULL,
  was_permissions TEXT NOT NULL,
  was_scope TEXT NOT NULL,
  changed_at BIGINT NOT NULL,
  seen_at BIGINT,
  version BIGINT NOT NULL DEFAULT 1
);
