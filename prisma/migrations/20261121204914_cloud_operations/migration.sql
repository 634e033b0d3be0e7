-- Operations of the whole cloud, newest first, and those that failed, which are few among many.
CREATE INDEX "workflow_run_created_at_id_idx" ON "workflow_run" ("created_at" DESC, "id" DESC);
CREATE INDEX "workflow_run_failed" ON "workflow_run" ("created_at" DESC, "id" DESC) WHERE "state" = 'failed';
