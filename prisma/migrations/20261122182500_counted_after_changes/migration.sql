-- Quota counts from an index alone what lies on pages that vacuum has found visible to all, and fetches each row of the others.
-- By the default a fifth of a table may change before vacuum looks again, when a count takes twice as long.
ALTER TABLE "server" SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02);
ALTER TABLE "port" SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02);
