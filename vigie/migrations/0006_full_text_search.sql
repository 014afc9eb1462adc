-- What is searched. Words are analysed by the program; the engines only keep and find them (decision
-- 0016). A ticket has one document for everybody, or two once staff wrote to each other or tagged it:
-- its public words, and all its words. `id` is the ticket's number twice, plus one for the words of staff.
-- Neither table refers to the ticket: PostgreSQL would hold the ticket's row for the indexer, and the
-- indexer and a change that hides words could wait for each other.
CREATE TABLE search_documents (
  id {id},
  ticket_id BIGINT NOT NULL,
  audience TEXT NOT NULL,
  heads TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX search_documents_ticket ON search_documents (ticket_id);

-- Which tickets and people changed since they were indexed. Triggers write it in the transaction of
-- the change, so that no verb can forget it; the indexer empties it.
CREATE TABLE search_queue (
  id {id},
  ticket_id BIGINT,
  person_id BIGINT
);
CREATE INDEX search_queue_ticket ON search_queue (ticket_id);
CREATE INDEX search_queue_person ON search_queue (person_id);

-- only sqlite
-- The words by which people are found: names, addresses, logins, folded.
CREATE TABLE person_words (
  word TEXT NOT NULL,
  person_id BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  PRIMARY KEY (word, person_id)
);

-- The tokenizer only cuts at spaces: it gets words that are ready.
CREATE VIRTUAL TABLE search_index USING fts5 (
  terms, content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '2 3'
);
CREATE TRIGGER search_forgets AFTER DELETE ON search_documents
BEGIN
  DELETE FROM search_index WHERE rowid = OLD.id;
END;

CREATE TRIGGER search_ticket_opened AFTER INSERT ON tickets
BEGIN
  INSERT INTO search_queue (ticket_id) VALUES (NEW.id);
END;
CREATE TRIGGER search_ticket_changed AFTER UPDATE OF subject, state, department_id, category_id,
  requester_id, assignee_id ON tickets
BEGIN
  INSERT INTO search_queue (ticket_id) VALUES (NEW.id);
END;
-- One writer at a time: a ticket that waits need not be noted again.
CREATE TRIGGER search_comment_written AFTER INSERT ON comments
WHEN NOT EXISTS (SELECT 1 FROM search_queue WHERE ticket_id = NEW.ticket_id)
BEGIN
  INSERT INTO search_queue (ticket_id) VALUES (NEW.ticket_id);
END;
-- Words that were taken away, or hidden, are found no more from this moment on.
CREATE TRIGGER search_comment_changed AFTER UPDATE OF body, audience, ticket_id ON comments
BEGIN
  DELETE FROM search_documents WHERE ticket_id IN (OLD.ticket_id, NEW.ticket_id);
  INSERT INTO search_queue (ticket_id) VALUES (OLD.ticket_id), (NEW.ticket_id);
END;
CREATE TRIGGER search_comment_removed AFTER DELETE ON comments
BEGIN
  DELETE FROM search_documents WHERE ticket_id = OLD.ticket_id;
  INSERT INTO search_queue (ticket_id) VALUES (OLD.ticket_id);
END;
CREATE TRIGGER search_attachment_added AFTER INSERT ON attachments
WHEN NOT EXISTS (SELECT 1 FROM search_queue WHERE ticket_id = NEW.ticket_id)
BEGIN
  INSERT INTO search_queue (ticket_id) VALUES (NEW.ticket_id);
END;
CREATE TRIGGER search_attachment_changed AFTER UPDATE OF name, comment_id, ticket_id ON attachments
BEGIN
  DELETE FROM search_documents WHERE ticket_id IN (OLD.ticket_id, NEW.ticket_id);
  INSERT INTO search_queue (ticket_id) VALUES (OLD.ticket_id), (NEW.ticket_id);
END;
CREATE TRIGGER search_attachment_removed AFTER DELETE ON attachments
BEGIN
  DELETE FROM search_documents WHERE ticket_id = OLD.ticket_id;
  INSERT INTO search_queue (ticket_id) VALUES (OLD.ticket_id);
END;
CREATE TRIGGER search_participant_added AFTER INSERT ON participants
WHEN NOT EXISTS (SELECT 1 FROM search_queue WHERE ticket_id = NEW.ticket_id)
BEGIN
  INSERT INTO search_queue (ticket_id) VALUES (NEW.ticket_id);
END;
CREATE TRIGGER search_participant_removed AFTER DELETE ON participants
BEGIN
  INSERT INTO search_queue (ticket_id) VALUES (OLD.ticket_id);
END;
CREATE TRIGGER search_tag_added AFTER INSERT ON ticket_tags
BEGIN
  INSERT INTO search_queue (ticket_id) VALUES (NEW.ticket_id);
END;
CREATE TRIGGER search_tag_removed AFTER DELETE ON ticket_tags
BEGIN
  INSERT INTO search_queue (ticket_id) VALUES (OLD.ticket_id);
END;
CREATE TRIGGER search_tag_renamed AFTER UPDATE OF name ON tags
BEGIN
  INSERT INTO search_queue (ticket_id) SELECT ticket_id FROM ticket_tags WHERE tag_id = NEW.id;
END;
CREATE TRIGGER search_person_added AFTER INSERT ON people
BEGIN
  INSERT INTO search_queue (person_id) VALUES (NEW.id);
END;
CREATE TRIGGER search_person_changed AFTER UPDATE OF name, email, login ON people
BEGIN
  INSERT INTO search_queue (person_id) VALUES (NEW.id);
  INSERT INTO search_queue (ticket_id) SELECT id FROM tickets WHERE requester_id = NEW.id AND NEW.name <> OLD.name;
END;
-- only postgres
CREATE TABLE person_words (
  word TEXT COLLATE "C" NOT NULL,
  person_id BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  PRIMARY KEY (word, person_id)
);

-- The words stand apart from the row, so that the rows a search looks through are short.
CREATE TABLE search_index (
  rowid BIGINT NOT NULL PRIMARY KEY REFERENCES search_documents (id) ON DELETE CASCADE,
  terms TSVECTOR NOT NULL
) WITH (toast_tuple_target = 128);
ALTER TABLE search_index ALTER COLUMN terms SET STORAGE EXTERNAL;
CREATE INDEX search_index_terms ON search_index USING gin (terms);

CREATE FUNCTION note_for_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Words that were taken away, or hidden, are found no more from this moment on.
  IF TG_TABLE_NAME IN ('comments', 'attachments') AND TG_OP <> 'INSERT' THEN
    DELETE FROM search_documents WHERE ticket_id = OLD.ticket_id;
    INSERT INTO search_queue (ticket_id) VALUES (OLD.ticket_id);
  END IF;
  IF TG_TABLE_NAME IN ('participants', 'ticket_tags') AND TG_OP = 'DELETE' THEN
    INSERT INTO search_queue (ticket_id) VALUES (OLD.ticket_id);
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO search_queue (ticket_id) VALUES (NEW.ticket_id);
  END IF;
  RETURN NULL;
END
$$ ;
CREATE FUNCTION note_ticket_for_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO search_queue (ticket_id) VALUES (NEW.id);
  RETURN NULL;
END
$$ ;
CREATE FUNCTION note_tag_for_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO search_queue (ticket_id) SELECT ticket_id FROM ticket_tags WHERE tag_id = NEW.id;
  RETURN NULL;
END
$$ ;
CREATE FUNCTION note_person_for_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO search_queue (person_id) VALUES (NEW.id);
  IF TG_OP = 'UPDATE' THEN
    INSERT INTO search_queue (ticket_id) SELECT id FROM tickets WHERE requester_id = NEW.id AND NEW.name <> OLD.name;
  END IF;
  RETURN NULL;
END
$$ ;
CREATE TRIGGER search_ticket_opened AFTER INSERT ON tickets
  FOR EACH ROW EXECUTE FUNCTION note_ticket_for_search();
CREATE TRIGGER search_ticket_changed AFTER UPDATE OF subject, state, department_id, category_id,
  requester_id, assignee_id ON tickets FOR EACH ROW EXECUTE FUNCTION note_ticket_for_search();
CREATE TRIGGER search_comment_changed AFTER INSERT OR DELETE OR UPDATE OF body, audience, ticket_id ON comments
  FOR EACH ROW EXECUTE FUNCTION note_for_search();
CREATE TRIGGER search_attachment_changed AFTER INSERT OR DELETE OR UPDATE OF name, comment_id, ticket_id ON attachments
  FOR EACH ROW EXECUTE FUNCTION note_for_search();
CREATE TRIGGER search_participant_changed AFTER INSERT OR DELETE ON participants
  FOR EACH ROW EXECUTE FUNCTION note_for_search();
CREATE TRIGGER search_tag_changed AFTER INSERT OR DELETE ON ticket_tags
  FOR EACH ROW EXECUTE FUNCTION note_for_search();
CREATE TRIGGER search_tag_renamed AFTER UPDATE OF name ON tags
  FOR EACH ROW EXECUTE FUNCTION note_tag_for_search();
CREATE TRIGGER search_person_changed AFTER INSERT OR UPDATE OF name, email, login ON people
  FOR EACH ROW EXECUTE FUNCTION note_person_for_search();
-- both
CREATE INDEX person_words_person ON person_words (person_id);
