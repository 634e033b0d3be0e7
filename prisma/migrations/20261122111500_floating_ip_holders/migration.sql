-- The one host that is told to serve a floating IP. By its address, as whoever has it keeps it until it has let go, also
-- when the floating IP itself is gone and the address is another's.
CREATE TABLE "floating_ip_holder" (
  "network_id" UUID NOT NULL,
  "address" TEXT NOT NULL,
  "floating_ip_id" UUID,
  "host_id" UUID NOT NULL,
  "router_id" UUID NOT NULL,
  "noun" TEXT NOT NULL,
  "leaving_generation" INTEGER,
  "leaving_since" TIMESTAMPTZ(3),
  CONSTRAINT "floating_ip_holder_pkey" PRIMARY KEY ("network_id", "address"),
  CONSTRAINT "floating_ip_holder_network_id_fkey" FOREIGN KEY ("network_id") REFERENCES "network"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "floating_ip_holder_floating_ip_id_fkey" FOREIGN KEY ("floating_ip_id") REFERENCES "floating_ip"("id") ON DELETE SET NULL ON UPDATE CASCADE,
  CONSTRAINT "floating_ip_holder_host_id_fkey" FOREIGN KEY ("host_id") REFERENCES "host"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "floating_ip_holder_noun_known" CHECK ("noun" IN ('router', 'router-branch')),
  CONSTRAINT "floating_ip_holder_leaves_since" CHECK (("leaving_generation" IS NULL) = ("leaving_since" IS NULL))
);
CREATE UNIQUE INDEX "floating_ip_holder_floating_ip_id_key" ON "floating_ip_holder"("floating_ip_id");
CREATE INDEX "floating_ip_holder_host_id_router_id_idx" ON "floating_ip_holder"("host_id", "router_id");
CREATE INDEX "floating_ip_holder_router_id_idx" ON "floating_ip_holder"("router_id");
-- Few at any time; looked through every two seconds.
CREATE INDEX "floating_ip_holder_leaving" ON "floating_ip_holder"("leaving_since") WHERE "leaving_generation" IS NOT NULL;

-- Where a floating IP that reaches somebody is to go out and come in: at the host of its guest, where that reaches the
-- external network and its agent knows how, else at its router's. None for one whose router has no host.
CREATE VIEW "floating_ip_way" AS
SELECT floating.id AS floating_ip_id, floating.project_id, floating.network_id, floating.address,
  floating.router_id, coalesce(near.id, through.host_id) AS host_id,
  CASE WHEN near.id IS NULL THEN 'router' ELSE 'router-branch' END AS noun
FROM "floating_ip" AS floating
JOIN "router" AS through ON through.id = floating.router_id
LEFT JOIN LATERAL (
  SELECT guest_host.id FROM "port" AS reached
  JOIN "server" AS guest ON guest.id = reached.server_id
  JOIN "host" AS guest_host ON guest_host.id = guest.host_id
  JOIN "network" AS outside ON outside.id = floating.network_id
  JOIN "port" AS outer_port ON outer_port.router_id = through.id AND outer_port.device_owner = 'network:router_gateway'
  JOIN "port_address" AS outer_address ON outer_address.port_id = outer_port.id
  JOIN "subnet" AS outer_subnet ON outer_subnet.id = outer_address.subnet_id
    AND floating.address::inet << outer_subnet.cidr::inet
  WHERE reached.id = floating.port_id AND floating.fixed_address IS NOT NULL
    AND through.is_enabled AND through.host_id IS DISTINCT FROM guest_host.id
    -- What such a route leads to is the router's to know.
    AND NOT through.routes @> '[{"destination": "0.0.0.0/0"}]'
    AND guest_host.facts -> 'nouns' @> '"router-branch"'
    AND guest_host.facts -> 'physicalNetworks' @> jsonb_build_array(jsonb_build_object('name', outside.physical_network))
  LIMIT 1) AS near ON true
WHERE coalesce(near.id, through.host_id) IS NOT NULL;

-- A router that goes is told as absent from then on, by the generation after its last.
CREATE FUNCTION "router_leaves_holders"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "floating_ip_holder" SET "leaving_generation" = OLD."generation" + 1, "leaving_since" = CURRENT_TIMESTAMP
  WHERE "router_id" = OLD."id" AND "leaving_generation" IS NULL;
  RETURN OLD;
END $$;
CREATE TRIGGER "router_leaves_holders" BEFORE DELETE ON "router" FOR EACH ROW EXECUTE FUNCTION "router_leaves_holders"();

-- Whoever was told of them until now has them.
INSERT INTO "floating_ip_holder" ("network_id", "address", "floating_ip_id", "host_id", "router_id", "noun")
  SELECT "network_id", "address", "floating_ip_id", "host_id", "router_id", "noun" FROM "floating_ip_way";
