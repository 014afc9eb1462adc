-- The asset register (features C-23, C-33, X-22, P-11; decision 0068): what the house has, where it is and who has it.
-- Empty texts say nothing. `tag_key`, `serial_key` and `words` are for finding: without accents, capitals and, in the
-- first two, signs. Days are dates of a calendar, as those of tasks.
CREATE TABLE assets (
  id {id},
  kind TEXT NOT NULL CHECK (kind IN ('computer', 'screen', 'phone', 'printer', 'network', 'licence', 'other')),
  name TEXT NOT NULL,
  tag TEXT NOT NULL,
  tag_key TEXT NOT NULL,
  serial TEXT NOT NULL,
  serial_key TEXT NOT NULL,
  maker TEXT NOT NULL,
  model TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('in_stock', 'in_use', 'in_repair', 'retired')),
  holder_id BIGINT REFERENCES people (id),
  held_since BIGINT,
  organization_id BIGINT REFERENCES organizations (id),
  location_id BIGINT REFERENCES locations (id),
  bought_on TEXT,
  warranty_until TEXT,
  note TEXT NOT NULL,
  words TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1,
  CHECK (holder_id IS NULL OR state IN ('in_use', 'in_repair'))
);
CREATE INDEX assets_name ON assets (name, id);
CREATE INDEX assets_kind ON assets (kind, name, id);
CREATE INDEX assets_tag ON assets (tag_key);
CREATE INDEX assets_serial ON assets (serial_key);
CREATE INDEX assets_holder ON assets (holder_id);
CREATE INDEX assets_organization ON assets (organization_id);
CREATE INDEX assets_location ON assets (location_id);

-- One line for each property of a change, with the version that the change made. Who had the asset stands as numbers of
-- people, so that names change and go with them.
CREATE TABLE asset_events (
  id {id},
  asset_id BIGINT NOT NULL REFERENCES assets (id),
  version BIGINT NOT NULL,
  what TEXT NOT NULL,
  old_value TEXT,
  new_value TEXT,
  old_holder_id BIGINT REFERENCES people (id),
  new_holder_id BIGINT REFERENCES people (id),
  ticket_id BIGINT REFERENCES tickets (id),
  actor_id BIGINT NOT NULL REFERENCES people (id),
  created_at BIGINT NOT NULL
);
CREATE INDEX asset_events_asset ON asset_events (asset_id, id);
CREATE INDEX asset_events_old_holder ON asset_events (old_holder_id);
CREATE INDEX asset_events_new_holder ON asset_events (new_holder_id);
CREATE INDEX asset_events_ticket ON asset_events (ticket_id);
CREATE INDEX asset_events_actor ON asset_events (actor_id);

-- Which tickets are about which assets.
CREATE TABLE ticket_assets (
  ticket_id BIGINT NOT NULL REFERENCES tickets (id),
  asset_id BIGINT NOT NULL REFERENCES assets (id),
  added_by_id BIGINT NOT NULL REFERENCES people (id),
  created_at BIGINT NOT NULL,
  PRIMARY KEY (ticket_id, asset_id)
);
CREATE INDEX ticket_assets_asset ON ticket_assets (asset_id, ticket_id);
CREATE INDEX ticket_assets_added_by ON ticket_assets (added_by_id);
