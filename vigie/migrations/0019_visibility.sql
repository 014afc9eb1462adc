-- Who beside its own people may look at a ticket; what a category's new tickets begin with.

ALTER TABLE tickets ADD COLUMN visibility TEXT NOT NULL DEFAULT 'private';
CREATE INDEX tickets_shared ON tickets (updated_at, id) WHERE visibility <> 'private';
ALTER TABLE ticket_templates ADD COLUMN visibility TEXT;
