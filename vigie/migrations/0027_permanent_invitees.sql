-- Who is let in to each ticket that is opened in a department or sent to it.
CREATE TABLE permanent_invitees (
  department_id BIGINT NOT NULL REFERENCES departments (id),
  person_id BIGINT NOT NULL REFERENCES people (id),
  added_by_id BIGINT REFERENCES people (id),
  created_at BIGINT NOT NULL,
  PRIMARY KEY (department_id, person_id)
);
CREATE INDEX permanent_invitees_person ON permanent_invitees (person_id);
CREATE INDEX permanent_invitees_added_by ON permanent_invitees (added_by_id);
