-- Every letter that was met in a mailbox: by its number there, by the digest of its bytes, and by what its head says.
-- `state`: taken, known (taken before, or come another way), before (lay there on the first day), too_large.
CREATE TABLE mailbox_letters (
  id {id},
  mailbox_id BIGINT NOT NULL REFERENCES mailboxes (id),
  account TEXT NOT NULL,
  folder TEXT NOT NULL,
  uid_validity BIGINT NOT NULL,
  uid BIGINT NOT NULL,
  digest TEXT NOT NULL,
  identity TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('taken', 'known', 'before', 'too_large')),
  is_settled BOOLEAN NOT NULL,
  is_gone BOOLEAN NOT NULL DEFAULT FALSE,
  attempts BIGINT NOT NULL DEFAULT 0,
  noted_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX mailbox_letters_once ON mailbox_letters (mailbox_id, account, folder, uid_validity, uid);
CREATE INDEX mailbox_letters_digest ON mailbox_letters (mailbox_id, digest);
CREATE INDEX mailbox_letters_unsettled ON mailbox_letters (mailbox_id, is_settled, uid);
