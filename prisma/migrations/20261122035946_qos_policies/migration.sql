-- How fast ports are, and how what they send is marked.
CREATE TABLE "qos_policy" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "project_id" UUID NOT NULL,
  "name" TEXT NOT NULL,
  "description" TEXT NOT NULL DEFAULT '',
  "is_default" BOOLEAN NOT NULL DEFAULT false,
  "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "qos_policy_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "qos_policy_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "qos_policy_tags_bounded" CHECK (cardinality("tags") <= 50)
);
CREATE INDEX "qos_policy_project_id_idx" ON "qos_policy"("project_id");
CREATE UNIQUE INDEX "qos_policy_one_default" ON "qos_policy" ("project_id") WHERE "is_default";

CREATE TABLE "qos_rule" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "qos_policy_id" UUID NOT NULL,
  "kind" TEXT NOT NULL,
  "direction" TEXT,
  "kilobits_per_second" INTEGER,
  "burst_kilobits" INTEGER,
  "dscp_mark" INTEGER,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "qos_rule_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "qos_rule_qos_policy_id_fkey" FOREIGN KEY ("qos_policy_id") REFERENCES "qos_policy"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  -- Each kind says what it is about, and nothing else.
  CONSTRAINT "qos_rule_whole" CHECK (
    CASE "kind"
      WHEN 'bandwidth-limit' THEN "direction" IS NOT NULL AND "kilobits_per_second" IS NOT NULL AND "burst_kilobits" IS NOT NULL AND "dscp_mark" IS NULL
      WHEN 'minimum-bandwidth' THEN "direction" IS NOT NULL AND "kilobits_per_second" IS NOT NULL AND "burst_kilobits" IS NULL AND "dscp_mark" IS NULL
      WHEN 'dscp-marking' THEN "direction" IS NULL AND "kilobits_per_second" IS NULL AND "burst_kilobits" IS NULL AND "dscp_mark" IS NOT NULL
      ELSE false
    END
  ),
  CONSTRAINT "qos_rule_direction_known" CHECK ("direction" IN ('ingress', 'egress')),
  CONSTRAINT "qos_rule_sane" CHECK ("kilobits_per_second" >= 1 AND "burst_kilobits" >= 0 AND "dscp_mark" BETWEEN 0 AND 63)
);
CREATE UNIQUE INDEX "qos_rule_once" ON "qos_rule" ("qos_policy_id", "kind", "direction") NULLS NOT DISTINCT;

ALTER TABLE "network" ADD COLUMN "qos_policy_id" UUID,
  ADD CONSTRAINT "network_qos_policy_id_fkey" FOREIGN KEY ("qos_policy_id") REFERENCES "qos_policy"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE INDEX "network_qos_policy_id_idx" ON "network"("qos_policy_id");
ALTER TABLE "port" ADD COLUMN "qos_policy_id" UUID,
  ADD CONSTRAINT "port_qos_policy_id_fkey" FOREIGN KEY ("qos_policy_id") REFERENCES "qos_policy"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE INDEX "port_qos_policy_id_idx" ON "port"("qos_policy_id");

-- What is shared with others is said in one table, whatever it is.
ALTER TABLE "network_rbac_policy" RENAME TO "rbac_policy";
ALTER TABLE "rbac_policy" RENAME CONSTRAINT "network_rbac_policy_pkey" TO "rbac_policy_pkey";
ALTER TABLE "rbac_policy" RENAME CONSTRAINT "network_rbac_policy_network_id_fkey" TO "rbac_policy_network_id_fkey";
ALTER TABLE "rbac_policy" RENAME CONSTRAINT "network_rbac_policy_target_project_id_fkey" TO "rbac_policy_target_project_id_fkey";
ALTER INDEX "network_rbac_policy_network_id_idx" RENAME TO "rbac_policy_network_id_idx";
ALTER INDEX "network_rbac_policy_target_project_id_idx" RENAME TO "rbac_policy_target_project_id_idx";
ALTER INDEX "network_rbac_policy_project_id_idx" RENAME TO "rbac_policy_project_id_idx";
DROP INDEX "network_rbac_policy_once";
ALTER TABLE "rbac_policy" ALTER COLUMN "network_id" DROP NOT NULL,
  ADD COLUMN "qos_policy_id" UUID,
  ADD CONSTRAINT "rbac_policy_qos_policy_id_fkey" FOREIGN KEY ("qos_policy_id") REFERENCES "qos_policy"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  DROP CONSTRAINT "network_rbac_policy_action_known",
  ADD CONSTRAINT "rbac_policy_action_known" CHECK (
    "action" = 'access_as_shared' OR ("action" = 'access_as_external' AND "network_id" IS NOT NULL)
  ),
  ADD CONSTRAINT "rbac_policy_of_one_thing" CHECK (num_nonnulls("network_id", "qos_policy_id") = 1);
CREATE INDEX "rbac_policy_qos_policy_id_idx" ON "rbac_policy"("qos_policy_id");
CREATE UNIQUE INDEX "rbac_policy_once" ON "rbac_policy" ("network_id", "qos_policy_id", "action", "target_project_id") NULLS NOT DISTINCT;

CREATE OR REPLACE FUNCTION "port_project_check"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM "network"
    WHERE "id" = NEW."network_id"
      AND (
        "project_id" = NEW."project_id" OR "is_shared" OR "is_external"
        OR EXISTS (
          SELECT 1 FROM "rbac_policy" AS policy
          WHERE policy."network_id" = "network"."id" AND policy."target_project_id" = NEW."project_id"
        )
      )
  ) THEN
    RAISE EXCEPTION 'the network % is not open to the project of the port', NEW."network_id" USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
