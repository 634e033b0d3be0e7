-- What projects may use that have no limit of their own: said for one domain, or (null) for the installation.
CREATE TABLE "quota_default" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "domain_id" UUID,
    "name" TEXT NOT NULL,
    "limit" BIGINT NOT NULL,

    CONSTRAINT "quota_default_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "quota_default_domain_id_fkey" FOREIGN KEY ("domain_id") REFERENCES "domain"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "quota_default_once" ON "quota_default"("domain_id", "name") NULLS NOT DISTINCT;
ALTER TABLE "quota_default" ADD CONSTRAINT "quota_default_limit_sane" CHECK ("limit" >= 0);

-- What quota sums, so that it reads no row of the table.
CREATE INDEX "server_project_id_vcpus_memory_mib_idx" ON "server"("project_id", "vcpus", "memory_mib");
