-- Which transaction spent last in a project, so that a process knows whether what it counted before is still the whole of it.
CREATE TABLE "spending_turn" (
  "project_id" UUID NOT NULL,
  "transaction" BIGINT NOT NULL,
  "before" BIGINT,
  CONSTRAINT "spending_turn_pkey" PRIMARY KEY ("project_id"),
  CONSTRAINT "spending_turn_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE
) WITH (fillfactor = 50);
