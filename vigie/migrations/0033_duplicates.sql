-- Two records of one human become one: the other stays as a trace that says where it went, since the journal
-- names it. Its address is a further one of whoever was kept, so that mail from it finds them.
ALTER TABLE people ADD COLUMN merged_into_id BIGINT REFERENCES people (id);
CREATE INDEX people_merged_into ON people (merged_into_id);

CREATE TABLE person_addresses (
  id {id},
  person_id BIGINT NOT NULL REFERENCES people (id),
  email TEXT NOT NULL,
  email_key TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX person_addresses_email_key ON person_addresses (email_key);
CREATE INDEX person_addresses_person ON person_addresses (person_id);

-- An address is one person's, be it their own or a further one: whoever takes for their own what is another's
-- meets the unique index here. Whoever takes their own further address has it no longer beside.
-- only sqlite
CREATE TRIGGER people_address_taken AFTER INSERT ON people
WHEN EXISTS (SELECT 1 FROM person_addresses a WHERE a.email_key = NEW.email_key)
BEGIN
  INSERT INTO person_addresses (person_id, email, email_key, created_at) VALUES (NEW.id, NEW.email, NEW.email_key, 0);
END;
CREATE TRIGGER people_address_changed AFTER UPDATE OF email_key ON people
WHEN NEW.email_key <> OLD.email_key AND EXISTS (SELECT 1 FROM person_addresses a WHERE a.email_key = NEW.email_key)
BEGIN
  DELETE FROM person_addresses WHERE email_key = NEW.email_key AND person_id = NEW.id;
  INSERT INTO person_addresses (person_id, email, email_key, created_at)
    SELECT NEW.id, NEW.email, NEW.email_key, 0
    WHERE EXISTS (SELECT 1 FROM person_addresses a WHERE a.email_key = NEW.email_key);
END;
-- only postgres
CREATE FUNCTION keep_addresses_apart() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    DELETE FROM person_addresses WHERE email_key = NEW.email_key AND person_id = NEW.id;
  END IF;
  INSERT INTO person_addresses (person_id, email, email_key, created_at)
    SELECT NEW.id, NEW.email, NEW.email_key, 0
    WHERE EXISTS (SELECT 1 FROM person_addresses a WHERE a.email_key = NEW.email_key);
  RETURN NULL;
END
$$ ;
CREATE TRIGGER people_address_kept_apart AFTER INSERT OR UPDATE OF email_key ON people
  FOR EACH ROW EXECUTE FUNCTION keep_addresses_apart();
-- both
