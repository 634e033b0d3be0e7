-- Roles that wait for whoever has the link. They stay when they are over, so that an old link is told why it no longer
-- counts, and the log of a project's people is whole.
CREATE TABLE "invite" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "project_id" UUID,
    "domain_id" UUID,
    "email" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "message" TEXT NOT NULL DEFAULT '',
    "token_hash" BYTEA NOT NULL,
    "is_link_shown" BOOLEAN NOT NULL DEFAULT false,
    "invited_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'pending',
    "ended_at" TIMESTAMPTZ(3),
    "accepted_by_id" UUID,

    CONSTRAINT "invite_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "invite_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "invite_domain_id_fkey" FOREIGN KEY ("domain_id") REFERENCES "domain"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "invite_invited_by_id_fkey" FOREIGN KEY ("invited_by_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "invite_accepted_by_id_fkey" FOREIGN KEY ("accepted_by_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "invite_token_hash_key" ON "invite"("token_hash");
CREATE INDEX "invite_project_id_created_at_id_idx" ON "invite"("project_id", "created_at" DESC, "id");
CREATE INDEX "invite_domain_id_created_at_id_idx" ON "invite"("domain_id", "created_at" DESC, "id");
CREATE INDEX "invite_invited_by_id_idx" ON "invite"("invited_by_id");
CREATE INDEX "invite_accepted_by_id_idx" ON "invite"("accepted_by_id");

ALTER TABLE "invite"
  ADD CONSTRAINT "invite_one_place" CHECK (num_nonnulls("project_id", "domain_id") = 1),
  ADD CONSTRAINT "invite_role_known" CHECK ("role" IN ('reader', 'member', 'manager', 'admin')),
  ADD CONSTRAINT "invite_state_known" CHECK ("state" IN ('pending', 'accepted', 'revoked')),
  ADD CONSTRAINT "invite_ended" CHECK (("state" = 'pending') = ("ended_at" IS NULL)),
  ADD CONSTRAINT "invite_accepted_by_somebody" CHECK ("accepted_by_id" IS NULL OR "state" = 'accepted'),
  ADD CONSTRAINT "invite_email_lower" CHECK ("email" = lower("email")),
  ADD CONSTRAINT "invite_expires_later" CHECK ("expires_at" > "created_at");

-- One that waits for each address and place: sending again makes a new link and ends the old one.
CREATE UNIQUE INDEX "invite_waits_once" ON "invite" ("project_id", "domain_id", "email") NULLS NOT DISTINCT WHERE "state" = 'pending';

-- What it is for, and for whom, was said to who is invited; what is over stays so: a link counts once.
CREATE TRIGGER "invite_stays" BEFORE UPDATE ON "invite" FOR EACH ROW
  WHEN ((OLD."project_id", OLD."domain_id", OLD."email", OLD."role") IS DISTINCT FROM (NEW."project_id", NEW."domain_id", NEW."email", NEW."role")
    OR (OLD."state" <> 'pending' AND (OLD."state", OLD."token_hash", OLD."expires_at") IS DISTINCT FROM (NEW."state", NEW."token_hash", NEW."expires_at")))
  EXECUTE FUNCTION "owner_stays"();
