-- What administrators say in place of the desk's own sentences, by event and language; nothing said is the desk's own. And
-- what stands under mails about a department's tickets (decision 0071).
CREATE TABLE mail_texts (
  id {id},
  event TEXT NOT NULL,
  language TEXT NOT NULL,
  subject TEXT,
  lead TEXT,
  next TEXT,
  version BIGINT NOT NULL
);
CREATE UNIQUE INDEX mail_texts_once ON mail_texts (event, language);
ALTER TABLE departments ADD COLUMN mail_signature TEXT;
