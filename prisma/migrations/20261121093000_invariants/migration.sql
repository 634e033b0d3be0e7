-- Promises that the database keeps itself, whoever writes to it. The indexes here are partial on purpose where a plain
-- one would do: Prisma's schema language cannot say these, and leaves partial indexes alone.

-- States are the closed lists of packages/contracts.
ALTER TABLE "server"
  ADD CONSTRAINT "server_state_known" CHECK ("state" IN ('building', 'running', 'stopped', 'starting', 'stopping', 'rebooting', 'deleting', 'error')),
  ADD CONSTRAINT "server_desired_power_known" CHECK ("desired_power" IN ('on', 'off')),
  ADD CONSTRAINT "server_size_sane" CHECK ("vcpus" > 0 AND "memory_mib" > 0 AND "disk_gib" >= 0),
  ADD CONSTRAINT "server_generation_sane" CHECK ("generation" >= 1 AND "observed_generation" BETWEEN 0 AND "generation"),
  ADD CONSTRAINT "server_user_data_bounded" CHECK (octet_length("user_data") <= 65536);
ALTER TABLE "server_action"
  ADD CONSTRAINT "server_action_kind_known" CHECK ("kind" IN ('reboot-soft', 'reboot-hard'));
ALTER TABLE "image"
  ADD CONSTRAINT "image_state_known" CHECK ("state" IN ('queued', 'importing', 'active', 'error', 'deleting')),
  ADD CONSTRAINT "image_visibility_known" CHECK ("visibility" IN ('private', 'public')),
  ADD CONSTRAINT "image_disk_format_known" CHECK ("disk_format" IN ('qcow2', 'raw')),
  ADD CONSTRAINT "image_size_sane" CHECK ("size_bytes" >= 0 AND "virtual_size_bytes" >= 0 AND "min_disk_gib" >= 0 AND "min_memory_mib" >= 0),
  -- A server is only ever made from bytes whose digest and size are known.
  ADD CONSTRAINT "image_active_is_complete" CHECK ("state" <> 'active' OR ("sha256" IS NOT NULL AND "size_bytes" IS NOT NULL AND "virtual_size_bytes" IS NOT NULL));
ALTER TABLE "flavor"
  ADD CONSTRAINT "flavor_size_sane" CHECK ("vcpus" > 0 AND "memory_mib" > 0 AND "disk_gib" >= 0);
ALTER TABLE "workflow_run"
  ADD CONSTRAINT "workflow_run_state_known" CHECK ("state" IN ('queued', 'running', 'unwinding', 'succeeded', 'failed')),
  ADD CONSTRAINT "workflow_run_end_is_dated" CHECK (("state" IN ('succeeded', 'failed')) = ("ended_at" IS NOT NULL));
ALTER TABLE "workflow_step"
  ADD CONSTRAINT "workflow_step_state_known" CHECK ("state" IN ('pending', 'running', 'done', 'failed', 'undoing', 'undone'));
ALTER TABLE "console_session"
  ADD CONSTRAINT "console_session_kind_known" CHECK ("kind" IN ('screen', 'serial'));
ALTER TABLE "role_assignment"
  ADD CONSTRAINT "role_assignment_role_known" CHECK ("role" IN ('reader', 'member', 'manager', 'admin'));
ALTER TABLE "security_group_rule"
  ADD CONSTRAINT "security_group_rule_direction_known" CHECK ("direction" IN ('ingress', 'egress')),
  ADD CONSTRAINT "security_group_rule_protocol_known" CHECK ("protocol" IN ('tcp', 'udp', 'icmp', 'any')),
  ADD CONSTRAINT "security_group_rule_ports_sane" CHECK (
    ("port_min" IS NULL) = ("port_max" IS NULL)
    AND ("port_min" IS NULL OR ("protocol" IN ('tcp', 'udp') AND "port_min" BETWEEN 1 AND 65535 AND "port_max" BETWEEN "port_min" AND 65535))
  ),
  ADD CONSTRAINT "security_group_rule_prefix_is_one" CHECK ("remote_prefix"::cidr IS NOT NULL OR "remote_prefix" IS NULL);
ALTER TABLE "project_quota"
  ADD CONSTRAINT "project_quota_limit_sane" CHECK ("limit" >= 0);
ALTER TABLE "audit_line"
  ADD CONSTRAINT "audit_line_outcome_known" CHECK ("outcome" IN ('done', 'refused'));

-- What hosts have and what is taken of it is never below nothing.
ALTER TABLE "host"
  ADD CONSTRAINT "host_capacity_sane" CHECK ("vcpus" > 0 AND "memory_mib" > 0 AND "disk_gib" >= 0 AND "vcpu_ratio" >= 1);
ALTER TABLE "host_allocation"
  ADD CONSTRAINT "host_allocation_sane" CHECK ("vcpus" >= 0 AND "memory_mib" >= 0 AND "disk_gib" >= 0);

-- Networks: the tunnel key is a VXLAN network identifier (24 bits), dealt out in turn; addresses are addresses.
CREATE SEQUENCE "network_tunnel_key" AS INTEGER MINVALUE 1 MAXVALUE 16777215 CYCLE;
ALTER TABLE "network"
  ADD CONSTRAINT "network_tunnel_key_sane" CHECK ("tunnel_key" BETWEEN 1 AND 16777215),
  ADD CONSTRAINT "network_mtu_sane" CHECK ("mtu" BETWEEN 576 AND 65535);
ALTER TABLE "subnet"
  ADD CONSTRAINT "subnet_cidr_is_one" CHECK (family("cidr"::cidr) = 4),
  ADD CONSTRAINT "subnet_dhcp_inside" CHECK ("dhcp_address"::inet << "cidr"::cidr),
  ADD CONSTRAINT "subnet_gateway_inside" CHECK ("gateway_address"::inet << "cidr"::cidr AND "gateway_address" <> "dhcp_address");
ALTER TABLE "port"
  ADD CONSTRAINT "port_mac_address_is_one" CHECK ("mac_address" ~ '^[0-9a-f][02468ace](:[0-9a-f]{2}){5}$');
ALTER TABLE "port_address"
  ADD CONSTRAINT "port_address_is_plain" CHECK (host("address"::inet) = "address");

-- One of a kind.
CREATE UNIQUE INDEX "network_one_default" ON "network" ("project_id") WHERE "is_default";
CREATE UNIQUE INDEX "security_group_one_default" ON "security_group" ("project_id") WHERE "is_default";
CREATE UNIQUE INDEX "port_one_per_position" ON "port" ("server_id", "position") WHERE "server_id" IS NOT NULL;
CREATE UNIQUE INDEX "role_assignment_once" ON "role_assignment" ("user_id", "project_id", "role") NULLS NOT DISTINCT WHERE "role" IS NOT NULL;
-- Images of the installation are told apart by their bytes: registering one again changes nothing.
CREATE UNIQUE INDEX "image_installation_once" ON "image" ("sha256") WHERE "project_id" IS NULL AND "state" <> 'deleting';

-- An address belongs to the network and the subnet that its port is on.
CREATE FUNCTION "port_address_check"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM "port" WHERE "id" = NEW."port_id" AND "network_id" = NEW."network_id") THEN
    RAISE EXCEPTION 'the port % is not on the network %', NEW."port_id", NEW."network_id" USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NOT EXISTS (SELECT 1 FROM "subnet" WHERE "id" = NEW."subnet_id" AND "network_id" = NEW."network_id" AND NEW."address"::inet << "cidr"::cidr) THEN
    RAISE EXCEPTION 'the address % is not in the subnet %', NEW."address", NEW."subnet_id" USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "port_address_check" BEFORE INSERT OR UPDATE ON "port_address" FOR EACH ROW EXECUTE FUNCTION "port_address_check"();

-- Ports, servers and subnets stay in the project that owns their network (A45).
CREATE FUNCTION "network_project_check"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM "network" WHERE "id" = NEW."network_id" AND "project_id" = NEW."project_id") THEN
    RAISE EXCEPTION 'the network % belongs to another project', NEW."network_id" USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "port_project_check" BEFORE INSERT OR UPDATE OF "network_id", "project_id" ON "port" FOR EACH ROW EXECUTE FUNCTION "network_project_check"();
CREATE TRIGGER "subnet_project_check" BEFORE INSERT OR UPDATE OF "network_id", "project_id" ON "subnet" FOR EACH ROW EXECUTE FUNCTION "network_project_check"();

-- Owners never change (A01).
CREATE FUNCTION "owner_stays"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the owner of a % never changes', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER "server_owner_stays" BEFORE UPDATE ON "server" FOR EACH ROW WHEN (OLD."project_id" IS DISTINCT FROM NEW."project_id") EXECUTE FUNCTION "owner_stays"();
CREATE TRIGGER "image_owner_stays" BEFORE UPDATE ON "image" FOR EACH ROW WHEN (OLD."project_id" IS DISTINCT FROM NEW."project_id") EXECUTE FUNCTION "owner_stays"();
CREATE TRIGGER "network_owner_stays" BEFORE UPDATE ON "network" FOR EACH ROW WHEN (OLD."project_id" IS DISTINCT FROM NEW."project_id") EXECUTE FUNCTION "owner_stays"();
CREATE TRIGGER "api_token_owner_stays" BEFORE UPDATE ON "api_token" FOR EACH ROW WHEN (OLD."user_id" IS DISTINCT FROM NEW."user_id" OR OLD."project_id" IS DISTINCT FROM NEW."project_id") EXECUTE FUNCTION "owner_stays"();

-- The bytes of an active image never change (A22).
CREATE FUNCTION "image_bytes_stay"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the bytes of an image never change once they are stored' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER "image_bytes_stay" BEFORE UPDATE ON "image" FOR EACH ROW
  WHEN (OLD."state" = 'active' AND (
    NEW."state" NOT IN ('active', 'deleting') OR OLD."sha256" IS DISTINCT FROM NEW."sha256" OR OLD."disk_format" <> NEW."disk_format"
    OR OLD."size_bytes" IS DISTINCT FROM NEW."size_bytes" OR OLD."virtual_size_bytes" IS DISTINCT FROM NEW."virtual_size_bytes"
  ))
  EXECUTE FUNCTION "image_bytes_stay"();

-- The audit log is written and read, never rewritten.
CREATE FUNCTION "audit_line_stays"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'lines of the audit log never change' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER "audit_line_stays" BEFORE UPDATE ON "audit_line" FOR EACH ROW EXECUTE FUNCTION "audit_line_stays"();

-- Live pages hear of an event when its transaction commits.
CREATE FUNCTION "event_notify"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('unkai_event', json_build_object('id', NEW."id"::text, 'projectId', NEW."project_id")::text);
  RETURN NULL;
END $$;
CREATE TRIGGER "event_notify" AFTER INSERT ON "event" FOR EACH ROW EXECUTE FUNCTION "event_notify"();

-- What is under way, found at once: the run of each row in a list, and the runs that a sweep looks for.
CREATE INDEX "workflow_run_open_by_resource" ON "workflow_run" ("resource_id", "sequence") WHERE "ended_at" IS NULL;
CREATE INDEX "workflow_run_open_by_wake" ON "workflow_run" ("wake_at") WHERE "ended_at" IS NULL;
