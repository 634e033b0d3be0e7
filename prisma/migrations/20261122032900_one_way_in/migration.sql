-- An address of a port is reached by one floating IP as a whole, or by port forwardings, and never both ways: which of them
-- its answers left by would be chance.
CREATE FUNCTION "address_has_one_way_in"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."port_id" IS NULL THEN RETURN NULL; END IF;
  -- Of two at once the second waits here, and then sees what the first has written.
  PERFORM FROM "port_address" WHERE "port_id" = NEW."port_id" AND "address" = NEW."fixed_address" FOR NO KEY UPDATE;
  IF EXISTS (SELECT FROM "floating_ip" WHERE "port_id" = NEW."port_id" AND "fixed_address" = NEW."fixed_address")
    AND EXISTS (SELECT FROM "port_forwarding" WHERE "port_id" = NEW."port_id" AND "fixed_address" = NEW."fixed_address")
  THEN
    RAISE EXCEPTION 'the address % has a floating IP and port forwardings', NEW."fixed_address"
      USING ERRCODE = 'unique_violation', CONSTRAINT = 'address_one_way_in';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "floating_ip_one_way_in" AFTER INSERT OR UPDATE OF "port_id", "fixed_address" ON "floating_ip"
  FOR EACH ROW EXECUTE FUNCTION "address_has_one_way_in"();
CREATE TRIGGER "port_forwarding_one_way_in" AFTER INSERT OR UPDATE OF "port_id", "fixed_address" ON "port_forwarding"
  FOR EACH ROW EXECUTE FUNCTION "address_has_one_way_in"();

-- Whether a host can carry a router with a way out to that network of the data centre; NULL for one without.
CREATE FUNCTION "can_carry_router"("facts" JSONB, "physical_network" TEXT) RETURNS BOOLEAN LANGUAGE sql STABLE
RETURN coalesce("facts" -> 'nouns' @> '["router"]', false)
  AND ("physical_network" IS NULL OR coalesce(
    "facts" -> 'physicalNetworks' @> jsonb_build_array(jsonb_build_object('name', "physical_network")), false));

-- Hosts of now know routers; one that does not says so with its next heartbeat.
UPDATE "host" SET "facts" = "facts" || '{"nouns": ["network", "router", "image", "server", "console-session"]}'
  WHERE NOT "facts" ? 'nouns';
