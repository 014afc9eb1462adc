-- A mailbox that is told of the tickets of a department or of a category: its address and how much it hears. A category
-- without a word follows the one above it, or its department (features X-10, X-11; decision 0069).
ALTER TABLE departments ADD COLUMN mailbox_address TEXT;
ALTER TABLE departments ADD COLUMN mailbox_alert TEXT;
ALTER TABLE categories ADD COLUMN mailbox_address TEXT;
ALTER TABLE categories ADD COLUMN mailbox_alert TEXT;
-- A mailbox is nobody: what tells an event to a person once does not know it.
CREATE UNIQUE INDEX outgoing_mails_mailbox_once ON outgoing_mails (event_id, address) WHERE purpose = 'monitoring_mailbox';
