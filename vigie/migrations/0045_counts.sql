-- Every page counts what its reader sees, by state: read from this index alone, department by department, and in the order
-- in which it is summed up. PostgreSQL goes without: there each change of a count would have to follow into the index.
-- only sqlite
CREATE INDEX ticket_counts_states ON ticket_counts (department_id, confidential, state, holder, n);
ANALYZE ticket_counts;
-- both
