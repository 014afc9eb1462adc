-- Tickets point to each other, and carry free words of the staff.

-- A relation is one row, read from both ends: `relates` knows no direction (the smaller number stands
-- first), `duplicate` and `follow_up` say what `ticket_id` is to `other_id`.
CREATE TABLE ticket_links (
  ticket_id BIGINT NOT NULL REFERENCES tickets (id),
  other_id BIGINT NOT NULL REFERENCES tickets (id),
  kind TEXT NOT NULL,
  added_by_id BIGINT REFERENCES people (id),
  created_at BIGINT NOT NULL,
  PRIMARY KEY (ticket_id, other_id, kind)
);
CREATE INDEX ticket_links_other ON ticket_links (other_id, ticket_id);
CREATE INDEX ticket_links_added_by ON ticket_links (added_by_id);

-- `name` as it was first written, `name_key` as it is compared.
CREATE TABLE tags (
  id {id},
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX tags_name_key ON tags (name_key);

CREATE TABLE ticket_tags (
  ticket_id BIGINT NOT NULL REFERENCES tickets (id),
  tag_id BIGINT NOT NULL REFERENCES tags (id),
  added_by_id BIGINT REFERENCES people (id),
  created_at BIGINT NOT NULL,
  PRIMARY KEY (ticket_id, tag_id)
);
CREATE INDEX ticket_tags_tag ON ticket_tags (tag_id, ticket_id);
CREATE INDEX ticket_tags_added_by ON ticket_tags (added_by_id);
