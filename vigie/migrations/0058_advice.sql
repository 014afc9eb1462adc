-- An agent says that a ticket needs advice (features C-09; decision 0058). A row of its own and no column of the ticket: few
-- tickets need some, so a list finds them by it, and the indexes that lists walk stay as narrow as they were.
CREATE TABLE advice_requests (
  ticket_id BIGINT NOT NULL PRIMARY KEY REFERENCES tickets (id),
  asked_by_id BIGINT NOT NULL REFERENCES people (id),
  asked_at BIGINT NOT NULL
);
CREATE INDEX advice_requests_asked_by ON advice_requests (asked_by_id);
-- It ends with the work on the ticket, and with the department whose people were asked: whatever verb did that, and whoever
-- writes another one.
-- only sqlite
CREATE TRIGGER advice_ends_with_the_work AFTER UPDATE OF stage, department_id ON tickets
WHEN (NEW.stage <> 'open' AND OLD.stage = 'open') OR NEW.department_id <> OLD.department_id
BEGIN
  DELETE FROM advice_requests WHERE ticket_id = NEW.id;
END;
-- only postgres
CREATE FUNCTION advice_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM advice_requests WHERE ticket_id = NEW.id;
  RETURN NULL;
END
$$ ;
CREATE TRIGGER advice_ends_with_the_work AFTER UPDATE OF stage, department_id ON tickets
  FOR EACH ROW WHEN ((NEW.stage <> 'open' AND OLD.stage = 'open') OR NEW.department_id <> OLD.department_id)
  EXECUTE FUNCTION advice_ends();
-- both
