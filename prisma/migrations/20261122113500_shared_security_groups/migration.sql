-- Security groups are shared with other projects by policies, as networks and QoS policies are.
ALTER TABLE "rbac_policy" ADD COLUMN "security_group_id" UUID,
  ADD CONSTRAINT "rbac_policy_security_group_id_fkey" FOREIGN KEY ("security_group_id") REFERENCES "security_group"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  DROP CONSTRAINT "rbac_policy_of_one_thing",
  ADD CONSTRAINT "rbac_policy_of_one_thing" CHECK (num_nonnulls("network_id", "qos_policy_id", "subnet_pool_id", "address_scope_id", "security_group_id") = 1);
CREATE INDEX "rbac_policy_security_group_id_idx" ON "rbac_policy"("security_group_id");
DROP INDEX "rbac_policy_once";
CREATE UNIQUE INDEX "rbac_policy_once" ON "rbac_policy" ("network_id", "qos_policy_id", "subnet_pool_id", "address_scope_id", "security_group_id", "action", "target_project_id") NULLS NOT DISTINCT;

-- Whom it is open to is told with it.
CREATE TRIGGER "security_group_policy_counts" AFTER INSERT OR UPDATE OR DELETE ON "rbac_policy" FOR EACH ROW EXECUTE FUNCTION "security_group_part_counts"();

-- A port has groups of its own project and those that are open to it (A45). Who takes a group's rows waits for whoever is
-- closing it to others, and the other way round.
CREATE FUNCTION "port_security_group_project_check"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  owner UUID;
  holder UUID;
BEGIN
  SELECT "project_id" INTO holder FROM "port" WHERE "id" = NEW."port_id";
  SELECT "project_id" INTO owner FROM "security_group" WHERE "id" = NEW."security_group_id";
  IF owner IS DISTINCT FROM holder THEN
    PERFORM 1 FROM "security_group" WHERE "id" = NEW."security_group_id" FOR KEY SHARE;
    IF NOT EXISTS (
      SELECT 1 FROM "rbac_policy" AS policy
      WHERE policy."security_group_id" = NEW."security_group_id"
        AND (policy."target_project_id" IS NULL OR policy."target_project_id" = holder)
    ) THEN
      RAISE EXCEPTION 'the security group % is not open to the project of the port', NEW."security_group_id" USING ERRCODE = 'integrity_constraint_violation';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "port_security_group_project_check" BEFORE INSERT OR UPDATE ON "port_security_group" FOR EACH ROW EXECUTE FUNCTION "port_security_group_project_check"();
