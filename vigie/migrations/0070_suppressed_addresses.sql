-- Addresses nothing is mailed to any more: their server says that there is nobody, or their person called our mail unwanted
-- (decision 0070). In small letters.
CREATE TABLE suppressed_addresses (
  id {id},
  address TEXT NOT NULL UNIQUE,
  reason TEXT NOT NULL,
  said TEXT,
  since BIGINT NOT NULL,
  held_back BIGINT NOT NULL DEFAULT 0
);
