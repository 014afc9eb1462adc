-- Who a letter comes from (decision 0073): the receivers whose findings in it are believed, between spaces; the server that brought it
-- straight from its sender, where this desk looks itself; and what was found: proven, unknown or forged.
ALTER TABLE incoming_mails ADD COLUMN receivers TEXT NOT NULL DEFAULT '';
ALTER TABLE incoming_mails ADD COLUMN peer TEXT NOT NULL DEFAULT '';
ALTER TABLE incoming_mails ADD COLUMN verdict TEXT;

-- The words of a letter that does not come from whom it names.
ALTER TABLE comments ADD COLUMN is_forged BOOLEAN NOT NULL DEFAULT FALSE;

-- Whose findings are believed in letters of a mailbox, between spaces: names its server gives itself.
ALTER TABLE mailboxes ADD COLUMN trusted_receivers TEXT NOT NULL DEFAULT '';
