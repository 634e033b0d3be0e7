-- What OpenStack clients keep on flavors, servers and images, and who asked for an operation.

ALTER TABLE "flavor"
  ADD COLUMN "alias" TEXT,
  ADD COLUMN "description" TEXT NOT NULL DEFAULT '',
  ADD COLUMN "extra_specs" JSONB NOT NULL DEFAULT '{}',
  -- An alias that looks like an id would hide another flavor's.
  ADD CONSTRAINT "flavor_alias_is_no_id" CHECK ("alias" !~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' OR "alias" = "id"::text);
CREATE UNIQUE INDEX "flavor_alias_key" ON "flavor"("alias");

CREATE TABLE "flavor_access" (
    "flavor_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,

    CONSTRAINT "flavor_access_pkey" PRIMARY KEY ("flavor_id", "project_id")
);
CREATE INDEX "flavor_access_project_id_idx" ON "flavor_access"("project_id");
ALTER TABLE "flavor_access" ADD CONSTRAINT "flavor_access_flavor_id_fkey" FOREIGN KEY ("flavor_id") REFERENCES "flavor"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "flavor_access" ADD CONSTRAINT "flavor_access_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "server"
  ADD COLUMN "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
  ADD COLUMN "access_ipv4" TEXT,
  ADD COLUMN "access_ipv6" TEXT,
  ADD CONSTRAINT "server_access_is_addresses" CHECK (family("access_ipv4"::inet) = 4 AND family("access_ipv6"::inet) = 6),
  ADD CONSTRAINT "server_tags_bounded" CHECK (cardinality("tags") <= 50);

ALTER TABLE "image"
  ADD COLUMN "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
  ADD COLUMN "properties" JSONB NOT NULL DEFAULT '{}',
  ADD COLUMN "is_protected" BOOLEAN NOT NULL DEFAULT false,
  ADD CONSTRAINT "image_tags_bounded" CHECK (cardinality("tags") <= 50);

ALTER TABLE "workflow_run" ADD COLUMN "user_id" UUID;
