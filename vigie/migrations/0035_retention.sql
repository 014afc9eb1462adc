-- A letter of which nothing stays but by what answers find it, because the desk does not keep letters for so long.
ALTER TABLE incoming_mails ADD COLUMN reduced_at BIGINT;
