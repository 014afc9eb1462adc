-- Counts of views walk what is open, department by department: all that a view may ask of a ticket stands in the
-- index, for each look into its row costs more than the step.
DROP INDEX tickets_by_department_activity;
CREATE INDEX tickets_by_department_activity ON tickets (department_id, stage, updated_at, id, assignee_id, requester_id,
  state, priority, origin, category_id, created_at, closed_at, last_actor_id, visibility, version);

-- only postgres
-- Words go into the index of search at once. Kept for later, they are read through by every search until somebody
-- cleans up; whoever writes them is a task beside the desk, and may take its time.
ALTER INDEX search_index_terms SET (fastupdate = off);
