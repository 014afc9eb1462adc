-- How tickets that come free are given out: a rule, NULL as the category above, then as the department,
-- whose NULL is nobody; and whose turn it is, where the rule is said (`place` is that category, 0 the
-- department), kept here so that it outlives a restart and two processes share it.
ALTER TABLE departments ADD COLUMN giving TEXT;
ALTER TABLE categories ADD COLUMN giving TEXT;
CREATE TABLE giving_turns (
  department_id BIGINT NOT NULL REFERENCES departments (id),
  place BIGINT NOT NULL,
  weights TEXT NOT NULL,
  seed BIGINT NOT NULL,
  given BIGINT NOT NULL,
  PRIMARY KEY (department_id, place)
);
