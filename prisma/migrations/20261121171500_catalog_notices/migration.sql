-- Processes keep the catalog in memory too, and hear of its changes as they hear of those of identity.
CREATE TRIGGER "service_identity" AFTER INSERT OR UPDATE OR DELETE ON "service" FOR EACH ROW EXECUTE FUNCTION "identity_notify"();
CREATE TRIGGER "endpoint_identity" AFTER INSERT OR UPDATE OR DELETE ON "endpoint" FOR EACH ROW EXECUTE FUNCTION "identity_notify"();
