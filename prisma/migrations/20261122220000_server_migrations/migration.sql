-- Servers move to another host with their disk. Until the switch-over they have room on both hosts, and on the one of
-- before until that has let go of them.
CREATE TABLE "server_migration" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "server_id" UUID NOT NULL,
  "from_host_id" UUID NOT NULL,
  "to_host_id" UUID NOT NULL,
  "room_host_id" UUID NOT NULL,
  "vcpus" INTEGER NOT NULL,
  "memory_mib" INTEGER NOT NULL,
  "disk_gib" INTEGER NOT NULL,
  "was_running" BOOLEAN NOT NULL,
  "turn_at" TIMESTAMPTZ(3),
  "upload_id" UUID,
  "size_bytes" BIGINT,
  "sha256" TEXT,
  "switched_at" TIMESTAMPTZ(3),
  "left_at" TIMESTAMPTZ(3),
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "server_migration_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "server_migration_server_id_fkey" FOREIGN KEY ("server_id") REFERENCES "server"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "server_migration_from_host_id_fkey" FOREIGN KEY ("from_host_id") REFERENCES "host"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "server_migration_to_host_id_fkey" FOREIGN KEY ("to_host_id") REFERENCES "host"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "server_migration_room_host_id_fkey" FOREIGN KEY ("room_host_id") REFERENCES "host"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "server_migration_leads_elsewhere" CHECK ("from_host_id" <> "to_host_id"),
  CONSTRAINT "server_migration_room_sane" CHECK ("vcpus" > 0 AND "memory_mib" > 0 AND "disk_gib" >= 0
    AND "room_host_id" = CASE WHEN "switched_at" IS NULL THEN "to_host_id" ELSE "from_host_id" END),
  -- A disk is believed to be there only with its size, its digest and its name in the store.
  CONSTRAINT "server_migration_disk_is_whole" CHECK (("size_bytes" IS NULL) = ("sha256" IS NULL)
    AND ("size_bytes" IS NULL OR "upload_id" IS NOT NULL)),
  CONSTRAINT "server_migration_leaves_last" CHECK ("left_at" IS NULL OR "switched_at" IS NOT NULL)
);
CREATE UNIQUE INDEX "server_migration_server_id_key" ON "server_migration"("server_id");
CREATE UNIQUE INDEX "server_migration_upload_id_key" ON "server_migration"("upload_id");
CREATE INDEX "server_migration_from_host_id_idx" ON "server_migration"("from_host_id");
CREATE INDEX "server_migration_to_host_id_idx" ON "server_migration"("to_host_id");
CREATE INDEX "server_migration_room_host_id_idx" ON "server_migration"("room_host_id");

CREATE TABLE "server_migration_host" (
  "migration_id" UUID NOT NULL,
  "host_id" UUID NOT NULL,
  "is_leaving" BOOLEAN NOT NULL DEFAULT false,
  "observed_state" TEXT,
  "observed_progress" TEXT,
  "observed_failure" JSONB,
  CONSTRAINT "server_migration_host_pkey" PRIMARY KEY ("migration_id", "host_id"),
  CONSTRAINT "server_migration_host_migration_id_fkey" FOREIGN KEY ("migration_id") REFERENCES "server_migration"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "server_migration_host_host_id_fkey" FOREIGN KEY ("host_id") REFERENCES "host"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "server_migration_host_host_id_idx" ON "server_migration_host"("host_id");

ALTER TABLE "server" DROP CONSTRAINT "server_state_known";
ALTER TABLE "server" ADD CONSTRAINT "server_state_known" CHECK ("state" IN
  ('building', 'running', 'stopped', 'starting', 'stopping', 'rebooting', 'migrating', 'deleting', 'error'));

-- Its disk is kept while it is on its way, and it does not run.
CREATE OR REPLACE FUNCTION "server_usage_kind"(state TEXT, launched_at TIMESTAMPTZ) RETURNS TEXT LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN state IN ('running', 'rebooting', 'stopping') THEN 'server'
    WHEN state IN ('stopped', 'starting', 'migrating') THEN 'server-stopped'
    WHEN state = 'error' AND launched_at IS NOT NULL THEN 'server-stopped'
  END
$$;
