-- The daily report of each agent (features N-24 to N-26; decision 0055): whether they want it, at which hours of their own
-- day, and of which tickets of each department; no row is the usual content. What is behind `told_until`, UTC
-- microseconds, was dealt with: no hour is told twice. `asked_at` is when they asked for one besides.
CREATE TABLE daily_reports (
  person_id BIGINT PRIMARY KEY REFERENCES agents (person_id),
  is_on BOOLEAN NOT NULL,
  first_hour BIGINT NOT NULL CHECK (first_hour BETWEEN 0 AND 23),
  second_hour BIGINT CHECK (second_hour BETWEEN 0 AND 23),
  at_weekends BOOLEAN NOT NULL,
  is_grouped BOOLEAN NOT NULL,
  even_empty BOOLEAN NOT NULL,
  told_until BIGINT NOT NULL,
  asked_at BIGINT,
  version BIGINT NOT NULL DEFAULT 1
);
CREATE TABLE daily_report_contents (
  person_id BIGINT NOT NULL REFERENCES agents (person_id),
  department_id BIGINT NOT NULL REFERENCES departments (id),
  content TEXT NOT NULL CHECK (content IN ('free', 'category', 'managed', 'none')),
  PRIMARY KEY (person_id, department_id)
);
CREATE INDEX daily_report_contents_department ON daily_report_contents (department_id);
