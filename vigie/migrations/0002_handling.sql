-- Handling: what a released ticket was waiting for, and how long things wait. Days that are NULL are
-- those of the category above, then of the department, then of the desk; 0 is never.
ALTER TABLE tickets ADD COLUMN left_as TEXT;
ALTER TABLE tickets ADD COLUMN reminded_at BIGINT;
ALTER TABLE tickets ADD COLUMN is_reopening_over BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX tickets_recall ON tickets (recall_at, id) WHERE recall_at IS NOT NULL;
ALTER TABLE departments ADD COLUMN expire_days BIGINT;
ALTER TABLE departments ADD COLUMN reopen_days BIGINT;
ALTER TABLE categories ADD COLUMN expire_days BIGINT;
ALTER TABLE categories ADD COLUMN reopen_days BIGINT;
