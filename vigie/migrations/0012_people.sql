-- Other ways in than a password, what each person prefers, and how much of an agent a department has.

-- A code sent by mail: bound to the address it went to and, by `token_hash`, to the browser that asked.
CREATE TABLE mailed_codes (
  token_hash TEXT NOT NULL PRIMARY KEY,
  person_id BIGINT NOT NULL REFERENCES people (id),
  email_key TEXT NOT NULL,
  code_hash TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX mailed_codes_person ON mailed_codes (person_id);

-- `public_key` is COSE, as the authenticator gave it; `counter` is the authenticator's own.
CREATE TABLE passkeys (
  id {id},
  person_id BIGINT NOT NULL REFERENCES people (id),
  name TEXT NOT NULL,
  credential TEXT NOT NULL,
  public_key {bytes} NOT NULL,
  counter BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  used_at BIGINT,
  version BIGINT NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX passkeys_credential ON passkeys (credential);
CREATE INDEX passkeys_person ON passkeys (person_id);

CREATE TABLE passkey_challenges (
  challenge_hash TEXT NOT NULL PRIMARY KEY,
  person_id BIGINT REFERENCES people (id),
  created_at BIGINT NOT NULL
);
CREATE INDEX passkey_challenges_person ON passkey_challenges (person_id);

-- `single_keys`: on or off (WCAG 2.1.4).
ALTER TABLE people ADD COLUMN density TEXT NOT NULL DEFAULT 'comfortable';
ALTER TABLE people ADD COLUMN single_keys TEXT NOT NULL DEFAULT 'on';

-- 0 to 100: how large a share of what is given out goes to this member.
ALTER TABLE memberships ADD COLUMN rate BIGINT NOT NULL DEFAULT 100;
