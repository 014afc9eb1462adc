-- Of a letter that is too large its head is kept, and how many bytes there are where it was left (decision 0056).
ALTER TABLE incoming_mails ADD COLUMN left_bytes BIGINT;

-- Word of it to its sender is counted with the acknowledgements.
DROP INDEX outgoing_mails_acknowledgements;
CREATE INDEX outgoing_mails_acknowledgements ON outgoing_mails (created_at) WHERE purpose IN ('acknowledgement', 'too_large');
