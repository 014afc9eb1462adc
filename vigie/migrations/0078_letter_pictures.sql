-- How many pictures of other hosts the mail behind a message named; nothing when there is nothing to be seen of it but its words
-- (decision 0080).
ALTER TABLE comments ADD COLUMN letter_pictures BIGINT;
