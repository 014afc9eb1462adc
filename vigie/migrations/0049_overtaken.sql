-- At which version the ticket stood when a line of its history was written: who changes something else than others
-- did since they looked is not in their way (decision 0049).
ALTER TABLE events ADD COLUMN stood_at BIGINT NOT NULL DEFAULT 0;
-- Pages that are open now were read at the version that stands, or before what they have not seen.
UPDATE events SET stood_at = (SELECT t.version - 1 FROM tickets t WHERE t.id = events.ticket_id);
-- Which versions a released reply made was kept to tell one's own changes from others'; the lines say it now.
ALTER TABLE drafts DROP COLUMN version_before;
