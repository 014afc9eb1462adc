-- What becomes of people in copy of a mail: nobody, known or everybody is invited. A category without a word follows the one
-- above it, or its department, and a department without one invites nobody (decision 0079).
ALTER TABLE departments ADD COLUMN copied TEXT;
ALTER TABLE categories ADD COLUMN copied TEXT;
-- By what name a letter is answered: whoever answers a requester's letter, or their own, joins its ticket.
ALTER TABLE incoming_mails ADD COLUMN message_id TEXT;
CREATE INDEX incoming_mails_message ON incoming_mails (message_id);
