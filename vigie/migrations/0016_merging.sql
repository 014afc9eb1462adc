-- One ticket merged into another. What moved carries the number of its merge, so that an undo puts
-- back exactly that, whatever was written since; `moved` says how many comments that were. Whoever was let in by
-- a merge stands among the participants with `merge N` as their source.

CREATE TABLE merges (
  id {id},
  ticket_id BIGINT NOT NULL REFERENCES tickets (id),
  into_id BIGINT NOT NULL REFERENCES tickets (id),
  by_id BIGINT NOT NULL REFERENCES people (id),
  state_before TEXT NOT NULL,
  origin TEXT NOT NULL,
  moved BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  undone_at BIGINT,
  undone_by_id BIGINT REFERENCES people (id)
);
CREATE INDEX merges_ticket ON merges (ticket_id, undone_at);
CREATE INDEX merges_into ON merges (into_id, undone_at);
CREATE INDEX merges_by ON merges (by_id);
CREATE INDEX merges_undone_by ON merges (undone_by_id);

ALTER TABLE comments ADD COLUMN merge_id BIGINT REFERENCES merges (id);
CREATE INDEX comments_merge ON comments (merge_id);
ALTER TABLE events ADD COLUMN merge_id BIGINT REFERENCES merges (id);
CREATE INDEX events_merge ON events (merge_id);
ALTER TABLE tasks ADD COLUMN merge_id BIGINT REFERENCES merges (id);
CREATE INDEX tasks_merge ON tasks (merge_id);
ALTER TABLE time_entries ADD COLUMN merge_id BIGINT REFERENCES merges (id);
CREATE INDEX time_entries_merge ON time_entries (merge_id);
