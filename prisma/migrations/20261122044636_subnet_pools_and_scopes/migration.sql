-- Ranges that subnets are cut out of, and the scopes in which such ranges never overlap.
CREATE TABLE "address_scope" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "project_id" UUID NOT NULL,
  "name" TEXT NOT NULL,
  "family" INTEGER NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "address_scope_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "address_scope_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "address_scope_family_known" CHECK ("family" IN (4, 6))
);
CREATE INDEX "address_scope_project_id_idx" ON "address_scope"("project_id");

CREATE TABLE "subnet_pool" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "project_id" UUID NOT NULL,
  "address_scope_id" UUID,
  "name" TEXT NOT NULL,
  "description" TEXT NOT NULL DEFAULT '',
  "family" INTEGER NOT NULL,
  "min_prefix_length" INTEGER NOT NULL,
  "max_prefix_length" INTEGER NOT NULL,
  "default_prefix_length" INTEGER NOT NULL,
  "quota" INTEGER,
  "is_default" BOOLEAN NOT NULL DEFAULT false,
  "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "subnet_pool_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "subnet_pool_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "subnet_pool_address_scope_id_fkey" FOREIGN KEY ("address_scope_id") REFERENCES "address_scope"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "subnet_pool_family_known" CHECK ("family" IN (4, 6)),
  CONSTRAINT "subnet_pool_lengths_sane" CHECK (
    1 <= "min_prefix_length" AND "min_prefix_length" <= "default_prefix_length"
    AND "default_prefix_length" <= "max_prefix_length" AND "max_prefix_length" <= CASE "family" WHEN 4 THEN 30 ELSE 126 END
  ),
  CONSTRAINT "subnet_pool_quota_sane" CHECK ("quota" >= 0),
  CONSTRAINT "subnet_pool_tags_bounded" CHECK (cardinality("tags") <= 50)
);
CREATE INDEX "subnet_pool_project_id_idx" ON "subnet_pool"("project_id");
CREATE INDEX "subnet_pool_address_scope_id_idx" ON "subnet_pool"("address_scope_id");
CREATE UNIQUE INDEX "subnet_pool_one_default" ON "subnet_pool" ("family") WHERE "is_default";

CREATE TABLE "subnet_pool_prefix" (
  "subnet_pool_id" UUID NOT NULL,
  "prefix" TEXT NOT NULL,
  CONSTRAINT "subnet_pool_prefix_pkey" PRIMARY KEY ("subnet_pool_id", "prefix"),
  CONSTRAINT "subnet_pool_prefix_subnet_pool_id_fkey" FOREIGN KEY ("subnet_pool_id") REFERENCES "subnet_pool"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "subnet_pool_prefix_is_one" CHECK ("prefix"::cidr IS NOT NULL)
);

ALTER TABLE "subnet" ADD COLUMN "subnet_pool_id" UUID,
  ADD CONSTRAINT "subnet_subnet_pool_id_fkey" FOREIGN KEY ("subnet_pool_id") REFERENCES "subnet_pool"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE INDEX "subnet_subnet_pool_id_idx" ON "subnet"("subnet_pool_id");

-- Prefixes overlap neither in their pool nor in its scope. Who writes there waits for the others who do.
CREATE FUNCTION "subnet_pool_overlap_check"("pool" UUID) RETURNS void LANGUAGE plpgsql AS $$
DECLARE "scope" UUID;
BEGIN
  SELECT "address_scope_id" INTO "scope" FROM "subnet_pool" WHERE "id" = "pool" FOR UPDATE;
  PERFORM 1 FROM "address_scope" WHERE "id" = "scope" FOR UPDATE;
  IF EXISTS (
    SELECT 1 FROM "subnet_pool_prefix" AS own
    JOIN "subnet_pool_prefix" AS other ON other."prefix"::cidr && own."prefix"::cidr
      AND (other."subnet_pool_id", other."prefix") <> (own."subnet_pool_id", own."prefix")
    JOIN "subnet_pool" AS holder ON holder."id" = other."subnet_pool_id"
    WHERE own."subnet_pool_id" = "pool" AND (holder."id" = "pool" OR holder."address_scope_id" = "scope")
  ) THEN
    RAISE EXCEPTION 'prefixes of the subnet pool % overlap', "pool" USING ERRCODE = 'integrity_constraint_violation';
  END IF;
END $$;
CREATE FUNCTION "subnet_pool_prefix_check"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM "subnet_pool_overlap_check"(NEW."subnet_pool_id");
  IF EXISTS (SELECT 1 FROM "subnet_pool" WHERE "id" = NEW."subnet_pool_id" AND "family" <> family(NEW."prefix"::cidr)) THEN
    RAISE EXCEPTION 'the prefix % is of another family than its pool', NEW."prefix" USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "subnet_pool_prefix_check" AFTER INSERT OR UPDATE ON "subnet_pool_prefix" FOR EACH ROW EXECUTE FUNCTION "subnet_pool_prefix_check"();
CREATE FUNCTION "subnet_pool_scope_check"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM "subnet_pool_overlap_check"(NEW."id");
  IF EXISTS (SELECT 1 FROM "address_scope" WHERE "id" = NEW."address_scope_id" AND "family" <> NEW."family") THEN
    RAISE EXCEPTION 'the subnet pool % is of another family than its scope', NEW."id" USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "subnet_pool_scope_check" AFTER INSERT OR UPDATE OF "address_scope_id" ON "subnet_pool" FOR EACH ROW EXECUTE FUNCTION "subnet_pool_scope_check"();

-- A subnet lies in its pool, and no other one of the pool has any of its addresses.
CREATE FUNCTION "subnet_in_pool_check"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."subnet_pool_id" IS NULL THEN RETURN NEW; END IF;
  PERFORM 1 FROM "subnet_pool" WHERE "id" = NEW."subnet_pool_id" FOR UPDATE;
  IF NOT EXISTS (
    SELECT 1 FROM "subnet_pool_prefix" WHERE "subnet_pool_id" = NEW."subnet_pool_id" AND NEW."cidr"::cidr <<= "prefix"::cidr
  ) OR EXISTS (
    SELECT 1 FROM "subnet" WHERE "subnet_pool_id" = NEW."subnet_pool_id" AND "id" <> NEW."id" AND "cidr"::cidr && NEW."cidr"::cidr
  ) THEN
    RAISE EXCEPTION 'the range % is not free in the subnet pool %', NEW."cidr", NEW."subnet_pool_id" USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "subnet_in_pool_check" BEFORE INSERT OR UPDATE OF "cidr", "subnet_pool_id" ON "subnet" FOR EACH ROW EXECUTE FUNCTION "subnet_in_pool_check"();

-- Both can be shared.
ALTER TABLE "rbac_policy" ADD COLUMN "subnet_pool_id" UUID, ADD COLUMN "address_scope_id" UUID,
  ADD CONSTRAINT "rbac_policy_subnet_pool_id_fkey" FOREIGN KEY ("subnet_pool_id") REFERENCES "subnet_pool"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  ADD CONSTRAINT "rbac_policy_address_scope_id_fkey" FOREIGN KEY ("address_scope_id") REFERENCES "address_scope"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  DROP CONSTRAINT "rbac_policy_of_one_thing",
  ADD CONSTRAINT "rbac_policy_of_one_thing" CHECK (num_nonnulls("network_id", "qos_policy_id", "subnet_pool_id", "address_scope_id") = 1);
CREATE INDEX "rbac_policy_subnet_pool_id_idx" ON "rbac_policy"("subnet_pool_id");
CREATE INDEX "rbac_policy_address_scope_id_idx" ON "rbac_policy"("address_scope_id");
DROP INDEX "rbac_policy_once";
CREATE UNIQUE INDEX "rbac_policy_once" ON "rbac_policy" ("network_id", "qos_policy_id", "subnet_pool_id", "address_scope_id", "action", "target_project_id") NULLS NOT DISTINCT;
