-- Whom each agent serves, said once for the rule, the counts and the giving out (decision 0041): those of their organisations
-- and of their sites, as far as some were named to them, and everybody where none was.
CREATE VIEW served_people AS
  SELECT a.person_id, p.id AS served_id FROM agents a CROSS JOIN people p
    WHERE (p.organization_id IN (SELECT so.organization_id FROM served_organizations so WHERE so.person_id = a.person_id)
      OR NOT EXISTS (SELECT 1 FROM served_organizations sn WHERE sn.person_id = a.person_id))
    AND (p.location_id IN (SELECT sl.location_id FROM served_locations sl WHERE sl.person_id = a.person_id)
      OR NOT EXISTS (SELECT 1 FROM served_locations sm WHERE sm.person_id = a.person_id));
