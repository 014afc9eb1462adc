-- What the composer needs: saved replies, drafts that wait before they are sent, and mentions.

-- A text used again and again. `sharing` private (its owner's), department (its members'), everyone.
CREATE TABLE saved_replies (
  id {id},
  sharing TEXT NOT NULL,
  owner_id BIGINT NOT NULL REFERENCES people (id),
  department_id BIGINT REFERENCES departments (id),
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX saved_replies_owner ON saved_replies (owner_id);
CREATE INDEX saved_replies_department ON saved_replies (department_id);

-- What somebody wrote on a ticket and nobody else may read yet. `state` draft (stands in the
-- composer), held (on its way until release_at) or sent (its words are comment_id's; the row tells
-- which version of the ticket it made, and is swept away a day later).
CREATE TABLE drafts (
  id {id},
  ticket_id BIGINT NOT NULL REFERENCES tickets (id),
  author_id BIGINT NOT NULL REFERENCES people (id),
  audience TEXT NOT NULL,
  state TEXT NOT NULL,
  body TEXT NOT NULL,
  once TEXT,
  release_at BIGINT,
  refusal TEXT,
  comment_id BIGINT REFERENCES comments (id),
  version_before BIGINT,
  updated_at BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX drafts_ticket ON drafts (ticket_id, author_id);
CREATE INDEX drafts_author ON drafts (author_id, state, updated_at);
CREATE INDEX drafts_comment ON drafts (comment_id);
CREATE UNIQUE INDEX drafts_once ON drafts (ticket_id, author_id, once);
CREATE UNIQUE INDEX drafts_one ON drafts (ticket_id, author_id) WHERE state = 'draft';

-- Files that came with a draft; the bytes stand in the object store under `digest`.
CREATE TABLE draft_files (
  id {id},
  draft_id BIGINT NOT NULL REFERENCES drafts (id),
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  size BIGINT NOT NULL,
  digest TEXT NOT NULL
);
CREATE INDEX draft_files_draft ON draft_files (draft_id);

-- Who is called by name in a comment that they may read.
CREATE TABLE mentions (
  comment_id BIGINT NOT NULL REFERENCES comments (id),
  ticket_id BIGINT NOT NULL REFERENCES tickets (id),
  person_id BIGINT NOT NULL REFERENCES people (id),
  PRIMARY KEY (comment_id, person_id)
);
CREATE INDEX mentions_ticket ON mentions (ticket_id);
CREATE INDEX mentions_person ON mentions (person_id);
