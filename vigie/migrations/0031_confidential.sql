-- Categories whose tickets are read by those let into their confidence alone (features X-07; decision 0031).
-- `confidential_id` is the nearest confidential category, itself or above: of a category, and of its tickets.
ALTER TABLE categories ADD COLUMN is_confidential BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE categories ADD COLUMN confidential_id BIGINT REFERENCES categories (id);
CREATE INDEX categories_confidential ON categories (confidential_id);
ALTER TABLE tickets ADD COLUMN confidential_id BIGINT REFERENCES categories (id);
CREATE INDEX tickets_confidential ON tickets (confidential_id, stage) WHERE confidential_id IS NOT NULL;

-- Who is let in, and how far: a level as of a membership, which takes the place of theirs there. Whoever leaves the
-- department leaves its confidences.
CREATE TABLE confidants (
  category_id BIGINT NOT NULL REFERENCES categories (id),
  person_id BIGINT NOT NULL REFERENCES agents (person_id),
  department_id BIGINT NOT NULL REFERENCES departments (id),
  level TEXT NOT NULL,
  PRIMARY KEY (category_id, person_id)
);
CREATE INDEX confidants_department ON confidants (department_id);
CREATE INDEX confidants_person ON confidants (person_id, department_id, level, category_id);

-- Counts know what is confidential, 0 is what is not.
-- only sqlite
CREATE TRIGGER memberships_confided_out AFTER DELETE ON memberships
BEGIN
  DELETE FROM confidants WHERE person_id = OLD.person_id AND department_id = OLD.department_id;
END;
DROP TRIGGER tickets_counted_in;
DROP TRIGGER tickets_counted_out;
DROP TRIGGER tickets_counted_over;
-- only postgres
CREATE FUNCTION leave_confidences() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM confidants WHERE person_id = OLD.person_id AND department_id = OLD.department_id;
  RETURN NULL;
END
$$ ;
CREATE TRIGGER memberships_confided_out AFTER DELETE ON memberships
  FOR EACH ROW EXECUTE FUNCTION leave_confidences();
DROP TRIGGER tickets_counted ON tickets;
DROP TRIGGER tickets_counted_over ON tickets;
-- both
DROP TABLE ticket_counts;
CREATE TABLE ticket_counts (
  department_id BIGINT NOT NULL REFERENCES departments (id),
  confidential BIGINT NOT NULL,
  holder BIGINT NOT NULL,
  state TEXT NOT NULL,
  n BIGINT NOT NULL,
  PRIMARY KEY (department_id, confidential, holder, state)
);
CREATE INDEX ticket_counts_holder ON ticket_counts (holder);
INSERT INTO ticket_counts (department_id, confidential, holder, state, n)
  SELECT department_id, 0, COALESCE(assignee_id, 0), state, COUNT(*) FROM tickets
  GROUP BY department_id, COALESCE(assignee_id, 0), state;

-- only sqlite
CREATE TRIGGER tickets_counted_in AFTER INSERT ON tickets
BEGIN
  INSERT INTO ticket_counts (department_id, confidential, holder, state, n)
    VALUES (NEW.department_id, COALESCE(NEW.confidential_id, 0), COALESCE(NEW.assignee_id, 0), NEW.state, 1)
    ON CONFLICT (department_id, confidential, holder, state) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER tickets_counted_out AFTER DELETE ON tickets
BEGIN
  UPDATE ticket_counts SET n = n - 1 WHERE department_id = OLD.department_id
    AND confidential = COALESCE(OLD.confidential_id, 0) AND holder = COALESCE(OLD.assignee_id, 0) AND state = OLD.state;
END;
CREATE TRIGGER tickets_counted_over AFTER UPDATE OF department_id, confidential_id, assignee_id, state ON tickets
WHEN NEW.department_id <> OLD.department_id OR NEW.state <> OLD.state
  OR COALESCE(NEW.confidential_id, 0) <> COALESCE(OLD.confidential_id, 0)
  OR COALESCE(NEW.assignee_id, 0) <> COALESCE(OLD.assignee_id, 0)
BEGIN
  UPDATE ticket_counts SET n = n - 1 WHERE department_id = OLD.department_id
    AND confidential = COALESCE(OLD.confidential_id, 0) AND holder = COALESCE(OLD.assignee_id, 0) AND state = OLD.state;
  INSERT INTO ticket_counts (department_id, confidential, holder, state, n)
    VALUES (NEW.department_id, COALESCE(NEW.confidential_id, 0), COALESCE(NEW.assignee_id, 0), NEW.state, 1)
    ON CONFLICT (department_id, confidential, holder, state) DO UPDATE SET n = n + 1;
END;
-- A ticket that forgets what its category is would be read by everybody there: no verb can.
CREATE TRIGGER tickets_confided_in BEFORE INSERT ON tickets
WHEN NEW.confidential_id IS NOT (SELECT c.confidential_id FROM categories c WHERE c.id = NEW.category_id)
BEGIN
  SELECT RAISE(ABORT, 'a ticket is as confidential as its category');
END;
CREATE TRIGGER tickets_confided BEFORE UPDATE OF category_id, confidential_id ON tickets
WHEN NEW.confidential_id IS NOT (SELECT c.confidential_id FROM categories c WHERE c.id = NEW.category_id)
BEGIN
  SELECT RAISE(ABORT, 'a ticket is as confidential as its category');
END;
CREATE TRIGGER categories_confided AFTER UPDATE OF confidential_id ON categories
WHEN NEW.confidential_id IS NOT OLD.confidential_id
BEGIN
  UPDATE tickets SET confidential_id = NEW.confidential_id,
    visibility = CASE WHEN NEW.confidential_id IS NULL THEN visibility ELSE 'private' END
    WHERE category_id = NEW.id;
END;
-- only postgres
CREATE OR REPLACE FUNCTION count_tickets() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  leaves_first BOOLEAN;
BEGIN
  -- Rows are touched in one order, so that two transfers in opposite directions cannot deadlock.
  leaves_first := TG_OP = 'DELETE' OR (TG_OP = 'UPDATE'
    AND (OLD.department_id, COALESCE(OLD.confidential_id, 0), COALESCE(OLD.assignee_id, 0), OLD.state)
      < (NEW.department_id, COALESCE(NEW.confidential_id, 0), COALESCE(NEW.assignee_id, 0), NEW.state));
  IF leaves_first THEN
    UPDATE ticket_counts SET n = n - 1 WHERE department_id = OLD.department_id
      AND confidential = COALESCE(OLD.confidential_id, 0) AND holder = COALESCE(OLD.assignee_id, 0) AND state = OLD.state;
  END IF;
  IF TG_OP IN ('INSERT', 'UPDATE') THEN
    INSERT INTO ticket_counts AS c (department_id, confidential, holder, state, n)
      VALUES (NEW.department_id, COALESCE(NEW.confidential_id, 0), COALESCE(NEW.assignee_id, 0), NEW.state, 1)
      ON CONFLICT (department_id, confidential, holder, state) DO UPDATE SET n = c.n + 1;
  END IF;
  IF TG_OP = 'UPDATE' AND NOT leaves_first THEN
    UPDATE ticket_counts SET n = n - 1 WHERE department_id = OLD.department_id
      AND confidential = COALESCE(OLD.confidential_id, 0) AND holder = COALESCE(OLD.assignee_id, 0) AND state = OLD.state;
  END IF;
  RETURN NULL;
END
$$ ;
CREATE TRIGGER tickets_counted AFTER INSERT OR DELETE ON tickets
  FOR EACH ROW EXECUTE FUNCTION count_tickets();
CREATE TRIGGER tickets_counted_over AFTER UPDATE OF department_id, confidential_id, assignee_id, state ON tickets
  FOR EACH ROW WHEN (OLD.department_id <> NEW.department_id OR OLD.state <> NEW.state
    OR OLD.confidential_id IS DISTINCT FROM NEW.confidential_id OR OLD.assignee_id IS DISTINCT FROM NEW.assignee_id)
  EXECUTE FUNCTION count_tickets();
-- A ticket that forgets what its category is would be read by everybody there: no verb can, nor two at once.
CREATE FUNCTION confide_ticket() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT c.confidential_id INTO NEW.confidential_id FROM categories c WHERE c.id = NEW.category_id FOR SHARE;
  RETURN NEW;
END
$$ ;
CREATE TRIGGER tickets_confided BEFORE INSERT OR UPDATE OF category_id, confidential_id ON tickets
  FOR EACH ROW EXECUTE FUNCTION confide_ticket();
CREATE FUNCTION confide_tickets() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE tickets SET confidential_id = NEW.confidential_id,
    visibility = CASE WHEN NEW.confidential_id IS NULL THEN visibility ELSE 'private' END
    WHERE category_id = NEW.id;
  RETURN NULL;
END
$$ ;
CREATE TRIGGER categories_confided AFTER UPDATE OF confidential_id ON categories
  FOR EACH ROW WHEN (OLD.confidential_id IS DISTINCT FROM NEW.confidential_id)
  EXECUTE FUNCTION confide_tickets();
-- both
