-- Each create counts the ports of its project, and so reads an index and no row of the table, as it does for servers. The
-- condition is that of the count, word for word.
CREATE INDEX "port_counted" ON "port"("project_id")
  WHERE "device_owner" NOT IN ('network:router_gateway', 'network:floatingip');
