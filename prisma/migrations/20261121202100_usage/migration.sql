-- What things cost. Times of usage are kept to the millisecond and money in whole billionths, so that sums are exact.
CREATE TABLE "usage" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "project_id" UUID NOT NULL,
    "project_name" TEXT NOT NULL,
    "domain_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "resource_id" UUID NOT NULL,
    "resource_name" TEXT NOT NULL,
    "item" TEXT NOT NULL DEFAULT '',
    "quantity" BIGINT NOT NULL DEFAULT 1,
    "vcpus" INTEGER,
    "memory_mib" INTEGER,
    "disk_gib" INTEGER,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "usage_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "usage_kind_known" CHECK ("kind" IN ('server', 'server-stopped', 'image', 'volume', 'floating-ip', 'object')),
    CONSTRAINT "usage_quantity_sane" CHECK ("quantity" >= 0),
    CONSTRAINT "usage_goes_forward" CHECK ("ended_at" >= "started_at")
);
CREATE INDEX "usage_resource_id_started_at_idx" ON "usage"("resource_id", "started_at" DESC);
-- A thing is in one state at a time.
CREATE UNIQUE INDEX "usage_one_open" ON "usage"("resource_id") WHERE "ended_at" IS NULL;
-- What was there in a month: all that had not ended before it.
CREATE INDEX "usage_of_project" ON "usage"("project_id", coalesce("ended_at", 'infinity'::timestamptz));
CREATE INDEX "usage_of_domain" ON "usage"("domain_id", coalesce("ended_at", 'infinity'::timestamptz));
CREATE INDEX "usage_of_all" ON "usage"(coalesce("ended_at", 'infinity'::timestamptz));

-- What was used stays used: a row is ended once, and otherwise only follows the name of what it is about.
CREATE FUNCTION "usage_stays"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'what was used never changes' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER "usage_stays" BEFORE UPDATE ON "usage" FOR EACH ROW
  WHEN (ROW(OLD."id", OLD."project_id", OLD."domain_id", OLD."kind", OLD."resource_id", OLD."item", OLD."quantity",
            OLD."vcpus", OLD."memory_mib", OLD."disk_gib", OLD."started_at")
        IS DISTINCT FROM
        ROW(NEW."id", NEW."project_id", NEW."domain_id", NEW."kind", NEW."resource_id", NEW."item", NEW."quantity",
            NEW."vcpus", NEW."memory_mib", NEW."disk_gib", NEW."started_at")
        OR (OLD."ended_at" IS NOT NULL AND OLD."ended_at" IS DISTINCT FROM NEW."ended_at"))
  EXECUTE FUNCTION "usage_stays"();
CREATE TRIGGER "usage_is_kept" BEFORE DELETE ON "usage" FOR EACH ROW EXECUTE FUNCTION "usage_stays"();

-- From now on a thing is `becomes`, or, where that is null, nothing that counts. The same again changes nothing. The caller
-- has locked the thing, so its turns come one after the other; a clock that was put back makes none of them overlap.
CREATE FUNCTION "usage_turn"(
  of_resource UUID, called TEXT, of_project UUID, becomes TEXT, of_item TEXT, amount BIGINT,
  cpus INTEGER, memory INTEGER, disk INTEGER, at TIMESTAMPTZ
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  latest "usage"%ROWTYPE;
  since TIMESTAMPTZ := date_trunc('milliseconds', at);
BEGIN
  SELECT * INTO latest FROM "usage" WHERE "resource_id" = of_resource
    ORDER BY "started_at" DESC, "ended_at" DESC NULLS FIRST LIMIT 1;
  IF FOUND THEN
    since := greatest(since, latest."started_at", latest."ended_at");
    IF latest."resource_name" <> called THEN
      UPDATE "usage" SET "resource_name" = called WHERE "resource_id" = of_resource;
    END IF;
    IF latest."ended_at" IS NULL THEN
      IF ROW(latest."project_id", latest."kind", latest."item", latest."quantity", latest."vcpus", latest."memory_mib", latest."disk_gib")
         IS NOT DISTINCT FROM ROW(of_project, becomes, of_item, amount, cpus, memory, disk) THEN
        RETURN;
      END IF;
      UPDATE "usage" SET "ended_at" = since WHERE "id" = latest."id";
    END IF;
  END IF;
  IF becomes IS NULL THEN RETURN; END IF;
  INSERT INTO "usage" ("project_id", "project_name", "domain_id", "kind", "resource_id", "resource_name", "item", "quantity",
                       "vcpus", "memory_mib", "disk_gib", "started_at")
  SELECT "id", "name", "domain_id", becomes, of_resource, called, of_item, amount, cpus, memory, disk, since
  FROM "project" WHERE "id" = of_project;
END $$;

-- A server counts from when it first runs until it is asked to be deleted. One that failed before it ran counts for nothing;
-- one that failed later counts as stopped, and so does one that is only about to run.
CREATE FUNCTION "server_usage_kind"(state TEXT, launched_at TIMESTAMPTZ) RETURNS TEXT LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN state IN ('running', 'rebooting', 'stopping') THEN 'server'
    WHEN state IN ('stopped', 'starting') THEN 'server-stopped'
    WHEN state = 'error' AND launched_at IS NOT NULL THEN 'server-stopped'
  END
$$;
CREATE FUNCTION "server_usage"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    PERFORM "usage_turn"(OLD."id", OLD."name", OLD."project_id", NULL, '', 1, NULL, NULL, NULL, clock_timestamp());
    RETURN NULL;
  END IF;
  PERFORM "usage_turn"(NEW."id", NEW."name", NEW."project_id", "server_usage_kind"(NEW."state", NEW."launched_at"),
    NEW."flavor_name", 1, NEW."vcpus", NEW."memory_mib", NEW."disk_gib", clock_timestamp());
  RETURN NULL;
END $$;
CREATE TRIGGER "server_usage_begins" AFTER INSERT ON "server" FOR EACH ROW
  WHEN ("server_usage_kind"(NEW."state", NEW."launched_at") IS NOT NULL) EXECUTE FUNCTION "server_usage"();
CREATE TRIGGER "server_usage_turns" AFTER UPDATE ON "server" FOR EACH ROW
  WHEN ("server_usage_kind"(OLD."state", OLD."launched_at") IS DISTINCT FROM "server_usage_kind"(NEW."state", NEW."launched_at")
    OR (OLD."name", OLD."flavor_name", OLD."vcpus", OLD."memory_mib", OLD."disk_gib")
       IS DISTINCT FROM (NEW."name", NEW."flavor_name", NEW."vcpus", NEW."memory_mib", NEW."disk_gib"))
  EXECUTE FUNCTION "server_usage"();
CREATE TRIGGER "server_usage_ends" AFTER DELETE ON "server" FOR EACH ROW
  WHEN ("server_usage_kind"(OLD."state", OLD."launched_at") IS NOT NULL) EXECUTE FUNCTION "server_usage"();

-- The bytes of an image count while it can be used. Those of the installation itself are nobody's.
CREATE FUNCTION "image_usage"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    PERFORM "usage_turn"(OLD."id", OLD."name", OLD."project_id", NULL, '', 1, NULL, NULL, NULL, clock_timestamp());
    RETURN NULL;
  END IF;
  PERFORM "usage_turn"(NEW."id", NEW."name", NEW."project_id", CASE NEW."state" WHEN 'active' THEN 'image' END,
    '', NEW."size_bytes", NULL, NULL, NULL, clock_timestamp());
  RETURN NULL;
END $$;
CREATE TRIGGER "image_usage_begins" AFTER INSERT ON "image" FOR EACH ROW
  WHEN (NEW."project_id" IS NOT NULL AND NEW."state" = 'active') EXECUTE FUNCTION "image_usage"();
CREATE TRIGGER "image_usage_turns" AFTER UPDATE ON "image" FOR EACH ROW
  WHEN (NEW."project_id" IS NOT NULL AND (OLD."state" = 'active' OR NEW."state" = 'active')
    AND (OLD."name", OLD."state") IS DISTINCT FROM (NEW."name", NEW."state"))
  EXECUTE FUNCTION "image_usage"();
CREATE TRIGGER "image_usage_ends" AFTER DELETE ON "image" FOR EACH ROW
  WHEN (OLD."project_id" IS NOT NULL AND OLD."state" = 'active') EXECUTE FUNCTION "image_usage"();

-- What is there already counts from now on: its history was not written down.
SELECT "usage_turn"("id", "name", "project_id", "server_usage_kind"("state", "launched_at"), "flavor_name", 1,
  "vcpus", "memory_mib", "disk_gib", clock_timestamp()) FROM "server";
SELECT "usage_turn"("id", "name", "project_id", 'image', '', "size_bytes", NULL, NULL, NULL, clock_timestamp())
FROM "image" WHERE "project_id" IS NOT NULL AND "state" = 'active';

CREATE TABLE "price_list" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "name" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "price_list_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "price_list_currency_is_a_code" CHECK ("currency" ~ '^[A-Z]{3}$')
);
CREATE UNIQUE INDEX "price_list_starts_at_key" ON "price_list"("starts_at");

CREATE TABLE "price" (
    "price_list_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "item" TEXT NOT NULL DEFAULT '',
    "nanos" BIGINT NOT NULL,

    CONSTRAINT "price_pkey" PRIMARY KEY ("price_list_id","kind","item"),
    CONSTRAINT "price_price_list_id_fkey" FOREIGN KEY ("price_list_id") REFERENCES "price_list"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "price_kind_known" CHECK ("kind" IN ('server', 'server-stopped', 'image', 'volume', 'floating-ip', 'object')),
    CONSTRAINT "price_sane" CHECK ("nanos" BETWEEN 0 AND 1000000000000000)
);

-- Lists in two currencies could not be added up; and what was charged by a list is not charged otherwise later.
CREATE FUNCTION "price_list_check"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    RAISE EXCEPTION 'a price list never changes' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN
    IF OLD."starts_at" <= clock_timestamp() THEN
      RAISE EXCEPTION 'a price list that has started stays' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN OLD;
  END IF;
  LOCK TABLE "price_list" IN SHARE ROW EXCLUSIVE MODE;
  IF EXISTS (SELECT 1 FROM "price_list" WHERE "currency" <> NEW."currency") THEN
    RAISE EXCEPTION 'all price lists have one currency' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  -- By the clock of the database, which tells below that prices come with their list.
  NEW."created_at" := date_trunc('milliseconds', now());
  RETURN NEW;
END $$;
CREATE TRIGGER "price_list_check" BEFORE INSERT OR UPDATE OR DELETE ON "price_list" FOR EACH ROW EXECUTE FUNCTION "price_list_check"();

CREATE FUNCTION "price_check"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF EXISTS (SELECT 1 FROM "price_list" WHERE "id" = NEW."price_list_id" AND "created_at" <> date_trunc('milliseconds', now())) THEN
      RAISE EXCEPTION 'a price list never changes' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' OR EXISTS (SELECT 1 FROM "price_list" WHERE "id" = OLD."price_list_id") THEN
    RAISE EXCEPTION 'a price list never changes' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER "price_check" BEFORE INSERT OR UPDATE OR DELETE ON "price" FOR EACH ROW EXECUTE FUNCTION "price_check"();

-- What one unit of something costs at `nanos` an hour, for so many milliseconds: whole millionths, halves up. Bytes are
-- charged by the GiB.
CREATE FUNCTION "usage_cost"(kind TEXT, quantity BIGINT, milliseconds BIGINT, nanos BIGINT) RETURNS BIGINT
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT div(
    2 * milliseconds::numeric * quantity * nanos + per,
    2 * per
  )::bigint FROM (SELECT CASE WHEN kind IN ('image', 'object') THEN 1073741824 ELSE 1 END * 3600000000::numeric) AS unit (per)
$$;
