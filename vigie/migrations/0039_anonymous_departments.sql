-- Departments that do not name their agents to people outside (features X-07, trap E-31; decision 0039).
ALTER TABLE departments ADD COLUMN is_anonymous BOOLEAN NOT NULL DEFAULT FALSE;
-- The anonymous department that a ticket came out of, or whose words were moved to it: what was said there is not
-- signed afterwards because the ticket was sent on.
ALTER TABLE tickets ADD COLUMN anonymous_id BIGINT REFERENCES departments (id);
CREATE INDEX tickets_anonymous ON tickets (anonymous_id) WHERE anonymous_id IS NOT NULL;

-- only sqlite
CREATE TRIGGER tickets_sent_out AFTER UPDATE OF department_id ON tickets
WHEN NEW.department_id <> OLD.department_id
BEGIN
  UPDATE tickets SET anonymous_id = OLD.department_id
    WHERE id = NEW.id AND EXISTS (SELECT 1 FROM departments d WHERE d.id = OLD.department_id AND d.is_anonymous);
END;
-- Words move with a merge and with a split; those that an undone merge gives back come home.
CREATE TRIGGER comments_moved AFTER UPDATE OF ticket_id ON comments
WHEN NEW.ticket_id <> OLD.ticket_id
BEGIN
  UPDATE tickets SET anonymous_id = (SELECT CASE WHEN d.is_anonymous THEN d.id ELSE s.anonymous_id END
      FROM tickets s JOIN departments d ON d.id = s.department_id WHERE s.id = OLD.ticket_id)
    WHERE id = NEW.ticket_id AND anonymous_id IS NULL
    AND NOT EXISTS (SELECT 1 FROM merges m WHERE m.id = OLD.merge_id AND m.ticket_id = NEW.ticket_id)
    AND EXISTS (SELECT 1 FROM tickets s
      JOIN departments d ON d.id = s.department_id WHERE s.id = OLD.ticket_id AND (d.is_anonymous OR s.anonymous_id IS NOT NULL));
END;
-- only postgres
CREATE FUNCTION leave_anonymous() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT d.id INTO NEW.anonymous_id FROM departments d WHERE d.id = OLD.department_id AND d.is_anonymous;
  NEW.anonymous_id := COALESCE(NEW.anonymous_id, OLD.anonymous_id);
  RETURN NEW;
END
$$ ;
CREATE TRIGGER tickets_sent_out BEFORE UPDATE OF department_id ON tickets
  FOR EACH ROW WHEN (OLD.department_id <> NEW.department_id) EXECUTE FUNCTION leave_anonymous();
-- Words move with a merge and with a split; those that an undone merge gives back come home.
CREATE FUNCTION bring_anonymous() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE tickets SET anonymous_id = (SELECT CASE WHEN d.is_anonymous THEN d.id ELSE s.anonymous_id END
      FROM tickets s JOIN departments d ON d.id = s.department_id WHERE s.id = OLD.ticket_id)
    WHERE id = NEW.ticket_id AND anonymous_id IS NULL
    AND NOT EXISTS (SELECT 1 FROM merges m WHERE m.id = OLD.merge_id AND m.ticket_id = NEW.ticket_id)
    AND EXISTS (SELECT 1 FROM tickets s
      JOIN departments d ON d.id = s.department_id WHERE s.id = OLD.ticket_id AND (d.is_anonymous OR s.anonymous_id IS NOT NULL));
  RETURN NULL;
END
$$ ;
CREATE TRIGGER comments_moved AFTER UPDATE OF ticket_id ON comments
  FOR EACH ROW WHEN (OLD.ticket_id <> NEW.ticket_id) EXECUTE FUNCTION bring_anonymous();
-- both
