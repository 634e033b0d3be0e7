-- Who besides its own project may use a network, and as what.
CREATE TABLE "network_rbac_policy" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "network_id" UUID NOT NULL,
  "project_id" UUID NOT NULL,
  "action" TEXT NOT NULL,
  "target_project_id" UUID,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "network_rbac_policy_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "network_rbac_policy_action_known" CHECK ("action" IN ('access_as_shared', 'access_as_external'))
);
CREATE INDEX "network_rbac_policy_network_id_idx" ON "network_rbac_policy" ("network_id");
CREATE INDEX "network_rbac_policy_target_project_id_idx" ON "network_rbac_policy" ("target_project_id");
CREATE INDEX "network_rbac_policy_project_id_idx" ON "network_rbac_policy" ("project_id");
-- Each is said once; of all projects there is no id to compare.
CREATE UNIQUE INDEX "network_rbac_policy_once" ON "network_rbac_policy" ("network_id", "action", "target_project_id") NULLS NOT DISTINCT;
ALTER TABLE "network_rbac_policy"
  ADD CONSTRAINT "network_rbac_policy_network_id_fkey" FOREIGN KEY ("network_id") REFERENCES "network" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  ADD CONSTRAINT "network_rbac_policy_target_project_id_fkey" FOREIGN KEY ("target_project_id") REFERENCES "project" ("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Subnets stay in the project that owns their network; ports as well, unless the network is open to others (A45).
CREATE FUNCTION "port_project_check"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM "network"
    WHERE "id" = NEW."network_id"
      AND (
        "project_id" = NEW."project_id" OR "is_shared" OR "is_external"
        OR EXISTS (
          SELECT 1 FROM "network_rbac_policy" AS policy
          WHERE policy."network_id" = "network"."id" AND policy."target_project_id" = NEW."project_id"
        )
      )
  ) THEN
    RAISE EXCEPTION 'the network % is not open to the project of the port', NEW."network_id" USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
DROP TRIGGER "port_project_check" ON "port";
CREATE TRIGGER "port_project_check" BEFORE INSERT OR UPDATE OF "network_id", "project_id" ON "port" FOR EACH ROW EXECUTE FUNCTION "port_project_check"();
