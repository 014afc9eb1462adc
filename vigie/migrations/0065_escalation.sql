-- Calling for help became a permission of its own: roles of the desk that could, still can.
UPDATE roles SET permissions = permissions || ' escalate' WHERE ' ' || permissions || ' ' LIKE '% handle %';
