-- Lists as somebody likes them, what they have seen of them, and the indexes their filters walk.

-- Each list as each person chose to see it. `list` is the word of a ready-made list or `view:` and
-- the row of a saved one; the rest are words of the program, passed over when it knows them no more.
CREATE TABLE list_settings (
  person_id BIGINT NOT NULL REFERENCES people (id),
  list TEXT NOT NULL,
  layout TEXT NOT NULL,
  density TEXT NOT NULL,
  columns TEXT NOT NULL,
  sort TEXT NOT NULL,
  PRIMARY KEY (person_id, list)
);

-- The version of a ticket that somebody looked at last; -1 is marked unread, of a ticket last
-- changed at `at`.
CREATE TABLE ticket_marks (
  person_id BIGINT NOT NULL REFERENCES people (id),
  ticket_id BIGINT NOT NULL REFERENCES tickets (id),
  version BIGINT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (person_id, ticket_id)
);
CREATE INDEX ticket_marks_ticket ON ticket_marks (ticket_id);

-- Until when somebody has read everything. A desk that stands already begins read.
CREATE TABLE reading_floors (
  person_id BIGINT NOT NULL PRIMARY KEY REFERENCES people (id),
  at BIGINT NOT NULL
);
INSERT INTO reading_floors (person_id, at)
  SELECT a.person_id, (SELECT COALESCE(MAX(t.updated_at), 0) FROM tickets t) FROM agents a;

-- What nobody has, and what somebody has, is counted in the sidebar: with the columns that decide who
-- sees a ticket, the index alone answers.
DROP INDEX tickets_by_assignee;
CREATE INDEX tickets_by_assignee ON tickets (assignee_id, stage, updated_at, id, department_id, requester_id);
