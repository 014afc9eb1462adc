-- Who is a mentor of whom, among agents (features C-09, U-20; decision 0058). It is no sight and no right: nothing of the
-- rule reads it. It lets lists be narrowed by it, and mails be sent to whoever sees the ticket anyway.
CREATE TABLE mentors (
  trainee_id BIGINT NOT NULL REFERENCES people (id),
  mentor_id BIGINT NOT NULL REFERENCES people (id),
  created_at BIGINT NOT NULL,
  PRIMARY KEY (trainee_id, mentor_id)
);
CREATE INDEX mentors_mentor ON mentors (mentor_id, trainee_id);
