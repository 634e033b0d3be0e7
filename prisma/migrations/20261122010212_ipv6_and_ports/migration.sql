-- Subnets of IPv6, whose guests may make their addresses themselves.
ALTER TABLE "subnet"
  ADD COLUMN "ipv6_mode" TEXT,
  ADD CONSTRAINT "subnet_ipv6_mode_known" CHECK (
    "ipv6_mode" IS NULL OR (family("cidr"::cidr) = 6 AND "ipv6_mode" IN ('slaac', 'dhcpv6-stateful', 'dhcpv6-stateless'))
  ),
  DROP CONSTRAINT "subnet_cidr_is_one",
  ADD CONSTRAINT "subnet_cidr_is_one" CHECK ("cidr"::cidr IS NOT NULL),
  DROP CONSTRAINT "subnet_gateway_inside",
  ADD CONSTRAINT "subnet_gateway_inside" CHECK (
    ("gateway_address"::inet << "cidr"::cidr OR (family("cidr"::cidr) = 6 AND "gateway_address"::inet << 'fe80::/10'))
    AND "gateway_address" <> "dhcp_address"
  );

-- Addresses that were given back a moment ago: neighbours still know them by the MAC address of who had them.
CREATE TABLE "resting_address" (
  "network_id" UUID NOT NULL,
  "address" TEXT NOT NULL,
  "released_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "resting_address_pkey" PRIMARY KEY ("network_id", "address")
);
CREATE INDEX "resting_address_released_at_idx" ON "resting_address" ("released_at");

-- However an address goes: with its port, its server, or by itself.
CREATE FUNCTION "address_rests"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "resting_address" ("network_id", "address") VALUES (OLD."network_id", OLD."address")
  ON CONFLICT ("network_id", "address") DO UPDATE SET "released_at" = CURRENT_TIMESTAMP;
  RETURN NULL;
END $$;
CREATE TRIGGER "address_rests" AFTER DELETE ON "port_address" FOR EACH ROW EXECUTE FUNCTION "address_rests"();

-- Rules of either family, of every protocol by its number, and of kinds of ICMP.
ALTER TABLE "security_group_rule"
  ADD COLUMN "family" INTEGER NOT NULL DEFAULT 4,
  ADD COLUMN "icmp_type" INTEGER,
  ADD COLUMN "icmp_code" INTEGER,
  DROP CONSTRAINT "security_group_rule_protocol_known",
  ADD CONSTRAINT "security_group_rule_protocol_known" CHECK ("protocol" ~ '^(tcp|udp|icmp|any|[0-9]{1,3})$'),
  ADD CONSTRAINT "security_group_rule_family_known" CHECK (
    "family" IN (4, 6) AND ("remote_prefix" IS NULL OR family("remote_prefix"::cidr) = "family")
  ),
  ADD CONSTRAINT "security_group_rule_icmp_sane" CHECK (
    ("icmp_type" IS NULL OR ("protocol" = 'icmp' AND "icmp_type" BETWEEN 0 AND 255))
    AND ("icmp_code" IS NULL OR ("icmp_type" IS NOT NULL AND "icmp_code" BETWEEN 0 AND 255))
  );

-- Groups that let everything out let it out over IPv6 as well.
INSERT INTO "security_group_rule" ("security_group_id", "direction", "protocol", "family")
SELECT DISTINCT "security_group_id", 'egress', 'any', 6 FROM "security_group_rule"
WHERE "direction" = 'egress' AND "protocol" = 'any' AND "remote_prefix" IS NULL AND "remote_group_id" IS NULL;
