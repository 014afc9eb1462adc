-- The journal of what was done to accounts, rights and settings. Rows are only ever added, each tied to
-- the one before by `link`. `detail` says what became of what (JSON); it may be emptied when a person is
-- erased, and the chain holds all the same: `link` is made of `detail_digest`.
CREATE TABLE audit_entries (
  id BIGINT PRIMARY KEY,
  at BIGINT NOT NULL,
  actor_id BIGINT REFERENCES people (id),
  way TEXT NOT NULL,
  deed TEXT NOT NULL,
  person_id BIGINT REFERENCES people (id),
  department_id BIGINT REFERENCES departments (id),
  detail TEXT NOT NULL,
  detail_digest TEXT NOT NULL,
  link TEXT NOT NULL
);
CREATE INDEX audit_entries_actor ON audit_entries (actor_id, id);
CREATE INDEX audit_entries_person ON audit_entries (person_id, id);
CREATE INDEX audit_entries_department ON audit_entries (department_id, id);

-- One row: the number and the link of the newest entry. Whoever adds one holds it until they are done.
CREATE TABLE audit_head (
  id BIGINT PRIMARY KEY,
  number BIGINT NOT NULL,
  link TEXT NOT NULL
);
INSERT INTO audit_head (id, number, link) VALUES (1, 0, '');

-- only sqlite
CREATE TRIGGER audit_entries_stay BEFORE DELETE ON audit_entries
BEGIN
  SELECT RAISE(ABORT, 'the journal is only added to');
END;
CREATE TRIGGER audit_entries_stand BEFORE UPDATE ON audit_entries
WHEN NEW.detail <> '' OR NEW.link <> OLD.link OR NEW.detail_digest <> OLD.detail_digest
BEGIN
  SELECT RAISE(ABORT, 'the journal is only added to');
END;
-- only postgres
CREATE FUNCTION keep_audit_entries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.detail = '' AND NEW.link = OLD.link AND NEW.detail_digest = OLD.detail_digest THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'the journal is only added to';
END
$$ ;
CREATE TRIGGER audit_entries_stand BEFORE UPDATE OR DELETE ON audit_entries
  FOR EACH ROW EXECUTE FUNCTION keep_audit_entries();
-- both
