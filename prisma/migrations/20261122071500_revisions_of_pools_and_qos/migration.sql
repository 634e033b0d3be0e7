-- Subnet pools and QoS policies are counted in revisions as everything else of networks is.
ALTER TABLE "subnet_pool" ADD COLUMN "revision" INTEGER NOT NULL DEFAULT 1, ADD COLUMN "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP;
ALTER TABLE "qos_policy" ADD COLUMN "revision" INTEGER NOT NULL DEFAULT 1, ADD COLUMN "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP;
UPDATE "subnet_pool" SET "updated_at" = "created_at";
UPDATE "qos_policy" SET "updated_at" = "created_at";

CREATE TRIGGER "subnet_pool_revision" BEFORE UPDATE ON "subnet_pool" FOR EACH ROW EXECUTE FUNCTION "revision_counts"();
CREATE TRIGGER "qos_policy_revision" BEFORE UPDATE ON "qos_policy" FOR EACH ROW EXECUTE FUNCTION "revision_counts"();

CREATE FUNCTION "subnet_pool_part_counts"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "subnet_pool" SET "revision" = "revision" + 1, "updated_at" = CURRENT_TIMESTAMP
  WHERE "id" = COALESCE(NEW."subnet_pool_id", OLD."subnet_pool_id") AND "updated_at" <> CURRENT_TIMESTAMP;
  RETURN NULL;
END $$;
CREATE TRIGGER "subnet_pool_prefix_counts" AFTER INSERT OR UPDATE OR DELETE ON "subnet_pool_prefix" FOR EACH ROW EXECUTE FUNCTION "subnet_pool_part_counts"();
CREATE TRIGGER "subnet_pool_policy_counts" AFTER INSERT OR UPDATE OR DELETE ON "rbac_policy" FOR EACH ROW EXECUTE FUNCTION "subnet_pool_part_counts"();

CREATE FUNCTION "qos_policy_part_counts"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "qos_policy" SET "revision" = "revision" + 1, "updated_at" = CURRENT_TIMESTAMP
  WHERE "id" = COALESCE(NEW."qos_policy_id", OLD."qos_policy_id") AND "updated_at" <> CURRENT_TIMESTAMP;
  RETURN NULL;
END $$;
CREATE TRIGGER "qos_rule_counts" AFTER INSERT OR UPDATE OR DELETE ON "qos_rule" FOR EACH ROW EXECUTE FUNCTION "qos_policy_part_counts"();
CREATE TRIGGER "qos_policy_policy_counts" AFTER INSERT OR UPDATE OR DELETE ON "rbac_policy" FOR EACH ROW EXECUTE FUNCTION "qos_policy_part_counts"();
