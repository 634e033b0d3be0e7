-- Hosts that operators put together.
CREATE TABLE "aggregate" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "number" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "availability_zone" TEXT,
    "metadata" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "aggregate_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "aggregate_name" CHECK (length("name") BETWEEN 1 AND 255),
    CONSTRAINT "aggregate_metadata" CHECK (jsonb_typeof("metadata") = 'object')
);
CREATE UNIQUE INDEX "aggregate_number_key" ON "aggregate"("number");
CREATE UNIQUE INDEX "aggregate_name_key" ON "aggregate"("name");

CREATE TABLE "aggregate_host" (
    "aggregate_id" UUID NOT NULL,
    "host_id" UUID NOT NULL,

    CONSTRAINT "aggregate_host_pkey" PRIMARY KEY ("aggregate_id", "host_id"),
    CONSTRAINT "aggregate_host_aggregate_id_fkey" FOREIGN KEY ("aggregate_id") REFERENCES "aggregate"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "aggregate_host_host_id_fkey" FOREIGN KEY ("host_id") REFERENCES "host"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "aggregate_host_host_id_idx" ON "aggregate_host"("host_id");

-- Servers that belong near each other, or apart.
CREATE TABLE "server_group" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "project_id" UUID NOT NULL,
    "user_id" UUID,
    "name" TEXT NOT NULL,
    "policy" TEXT NOT NULL,
    "max_servers_per_host" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "server_group_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "server_group_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "server_group_policy" CHECK ("policy" IN ('affinity', 'anti-affinity', 'soft-affinity', 'soft-anti-affinity')),
    CONSTRAINT "server_group_max" CHECK ("max_servers_per_host" IS NULL OR ("max_servers_per_host" > 0 AND "policy" = 'anti-affinity'))
);
CREATE INDEX "server_group_project_id_idx" ON "server_group"("project_id");
CREATE TRIGGER "server_group_owner_stays" BEFORE UPDATE ON "server_group" FOR EACH ROW WHEN (OLD."project_id" IS DISTINCT FROM NEW."project_id") EXECUTE FUNCTION "owner_stays"();

ALTER TABLE "server"
  ADD COLUMN "extra_specs" JSONB NOT NULL DEFAULT '{}',
  ADD COLUMN "server_group_id" UUID,
  ADD CONSTRAINT "server_server_group_id_fkey" FOREIGN KEY ("server_group_id") REFERENCES "server_group"("id") ON DELETE SET NULL ON UPDATE CASCADE;
CREATE INDEX "server_server_group_id_idx" ON "server"("server_group_id");
UPDATE "server" SET "extra_specs" = "flavor"."extra_specs" FROM "flavor" WHERE "flavor"."id" = "server"."flavor_id";
