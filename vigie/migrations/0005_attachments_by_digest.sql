-- Bytes are removed when no row names them: that is asked by their digest.
CREATE INDEX attachments_digest ON attachments (digest);
