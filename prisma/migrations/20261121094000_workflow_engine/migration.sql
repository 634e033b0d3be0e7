-- A server is on its host when the control plane wants it there, which is not the same as its state: a failed create is
-- purged while its row stays.
ALTER TABLE "server" ADD COLUMN "desired_presence" TEXT NOT NULL DEFAULT 'absent';
ALTER TABLE "server" ADD CONSTRAINT "server_desired_presence_known" CHECK ("desired_presence" IN ('present', 'absent'));

ALTER TABLE "workflow_step" ADD COLUMN "title" TEXT NOT NULL;

-- Of the runs of one key at most one is under way, whatever races (H28).
CREATE UNIQUE INDEX "workflow_run_one_under_way" ON "workflow_run" ("key") WHERE "started_at" IS NOT NULL AND "ended_at" IS NULL;
