-- How a mailbox signs in (decision 0074): with a password, or with tokens that a provider gives out. Every secret stands
-- here sealed; empty where there is none.
ALTER TABLE mailboxes ADD COLUMN sign_in TEXT NOT NULL DEFAULT 'password'
  CHECK (sign_in IN ('password', 'microsoft', 'google', 'other'));
ALTER TABLE mailboxes ADD COLUMN tenant TEXT NOT NULL DEFAULT '';
ALTER TABLE mailboxes ADD COLUMN client_id TEXT NOT NULL DEFAULT '';
ALTER TABLE mailboxes ADD COLUMN client_secret_sealed TEXT NOT NULL DEFAULT '';
ALTER TABLE mailboxes ADD COLUMN authorize_url TEXT NOT NULL DEFAULT '';
ALTER TABLE mailboxes ADD COLUMN token_url TEXT NOT NULL DEFAULT '';
ALTER TABLE mailboxes ADD COLUMN token_scope TEXT NOT NULL DEFAULT '';
ALTER TABLE mailboxes ADD COLUMN refresh_token_sealed TEXT NOT NULL DEFAULT '';

-- Who asks the provider of a mailbox for a token, until when: a refresh token that is used twice at once is often revoked.
ALTER TABLE mailbox_states ADD COLUMN asker TEXT;
ALTER TABLE mailbox_states ADD COLUMN asks_until BIGINT NOT NULL DEFAULT 0;

-- Somebody who is on the way to a provider and back: `session` alone comes back, once, before `expires_at`, and for the
-- mailbox as it stood.
CREATE TABLE mailbox_connections (
  state_hash TEXT PRIMARY KEY,
  mailbox_id BIGINT NOT NULL REFERENCES mailboxes (id),
  mailbox_version BIGINT NOT NULL,
  session TEXT NOT NULL,
  verifier_sealed TEXT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX mailbox_connections_mailbox ON mailbox_connections (mailbox_id);
CREATE INDEX mailbox_connections_expiry ON mailbox_connections (expires_at);
