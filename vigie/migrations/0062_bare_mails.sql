-- Mails of a category's tickets say that something happened, and nothing of what was written (trap E-38; decision 0062).
-- What lies below a confidential category follows it.
ALTER TABLE categories ADD COLUMN is_mailed_bare BOOLEAN NOT NULL DEFAULT FALSE;
