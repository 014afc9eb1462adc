-- What each agent wants to be mailed of the departments they belong to (features N-20 to N-23; decision 0054). Whoever
-- belongs to one by a team alone has no membership to keep it in, so it stands in a table of its own; no row is the
-- usual level. The switch that suspends all of it carries the version of the whole.
CREATE TABLE monitoring (
  person_id BIGINT PRIMARY KEY REFERENCES agents (person_id),
  is_suspended BOOLEAN NOT NULL,
  version BIGINT NOT NULL DEFAULT 1
);
CREATE TABLE monitoring_levels (
  person_id BIGINT NOT NULL REFERENCES agents (person_id),
  department_id BIGINT NOT NULL REFERENCES departments (id),
  alert_any TEXT NOT NULL CHECK (alert_any IN ('never', 'creation', 'always')),
  alert_category TEXT NOT NULL CHECK (alert_category IN ('never', 'creation', 'always')),
  alert_held TEXT NOT NULL CHECK (alert_held IN ('never', 'creation', 'always')),
  PRIMARY KEY (person_id, department_id)
);
CREATE INDEX monitoring_levels_department ON monitoring_levels (department_id);

-- What memberships said until now, where it was not the usual level.
INSERT INTO monitoring_levels (person_id, department_id, alert_any, alert_category, alert_held)
  SELECT m.person_id, m.department_id, m.alert_any, m.alert_category, m.alert_held FROM memberships m
    WHERE (m.alert_any <> 'never' OR m.alert_category <> 'creation' OR m.alert_held <> 'always')
    AND m.alert_any IN ('never', 'creation', 'always') AND m.alert_category IN ('never', 'creation', 'always')
    AND m.alert_held IN ('never', 'creation', 'always');
ALTER TABLE memberships DROP COLUMN alert_any;
ALTER TABLE memberships DROP COLUMN alert_category;
ALTER TABLE memberships DROP COLUMN alert_held;
