-- A membership says for which services it holds, and may be for assigned tickets alone. Those that were
-- called so until now, and gave nothing, give it.
ALTER TABLE memberships ADD COLUMN services TEXT NOT NULL DEFAULT 'tickets chats calls';
UPDATE memberships SET level = 'assigned' WHERE level = 'none';

-- What memberships come to for tickets: the rule and the rights read this, never what it is made of. `takes` is
-- whether one can be given tickets there. Kept by the triggers below, so that no verb can forget it.
CREATE TABLE sights (
  person_id BIGINT NOT NULL REFERENCES agents (person_id),
  department_id BIGINT NOT NULL REFERENCES departments (id),
  level TEXT NOT NULL,
  takes BOOLEAN NOT NULL,
  privileges TEXT NOT NULL,
  PRIMARY KEY (person_id, department_id)
);
CREATE INDEX sights_department ON sights (department_id);
INSERT INTO sights (person_id, department_id, level, takes, privileges)
  SELECT person_id, department_id, level, level IN ('assigned', 'edit'), privileges FROM memberships;

-- only sqlite
CREATE TRIGGER memberships_sight_in AFTER INSERT ON memberships
BEGIN
  INSERT INTO sights (person_id, department_id, level, takes, privileges)
    SELECT NEW.person_id, NEW.department_id, NEW.level, NEW.level IN ('assigned', 'edit'), NEW.privileges
    WHERE NEW.level <> 'none' AND ' ' || NEW.services || ' ' LIKE '% tickets %';
END;
CREATE TRIGGER memberships_sight_over AFTER UPDATE OF level, services, privileges ON memberships
BEGIN
  DELETE FROM sights WHERE person_id = OLD.person_id AND department_id = OLD.department_id;
  INSERT INTO sights (person_id, department_id, level, takes, privileges)
    SELECT NEW.person_id, NEW.department_id, NEW.level, NEW.level IN ('assigned', 'edit'), NEW.privileges
    WHERE NEW.level <> 'none' AND ' ' || NEW.services || ' ' LIKE '% tickets %';
END;
CREATE TRIGGER memberships_sight_out AFTER DELETE ON memberships
BEGIN
  DELETE FROM sights WHERE person_id = OLD.person_id AND department_id = OLD.department_id;
END;
-- only postgres
CREATE FUNCTION settle_sight() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP IN ('UPDATE', 'DELETE') THEN
    DELETE FROM sights WHERE person_id = OLD.person_id AND department_id = OLD.department_id;
  END IF;
  IF TG_OP IN ('INSERT', 'UPDATE') THEN
    INSERT INTO sights (person_id, department_id, level, takes, privileges)
      SELECT NEW.person_id, NEW.department_id, NEW.level, NEW.level IN ('assigned', 'edit'), NEW.privileges
      WHERE NEW.level <> 'none' AND ' ' || NEW.services || ' ' LIKE '% tickets %';
  END IF;
  RETURN NULL;
END
$$ ;
CREATE TRIGGER memberships_sight AFTER INSERT OR DELETE OR UPDATE OF level, services, privileges ON memberships
  FOR EACH ROW EXECUTE FUNCTION settle_sight();
-- both
