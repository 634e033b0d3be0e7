-- What is made together with its parts is at its first revision: a row that is new bears the time of its transaction, also
-- where the client said another, so that parts which the same transaction adds do not count as a change of it.
CREATE FUNCTION "revision_begins"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."updated_at" := CURRENT_TIMESTAMP;
  RETURN NEW;
END $$;
CREATE TRIGGER "network_begins" BEFORE INSERT ON "network" FOR EACH ROW EXECUTE FUNCTION "revision_begins"();
CREATE TRIGGER "subnet_begins" BEFORE INSERT ON "subnet" FOR EACH ROW EXECUTE FUNCTION "revision_begins"();
CREATE TRIGGER "router_begins" BEFORE INSERT ON "router" FOR EACH ROW EXECUTE FUNCTION "revision_begins"();
CREATE TRIGGER "floating_ip_begins" BEFORE INSERT ON "floating_ip" FOR EACH ROW EXECUTE FUNCTION "revision_begins"();
CREATE TRIGGER "security_group_begins" BEFORE INSERT ON "security_group" FOR EACH ROW EXECUTE FUNCTION "revision_begins"();
CREATE TRIGGER "subnet_pool_begins" BEFORE INSERT ON "subnet_pool" FOR EACH ROW EXECUTE FUNCTION "revision_begins"();
CREATE TRIGGER "qos_policy_begins" BEFORE INSERT ON "qos_policy" FOR EACH ROW EXECUTE FUNCTION "revision_begins"();
