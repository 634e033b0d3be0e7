-- Kinds of storage that volumes are made of: limits are said for each, and price lists name them.
CREATE TABLE "volume_type" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "is_public" BOOLEAN NOT NULL DEFAULT true,
    "is_default" BOOLEAN NOT NULL DEFAULT false,
    "extra_specs" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "volume_type_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "volume_type_text_sane" CHECK (length("name") BETWEEN 1 AND 255 AND length("description") <= 1000),
    CONSTRAINT "volume_type_extra_specs" CHECK (jsonb_typeof("extra_specs") = 'object'),
    -- Whoever names no type must be able to use it.
    CONSTRAINT "volume_type_default_is_public" CHECK ("is_public" OR NOT "is_default")
);
CREATE UNIQUE INDEX "volume_type_name_key" ON "volume_type"("name");
CREATE UNIQUE INDEX "volume_type_default_once" ON "volume_type"("is_default") WHERE "is_default";

CREATE TABLE "volume_type_access" (
    "volume_type_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,

    CONSTRAINT "volume_type_access_pkey" PRIMARY KEY ("volume_type_id", "project_id"),
    CONSTRAINT "volume_type_access_volume_type_id_fkey" FOREIGN KEY ("volume_type_id") REFERENCES "volume_type"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "volume_type_access_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "volume_type_access_project_id_idx" ON "volume_type_access"("project_id");

-- They name the type by its id: a new name changes none of them, and they go with it.
CREATE TABLE "project_volume_type_quota" (
    "project_id" UUID NOT NULL,
    "volume_type_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "limit" BIGINT NOT NULL,

    CONSTRAINT "project_volume_type_quota_pkey" PRIMARY KEY ("project_id", "volume_type_id", "name"),
    CONSTRAINT "project_volume_type_quota_sane" CHECK ("name" IN ('volumes', 'volumeGib', 'volumeSnapshots') AND "limit" >= 0),
    CONSTRAINT "project_volume_type_quota_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "project_volume_type_quota_volume_type_id_fkey" FOREIGN KEY ("volume_type_id") REFERENCES "volume_type"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "project_volume_type_quota_volume_type_id_idx" ON "project_volume_type_quota"("volume_type_id");

CREATE TABLE "volume_type_quota_default" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "domain_id" UUID,
    "volume_type_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "limit" BIGINT NOT NULL,

    CONSTRAINT "volume_type_quota_default_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "volume_type_quota_default_sane" CHECK ("name" IN ('volumes', 'volumeGib', 'volumeSnapshots') AND "limit" >= 0),
    CONSTRAINT "volume_type_quota_default_domain_id_fkey" FOREIGN KEY ("domain_id") REFERENCES "domain"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "volume_type_quota_default_volume_type_id_fkey" FOREIGN KEY ("volume_type_id") REFERENCES "volume_type"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "volume_type_quota_default_once" ON "volume_type_quota_default"("domain_id", "volume_type_id", "name") NULLS NOT DISTINCT;
CREATE INDEX "volume_type_quota_default_volume_type_id_idx" ON "volume_type_quota_default"("volume_type_id");
