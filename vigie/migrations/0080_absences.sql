-- When an agent was last there by their own hand, and when they were last away for long (decision 0081): one row of each,
-- read by themselves alone. Looked at, or put away, is what was told of that absence; the next one takes its place.
CREATE TABLE absences (
  person_id BIGINT NOT NULL PRIMARY KEY REFERENCES people (id),
  there_at BIGINT NOT NULL,
  away_since BIGINT,
  away_until BIGINT,
  looked_at BIGINT,
  dismissed_at BIGINT
);
