-- The name by which a port is found in its network, where that is another than its server's.
ALTER TABLE "port" ADD COLUMN "dns_name" TEXT;
ALTER TABLE "port" ADD CONSTRAINT "port_dns_name_is_a_label" CHECK ("dns_name" ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$');
CREATE UNIQUE INDEX "port_network_id_dns_name_key" ON "port"("network_id", "dns_name");
