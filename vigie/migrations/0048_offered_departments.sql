-- To whom a department is offered when they open a ticket (features X-12; decision 0048).
ALTER TABLE departments ADD COLUMN offered_to TEXT NOT NULL DEFAULT 'everybody' CHECK (offered_to IN ('everybody', 'nobody', 'these'));
-- They; any one that fits suffices. What is named stays while everybody or nobody is offered it.
CREATE TABLE offered_organizations (
  department_id BIGINT NOT NULL REFERENCES departments (id),
  organization_id BIGINT NOT NULL REFERENCES organizations (id),
  PRIMARY KEY (department_id, organization_id)
);
CREATE INDEX offered_organizations_organization ON offered_organizations (organization_id);
CREATE TABLE offered_locations (
  department_id BIGINT NOT NULL REFERENCES departments (id),
  location_id BIGINT NOT NULL REFERENCES locations (id),
  PRIMARY KEY (department_id, location_id)
);
CREATE INDEX offered_locations_location ON offered_locations (location_id);
CREATE TABLE offered_domains (
  department_id BIGINT NOT NULL REFERENCES departments (id),
  domain TEXT NOT NULL,
  PRIMARY KEY (department_id, domain)
);
