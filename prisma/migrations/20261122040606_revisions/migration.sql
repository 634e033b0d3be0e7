-- How often each thing of a network was changed, and when last: clients of Neutron compare it before they write. Counted
-- here, so that no way to change a row forgets it; a transaction counts once, however many statements it has.
ALTER TABLE "network" ADD COLUMN "revision" INTEGER NOT NULL DEFAULT 1, ADD COLUMN "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP;
ALTER TABLE "subnet" ADD COLUMN "revision" INTEGER NOT NULL DEFAULT 1, ADD COLUMN "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP;
ALTER TABLE "port" ADD COLUMN "revision" INTEGER NOT NULL DEFAULT 1, ADD COLUMN "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP;
ALTER TABLE "router" ADD COLUMN "revision" INTEGER NOT NULL DEFAULT 1, ADD COLUMN "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP;
ALTER TABLE "floating_ip" ADD COLUMN "revision" INTEGER NOT NULL DEFAULT 1, ADD COLUMN "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP;
ALTER TABLE "security_group" ADD COLUMN "revision" INTEGER NOT NULL DEFAULT 1, ADD COLUMN "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP;

UPDATE "network" SET "updated_at" = "created_at";
UPDATE "subnet" SET "updated_at" = "created_at";
UPDATE "port" SET "updated_at" = "created_at";
UPDATE "router" SET "updated_at" = "created_at";
UPDATE "floating_ip" SET "updated_at" = "created_at";
UPDATE "security_group" SET "updated_at" = "created_at";

-- The row itself. Its arguments are the columns that nobody chose: what hosts said, and what hosts are told by.
CREATE FUNCTION "revision_counts"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE uncounted CONSTANT TEXT[] := ARRAY['revision', 'updated_at'] || COALESCE(TG_ARGV, '{}');
BEGIN
  IF OLD."updated_at" <> CURRENT_TIMESTAMP AND to_jsonb(NEW) - uncounted <> to_jsonb(OLD) - uncounted THEN
    NEW."revision" := OLD."revision" + 1;
    NEW."updated_at" := CURRENT_TIMESTAMP;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "network_revision" BEFORE UPDATE ON "network" FOR EACH ROW EXECUTE FUNCTION "revision_counts"('generation');
CREATE TRIGGER "subnet_revision" BEFORE UPDATE ON "subnet" FOR EACH ROW EXECUTE FUNCTION "revision_counts"();
CREATE TRIGGER "port_revision" BEFORE UPDATE ON "port" FOR EACH ROW EXECUTE FUNCTION "revision_counts"();
CREATE TRIGGER "router_revision" BEFORE UPDATE ON "router" FOR EACH ROW
  EXECUTE FUNCTION "revision_counts"('generation', 'observed_generation', 'observed_state', 'observed_failure', 'failure', 'host_id');
CREATE TRIGGER "floating_ip_revision" BEFORE UPDATE ON "floating_ip" FOR EACH ROW EXECUTE FUNCTION "revision_counts"();
CREATE TRIGGER "security_group_revision" BEFORE UPDATE ON "security_group" FOR EACH ROW EXECUTE FUNCTION "revision_counts"();

-- What is shown as a part of another row counts as a change of that one. One function for each: a plan that is kept.
CREATE FUNCTION "port_part_counts"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "port" SET "revision" = "revision" + 1, "updated_at" = CURRENT_TIMESTAMP
  WHERE "id" = COALESCE(NEW."port_id", OLD."port_id") AND "updated_at" <> CURRENT_TIMESTAMP;
  RETURN NULL;
END $$;
CREATE TRIGGER "port_address_counts" AFTER INSERT OR UPDATE OR DELETE ON "port_address" FOR EACH ROW EXECUTE FUNCTION "port_part_counts"();
CREATE TRIGGER "port_security_group_counts" AFTER INSERT OR UPDATE OR DELETE ON "port_security_group" FOR EACH ROW EXECUTE FUNCTION "port_part_counts"();

CREATE FUNCTION "subnet_part_counts"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "subnet" SET "revision" = "revision" + 1, "updated_at" = CURRENT_TIMESTAMP
  WHERE "id" = COALESCE(NEW."subnet_id", OLD."subnet_id") AND "updated_at" <> CURRENT_TIMESTAMP;
  RETURN NULL;
END $$;
CREATE TRIGGER "allocation_pool_counts" AFTER INSERT OR UPDATE OR DELETE ON "allocation_pool" FOR EACH ROW EXECUTE FUNCTION "subnet_part_counts"();

CREATE FUNCTION "network_part_counts"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "network" SET "revision" = "revision" + 1, "updated_at" = CURRENT_TIMESTAMP
  WHERE "id" = COALESCE(NEW."network_id", OLD."network_id") AND "updated_at" <> CURRENT_TIMESTAMP;
  RETURN NULL;
END $$;
CREATE TRIGGER "network_subnet_counts" AFTER INSERT OR DELETE ON "subnet" FOR EACH ROW EXECUTE FUNCTION "network_part_counts"();
CREATE TRIGGER "network_policy_counts" AFTER INSERT OR UPDATE OR DELETE ON "rbac_policy" FOR EACH ROW EXECUTE FUNCTION "network_part_counts"();

CREATE FUNCTION "router_part_counts"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "router" SET "revision" = "revision" + 1, "updated_at" = CURRENT_TIMESTAMP
  WHERE "id" IN (NEW."router_id", OLD."router_id") AND "updated_at" <> CURRENT_TIMESTAMP;
  RETURN NULL;
END $$;
CREATE TRIGGER "router_gains" AFTER INSERT ON "port" FOR EACH ROW WHEN (NEW."router_id" IS NOT NULL) EXECUTE FUNCTION "router_part_counts"();
CREATE TRIGGER "router_loses" AFTER DELETE ON "port" FOR EACH ROW WHEN (OLD."router_id" IS NOT NULL) EXECUTE FUNCTION "router_part_counts"();
CREATE TRIGGER "router_swaps" AFTER UPDATE OF "router_id" ON "port" FOR EACH ROW
  WHEN (OLD."router_id" IS DISTINCT FROM NEW."router_id") EXECUTE FUNCTION "router_part_counts"();

CREATE FUNCTION "security_group_part_counts"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "security_group" SET "revision" = "revision" + 1, "updated_at" = CURRENT_TIMESTAMP
  WHERE "id" = COALESCE(NEW."security_group_id", OLD."security_group_id") AND "updated_at" <> CURRENT_TIMESTAMP;
  RETURN NULL;
END $$;
CREATE TRIGGER "security_group_rule_counts" AFTER INSERT OR DELETE ON "security_group_rule" FOR EACH ROW EXECUTE FUNCTION "security_group_part_counts"();

CREATE FUNCTION "floating_ip_part_counts"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "floating_ip" SET "revision" = "revision" + 1, "updated_at" = CURRENT_TIMESTAMP
  WHERE "id" = COALESCE(NEW."floating_ip_id", OLD."floating_ip_id") AND "updated_at" <> CURRENT_TIMESTAMP;
  RETURN NULL;
END $$;
CREATE TRIGGER "port_forwarding_counts" AFTER INSERT OR UPDATE OR DELETE ON "port_forwarding" FOR EACH ROW EXECUTE FUNCTION "floating_ip_part_counts"();
