-- What application credentials may be confined to: kinds of request, kept with their user and used by any number of them.
CREATE TABLE "access_rule" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "user_id" UUID NOT NULL,
    "service" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "access_rule_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "access_rule_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "access_rule_user_id_service_method_path_key" ON "access_rule"("user_id", "service", "method", "path");
CREATE TRIGGER "access_rule_stays" BEFORE UPDATE ON "access_rule" FOR EACH ROW EXECUTE FUNCTION "owner_stays"();

-- A rule that a credential is confined to is kept while the credential is; without this its end would widen the credential.
CREATE TABLE "application_credential_rule" (
    "application_credential_id" UUID NOT NULL,
    "access_rule_id" UUID NOT NULL,

    CONSTRAINT "application_credential_rule_pkey" PRIMARY KEY ("application_credential_id","access_rule_id"),
    CONSTRAINT "application_credential_rule_application_credential_id_fkey" FOREIGN KEY ("application_credential_id") REFERENCES "application_credential"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "application_credential_rule_access_rule_id_fkey" FOREIGN KEY ("access_rule_id") REFERENCES "access_rule"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "application_credential_rule_access_rule_id_idx" ON "application_credential_rule"("access_rule_id");
CREATE TRIGGER "application_credential_rule_stays" BEFORE UPDATE ON "application_credential_rule" FOR EACH ROW EXECUTE FUNCTION "owner_stays"();

-- A trust may be lent on where its trustor said so; what was lent on ends with it.
ALTER TABLE "trust" ADD COLUMN "redelegation_count" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "trust" ADD COLUMN "redelegated_trust_id" UUID;
ALTER TABLE "trust" ADD CONSTRAINT "trust_redelegated_trust_id_fkey" FOREIGN KEY ("redelegated_trust_id") REFERENCES "trust"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "trust" ADD CONSTRAINT "trust_redelegation_count" CHECK ("redelegation_count" BETWEEN 0 AND 3);
CREATE INDEX "trust_redelegated_trust_id_idx" ON "trust"("redelegated_trust_id");
