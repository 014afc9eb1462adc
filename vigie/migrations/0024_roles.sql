-- Roles of this desk's own, beside those that every desk has (decision 0024). Their rank is that of agents.
-- `parent` is the word of the role they come from, one of every desk's; `permissions` holds the words of
-- policy/permissions.rs. Whoever has one says 'custom' in `agents.role`, and here which.
CREATE TABLE roles (
  id {id},
  name TEXT NOT NULL,
  name_key TEXT NOT NULL UNIQUE,
  parent TEXT NOT NULL,
  permissions TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1
);
ALTER TABLE agents ADD COLUMN role_id BIGINT REFERENCES roles (id);
CREATE INDEX agents_role ON agents (role_id);
