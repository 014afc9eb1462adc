-- Forms that somebody typed in and did not send (decision 0051): new tickets, changes of a ticket's
-- properties, replies in the portal. Nobody else reads them. `token` is the token of the form, which tells several
-- new tickets apart; of a property it is the ticket's number. `seen` is the version of the ticket that was looked
-- at, `fields` what was typed, as JSON. A form that was sent leaves an empty row (`sent_at`) as long as a form is
-- kept, so that what arrives late is known. `updated_at` is when it was typed: whichever was typed later stands.
CREATE TABLE unsent_forms (
  id {id},
  person_id BIGINT NOT NULL REFERENCES people (id),
  ticket_id BIGINT REFERENCES tickets (id),
  form TEXT NOT NULL,
  token TEXT NOT NULL,
  seen BIGINT,
  fields TEXT NOT NULL,
  updated_at BIGINT NOT NULL,
  sent_at BIGINT,
  version BIGINT NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX unsent_forms_one ON unsent_forms (person_id, form, token);
CREATE INDEX unsent_forms_ticket ON unsent_forms (ticket_id, person_id);
