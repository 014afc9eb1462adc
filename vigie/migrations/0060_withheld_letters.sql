-- Letters that a server lists and does not hand over: `reason` and `said` tell why, `retry_at` when it is asked again
-- (decision 0056). `step` is how far copying an original has come, where a server cannot move; `target_next` the number
-- that the copy has at the least.
-- only sqlite
CREATE TABLE mailbox_letters_new (
  id {id},
  mailbox_id BIGINT NOT NULL REFERENCES mailboxes (id),
  account TEXT NOT NULL,
  folder TEXT NOT NULL,
  uid_validity BIGINT NOT NULL,
  uid BIGINT NOT NULL,
  digest TEXT NOT NULL,
  identity TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('taken', 'known', 'before', 'too_large', 'withheld')),
  is_settled BOOLEAN NOT NULL,
  is_gone BOOLEAN NOT NULL DEFAULT FALSE,
  attempts BIGINT NOT NULL DEFAULT 0,
  noted_at BIGINT NOT NULL
);
INSERT INTO mailbox_letters_new SELECT * FROM mailbox_letters;
DROP TABLE mailbox_letters;
ALTER TABLE mailbox_letters_new RENAME TO mailbox_letters;
CREATE UNIQUE INDEX mailbox_letters_once ON mailbox_letters (mailbox_id, account, folder, uid_validity, uid);
CREATE INDEX mailbox_letters_digest ON mailbox_letters (mailbox_id, digest);
CREATE INDEX mailbox_letters_unsettled ON mailbox_letters (mailbox_id, is_settled, uid);
-- only postgres
ALTER TABLE mailbox_letters DROP CONSTRAINT mailbox_letters_state_check;
ALTER TABLE mailbox_letters ADD CONSTRAINT mailbox_letters_state_check
  CHECK (state IN ('taken', 'known', 'before', 'too_large', 'withheld'));
-- both
ALTER TABLE mailbox_letters ADD COLUMN reason TEXT;
ALTER TABLE mailbox_letters ADD COLUMN said TEXT NOT NULL DEFAULT '';
ALTER TABLE mailbox_letters ADD COLUMN retry_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE mailbox_letters ADD COLUMN step TEXT NOT NULL DEFAULT 'open' CHECK (step IN ('open', 'copying', 'copied'));
ALTER TABLE mailbox_letters ADD COLUMN target_next BIGINT NOT NULL DEFAULT 0;
CREATE INDEX mailbox_letters_withheld ON mailbox_letters (mailbox_id, retry_at) WHERE state = 'withheld';

-- Two servers may stand behind two ports of one machine; and a folder called inbox is INBOX, however it is written.
DROP INDEX mailboxes_place;
UPDATE mailboxes SET folder = 'INBOX' WHERE UPPER(folder) = 'INBOX' AND NOT EXISTS (SELECT 1 FROM mailboxes o
  WHERE o.id <> mailboxes.id AND o.host = mailboxes.host AND o.port = mailboxes.port AND o.login = mailboxes.login
  AND UPPER(o.folder) = 'INBOX');
CREATE UNIQUE INDEX mailboxes_place ON mailboxes (host, port, login, folder);
