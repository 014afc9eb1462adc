-- Mailboxes on other servers, from which letters are fetched by IMAP (features X-16; decision 0056).
-- `channel_id` is the address whose letters these are, and with it their category. The password stands here sealed.
CREATE TABLE mailboxes (
  id {id},
  name TEXT NOT NULL,
  host TEXT NOT NULL,
  port BIGINT NOT NULL,
  protection TEXT NOT NULL CHECK (protection IN ('tls', 'starttls', 'none')),
  login TEXT NOT NULL,
  password_sealed TEXT NOT NULL,
  folder TEXT NOT NULL,
  channel_id BIGINT NOT NULL REFERENCES channels (id),
  afterwards TEXT NOT NULL CHECK (afterwards IN ('leave', 'mark_read', 'move', 'delete')),
  move_to TEXT NOT NULL,
  begins TEXT NOT NULL CHECK (begins IN ('from_now_on', 'everything')),
  is_active BOOLEAN NOT NULL,
  version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX mailboxes_channel ON mailboxes (channel_id);
CREATE UNIQUE INDEX mailboxes_place ON mailboxes (host, login, folder);

-- How fetching stands. `holder` fetches it until `held_until`, and nobody else. `account`, `folder` and `uid_validity`
-- say to which numbering `next_uid` belongs; in a folder that is numbered anew, what was taken is found again by what
-- its letters say.
CREATE TABLE mailbox_states (
  mailbox_id BIGINT PRIMARY KEY REFERENCES mailboxes (id),
  holder TEXT,
  held_until BIGINT NOT NULL DEFAULT 0,
  account TEXT NOT NULL DEFAULT '',
  folder TEXT NOT NULL DEFAULT '',
  uid_validity BIGINT NOT NULL DEFAULT 0,
  next_uid BIGINT NOT NULL DEFAULT 1,
  is_surveyed BOOLEAN NOT NULL DEFAULT FALSE,
  succeeded_at BIGINT,
  failed_at BIGINT,
  fault TEXT,
  fault_said TEXT NOT NULL DEFAULT '',
  tested_at BIGINT,
  test_fault TEXT,
  test_said TEXT NOT NULL DEFAULT '',
  taken BIGINT NOT NULL DEFAULT 0,
  too_large BIGINT NOT NULL DEFAULT 0
);
