-- A second factor beside the password: an authenticator app, and codes on paper for when it is lost.

-- `sealed_seed` opens with the key in the data folder only. `last_step` is the newest half minute whose
-- code was used: a code is good once.
CREATE TABLE second_factors (
  person_id BIGINT NOT NULL PRIMARY KEY REFERENCES people (id),
  sealed_seed TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  confirmed_at BIGINT,
  last_step BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE recovery_codes (
  person_id BIGINT NOT NULL REFERENCES people (id),
  code_hash TEXT NOT NULL,
  used_at BIGINT,
  PRIMARY KEY (person_id, code_hash)
);

-- Somebody whose password was right and whose second factor is still to come. Not a session: nothing but
-- the second step looks here.
CREATE TABLE sign_in_halves (
  token_hash TEXT NOT NULL PRIMARY KEY,
  person_id BIGINT NOT NULL REFERENCES people (id),
  created_at BIGINT NOT NULL
);
CREATE INDEX sign_in_halves_person ON sign_in_halves (person_id);
