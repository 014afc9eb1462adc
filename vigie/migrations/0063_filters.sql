-- Rules for letters that would open a ticket (features X-16; decision 0063): asked in the order of `position`. All of its
-- conditions must hold; empty is none. `senders` and `words` are lines, any of which will do. A rule is for one address, for
-- one mailbox, or for all.
CREATE TABLE filter_rules (
  id {id},
  name TEXT NOT NULL,
  position BIGINT NOT NULL,
  is_active BOOLEAN NOT NULL,
  channel_id BIGINT REFERENCES channels (id),
  mailbox_id BIGINT REFERENCES mailboxes (id),
  senders TEXT NOT NULL,
  header_name TEXT NOT NULL,
  header_words TEXT NOT NULL,
  words TEXT NOT NULL,
  size_over BIGINT,
  needs_file BOOLEAN NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('ticket', 'quarantine')),
  category_id BIGINT REFERENCES categories (id),
  tag_words TEXT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1,
  CHECK (channel_id IS NULL OR mailbox_id IS NULL)
);
CREATE INDEX filter_rules_channel ON filter_rules (channel_id);
CREATE INDEX filter_rules_mailbox ON filter_rules (mailbox_id);
CREATE INDEX filter_rules_category ON filter_rules (category_id);

-- How many letters a rule met, by day of UTC.
CREATE TABLE filter_counts (
  rule_id BIGINT NOT NULL REFERENCES filter_rules (id),
  day BIGINT NOT NULL,
  letters BIGINT NOT NULL,
  PRIMARY KEY (rule_id, day)
);

-- The name of the rule that put a letter into quarantine, as it was then.
ALTER TABLE incoming_mails ADD COLUMN filtered_by TEXT;
