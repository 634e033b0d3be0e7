-- Routers between networks, and the addresses of external networks that projects lend to their ports.
CREATE TABLE "router" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "project_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "is_enabled" BOOLEAN NOT NULL DEFAULT true,
    "has_snat" BOOLEAN NOT NULL DEFAULT true,
    "routes" JSONB NOT NULL DEFAULT '[]',
    "host_id" UUID,
    "failure" JSONB,
    "generation" INTEGER NOT NULL DEFAULT 1,
    "observed_generation" INTEGER NOT NULL DEFAULT 0,
    "observed_state" TEXT,
    "observed_failure" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "router_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "router_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "router_host_id_fkey" FOREIGN KEY ("host_id") REFERENCES "host"("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "router_tags_bounded" CHECK (cardinality("tags") <= 50),
    CONSTRAINT "router_generation_sane" CHECK ("generation" >= 1 AND "observed_generation" BETWEEN 0 AND "generation")
);
CREATE INDEX "router_project_id_idx" ON "router"("project_id");
CREATE INDEX "router_host_id_idx" ON "router"("host_id");

ALTER TABLE "port" ADD COLUMN "router_id" UUID,
  ADD CONSTRAINT "port_router_id_fkey" FOREIGN KEY ("router_id") REFERENCES "router"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  -- What a port is for follows from who has it, and the other way round (A44).
  ADD CONSTRAINT "port_router_is_told" CHECK (("router_id" IS NOT NULL) = ("device_owner" IN ('network:router_interface', 'network:router_gateway'))),
  ADD CONSTRAINT "port_one_device" CHECK ("router_id" IS NULL OR "server_id" IS NULL);
CREATE INDEX "port_router_id_idx" ON "port"("router_id");
CREATE UNIQUE INDEX "port_one_gateway" ON "port" ("router_id") WHERE "device_owner" = 'network:router_gateway';

CREATE TABLE "floating_ip" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "project_id" UUID NOT NULL,
    "network_id" UUID NOT NULL,
    "external_port_id" UUID NOT NULL,
    "address" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "port_id" UUID,
    "fixed_address" TEXT,
    "router_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "floating_ip_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "floating_ip_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "floating_ip_network_id_fkey" FOREIGN KEY ("network_id") REFERENCES "network"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "floating_ip_external_port_id_fkey" FOREIGN KEY ("external_port_id") REFERENCES "port"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "floating_ip_port_id_fkey" FOREIGN KEY ("port_id") REFERENCES "port"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "floating_ip_router_id_fkey" FOREIGN KEY ("router_id") REFERENCES "router"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "floating_ip_tags_bounded" CHECK (cardinality("tags") <= 50),
    CONSTRAINT "floating_ip_reaches" CHECK (("port_id" IS NULL) = ("fixed_address" IS NULL) AND ("port_id" IS NULL OR "router_id" IS NOT NULL))
);
CREATE UNIQUE INDEX "floating_ip_external_port_id_key" ON "floating_ip"("external_port_id");
CREATE UNIQUE INDEX "floating_ip_network_id_address_key" ON "floating_ip"("network_id", "address");
CREATE INDEX "floating_ip_project_id_idx" ON "floating_ip"("project_id");
CREATE INDEX "floating_ip_port_id_idx" ON "floating_ip"("port_id");
CREATE INDEX "floating_ip_router_id_idx" ON "floating_ip"("router_id");
-- An address of a port has one floating IP.
CREATE UNIQUE INDEX "floating_ip_one_per_address" ON "floating_ip" ("port_id", "fixed_address") WHERE "port_id" IS NOT NULL;

CREATE TABLE "port_forwarding" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "floating_ip_id" UUID NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "protocol" TEXT NOT NULL,
    "external_port_min" INTEGER NOT NULL,
    "external_port_max" INTEGER NOT NULL,
    "port_id" UUID NOT NULL,
    "fixed_address" TEXT NOT NULL,
    "internal_port_min" INTEGER NOT NULL,
    "internal_port_max" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "port_forwarding_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "port_forwarding_floating_ip_id_fkey" FOREIGN KEY ("floating_ip_id") REFERENCES "floating_ip"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "port_forwarding_port_id_fkey" FOREIGN KEY ("port_id") REFERENCES "port"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "port_forwarding_protocol_known" CHECK ("protocol" IN ('tcp', 'udp')),
    CONSTRAINT "port_forwarding_ports_sane" CHECK (
      "external_port_min" >= 1 AND "external_port_max" BETWEEN "external_port_min" AND 65535
      AND "internal_port_min" >= 1 AND "internal_port_max" BETWEEN "internal_port_min" AND 65535
      AND "external_port_max" - "external_port_min" = "internal_port_max" - "internal_port_min")
);
CREATE INDEX "port_forwarding_floating_ip_id_idx" ON "port_forwarding"("floating_ip_id");
CREATE INDEX "port_forwarding_port_id_idx" ON "port_forwarding"("port_id");

CREATE TRIGGER "router_owner_stays" BEFORE UPDATE ON "router" FOR EACH ROW WHEN (OLD."project_id" IS DISTINCT FROM NEW."project_id") EXECUTE FUNCTION "owner_stays"();
CREATE TRIGGER "floating_ip_owner_stays" BEFORE UPDATE ON "floating_ip" FOR EACH ROW WHEN (OLD."project_id" IS DISTINCT FROM NEW."project_id") EXECUTE FUNCTION "owner_stays"();

-- A port that goes leaves its floating IPs behind and takes its forwardings along, whoever removes it and for whatever
-- reason. The hosts of the routers concerned follow the generation.
CREATE FUNCTION "port_leaves_floating_ips"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  concerned UUID[] := ARRAY(
    SELECT "id" FROM "floating_ip" WHERE "port_id" = OLD."id"
    UNION SELECT "floating_ip_id" FROM "port_forwarding" WHERE "port_id" = OLD."id");
BEGIN
  IF cardinality(concerned) = 0 THEN RETURN OLD; END IF;
  UPDATE "router" SET "generation" = "generation" + 1
    WHERE "id" IN (SELECT "router_id" FROM "floating_ip" WHERE "id" = ANY (concerned));
  DELETE FROM "port_forwarding" WHERE "port_id" = OLD."id";
  UPDATE "floating_ip" SET "port_id" = NULL, "fixed_address" = NULL, "router_id" = NULL
    WHERE "id" = ANY (concerned) AND NOT EXISTS (SELECT FROM "port_forwarding" WHERE "floating_ip_id" = "floating_ip"."id");
  INSERT INTO "event" ("project_id", "noun", "resource_id", "kind")
    SELECT "project_id", 'floating-ip', "id", 'changed' FROM "floating_ip" WHERE "id" = ANY (concerned);
  RETURN OLD;
END $$;
CREATE TRIGGER "port_leaves_floating_ips" BEFORE DELETE ON "port" FOR EACH ROW
  WHEN (OLD."device_owner" = '') EXECUTE FUNCTION "port_leaves_floating_ips"();

-- A floating IP counts for as long as it is kept, whether it reaches anybody or not.
CREATE FUNCTION "floating_ip_usage"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    PERFORM "usage_turn"(OLD."id", OLD."address", OLD."project_id", NULL, '', 1, NULL, NULL, NULL, clock_timestamp());
  ELSE
    PERFORM "usage_turn"(NEW."id", NEW."address", NEW."project_id", 'floating-ip', '', 1, NULL, NULL, NULL, clock_timestamp());
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "floating_ip_usage" AFTER INSERT OR DELETE ON "floating_ip" FOR EACH ROW EXECUTE FUNCTION "floating_ip_usage"();
