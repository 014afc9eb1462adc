-- Archived tickets may go as a whole (decision 0047). Since when each is in the archive: in that order they go.
ALTER TABLE tickets ADD COLUMN archived_at BIGINT;
UPDATE tickets SET archived_at = COALESCE((SELECT MAX(e.at) FROM events e WHERE e.ticket_id = tickets.id AND e.kind = 'archived'), updated_at)
  WHERE state = 'archived';
CREATE INDEX tickets_archived ON tickets (archived_at, id) WHERE archived_at IS NOT NULL;

-- What a run over many tickets remembers of one, and what was done to one by rank, goes with it: found by its number.
CREATE INDEX bulk_rows_number ON bulk_rows (number);
CREATE INDEX acts_by_rank_ticket ON acts_by_rank (ticket_id);

-- A ticket that is gone is found no more from this moment on; and an indexer that read it just before looks again.
-- only sqlite
CREATE TRIGGER search_ticket_removed AFTER DELETE ON tickets
BEGIN
  DELETE FROM search_documents WHERE ticket_id = OLD.id;
  INSERT INTO search_queue (ticket_id) VALUES (OLD.id);
END;
-- only postgres
CREATE FUNCTION forget_ticket_in_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM search_documents WHERE ticket_id = OLD.id;
  INSERT INTO search_queue (ticket_id) VALUES (OLD.id);
  RETURN NULL;
END
$$ ;
CREATE TRIGGER search_ticket_removed AFTER DELETE ON tickets
  FOR EACH ROW EXECUTE FUNCTION forget_ticket_in_search();
-- both
