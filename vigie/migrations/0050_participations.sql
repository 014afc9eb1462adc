-- What a page counts for its reader is also on what they take part in. What of a ticket that needs stands beside each
-- participant, kept by triggers, so that an agent who observes hundreds of tickets reads one index and not the tickets
-- (decision 0005). 0 is nobody, and what is not confidential.
ALTER TABLE participants ADD COLUMN state TEXT NOT NULL DEFAULT '';
ALTER TABLE participants ADD COLUMN department BIGINT NOT NULL DEFAULT 0;
ALTER TABLE participants ADD COLUMN confidential BIGINT NOT NULL DEFAULT 0;
ALTER TABLE participants ADD COLUMN holder BIGINT NOT NULL DEFAULT 0;
ALTER TABLE participants ADD COLUMN requester BIGINT NOT NULL DEFAULT 0;
UPDATE participants SET
  state = (SELECT t.state FROM tickets t WHERE t.id = participants.ticket_id),
  department = (SELECT t.department_id FROM tickets t WHERE t.id = participants.ticket_id),
  confidential = (SELECT COALESCE(t.confidential_id, 0) FROM tickets t WHERE t.id = participants.ticket_id),
  holder = (SELECT COALESCE(t.assignee_id, 0) FROM tickets t WHERE t.id = participants.ticket_id),
  requester = (SELECT t.requester_id FROM tickets t WHERE t.id = participants.ticket_id);
DROP INDEX participants_person;
CREATE INDEX participants_person ON participants (person_id, kind, ticket_id, state, department, confidential, holder, requester);

-- only sqlite
CREATE TRIGGER participants_know_their_ticket AFTER INSERT ON participants
BEGIN
  UPDATE participants SET (state, department, confidential, holder, requester) =
    (SELECT t.state, t.department_id, COALESCE(t.confidential_id, 0), COALESCE(t.assignee_id, 0), t.requester_id
     FROM tickets t WHERE t.id = NEW.ticket_id)
    WHERE ticket_id = NEW.ticket_id AND person_id = NEW.person_id AND kind = NEW.kind;
END;
CREATE TRIGGER tickets_known_to_participants AFTER UPDATE OF state, department_id, confidential_id, assignee_id, requester_id ON tickets
WHEN NEW.department_id <> OLD.department_id OR NEW.state <> OLD.state OR NEW.requester_id <> OLD.requester_id
  OR COALESCE(NEW.confidential_id, 0) <> COALESCE(OLD.confidential_id, 0)
  OR COALESCE(NEW.assignee_id, 0) <> COALESCE(OLD.assignee_id, 0)
BEGIN
  UPDATE participants SET state = NEW.state, department = NEW.department_id, confidential = COALESCE(NEW.confidential_id, 0),
    holder = COALESCE(NEW.assignee_id, 0), requester = NEW.requester_id WHERE ticket_id = NEW.id;
END;
-- only postgres
CREATE FUNCTION know_their_ticket() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT t.state, t.department_id, COALESCE(t.confidential_id, 0), COALESCE(t.assignee_id, 0), t.requester_id
    INTO NEW.state, NEW.department, NEW.confidential, NEW.holder, NEW.requester FROM tickets t WHERE t.id = NEW.ticket_id;
  RETURN NEW;
END
$$ ;
CREATE TRIGGER participants_know_their_ticket BEFORE INSERT ON participants
  FOR EACH ROW EXECUTE FUNCTION know_their_ticket();
CREATE FUNCTION tell_participants() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE participants SET state = NEW.state, department = NEW.department_id, confidential = COALESCE(NEW.confidential_id, 0),
    holder = COALESCE(NEW.assignee_id, 0), requester = NEW.requester_id WHERE ticket_id = NEW.id;
  RETURN NULL;
END
$$ ;
CREATE TRIGGER tickets_known_to_participants AFTER UPDATE OF state, department_id, confidential_id, assignee_id, requester_id ON tickets
  FOR EACH ROW WHEN (NEW.department_id <> OLD.department_id OR NEW.state <> OLD.state OR NEW.requester_id <> OLD.requester_id
    OR COALESCE(NEW.confidential_id, 0) <> COALESCE(OLD.confidential_id, 0)
    OR COALESCE(NEW.assignee_id, 0) <> COALESCE(OLD.assignee_id, 0))
  EXECUTE FUNCTION tell_participants();
-- both
