-- A mail that a server took for some receivers and put off for others (4yz, greylisting) is sent
-- again to those alone.
ALTER TABLE outbox ADD COLUMN receivers TEXT NOT NULL DEFAULT ''; -- blank-separated; '': all of its target
ALTER TABLE outbox ADD COLUMN gone INTEGER NOT NULL DEFAULT 0; -- receivers that were refused for good
