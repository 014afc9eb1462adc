-- By which way and from where somebody tried to come in, until the journal has told of it, an hour later at
-- most. Without a way: it is told already, or was no sign-in.
ALTER TABLE sign_in_attempts ADD COLUMN means TEXT;
ALTER TABLE sign_in_attempts ADD COLUMN address TEXT;
-- What proved the first half of a sign-in.
ALTER TABLE sign_in_halves ADD COLUMN means TEXT NOT NULL DEFAULT 'password';

-- Tickets that somebody read or changed by their rank alone: one row for a person, a ticket and a day, so that
-- the journal tells of it once. Day 0 is what it has yet to tell. References would hold the rows of tickets while the
-- journal is written, and their changes wait for it in the other order.
CREATE TABLE acts_by_rank (
  person_id BIGINT NOT NULL REFERENCES people (id),
  ticket_id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  day BIGINT NOT NULL,
  department_id BIGINT NOT NULL,
  way TEXT NOT NULL,
  PRIMARY KEY (person_id, ticket_id, kind, day)
);
CREATE INDEX acts_by_rank_day ON acts_by_rank (day);
