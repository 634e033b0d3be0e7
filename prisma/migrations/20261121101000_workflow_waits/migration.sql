-- What a sleeping run waits for, so that a report wakes those that it is about and lets the others sleep.
ALTER TABLE "workflow_run" ADD COLUMN "waits_for" TEXT;
ALTER TABLE "workflow_run" ADD COLUMN "waits_generation" INTEGER;
