-- Limits that services of the catalog keep here for themselves: what is registered holds for every project and domain,
-- and a limit says otherwise for one of them.
CREATE TABLE "registered_limit" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "service_id" UUID NOT NULL,
    "region_id" TEXT,
    "resource_name" TEXT NOT NULL,
    "default_limit" INTEGER NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "registered_limit_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "registered_limit_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "service"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "registered_limit_region_id_fkey" FOREIGN KEY ("region_id") REFERENCES "region"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "registered_limit_service_id_idx" ON "registered_limit"("service_id");
CREATE INDEX "registered_limit_region_id_idx" ON "registered_limit"("region_id");
CREATE UNIQUE INDEX "registered_limit_once" ON "registered_limit"("service_id", "region_id", "resource_name") NULLS NOT DISTINCT;
ALTER TABLE "registered_limit" ADD CONSTRAINT "registered_limit_number" CHECK ("default_limit" >= -1);

CREATE TABLE "service_limit" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "registered_limit_id" UUID NOT NULL,
    "project_id" UUID,
    "domain_id" UUID,
    "resource_limit" INTEGER NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "service_limit_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "service_limit_registered_limit_id_fkey" FOREIGN KEY ("registered_limit_id") REFERENCES "registered_limit"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "service_limit_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "service_limit_domain_id_fkey" FOREIGN KEY ("domain_id") REFERENCES "domain"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "service_limit_registered_limit_id_idx" ON "service_limit"("registered_limit_id");
CREATE INDEX "service_limit_project_id_idx" ON "service_limit"("project_id");
CREATE INDEX "service_limit_domain_id_idx" ON "service_limit"("domain_id");
CREATE UNIQUE INDEX "service_limit_once" ON "service_limit"("registered_limit_id", "project_id", "domain_id") NULLS NOT DISTINCT;
ALTER TABLE "service_limit" ADD CONSTRAINT "service_limit_of_one" CHECK (num_nonnulls("project_id", "domain_id") = 1);
ALTER TABLE "service_limit" ADD CONSTRAINT "service_limit_number" CHECK ("resource_limit" >= -1);
