-- One worker takes jobs of one kind alone, in the order they are due.
CREATE INDEX jobs_by_kind ON jobs (kind, run_at, id) WHERE failed_at IS NULL;
