-- Whom an agent serves: organisations and sites that narrow their scope (issue "who may see and do what"; decision 0041).
-- None named is everybody. agents.scope says whether somebody is narrowed: 'global_served', 'group_served'.
CREATE TABLE served_organizations (
  person_id BIGINT NOT NULL REFERENCES agents (person_id),
  organization_id BIGINT NOT NULL REFERENCES organizations (id),
  PRIMARY KEY (person_id, organization_id)
);
CREATE INDEX served_organizations_organization ON served_organizations (organization_id);
CREATE TABLE served_locations (
  person_id BIGINT NOT NULL REFERENCES agents (person_id),
  location_id BIGINT NOT NULL REFERENCES locations (id),
  PRIMARY KEY (person_id, location_id)
);
CREATE INDEX served_locations_location ON served_locations (location_id);
