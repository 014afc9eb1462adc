-- What lists are ordered by, and keys that people gave other keys.

-- Names as lists order them: without capitals and accents, byte by byte, the same on both engines
-- (decision 0012). The first sixty characters decide; what begins alike goes by number.

-- A letter and what it is ordered as. Letters that are not here stand as they are, ASCII capitals as small ones.
CREATE TABLE plain_letters (
  letter TEXT NOT NULL PRIMARY KEY,
  plain TEXT NOT NULL
);
INSERT INTO plain_letters (letter, plain) VALUES
  ('À', 'a'), ('Á', 'a'), ('Â', 'a'), ('Ã', 'a'), ('Ä', 'a'), ('Å', 'a'), ('Æ', 'ae'), ('Ç', 'c'), ('È', 'e'),
  ('É', 'e'), ('Ê', 'e'), ('Ë', 'e'), ('Ì', 'i'), ('Í', 'i'), ('Î', 'i'), ('Ï', 'i'), ('Ð', 'd'), ('Ñ', 'n'),
  ('Ò', 'o'), ('Ó', 'o'), ('Ô', 'o'), ('Õ', 'o'), ('Ö', 'o'), ('Ø', 'o'), ('Ù', 'u'), ('Ú', 'u'), ('Û', 'u'),
  ('Ü', 'u'), ('Ý', 'y'), ('Þ', 'th'), ('ß', 'ss'), ('à', 'a'), ('á', 'a'), ('â', 'a'), ('ã', 'a'), ('ä', 'a'),
  ('å', 'a'), ('æ', 'ae'), ('ç', 'c'), ('è', 'e'), ('é', 'e'), ('ê', 'e'), ('ë', 'e'), ('ì', 'i'), ('í', 'i'),
  ('î', 'i'), ('ï', 'i'), ('ð', 'd'), ('ñ', 'n'), ('ò', 'o'), ('ó', 'o'), ('ô', 'o'), ('õ', 'o'), ('ö', 'o'),
  ('ø', 'o'), ('ù', 'u'), ('ú', 'u'), ('û', 'u'), ('ü', 'u'), ('ý', 'y'), ('þ', 'th'), ('ÿ', 'y'), ('Ā', 'a'),
  ('ā', 'a'), ('Ă', 'a'), ('ă', 'a'), ('Ą', 'a'), ('ą', 'a'), ('Ć', 'c'), ('ć', 'c'), ('Ĉ', 'c'), ('ĉ', 'c'),
  ('Ċ', 'c'), ('ċ', 'c'), ('Č', 'c'), ('č', 'c'), ('Ď', 'd'), ('ď', 'd'), ('Đ', 'd'), ('đ', 'd'), ('Ē', 'e'),
  ('ē', 'e'), ('Ĕ', 'e'), ('ĕ', 'e'), ('Ė', 'e'), ('ė', 'e'), ('Ę', 'e'), ('ę', 'e'), ('Ě', 'e'), ('ě', 'e'),
  ('Ĝ', 'g'), ('ĝ', 'g'), ('Ğ', 'g'), ('ğ', 'g'), ('Ġ', 'g'), ('ġ', 'g'), ('Ģ', 'g'), ('ģ', 'g'), ('Ĥ', 'h'),
  ('ĥ', 'h'), ('Ħ', 'h'), ('ħ', 'h'), ('Ĩ', 'i'), ('ĩ', 'i'), ('Ī', 'i'), ('ī', 'i'), ('Ĭ', 'i'), ('ĭ', 'i'),
  ('Į', 'i'), ('į', 'i'), ('İ', 'i'), ('ı', 'i'), ('Ĳ', 'ij'), ('ĳ', 'ij'), ('Ĵ', 'j'), ('ĵ', 'j'), ('Ķ', 'k'),
  ('ķ', 'k'), ('ĸ', 'k'), ('Ĺ', 'l'), ('ĺ', 'l'), ('Ļ', 'l'), ('ļ', 'l'), ('Ľ', 'l'), ('ľ', 'l'), ('Ŀ', 'l'),
  ('ŀ', 'l'), ('Ł', 'l'), ('ł', 'l'), ('Ń', 'n'), ('ń', 'n'), ('Ņ', 'n'), ('ņ', 'n'), ('Ň', 'n'), ('ň', 'n'),
  ('ŉ', 'n'), ('Ŋ', 'n'), ('ŋ', 'n'), ('Ō', 'o'), ('ō', 'o'), ('Ŏ', 'o'), ('ŏ', 'o'), ('Ő', 'o'), ('ő', 'o'),
  ('Œ', 'oe'), ('œ', 'oe'), ('Ŕ', 'r'), ('ŕ', 'r'), ('Ŗ', 'r'), ('ŗ', 'r'), ('Ř', 'r'), ('ř', 'r'), ('Ś', 's'),
  ('ś', 's'), ('Ŝ', 's'), ('ŝ', 's'), ('Ş', 's'), ('ş', 's'), ('Š', 's'), ('š', 's'), ('Ţ', 't'), ('ţ', 't'),
  ('Ť', 't'), ('ť', 't'), ('Ŧ', 't'), ('ŧ', 't'), ('Ũ', 'u'), ('ũ', 'u'), ('Ū', 'u'), ('ū', 'u'), ('Ŭ', 'u'),
  ('ŭ', 'u'), ('Ů', 'u'), ('ů', 'u'), ('Ű', 'u'), ('ű', 'u'), ('Ų', 'u'), ('ų', 'u'), ('Ŵ', 'w'), ('ŵ', 'w'),
  ('Ŷ', 'y'), ('ŷ', 'y'), ('Ÿ', 'y'), ('Ź', 'z'), ('ź', 'z'), ('Ż', 'z'), ('ż', 'z'), ('Ž', 'z'), ('ž', 'z'),
  ('ſ', 's'), ('Ș', 's'), ('ș', 's'), ('Ț', 't'), ('ț', 't'), ('ẞ', 'ss'), ('Ά', 'α'), ('Έ', 'ε'), ('Ή', 'η'),
  ('Ί', 'ι'), ('Ό', 'ο'), ('Ύ', 'υ'), ('Ώ', 'ω'), ('ΐ', 'ι'), ('Α', 'α'), ('Β', 'β'), ('Γ', 'γ'), ('Δ', 'δ'),
  ('Ε', 'ε'), ('Ζ', 'ζ'), ('Η', 'η'), ('Θ', 'θ'), ('Ι', 'ι'), ('Κ', 'κ'), ('Λ', 'λ'), ('Μ', 'μ'), ('Ν', 'ν'),
  ('Ξ', 'ξ'), ('Ο', 'ο'), ('Π', 'π'), ('Ρ', 'ρ'), ('Σ', 'σ'), ('Τ', 'τ'), ('Υ', 'υ'), ('Φ', 'φ'), ('Χ', 'χ'),
  ('Ψ', 'ψ'), ('Ω', 'ω'), ('Ϊ', 'ι'), ('Ϋ', 'υ'), ('ά', 'α'), ('έ', 'ε'), ('ή', 'η'), ('ί', 'ι'), ('ΰ', 'υ'),
  ('ς', 'σ'), ('ϊ', 'ι'), ('ϋ', 'υ'), ('ό', 'ο'), ('ύ', 'υ'), ('ώ', 'ω'), ('Ѐ', 'ѐ'), ('Ё', 'ё'), ('Ђ', 'ђ'),
  ('Ѓ', 'ѓ'), ('Є', 'є'), ('Ѕ', 'ѕ'), ('І', 'і'), ('Ї', 'ї'), ('Ј', 'ј'), ('Љ', 'љ'), ('Њ', 'њ'), ('Ћ', 'ћ'),
  ('Ќ', 'ќ'), ('Ѝ', 'ѝ'), ('Ў', 'ў'), ('Џ', 'џ'), ('А', 'а'), ('Б', 'б'), ('В', 'в'), ('Г', 'г'), ('Д', 'д'),
  ('Е', 'е'), ('Ж', 'ж'), ('З', 'з'), ('И', 'и'), ('Й', 'й'), ('К', 'к'), ('Л', 'л'), ('М', 'м'), ('Н', 'н'),
  ('О', 'о'), ('П', 'п'), ('Р', 'р'), ('С', 'с'), ('Т', 'т'), ('У', 'у'), ('Ф', 'ф'), ('Х', 'х'), ('Ц', 'ц'),
  ('Ч', 'ч'), ('Ш', 'ш'), ('Щ', 'щ'), ('Ъ', 'ъ'), ('Ы', 'ы'), ('Ь', 'ь'), ('Э', 'э'), ('Ю', 'ю'), ('Я', 'я');
-- Marks that stand after their letter instead of on it.
INSERT INTO plain_letters (letter, plain) VALUES
  ('̀', ''), ('́', ''), ('̂', ''), ('̃', ''), ('̄', ''), ('̆', ''), ('̇', ''), ('̈', ''), ('̊', ''), ('̋', ''), ('̌', ''), ('̧', ''), ('̨', '');

-- only postgres
CREATE FUNCTION spelt(name TEXT) RETURNS TEXT LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN octet_length(name) = length(name) THEN lower(substr(name, 1, 60) COLLATE "C")
    ELSE (SELECT string_agg(COALESCE(l.plain, lower(s.c COLLATE "C")), '' ORDER BY s.n)
      FROM regexp_split_to_table(substr(name, 1, 60), '') WITH ORDINALITY s (c, n)
      LEFT JOIN plain_letters l ON l.letter = s.c) END
$$ ;
CREATE FUNCTION spell_name() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.name_key := spelt(NEW.name);
  RETURN NEW;
END
$$ ;
CREATE FUNCTION spell_subject() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.subject_key := spelt(NEW.subject);
  RETURN NEW;
END
$$ ;
-- both

-- only sqlite
ALTER TABLE people ADD COLUMN name_key TEXT NOT NULL DEFAULT '';
-- only postgres
ALTER TABLE people ADD COLUMN name_key TEXT COLLATE "C" NOT NULL DEFAULT '';
-- only sqlite
CREATE TRIGGER people_name_given AFTER INSERT ON people
BEGIN
  UPDATE people SET name_key = '' WHERE id = NEW.id;
END;
CREATE TRIGGER people_name_spelt AFTER UPDATE OF name, name_key ON people
WHEN NEW.name_key = '' OR NEW.name <> OLD.name
BEGIN
  UPDATE people SET name_key = CASE WHEN length(CAST(NEW.name AS BLOB)) = length(NEW.name) THEN lower(substr(NEW.name, 1, 60)) ELSE (
    WITH RECURSIVE spelt (n, key) AS (SELECT 0, '' UNION ALL
      SELECT s.n + 1, s.key || COALESCE((SELECT l.plain FROM plain_letters l WHERE l.letter = substr(NEW.name, s.n + 1, 1)),
        lower(substr(NEW.name, s.n + 1, 1))) FROM spelt s WHERE s.n < min(60, length(NEW.name)))
    SELECT s.key FROM spelt s ORDER BY s.n DESC LIMIT 1) END WHERE id = NEW.id;
END;
UPDATE people SET name_key = '';
-- only postgres
CREATE TRIGGER people_name_spelt BEFORE INSERT OR UPDATE OF name, name_key ON people
  FOR EACH ROW EXECUTE FUNCTION spell_name();
UPDATE people SET name_key = '';
-- both

-- only sqlite
ALTER TABLE departments ADD COLUMN name_key TEXT NOT NULL DEFAULT '';
-- only postgres
ALTER TABLE departments ADD COLUMN name_key TEXT COLLATE "C" NOT NULL DEFAULT '';
-- only sqlite
CREATE TRIGGER departments_name_given AFTER INSERT ON departments
BEGIN
  UPDATE departments SET name_key = '' WHERE id = NEW.id;
END;
CREATE TRIGGER departments_name_spelt AFTER UPDATE OF name, name_key ON departments
WHEN NEW.name_key = '' OR NEW.name <> OLD.name
BEGIN
  UPDATE departments SET name_key = CASE WHEN length(CAST(NEW.name AS BLOB)) = length(NEW.name) THEN lower(substr(NEW.name, 1, 60)) ELSE (
    WITH RECURSIVE spelt (n, key) AS (SELECT 0, '' UNION ALL
      SELECT s.n + 1, s.key || COALESCE((SELECT l.plain FROM plain_letters l WHERE l.letter = substr(NEW.name, s.n + 1, 1)),
        lower(substr(NEW.name, s.n + 1, 1))) FROM spelt s WHERE s.n < min(60, length(NEW.name)))
    SELECT s.key FROM spelt s ORDER BY s.n DESC LIMIT 1) END WHERE id = NEW.id;
END;
UPDATE departments SET name_key = '';
-- only postgres
CREATE TRIGGER departments_name_spelt BEFORE INSERT OR UPDATE OF name, name_key ON departments
  FOR EACH ROW EXECUTE FUNCTION spell_name();
UPDATE departments SET name_key = '';
-- both

-- only sqlite
ALTER TABLE categories ADD COLUMN name_key TEXT NOT NULL DEFAULT '';
-- only postgres
ALTER TABLE categories ADD COLUMN name_key TEXT COLLATE "C" NOT NULL DEFAULT '';
-- only sqlite
CREATE TRIGGER categories_name_given AFTER INSERT ON categories
BEGIN
  UPDATE categories SET name_key = '' WHERE id = NEW.id;
END;
CREATE TRIGGER categories_name_spelt AFTER UPDATE OF name, name_key ON categories
WHEN NEW.name_key = '' OR NEW.name <> OLD.name
BEGIN
  UPDATE categories SET name_key = CASE WHEN length(CAST(NEW.name AS BLOB)) = length(NEW.name) THEN lower(substr(NEW.name, 1, 60)) ELSE (
    WITH RECURSIVE spelt (n, key) AS (SELECT 0, '' UNION ALL
      SELECT s.n + 1, s.key || COALESCE((SELECT l.plain FROM plain_letters l WHERE l.letter = substr(NEW.name, s.n + 1, 1)),
        lower(substr(NEW.name, s.n + 1, 1))) FROM spelt s WHERE s.n < min(60, length(NEW.name)))
    SELECT s.key FROM spelt s ORDER BY s.n DESC LIMIT 1) END WHERE id = NEW.id;
END;
UPDATE categories SET name_key = '';
-- only postgres
CREATE TRIGGER categories_name_spelt BEFORE INSERT OR UPDATE OF name, name_key ON categories
  FOR EACH ROW EXECUTE FUNCTION spell_name();
UPDATE categories SET name_key = '';
-- both

-- only sqlite
ALTER TABLE tickets ADD COLUMN subject_key TEXT NOT NULL DEFAULT '';
-- only postgres
ALTER TABLE tickets ADD COLUMN subject_key TEXT COLLATE "C" NOT NULL DEFAULT '';
-- only sqlite
CREATE TRIGGER tickets_subject_given AFTER INSERT ON tickets
BEGIN
  UPDATE tickets SET subject_key = '' WHERE id = NEW.id;
END;
CREATE TRIGGER tickets_subject_spelt AFTER UPDATE OF subject, subject_key ON tickets
WHEN NEW.subject_key = '' OR NEW.subject <> OLD.subject
BEGIN
  UPDATE tickets SET subject_key = CASE WHEN length(CAST(NEW.subject AS BLOB)) = length(NEW.subject) THEN lower(substr(NEW.subject, 1, 60)) ELSE (
    WITH RECURSIVE spelt (n, key) AS (SELECT 0, '' UNION ALL
      SELECT s.n + 1, s.key || COALESCE((SELECT l.plain FROM plain_letters l WHERE l.letter = substr(NEW.subject, s.n + 1, 1)),
        lower(substr(NEW.subject, s.n + 1, 1))) FROM spelt s WHERE s.n < min(60, length(NEW.subject)))
    SELECT s.key FROM spelt s ORDER BY s.n DESC LIMIT 1) END WHERE id = NEW.id;
END;
UPDATE tickets SET subject_key = '';
-- only postgres
CREATE TRIGGER tickets_subject_spelt BEFORE INSERT OR UPDATE OF subject, subject_key ON tickets
  FOR EACH ROW EXECUTE FUNCTION spell_subject();
UPDATE tickets SET subject_key = '';
-- both

-- Actions whose key somebody changed: `take=q close=Shift+Q`. Whoever has no row has every key unasked.
CREATE TABLE key_maps (
  person_id BIGINT NOT NULL PRIMARY KEY REFERENCES people (id),
  keys TEXT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1
);
