-- What a new ticket's form holds before anybody types, for a category or, without one, for a whole
-- department. What is NULL is inherited: from the category above, at last from the department.
CREATE TABLE ticket_templates (
  id {id},
  department_id BIGINT NOT NULL REFERENCES departments (id),
  category_id BIGINT REFERENCES categories (id),
  subject TEXT,
  body TEXT,
  priority BIGINT,
  version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX ticket_templates_department ON ticket_templates (department_id);
CREATE UNIQUE INDEX ticket_templates_category ON ticket_templates (category_id);
CREATE UNIQUE INDEX ticket_templates_whole ON ticket_templates (department_id) WHERE category_id IS NULL;
