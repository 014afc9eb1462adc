-- What agents did is counted by day (decision 0042): a span of time is found without walking all of history.
CREATE INDEX events_at ON events (at, actor_id);
