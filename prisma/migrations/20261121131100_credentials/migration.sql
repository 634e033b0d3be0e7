-- What a user lends out and proves themselves with: application credentials, trusts, stored credentials, one-time codes,
-- identities elsewhere; and the tokens that were revoked before their time.

-- A token carries its user's generation: a new password, or being disabled, ends all that were issued before. A number
-- and not a time, so that no clock and no change at the same moment lets one through (A08).
ALTER TABLE "user" ADD COLUMN "token_generation" INTEGER NOT NULL DEFAULT 0;
CREATE FUNCTION "user_token_generation"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."token_generation" := OLD."token_generation" + 1;
  RETURN NEW;
END $$;
CREATE TRIGGER "user_token_generation" BEFORE UPDATE ON "user" FOR EACH ROW
  WHEN (OLD."password_hash" IS DISTINCT FROM NEW."password_hash" OR (OLD."is_enabled" AND NOT NEW."is_enabled"))
  EXECUTE FUNCTION "user_token_generation"();

CREATE TABLE "application_credential" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "user_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "secret_hash" BYTEA NOT NULL,
    "is_unrestricted" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "application_credential_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "application_credential_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "application_credential_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "application_credential_user_id_name_key" ON "application_credential"("user_id", "name");
CREATE INDEX "application_credential_project_id_idx" ON "application_credential"("project_id");

CREATE TABLE "application_credential_role" (
    "application_credential_id" UUID NOT NULL,
    "role_id" UUID NOT NULL,

    CONSTRAINT "application_credential_role_pkey" PRIMARY KEY ("application_credential_id","role_id"),
    CONSTRAINT "application_credential_role_application_credential_id_fkey" FOREIGN KEY ("application_credential_id") REFERENCES "application_credential"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "application_credential_role_role_id_fkey" FOREIGN KEY ("role_id") REFERENCES "role"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "application_credential_role_role_id_idx" ON "application_credential_role"("role_id");

CREATE TABLE "trust" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "trustor_id" UUID NOT NULL,
    "trustee_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "is_impersonating" BOOLEAN NOT NULL,
    "remaining_uses" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "trust_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "trust_trustor_id_fkey" FOREIGN KEY ("trustor_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "trust_trustee_id_fkey" FOREIGN KEY ("trustee_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "trust_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "trust_uses_left" CHECK ("remaining_uses" >= 0)
);
CREATE INDEX "trust_trustor_id_idx" ON "trust"("trustor_id");
CREATE INDEX "trust_trustee_id_idx" ON "trust"("trustee_id");
CREATE INDEX "trust_project_id_idx" ON "trust"("project_id");

CREATE TABLE "trust_role" (
    "trust_id" UUID NOT NULL,
    "role_id" UUID NOT NULL,

    CONSTRAINT "trust_role_pkey" PRIMARY KEY ("trust_id","role_id"),
    CONSTRAINT "trust_role_trust_id_fkey" FOREIGN KEY ("trust_id") REFERENCES "trust"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "trust_role_role_id_fkey" FOREIGN KEY ("role_id") REFERENCES "role"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "trust_role_role_id_idx" ON "trust_role"("role_id");

CREATE TABLE "credential" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "user_id" UUID NOT NULL,
    "project_id" UUID,
    "type" TEXT NOT NULL,
    "access_key" TEXT,
    "sealed_blob" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "credential_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "credential_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "credential_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "credential_access_key_key" ON "credential"("access_key");
CREATE INDEX "credential_user_id_idx" ON "credential"("user_id");
CREATE INDEX "credential_project_id_idx" ON "credential"("project_id");

CREATE TABLE "user_totp" (
    "user_id" UUID NOT NULL,
    "sealed_secret" BYTEA NOT NULL,
    "confirmed_at" TIMESTAMPTZ(3),
    "last_step" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "user_totp_pkey" PRIMARY KEY ("user_id"),
    CONSTRAINT "user_totp_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE "recovery_code" (
    "user_id" UUID NOT NULL,
    "code_hash" BYTEA NOT NULL,

    CONSTRAINT "recovery_code_pkey" PRIMARY KEY ("user_id","code_hash"),
    CONSTRAINT "recovery_code_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE "identity_link" (
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "identity_link_pkey" PRIMARY KEY ("issuer","subject"),
    CONSTRAINT "identity_link_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "identity_link_user_id_idx" ON "identity_link"("user_id");

CREATE TABLE "revoked_token" (
    "audit_id" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "revoked_token_pkey" PRIMARY KEY ("audit_id"),
    CONSTRAINT "revoked_token_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "revoked_token_user_id_idx" ON "revoked_token"("user_id");
CREATE INDEX "revoked_token_expires_at_idx" ON "revoked_token"("expires_at");

-- What was lent stays as it was lent, to whom and for what (A01, A02).
CREATE TRIGGER "application_credential_stays" BEFORE UPDATE ON "application_credential" FOR EACH ROW EXECUTE FUNCTION "owner_stays"();
CREATE TRIGGER "application_credential_role_stays" BEFORE UPDATE ON "application_credential_role" FOR EACH ROW EXECUTE FUNCTION "owner_stays"();
CREATE TRIGGER "trust_role_stays" BEFORE UPDATE ON "trust_role" FOR EACH ROW EXECUTE FUNCTION "owner_stays"();
CREATE TRIGGER "trust_stays" BEFORE UPDATE ON "trust" FOR EACH ROW
  WHEN (to_jsonb(OLD) - 'remaining_uses' <> to_jsonb(NEW) - 'remaining_uses' OR NEW."remaining_uses" > OLD."remaining_uses")
  EXECUTE FUNCTION "owner_stays"();
CREATE TRIGGER "credential_owner_stays" BEFORE UPDATE ON "credential" FOR EACH ROW
  WHEN ((OLD."user_id", OLD."project_id", OLD."type", OLD."access_key") IS DISTINCT FROM (NEW."user_id", NEW."project_id", NEW."type", NEW."access_key"))
  EXECUTE FUNCTION "owner_stays"();
CREATE TRIGGER "identity_link_stays" BEFORE UPDATE ON "identity_link" FOR EACH ROW EXECUTE FUNCTION "owner_stays"();

-- Who keeps actors in memory hears of what ended.
CREATE TRIGGER "application_credential_identity" AFTER DELETE ON "application_credential" FOR EACH ROW EXECUTE FUNCTION "identity_notify"('credential', 'id');
CREATE TRIGGER "trust_identity" AFTER DELETE ON "trust" FOR EACH ROW EXECUTE FUNCTION "identity_notify"('credential', 'id');
CREATE TRIGGER "revoked_token_identity" AFTER INSERT ON "revoked_token" FOR EACH ROW EXECUTE FUNCTION "identity_notify"('user', 'user_id');
