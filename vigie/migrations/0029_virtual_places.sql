-- A department or a category may be an entry only: what comes in by it lives in the category that it
-- leads to. A ticket remembers the entry it came in by.
ALTER TABLE departments ADD COLUMN virtual_of_id BIGINT REFERENCES categories (id);
ALTER TABLE categories ADD COLUMN virtual_of_id BIGINT REFERENCES categories (id);
ALTER TABLE tickets ADD COLUMN entry_id BIGINT REFERENCES categories (id);
CREATE INDEX departments_virtual_of ON departments (virtual_of_id);
CREATE INDEX categories_virtual_of ON categories (virtual_of_id);
-- Next to all tickets come in where they live.
CREATE INDEX tickets_entry ON tickets (entry_id) WHERE entry_id IS NOT NULL;

-- One row: whoever changes where an entry leads holds it until they are done, so that no two make a
-- loop together.
INSERT INTO settings (key, value) VALUES ('redirects', '');
