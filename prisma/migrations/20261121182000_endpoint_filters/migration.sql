-- Which endpoints the catalog of a project shows: those given to it, and those of the groups given to it; all of them when
-- none is. A group is everything that its filters find; as in Keystone it outlives the service and the region that it
-- filters by, and finds nothing then.
CREATE TABLE "endpoint_project" (
    "endpoint_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,

    CONSTRAINT "endpoint_project_pkey" PRIMARY KEY ("endpoint_id", "project_id"),
    CONSTRAINT "endpoint_project_endpoint_id_fkey" FOREIGN KEY ("endpoint_id") REFERENCES "endpoint"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "endpoint_project_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "endpoint_project_project_id_idx" ON "endpoint_project"("project_id");

CREATE TABLE "endpoint_group" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "service_id" UUID,
    "region_id" TEXT,
    "interface" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "endpoint_group_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "endpoint_group" ADD CONSTRAINT "endpoint_group_interface" CHECK ("interface" IN ('public', 'internal', 'admin'));

CREATE TABLE "endpoint_group_project" (
    "endpoint_group_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,

    CONSTRAINT "endpoint_group_project_pkey" PRIMARY KEY ("endpoint_group_id", "project_id"),
    CONSTRAINT "endpoint_group_project_endpoint_group_id_fkey" FOREIGN KEY ("endpoint_group_id") REFERENCES "endpoint_group"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "endpoint_group_project_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "endpoint_group_project_project_id_idx" ON "endpoint_group_project"("project_id");

-- Processes keep in memory what each project is shown, and hear of changes as they hear of those of the catalog.
CREATE TRIGGER "endpoint_project_identity" AFTER INSERT OR UPDATE OR DELETE ON "endpoint_project" FOR EACH ROW EXECUTE FUNCTION "identity_notify"();
CREATE TRIGGER "endpoint_group_identity" AFTER UPDATE OR DELETE ON "endpoint_group" FOR EACH ROW EXECUTE FUNCTION "identity_notify"();
CREATE TRIGGER "endpoint_group_project_identity" AFTER INSERT OR UPDATE OR DELETE ON "endpoint_group_project" FOR EACH ROW EXECUTE FUNCTION "identity_notify"();
