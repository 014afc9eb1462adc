-- An administrator may look at the application with somebody's eyes for a while, and change nothing
-- meanwhile. It is the session that does: it ends with it.
ALTER TABLE sessions ADD COLUMN eyes_id BIGINT REFERENCES people (id);
ALTER TABLE sessions ADD COLUMN eyes_until BIGINT;
CREATE INDEX sessions_eyes ON sessions (eyes_id);
