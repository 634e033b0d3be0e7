-- People make accounts for themselves, where an operator lets them, and get new passwords by mail.
CREATE TABLE "sign_up_policy" (
    "is_only" BOOLEAN NOT NULL DEFAULT true,
    "mode" TEXT NOT NULL DEFAULT 'off',
    "email_domains" TEXT[],

    CONSTRAINT "sign_up_policy_pkey" PRIMARY KEY ("is_only"),
    CONSTRAINT "sign_up_policy_is_only_one" CHECK ("is_only"),
    CONSTRAINT "sign_up_policy_mode_known" CHECK ("mode" IN ('off', 'open', 'domains')),
    CONSTRAINT "sign_up_policy_domains_named" CHECK ("mode" <> 'domains' OR cardinality("email_domains") > 0)
);
INSERT INTO "sign_up_policy" ("email_domains") VALUES ('{}');

CREATE TABLE "mail_request" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "purpose" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "mail_request_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "mail_request_purpose_known" CHECK ("purpose" IN ('sign-up', 'password-reset')),
    CONSTRAINT "mail_request_email_lower_case" CHECK ("email" = lower("email"))
);
CREATE INDEX "mail_request_created_at_idx" ON "mail_request"("created_at");

CREATE TABLE "mail_link" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "purpose" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "user_id" UUID,
    "token_hash" BYTEA NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "mail_link_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "mail_link_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "mail_link_purpose_known" CHECK ("purpose" IN ('sign-up', 'password-reset')),
    -- Who signs up is nobody yet; a password is somebody's.
    CONSTRAINT "mail_link_of_whom" CHECK (("purpose" = 'sign-up') = ("user_id" IS NULL))
);
CREATE UNIQUE INDEX "mail_link_token_hash_key" ON "mail_link"("token_hash");
CREATE INDEX "mail_link_user_id_idx" ON "mail_link"("user_id");
CREATE INDEX "mail_link_email_idx" ON "mail_link"("email");
CREATE INDEX "mail_link_expires_at_idx" ON "mail_link"("expires_at");

-- An address that was shown to be somebody's is one account's, and signs in by itself.
ALTER TABLE "user" ADD COLUMN "email_verified_at" TIMESTAMPTZ(3);
ALTER TABLE "user" ADD CONSTRAINT "user_verified_email" CHECK ("email_verified_at" IS NULL OR ("email" IS NOT NULL AND "email" = lower("email")));
CREATE UNIQUE INDEX "user_verified_email_once" ON "user"("email") WHERE "email_verified_at" IS NOT NULL;
CREATE INDEX "user_email_any_case" ON "user"(lower("email"));
CREATE FUNCTION "user_email_unverified"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."email_verified_at" := NULL;
  RETURN NEW;
END $$;
CREATE TRIGGER "user_email_unverified" BEFORE UPDATE ON "user" FOR EACH ROW
  WHEN (OLD."email" IS DISTINCT FROM NEW."email" AND OLD."email_verified_at" IS NOT DISTINCT FROM NEW."email_verified_at")
  EXECUTE FUNCTION "user_email_unverified"();
