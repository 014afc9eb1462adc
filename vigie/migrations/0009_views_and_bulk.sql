-- Saved lists. A view filters and never grants: it is a text that is read again for whoever looks,
-- and stands beside the rule of who sees what. `audience` is personal, department or everyone.
CREATE TABLE views (
  id {id},
  owner_id BIGINT NOT NULL REFERENCES people (id),
  audience TEXT NOT NULL,
  department_id BIGINT REFERENCES departments (id),
  name TEXT NOT NULL,
  filter TEXT NOT NULL,
  sort TEXT NOT NULL,
  position BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX views_owner ON views (owner_id, position);
CREATE INDEX views_department ON views (department_id);
CREATE INDEX views_audience ON views (audience);

-- What somebody did to many tickets at once, row by row: what their report shows, and what undoing
-- goes by. `number` is the one that was sent, whether there is such a ticket or not; `version` is the
-- one the deed left, `was` what the ticket had before.
CREATE TABLE bulk_runs (
  id {id},
  person_id BIGINT NOT NULL REFERENCES people (id),
  deed TEXT NOT NULL,
  once TEXT,
  created_at BIGINT NOT NULL,
  undone_at BIGINT
);
CREATE UNIQUE INDEX bulk_runs_once ON bulk_runs (person_id, once);

CREATE TABLE bulk_rows (
  run_id BIGINT NOT NULL REFERENCES bulk_runs (id),
  number BIGINT NOT NULL,
  outcome TEXT NOT NULL,
  reason TEXT,
  version BIGINT,
  was TEXT,
  PRIMARY KEY (run_id, number)
);
