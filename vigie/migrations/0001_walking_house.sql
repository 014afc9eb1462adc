-- The walking house. Times are UTC microseconds, names of states and kinds are words, editable
-- rows carry a version. {id} and {bytes} are spelled by kit/src/db/dialect.rs.

CREATE TABLE settings (
  key TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE organizations (
  id {id},
  name TEXT NOT NULL UNIQUE
);

CREATE TABLE locations (
  id {id},
  name TEXT NOT NULL UNIQUE
);

CREATE TABLE people (
  id {id},
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  email_key TEXT NOT NULL,
  login TEXT,
  login_key TEXT,
  kind TEXT NOT NULL,
  language TEXT,
  time_zone TEXT,
  theme TEXT NOT NULL DEFAULT 'auto',
  organization_id BIGINT REFERENCES organizations (id),
  location_id BIGINT REFERENCES locations (id),
  phone TEXT,
  job_title TEXT,
  password_hash TEXT,
  has_portal BOOLEAN NOT NULL,
  disabled_at BIGINT,
  created_at BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX people_email_key ON people (email_key);
CREATE UNIQUE INDEX people_login_key ON people (login_key);
CREATE INDEX people_organization ON people (organization_id);
CREATE INDEX people_location ON people (location_id);
CREATE INDEX people_name ON people (name, id);

-- A person who is staff: what they may do (role) and how far they see (scope).
CREATE TABLE agents (
  person_id BIGINT NOT NULL PRIMARY KEY REFERENCES people (id),
  role TEXT NOT NULL,
  scope TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE sessions (
  token_hash TEXT NOT NULL PRIMARY KEY,
  person_id BIGINT NOT NULL REFERENCES people (id),
  secret TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  user_agent TEXT NOT NULL,
  address TEXT NOT NULL
);
CREATE INDEX sessions_person ON sessions (person_id);

CREATE TABLE one_time_links (
  token_hash TEXT NOT NULL PRIMARY KEY,
  purpose TEXT NOT NULL,
  person_id BIGINT REFERENCES people (id),
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT
);
CREATE INDEX one_time_links_person ON one_time_links (person_id);

-- What throttling counts: `subject` is an account name or a network address, by its kind.
CREATE TABLE sign_in_attempts (
  id {id},
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX sign_in_attempts_subject ON sign_in_attempts (kind, subject, at);

CREATE TABLE api_tokens (
  id {id},
  person_id BIGINT NOT NULL REFERENCES people (id),
  name TEXT NOT NULL,
  token_hash TEXT NOT NULL UNIQUE,
  created_at BIGINT NOT NULL,
  revoked_at BIGINT
);
CREATE INDEX api_tokens_person ON api_tokens (person_id);

CREATE TABLE idempotency_keys (
  person_id BIGINT NOT NULL REFERENCES people (id),
  key TEXT NOT NULL,
  request_digest TEXT NOT NULL,
  status BIGINT,
  body TEXT,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (person_id, key)
);

CREATE TABLE departments (
  id {id},
  name TEXT NOT NULL,
  default_category_id BIGINT,
  is_active BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX departments_name ON departments (name);

CREATE TABLE categories (
  id {id},
  department_id BIGINT NOT NULL REFERENCES departments (id),
  parent_id BIGINT REFERENCES categories (id),
  name TEXT NOT NULL,
  position BIGINT NOT NULL,
  is_active BOOLEAN NOT NULL,
  version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX categories_department ON categories (department_id, position);
CREATE INDEX categories_parent ON categories (parent_id);

-- An agent's place in a department. `privileges` are the words of policy.rs, between spaces.
CREATE TABLE memberships (
  person_id BIGINT NOT NULL REFERENCES agents (person_id),
  department_id BIGINT NOT NULL REFERENCES departments (id),
  level TEXT NOT NULL,
  privileges TEXT NOT NULL,
  is_available BOOLEAN NOT NULL,
  alert_any TEXT NOT NULL DEFAULT 'never',
  alert_category TEXT NOT NULL DEFAULT 'creation',
  alert_held TEXT NOT NULL DEFAULT 'always',
  version BIGINT NOT NULL DEFAULT 1,
  PRIMARY KEY (person_id, department_id)
);
CREATE INDEX memberships_department ON memberships (department_id);

-- `stage` is the state's family (open, awaiting, ended, archived), kept beside it so that one
-- index serves the lists people look at. `last_side` is the hat of whoever changed it last.
CREATE TABLE tickets (
  id {id},
  subject TEXT NOT NULL,
  state TEXT NOT NULL,
  stage TEXT NOT NULL,
  department_id BIGINT NOT NULL REFERENCES departments (id),
  category_id BIGINT NOT NULL REFERENCES categories (id),
  requester_id BIGINT NOT NULL REFERENCES people (id),
  author_id BIGINT NOT NULL REFERENCES people (id),
  assignee_id BIGINT REFERENCES people (id),
  priority BIGINT NOT NULL,
  origin TEXT NOT NULL,
  recall_at BIGINT,
  comment_count BIGINT NOT NULL DEFAULT 0,
  last_actor_id BIGINT REFERENCES people (id),
  last_side TEXT NOT NULL,
  once TEXT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  closed_at BIGINT,
  version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX tickets_by_activity ON tickets (updated_at, id, department_id, assignee_id, requester_id);
CREATE INDEX tickets_by_stage_activity ON tickets (stage, updated_at, id, department_id, assignee_id, requester_id);
CREATE INDEX tickets_by_state_activity ON tickets (state, updated_at, id, department_id, assignee_id, requester_id);
CREATE INDEX tickets_by_stage_number ON tickets (stage, id, department_id, assignee_id, requester_id);
CREATE INDEX tickets_by_stage_priority ON tickets (stage, priority, id, department_id, assignee_id, requester_id);
CREATE INDEX tickets_by_priority ON tickets (priority, id, department_id, assignee_id, requester_id);
CREATE INDEX tickets_by_department_activity ON tickets (department_id, stage, updated_at, id);
CREATE INDEX tickets_by_assignee ON tickets (assignee_id, stage, updated_at, id);
CREATE INDEX tickets_by_requester ON tickets (requester_id, stage, updated_at, id);
CREATE INDEX tickets_category ON tickets (category_id);
CREATE INDEX tickets_author ON tickets (author_id);
CREATE INDEX tickets_last_actor ON tickets (last_actor_id);
CREATE UNIQUE INDEX tickets_once ON tickets (author_id, once);

-- How many tickets stand where: kept by the triggers below, so that a count never walks a million
-- rows and no verb can forget it.
CREATE TABLE ticket_counts (
  department_id BIGINT NOT NULL REFERENCES departments (id),
  state TEXT NOT NULL,
  n BIGINT NOT NULL,
  PRIMARY KEY (department_id, state)
);

-- only sqlite
CREATE TRIGGER tickets_counted_in AFTER INSERT ON tickets
BEGIN
  INSERT INTO ticket_counts (department_id, state, n) VALUES (NEW.department_id, NEW.state, 1)
    ON CONFLICT (department_id, state) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER tickets_counted_out AFTER DELETE ON tickets
BEGIN
  UPDATE ticket_counts SET n = n - 1 WHERE department_id = OLD.department_id AND state = OLD.state;
END;
CREATE TRIGGER tickets_counted_over AFTER UPDATE OF department_id, state ON tickets
WHEN NEW.department_id <> OLD.department_id OR NEW.state <> OLD.state
BEGIN
  UPDATE ticket_counts SET n = n - 1 WHERE department_id = OLD.department_id AND state = OLD.state;
  INSERT INTO ticket_counts (department_id, state, n) VALUES (NEW.department_id, NEW.state, 1)
    ON CONFLICT (department_id, state) DO UPDATE SET n = n + 1;
END;
-- only postgres
CREATE FUNCTION count_tickets() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Rows are touched in one order, so that two transfers in opposite directions cannot deadlock.
  IF TG_OP = 'UPDATE' AND (OLD.department_id, OLD.state) < (NEW.department_id, NEW.state) THEN
    UPDATE ticket_counts SET n = n - 1 WHERE department_id = OLD.department_id AND state = OLD.state;
  END IF;
  IF TG_OP IN ('INSERT', 'UPDATE') THEN
    INSERT INTO ticket_counts AS c (department_id, state, n) VALUES (NEW.department_id, NEW.state, 1)
      ON CONFLICT (department_id, state) DO UPDATE SET n = c.n + 1;
  END IF;
  IF TG_OP = 'DELETE' OR (TG_OP = 'UPDATE' AND (OLD.department_id, OLD.state) > (NEW.department_id, NEW.state)) THEN
    UPDATE ticket_counts SET n = n - 1 WHERE department_id = OLD.department_id AND state = OLD.state;
  END IF;
  RETURN NULL;
END
$$ ;
CREATE TRIGGER tickets_counted AFTER INSERT OR DELETE ON tickets
  FOR EACH ROW EXECUTE FUNCTION count_tickets();
CREATE TRIGGER tickets_counted_over AFTER UPDATE OF department_id, state ON tickets
  FOR EACH ROW WHEN (OLD.department_id <> NEW.department_id OR OLD.state <> NEW.state)
  EXECUTE FUNCTION count_tickets();
-- both

CREATE TABLE participants (
  ticket_id BIGINT NOT NULL REFERENCES tickets (id),
  person_id BIGINT NOT NULL REFERENCES people (id),
  kind TEXT NOT NULL,
  source TEXT NOT NULL,
  added_by_id BIGINT REFERENCES people (id),
  created_at BIGINT NOT NULL,
  PRIMARY KEY (ticket_id, person_id, kind)
);
CREATE INDEX participants_person ON participants (person_id, kind, ticket_id);
CREATE INDEX participants_added_by ON participants (added_by_id);

-- What came in by mail, whole, before anybody read it.
CREATE TABLE channels (
  id {id},
  address TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  category_id BIGINT NOT NULL REFERENCES categories (id),
  is_active BOOLEAN NOT NULL,
  version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX channels_category ON channels (category_id);

CREATE TABLE incoming_mails (
  id {id},
  channel_id BIGINT REFERENCES channels (id),
  digest TEXT NOT NULL,
  raw {bytes} NOT NULL,
  envelope_from TEXT NOT NULL,
  envelope_to TEXT NOT NULL,
  received_at BIGINT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT,
  subject TEXT,
  sender TEXT,
  ticket_id BIGINT REFERENCES tickets (id),
  handled_at BIGINT
);
CREATE UNIQUE INDEX incoming_mails_once ON incoming_mails (channel_id, digest);
CREATE INDEX incoming_mails_state ON incoming_mails (state, id);
CREATE INDEX incoming_mails_ticket ON incoming_mails (ticket_id);

-- `audience` public or staff; `hat` is the side the author wrote from; `html` is safe already.
CREATE TABLE comments (
  id {id},
  ticket_id BIGINT NOT NULL REFERENCES tickets (id),
  author_id BIGINT NOT NULL REFERENCES people (id),
  audience TEXT NOT NULL,
  hat TEXT NOT NULL,
  origin TEXT NOT NULL,
  body TEXT NOT NULL,
  html TEXT NOT NULL,
  quoted TEXT,
  incoming_mail_id BIGINT REFERENCES incoming_mails (id),
  once TEXT,
  created_at BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX comments_ticket ON comments (ticket_id, id);
CREATE INDEX comments_author ON comments (author_id);
CREATE UNIQUE INDEX comments_incoming_mail ON comments (incoming_mail_id);
CREATE UNIQUE INDEX comments_once ON comments (ticket_id, author_id, once);

-- `name` is cleaned for display; the bytes stand in the object store under `digest`.
CREATE TABLE attachments (
  id {id},
  ticket_id BIGINT NOT NULL REFERENCES tickets (id),
  comment_id BIGINT NOT NULL REFERENCES comments (id),
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  size BIGINT NOT NULL,
  digest TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX attachments_ticket ON attachments (ticket_id, id);
CREATE INDEX attachments_comment ON attachments (comment_id);

-- History: who, when, what, before, after.
CREATE TABLE events (
  id {id},
  ticket_id BIGINT NOT NULL REFERENCES tickets (id),
  actor_id BIGINT REFERENCES people (id),
  hat TEXT NOT NULL,
  kind TEXT NOT NULL,
  audience TEXT NOT NULL,
  old_value TEXT,
  new_value TEXT,
  comment_id BIGINT REFERENCES comments (id),
  at BIGINT NOT NULL
);
CREATE INDEX events_ticket ON events (ticket_id, id);
CREATE INDEX events_actor ON events (actor_id);
CREATE INDEX events_comment ON events (comment_id);

-- The post going out. `message_id` is decided when the row is written, so a retry is the same letter.
CREATE TABLE outgoing_mails (
  id {id},
  message_id TEXT NOT NULL UNIQUE,
  purpose TEXT NOT NULL,
  person_id BIGINT REFERENCES people (id),
  address TEXT NOT NULL,
  ticket_id BIGINT REFERENCES tickets (id),
  event_id BIGINT REFERENCES events (id),
  nonce TEXT NOT NULL,
  detail TEXT,
  subject TEXT,
  state TEXT NOT NULL,
  attempts BIGINT NOT NULL DEFAULT 0,
  next_at BIGINT,
  last_error TEXT,
  raw {bytes},
  created_at BIGINT NOT NULL,
  settled_at BIGINT
);
CREATE UNIQUE INDEX outgoing_mails_once ON outgoing_mails (event_id, person_id);
CREATE INDEX outgoing_mails_state ON outgoing_mails (state, id);
CREATE INDEX outgoing_mails_person ON outgoing_mails (person_id);
CREATE INDEX outgoing_mails_ticket ON outgoing_mails (ticket_id);

CREATE TABLE jobs (
  id {id},
  kind TEXT NOT NULL,
  payload TEXT NOT NULL,
  run_at BIGINT NOT NULL,
  attempts BIGINT NOT NULL,
  lease TEXT,
  leased_until BIGINT,
  failed_at BIGINT,
  last_error TEXT
);
CREATE INDEX jobs_due ON jobs (run_at, id) WHERE failed_at IS NULL;
