-- Agents of several departments (decision 0032). A team gives its members a level in each of its departments,
-- with the privileges beside it; it owns no ticket.
CREATE TABLE teams (
  id {id},
  name TEXT NOT NULL,
  name_key TEXT NOT NULL UNIQUE,
  created_at BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1
);
CREATE TABLE team_members (
  team_id BIGINT NOT NULL REFERENCES teams (id),
  person_id BIGINT NOT NULL REFERENCES agents (person_id),
  PRIMARY KEY (team_id, person_id)
);
CREATE INDEX team_members_person ON team_members (person_id);
CREATE TABLE team_departments (
  team_id BIGINT NOT NULL REFERENCES teams (id),
  department_id BIGINT NOT NULL REFERENCES departments (id),
  level TEXT NOT NULL,
  privileges TEXT NOT NULL,
  PRIMARY KEY (team_id, department_id)
);
CREATE INDEX team_departments_department ON team_departments (department_id);

-- Every reason for which somebody looks at a department's tickets, a row each. `team_id` is empty for their own
-- membership. Where that one gives nothing, an administrator said no: no team says otherwise.
CREATE VIEW sight_reasons AS
  SELECT m.person_id, m.department_id, m.level, m.privileges, CAST(NULL AS BIGINT) AS team_id FROM memberships m
    WHERE m.level <> 'none' AND ' ' || m.services || ' ' LIKE '% tickets %'
  UNION ALL
  SELECT b.person_id, d.department_id, d.level, d.privileges, d.team_id FROM team_members b
    JOIN team_departments d ON d.team_id = b.team_id
    WHERE NOT EXISTS (SELECT 1 FROM memberships n WHERE n.person_id = b.person_id AND n.department_id = d.department_id
      AND (n.level = 'none' OR ' ' || n.services || ' ' NOT LIKE '% tickets %'));

-- Whoever is put into this has their sights made anew, of all their reasons: the strongest level; tickets, if any
-- of them lets take some; and the privileges of those that let edit, as privileges count there alone. A word may
-- stand in them twice. (No view of its own: SQLite would then look at everybody for each.)
CREATE VIEW sights_anew AS SELECT a.person_id FROM agents a;

-- only sqlite
DROP TRIGGER memberships_sight_in;
DROP TRIGGER memberships_sight_over;
DROP TRIGGER memberships_sight_out;
CREATE TRIGGER sights_made_anew INSTEAD OF INSERT ON sights_anew
BEGIN
  DELETE FROM sights WHERE person_id = NEW.person_id;
  INSERT INTO sights (person_id, department_id, level, takes, privileges)
    SELECT r.person_id, r.department_id,
        CASE MAX(CASE r.level WHEN 'edit' THEN 3 WHEN 'view' THEN 2 ELSE 1 END) WHEN 3 THEN 'edit' WHEN 2 THEN 'view' ELSE 'assigned' END,
        MAX(CASE WHEN r.level IN ('assigned', 'edit') THEN 1 ELSE 0 END) = 1,
        COALESCE(STRING_AGG(CASE WHEN r.level = 'edit' THEN r.privileges END, ' '), STRING_AGG(r.privileges, ' '), '')
      FROM sight_reasons r WHERE r.person_id = NEW.person_id GROUP BY r.person_id, r.department_id;
END;
CREATE TRIGGER memberships_sight_in AFTER INSERT ON memberships
BEGIN
  INSERT INTO sights_anew (person_id) VALUES (NEW.person_id);
END;
CREATE TRIGGER memberships_sight_over AFTER UPDATE OF level, services, privileges ON memberships
BEGIN
  INSERT INTO sights_anew (person_id) VALUES (NEW.person_id);
END;
CREATE TRIGGER memberships_sight_out AFTER DELETE ON memberships
BEGIN
  INSERT INTO sights_anew (person_id) VALUES (OLD.person_id);
END;
CREATE TRIGGER team_members_sight_in AFTER INSERT ON team_members
BEGIN
  INSERT INTO sights_anew (person_id) VALUES (NEW.person_id);
END;
CREATE TRIGGER team_members_sight_out AFTER DELETE ON team_members
BEGIN
  INSERT INTO sights_anew (person_id) VALUES (OLD.person_id);
END;
CREATE TRIGGER team_departments_sight_in AFTER INSERT ON team_departments
BEGIN
  INSERT INTO sights_anew (person_id) SELECT b.person_id FROM team_members b WHERE b.team_id = NEW.team_id;
END;
CREATE TRIGGER team_departments_sight_over AFTER UPDATE OF level, privileges ON team_departments
BEGIN
  INSERT INTO sights_anew (person_id) SELECT b.person_id FROM team_members b WHERE b.team_id = NEW.team_id;
END;
CREATE TRIGGER team_departments_sight_out AFTER DELETE ON team_departments
BEGIN
  INSERT INTO sights_anew (person_id) SELECT b.person_id FROM team_members b WHERE b.team_id = OLD.team_id;
END;
-- only postgres
DROP TRIGGER memberships_sight ON memberships;
DROP FUNCTION settle_sight();
-- Two changes at once about one person wait for each other here, so that the later one knows of both. Rows
-- that stay are changed where they stand: whoever reads meanwhile misses none.
CREATE FUNCTION make_sights_anew() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM agents a WHERE a.person_id = NEW.person_id FOR NO KEY UPDATE;
  DELETE FROM sights s WHERE s.person_id = NEW.person_id AND NOT EXISTS
    (SELECT 1 FROM sight_reasons r WHERE r.person_id = NEW.person_id AND r.department_id = s.department_id);
  INSERT INTO sights (person_id, department_id, level, takes, privileges)
    SELECT r.person_id, r.department_id,
        CASE MAX(CASE r.level WHEN 'edit' THEN 3 WHEN 'view' THEN 2 ELSE 1 END) WHEN 3 THEN 'edit' WHEN 2 THEN 'view' ELSE 'assigned' END,
        MAX(CASE WHEN r.level IN ('assigned', 'edit') THEN 1 ELSE 0 END) = 1,
        COALESCE(STRING_AGG(CASE WHEN r.level = 'edit' THEN r.privileges END, ' '), STRING_AGG(r.privileges, ' '), '')
      FROM sight_reasons r WHERE r.person_id = NEW.person_id GROUP BY r.person_id, r.department_id
    ON CONFLICT (person_id, department_id)
    DO UPDATE SET level = excluded.level, takes = excluded.takes, privileges = excluded.privileges;
  RETURN NEW;
END
$$ ;
CREATE TRIGGER sights_made_anew INSTEAD OF INSERT ON sights_anew FOR EACH ROW EXECUTE FUNCTION make_sights_anew();
CREATE FUNCTION settle_person_sights() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO sights_anew (person_id) VALUES (COALESCE(NEW.person_id, OLD.person_id));
  RETURN NULL;
END
$$ ;
CREATE TRIGGER memberships_sight AFTER INSERT OR DELETE OR UPDATE OF level, services, privileges ON memberships
  FOR EACH ROW EXECUTE FUNCTION settle_person_sights();
CREATE TRIGGER team_members_sight AFTER INSERT OR DELETE ON team_members
  FOR EACH ROW EXECUTE FUNCTION settle_person_sights();
CREATE FUNCTION settle_team_sights() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO sights_anew (person_id) SELECT b.person_id FROM team_members b
    WHERE b.team_id = COALESCE(NEW.team_id, OLD.team_id) ORDER BY b.person_id;
  RETURN NULL;
END
$$ ;
CREATE TRIGGER team_departments_sight AFTER INSERT OR DELETE OR UPDATE OF level, privileges ON team_departments
  FOR EACH ROW EXECUTE FUNCTION settle_team_sights();
-- both
