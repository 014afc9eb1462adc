-- Who serves a category. A category without rows is served by whoever serves the one above it, and
-- at the top by every member of its department.
CREATE TABLE category_members (
  category_id BIGINT NOT NULL REFERENCES categories (id),
  person_id BIGINT NOT NULL REFERENCES people (id),
  PRIMARY KEY (category_id, person_id)
);
CREATE INDEX category_members_person ON category_members (person_id);
