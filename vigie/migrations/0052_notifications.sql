-- What happened that concerns an agent (decision 0052): a line for each whom an event is told. What it says is read
-- from the event, by its reader's eyes. Read when the ticket was looked at since, or by `read_at`.
CREATE TABLE notifications (
  id {id},
  person_id BIGINT NOT NULL REFERENCES people (id),
  ticket_id BIGINT NOT NULL REFERENCES tickets (id),
  event_id BIGINT NOT NULL REFERENCES events (id),
  is_call BOOLEAN NOT NULL,
  at BIGINT NOT NULL,
  read_at BIGINT
);
CREATE UNIQUE INDEX notifications_once ON notifications (person_id, event_id);
CREATE INDEX notifications_latest ON notifications (person_id, id);
CREATE INDEX notifications_ticket ON notifications (ticket_id);
CREATE INDEX notifications_event ON notifications (event_id);
CREATE INDEX notifications_at ON notifications (at);
-- From when until when nothing may come up, in minutes of the person's own day; and whether at weekends neither.
ALTER TABLE people ADD COLUMN quiet_from BIGINT;
ALTER TABLE people ADD COLUMN quiet_until BIGINT;
ALTER TABLE people ADD COLUMN quiet_weekends BOOLEAN NOT NULL DEFAULT FALSE;
