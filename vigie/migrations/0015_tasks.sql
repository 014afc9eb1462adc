-- What is to be done for a ticket, and the time it took. Staff's own: no requester reads them.
-- Days are dates of a calendar (2026-11-27), not moments: a task due on Friday is due on Friday in
-- every zone. `once` is the form's or client's token: the same twice is the same row.

CREATE TABLE tasks (
  id {id},
  ticket_id BIGINT NOT NULL REFERENCES tickets (id),
  title TEXT NOT NULL,
  author_id BIGINT NOT NULL REFERENCES people (id),
  assignee_id BIGINT REFERENCES people (id),
  due_on TEXT,
  position BIGINT NOT NULL,
  done_at BIGINT,
  done_by_id BIGINT REFERENCES people (id),
  once TEXT,
  created_at BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX tasks_ticket ON tasks (ticket_id, position, id);
CREATE INDEX tasks_assignee ON tasks (assignee_id, done_at, due_on, id);
CREATE INDEX tasks_author ON tasks (author_id);
CREATE INDEX tasks_done_by ON tasks (done_by_id);
CREATE UNIQUE INDEX tasks_once ON tasks (ticket_id, author_id, once);

CREATE TABLE time_entries (
  id {id},
  ticket_id BIGINT NOT NULL REFERENCES tickets (id),
  task_id BIGINT REFERENCES tasks (id),
  person_id BIGINT NOT NULL REFERENCES people (id),
  minutes BIGINT NOT NULL,
  note TEXT NOT NULL,
  spent_on TEXT NOT NULL,
  once TEXT,
  created_at BIGINT NOT NULL
);
CREATE INDEX time_entries_ticket ON time_entries (ticket_id, spent_on, id);
CREATE INDEX time_entries_task ON time_entries (task_id);
CREATE INDEX time_entries_person ON time_entries (person_id, spent_on);
CREATE UNIQUE INDEX time_entries_once ON time_entries (ticket_id, person_id, once);
