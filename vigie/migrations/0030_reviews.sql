-- When somebody last looked at how far an agent sees; nobody yet, since they became one.
ALTER TABLE agents ADD COLUMN reviewed_at BIGINT;
