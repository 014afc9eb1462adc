-- Links in mails that do nothing any more (decision 0061), since something was done by them, or a letter that came in
-- holds them, which others read. What a link offers stands in the link itself, signed; here is only the digest of what
-- it says, for as long as it would work.
CREATE TABLE spent_mail_links (
  digest TEXT NOT NULL PRIMARY KEY,
  spent_at BIGINT NOT NULL,
  is_done BOOLEAN NOT NULL
);
CREATE INDEX spent_mail_links_at ON spent_mail_links (spent_at);
