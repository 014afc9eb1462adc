-- Requests of somebody signed in that were refused, counted for each hour until the journal has told of them.
CREATE TABLE refused_requests (
  person_id BIGINT NOT NULL REFERENCES people (id),
  way TEXT NOT NULL,
  -- Method and pattern of the address, as the table of routes spells it.
  request TEXT NOT NULL,
  answer TEXT NOT NULL,
  -- Counted from the beginning of time.
  hour BIGINT NOT NULL,
  count BIGINT NOT NULL,
  PRIMARY KEY (person_id, way, request, answer, hour)
);
CREATE INDEX refused_requests_hour ON refused_requests (hour);
