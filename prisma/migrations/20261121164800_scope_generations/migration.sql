-- A project or a domain that is disabled and enabled again does not bring tokens back to life: those that were issued
-- before carry an earlier generation, as those of a user whose password changed do (A08, A09).
ALTER TABLE "domain" ADD COLUMN "token_generation" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "project" ADD COLUMN "token_generation" INTEGER NOT NULL DEFAULT 0;
CREATE TRIGGER "domain_token_generation" BEFORE UPDATE ON "domain" FOR EACH ROW
  WHEN (OLD."is_enabled" AND NOT NEW."is_enabled") EXECUTE FUNCTION "user_token_generation"();
CREATE TRIGGER "project_token_generation" BEFORE UPDATE ON "project" FOR EACH ROW
  WHEN (OLD."is_enabled" AND NOT NEW."is_enabled") EXECUTE FUNCTION "user_token_generation"();

-- All that a token depends on beside its user: the user's domain, and its project with those above it and their domain, or
-- its domain. Each number only grows and nothing moves, so the sum is the same only while all of them are.
CREATE FUNCTION "scope_generation"("of_user" UUID, "of_project" UUID, "of_domain" UUID) RETURNS INTEGER LANGUAGE sql STABLE AS $$
  WITH RECURSIVE "above" AS (
    SELECT "id", "parent_id", "domain_id", "token_generation" FROM "project" WHERE "id" = "of_project"
    UNION ALL
    SELECT "project"."id", "project"."parent_id", "project"."domain_id", "project"."token_generation"
    FROM "above" JOIN "project" ON "project"."id" = "above"."parent_id"
  )
  SELECT (
    COALESCE((SELECT sum("token_generation") FROM "above"), 0)
    + COALESCE((SELECT "token_generation" FROM "domain" WHERE "id" = COALESCE("of_domain", (SELECT "domain_id" FROM "above" LIMIT 1))), 0)
    + COALESCE((SELECT "domain"."token_generation" FROM "domain" JOIN "user" ON "user"."domain_id" = "domain"."id" WHERE "user"."id" = "of_user"), 0)
  )::INTEGER
$$;

-- An EC2 key pair that was made with an application credential is good for no more than that one (A05), and signatures
-- made with a key pair are taken once (A07).
ALTER TABLE "credential" ADD COLUMN "application_credential_id" UUID;
ALTER TABLE "credential" ADD CONSTRAINT "credential_application_credential_id_fkey" FOREIGN KEY ("application_credential_id") REFERENCES "application_credential"("id") ON DELETE CASCADE ON UPDATE CASCADE;
CREATE INDEX "credential_application_credential_id_idx" ON "credential"("application_credential_id");
DROP TRIGGER "credential_owner_stays" ON "credential";
CREATE TRIGGER "credential_owner_stays" BEFORE UPDATE ON "credential" FOR EACH ROW
  WHEN ((OLD."user_id", OLD."project_id", OLD."type", OLD."access_key", OLD."application_credential_id")
    IS DISTINCT FROM (NEW."user_id", NEW."project_id", NEW."type", NEW."access_key", NEW."application_credential_id"))
  EXECUTE FUNCTION "owner_stays"();
-- What a key pair was exchanged for ends with it.
CREATE TRIGGER "credential_identity" AFTER DELETE ON "credential" FOR EACH ROW EXECUTE FUNCTION "identity_notify"('credential', 'id');

CREATE TABLE "used_signature" (
    "digest" BYTEA NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "used_signature_pkey" PRIMARY KEY ("digest")
);
CREATE INDEX "used_signature_expires_at_idx" ON "used_signature"("expires_at");
