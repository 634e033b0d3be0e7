-- How a network travels between hosts, who may use it, and what a port is for.
ALTER TABLE "network"
  ADD COLUMN "network_type" TEXT NOT NULL DEFAULT 'vxlan',
  ADD COLUMN "physical_network" TEXT,
  ADD COLUMN "segmentation_id" INTEGER,
  ADD COLUMN "is_external" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "is_shared" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "is_enabled" BOOLEAN NOT NULL DEFAULT true,
  ADD COLUMN "has_port_security" BOOLEAN NOT NULL DEFAULT true;

ALTER TABLE "network"
  ADD CONSTRAINT "network_type_known" CHECK ("network_type" IN ('vxlan', 'gre', 'vlan', 'flat', 'local')),
  ADD CONSTRAINT "network_physical" CHECK (("network_type" IN ('vlan', 'flat')) = ("physical_network" IS NOT NULL)),
  ADD CONSTRAINT "network_vlan" CHECK ("network_type" <> 'vlan' OR "segmentation_id" BETWEEN 1 AND 4094);

-- A segment belongs to one network, whoever asks first.
CREATE UNIQUE INDEX "network_vlan_segment" ON "network" ("physical_network", "segmentation_id") WHERE "network_type" = 'vlan';
CREATE UNIQUE INDEX "network_flat_segment" ON "network" ("physical_network") WHERE "network_type" = 'flat';

ALTER TABLE "port"
  ADD COLUMN "device_owner" TEXT NOT NULL DEFAULT '',
  ADD COLUMN "is_enabled" BOOLEAN NOT NULL DEFAULT true,
  ADD COLUMN "has_port_security" BOOLEAN NOT NULL DEFAULT true,
  ADD COLUMN "allowed_address_pairs" JSONB NOT NULL DEFAULT '[]',
  ADD COLUMN "dhcp_options" JSONB NOT NULL DEFAULT '[]';
