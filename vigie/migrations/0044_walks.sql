-- The indexes that a list walks hold all that decides who sees a row, also whether it is confidential (0031):
-- otherwise every row that a walk passes over is fetched from the table to be judged (decision 0012).
DROP INDEX tickets_by_activity;
CREATE INDEX tickets_by_activity ON tickets (updated_at, id, department_id, assignee_id, requester_id, confidential_id);
DROP INDEX tickets_by_stage_activity;
CREATE INDEX tickets_by_stage_activity ON tickets (stage, updated_at, id, department_id, assignee_id, requester_id, confidential_id);
DROP INDEX tickets_by_state_activity;
CREATE INDEX tickets_by_state_activity ON tickets (state, updated_at, id, department_id, assignee_id, requester_id, confidential_id);
DROP INDEX tickets_by_stage_number;
CREATE INDEX tickets_by_stage_number ON tickets (stage, id, department_id, assignee_id, requester_id, confidential_id);
DROP INDEX tickets_by_stage_priority;
CREATE INDEX tickets_by_stage_priority ON tickets (stage, priority, id, department_id, assignee_id, requester_id, confidential_id);
DROP INDEX tickets_by_priority;
CREATE INDEX tickets_by_priority ON tickets (priority, id, department_id, assignee_id, requester_id, confidential_id);
DROP INDEX tickets_by_assignee;
CREATE INDEX tickets_by_assignee ON tickets (assignee_id, stage, updated_at, id, department_id, requester_id, confidential_id);
DROP INDEX tickets_by_department_activity;
CREATE INDEX tickets_by_department_activity ON tickets (department_id, stage, updated_at, id, assignee_id, requester_id,
  confidential_id, state, priority, origin, category_id, created_at, closed_at, last_actor_id, visibility, version);
-- What is known of how often each value comes went with the old ones.
ANALYZE tickets;
