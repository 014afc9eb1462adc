-- Departments that carry the same tag let each other's people look at their tickets (features X-07; decision 0038).
-- The key is the tag as tags are compared.
ALTER TABLE departments ADD COLUMN sharing_tag TEXT;
ALTER TABLE departments ADD COLUMN sharing_key TEXT;
CREATE INDEX departments_sharing ON departments (sharing_key) WHERE sharing_key IS NOT NULL;

-- What somebody has by belonging to the department, by a membership or a team: empty for whoever merely looks at its
-- tickets by the tag. What comes with belonging (monitoring mails, tasks, saved replies and lists) hangs on this one.
ALTER TABLE sights ADD COLUMN own_level TEXT;
UPDATE sights SET own_level = level;

-- The reasons of 0032, and two more: whoever looks at a department by belonging to it, by a membership or by a team,
-- looks at those that carry its tag. Looking by a tag alone leads no further, and a no stays a no.
DROP VIEW sight_reasons;
CREATE VIEW sight_reasons AS
  SELECT m.person_id, m.department_id, m.level, m.privileges, CAST(NULL AS BIGINT) AS team_id, CAST(NULL AS BIGINT) AS shared_by_id
    FROM memberships m WHERE m.level <> 'none' AND ' ' || m.services || ' ' LIKE '% tickets %'
  UNION ALL
  SELECT b.person_id, d.department_id, d.level, d.privileges, d.team_id, CAST(NULL AS BIGINT) AS shared_by_id FROM team_members b
    JOIN team_departments d ON d.team_id = b.team_id
    WHERE NOT EXISTS (SELECT 1 FROM memberships n WHERE n.person_id = b.person_id AND n.department_id = d.department_id
      AND (n.level = 'none' OR ' ' || n.services || ' ' NOT LIKE '% tickets %'))
  UNION ALL
  SELECT m.person_id, s.id AS department_id, 'view' AS level, '' AS privileges, CAST(NULL AS BIGINT) AS team_id, o.id AS shared_by_id
    FROM memberships m JOIN departments o ON o.id = m.department_id
    JOIN departments s ON s.sharing_key = o.sharing_key AND s.id <> o.id
    WHERE m.level IN ('view', 'edit') AND ' ' || m.services || ' ' LIKE '% tickets %'
    AND NOT EXISTS (SELECT 1 FROM memberships n WHERE n.person_id = m.person_id AND n.department_id = s.id
      AND (n.level = 'none' OR ' ' || n.services || ' ' NOT LIKE '% tickets %'))
  UNION ALL
  SELECT b.person_id, s.id AS department_id, 'view' AS level, '' AS privileges, CAST(NULL AS BIGINT) AS team_id, o.id AS shared_by_id
    FROM team_members b JOIN team_departments d ON d.team_id = b.team_id
    JOIN departments o ON o.id = d.department_id
    JOIN departments s ON s.sharing_key = o.sharing_key AND s.id <> o.id
    WHERE d.level IN ('view', 'edit')
    AND NOT EXISTS (SELECT 1 FROM memberships n WHERE n.person_id = b.person_id AND n.department_id IN (o.id, s.id)
      AND (n.level = 'none' OR ' ' || n.services || ' ' NOT LIKE '% tickets %'));

-- only sqlite
DROP TRIGGER sights_made_anew;
CREATE TRIGGER sights_made_anew INSTEAD OF INSERT ON sights_anew
BEGIN
  DELETE FROM sights WHERE person_id = NEW.person_id;
  INSERT INTO sights (person_id, department_id, level, takes, privileges, own_level)
    SELECT r.person_id, r.department_id,
        CASE MAX(CASE r.level WHEN 'edit' THEN 3 WHEN 'view' THEN 2 ELSE 1 END) WHEN 3 THEN 'edit' WHEN 2 THEN 'view' ELSE 'assigned' END,
        MAX(CASE WHEN r.level IN ('assigned', 'edit') THEN 1 ELSE 0 END) = 1,
        COALESCE(STRING_AGG(CASE WHEN r.level = 'edit' THEN r.privileges END, ' '), STRING_AGG(r.privileges, ' '), ''),
        CASE MAX(CASE WHEN r.shared_by_id IS NOT NULL THEN 0 WHEN r.level = 'edit' THEN 3 WHEN r.level = 'view' THEN 2 ELSE 1 END)
          WHEN 3 THEN 'edit' WHEN 2 THEN 'view' WHEN 1 THEN 'assigned' END
      FROM sight_reasons r WHERE r.person_id = NEW.person_id GROUP BY r.person_id, r.department_id;
END;
CREATE TRIGGER departments_sight_over AFTER UPDATE OF sharing_key ON departments
WHEN NEW.sharing_key IS NOT OLD.sharing_key
BEGIN
  INSERT INTO sights_anew (person_id)
    SELECT m.person_id FROM memberships m JOIN departments d ON d.id = m.department_id
      WHERE d.id = NEW.id OR d.sharing_key = OLD.sharing_key OR d.sharing_key = NEW.sharing_key
    UNION SELECT b.person_id FROM team_members b JOIN team_departments t ON t.team_id = b.team_id
      JOIN departments d ON d.id = t.department_id
      WHERE d.id = NEW.id OR d.sharing_key = OLD.sharing_key OR d.sharing_key = NEW.sharing_key;
END;
-- only postgres
-- Whoever changes a tag and whoever changes who belongs where wait for each other, so that the later one knows of
-- both: nobody keeps what a tag gave that is gone.
CREATE OR REPLACE FUNCTION make_sights_anew() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(380038);
  PERFORM 1 FROM agents a WHERE a.person_id = NEW.person_id FOR NO KEY UPDATE;
  DELETE FROM sights s WHERE s.person_id = NEW.person_id AND NOT EXISTS
    (SELECT 1 FROM sight_reasons r WHERE r.person_id = NEW.person_id AND r.department_id = s.department_id);
  INSERT INTO sights (person_id, department_id, level, takes, privileges, own_level)
    SELECT r.person_id, r.department_id,
        CASE MAX(CASE r.level WHEN 'edit' THEN 3 WHEN 'view' THEN 2 ELSE 1 END) WHEN 3 THEN 'edit' WHEN 2 THEN 'view' ELSE 'assigned' END,
        MAX(CASE WHEN r.level IN ('assigned', 'edit') THEN 1 ELSE 0 END) = 1,
        COALESCE(STRING_AGG(CASE WHEN r.level = 'edit' THEN r.privileges END, ' '), STRING_AGG(r.privileges, ' '), ''),
        CASE MAX(CASE WHEN r.shared_by_id IS NOT NULL THEN 0 WHEN r.level = 'edit' THEN 3 WHEN r.level = 'view' THEN 2 ELSE 1 END)
          WHEN 3 THEN 'edit' WHEN 2 THEN 'view' WHEN 1 THEN 'assigned' END
      FROM sight_reasons r WHERE r.person_id = NEW.person_id GROUP BY r.person_id, r.department_id
    ON CONFLICT (person_id, department_id)
    DO UPDATE SET level = excluded.level, takes = excluded.takes, privileges = excluded.privileges, own_level = excluded.own_level;
  RETURN NEW;
END
$$ ;
CREATE FUNCTION settle_shared_sights() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(380038);
  INSERT INTO sights_anew (person_id) SELECT c.person_id FROM (
    SELECT m.person_id FROM memberships m JOIN departments d ON d.id = m.department_id
      WHERE d.id = NEW.id OR d.sharing_key = OLD.sharing_key OR d.sharing_key = NEW.sharing_key
    UNION SELECT b.person_id FROM team_members b JOIN team_departments t ON t.team_id = b.team_id
      JOIN departments d ON d.id = t.department_id
      WHERE d.id = NEW.id OR d.sharing_key = OLD.sharing_key OR d.sharing_key = NEW.sharing_key) c ORDER BY c.person_id;
  RETURN NULL;
END
$$ ;
CREATE TRIGGER departments_sight AFTER UPDATE OF sharing_key ON departments
  FOR EACH ROW WHEN (OLD.sharing_key IS DISTINCT FROM NEW.sharing_key) EXECUTE FUNCTION settle_shared_sights();
-- both
