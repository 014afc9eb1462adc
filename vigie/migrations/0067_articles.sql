-- The knowledge base (features P-05, X-13, L-24; decision 0067). `words` is title and body without capitals and accents, for
-- whoever looks for them. Whoever reads is counted, and never noted: the counters hold nobody.
CREATE TABLE articles (
  id {id},
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  words TEXT NOT NULL,
  language TEXT NOT NULL CHECK (language IN ('fr', 'en')),
  audience TEXT NOT NULL CHECK (audience IN ('public', 'authenticated', 'department', 'staff')),
  department_id BIGINT REFERENCES departments (id),
  state TEXT NOT NULL CHECK (state IN ('draft', 'published', 'withdrawn')),
  author_id BIGINT NOT NULL REFERENCES people (id),
  editor_id BIGINT NOT NULL REFERENCES people (id),
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  published_at BIGINT,
  readings BIGINT NOT NULL DEFAULT 0,
  solved BIGINT NOT NULL DEFAULT 0,
  unsolved BIGINT NOT NULL DEFAULT 0,
  deflected BIGINT NOT NULL DEFAULT 0,
  version BIGINT NOT NULL DEFAULT 1,
  CHECK (audience <> 'department' OR department_id IS NOT NULL)
);
CREATE INDEX articles_department ON articles (department_id);
CREATE INDEX articles_author ON articles (author_id);
CREATE INDEX articles_editor ON articles (editor_id);

-- What an article said before it was changed: who wrote that, and when.
CREATE TABLE article_texts (
  id {id},
  article_id BIGINT NOT NULL REFERENCES articles (id),
  editor_id BIGINT NOT NULL REFERENCES people (id),
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  written_at BIGINT NOT NULL
);
CREATE INDEX article_texts_article ON article_texts (article_id);
CREATE INDEX article_texts_editor ON article_texts (editor_id);

-- The categories of which an article is shown before a ticket is opened.
CREATE TABLE article_categories (
  article_id BIGINT NOT NULL REFERENCES articles (id),
  category_id BIGINT NOT NULL REFERENCES categories (id),
  PRIMARY KEY (article_id, category_id)
);
CREATE INDEX article_categories_category ON article_categories (category_id);

-- The tickets that an article is about.
CREATE TABLE article_tickets (
  article_id BIGINT NOT NULL REFERENCES articles (id),
  ticket_id BIGINT NOT NULL REFERENCES tickets (id),
  PRIMARY KEY (article_id, ticket_id)
);
CREATE INDEX article_tickets_ticket ON article_tickets (ticket_id);
