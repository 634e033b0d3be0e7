-- Letters are written in the transaction of what they tell, and sent after it by workers.
CREATE TABLE "mail" (
    "id" UUID NOT NULL,
    "recipient" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "template" TEXT NOT NULL,
    "sealed_body" BYTEA,
    "state" TEXT NOT NULL DEFAULT 'queued',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "last_error" TEXT,
    "due_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(3),
    "user_id" UUID,
    "domain_id" UUID,
    "project_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "mail_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "mail_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "mail_domain_id_fkey" FOREIGN KEY ("domain_id") REFERENCES "domain"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "mail_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "mail_state_known" CHECK ("state" IN ('queued', 'sent', 'failed', 'held', 'shown')),
    CONSTRAINT "mail_attempts_counted" CHECK ("attempts" >= 0),
    -- What was sent or shown is not kept, and what waits is.
    CONSTRAINT "mail_body_kept_until_told" CHECK (("sealed_body" IS NULL) = ("state" IN ('sent', 'shown'))),
    CONSTRAINT "mail_sent_has_time" CHECK (("sent_at" IS NOT NULL) = ("state" = 'sent')),
    CONSTRAINT "mail_recipient_one_line" CHECK ("recipient" ~ '^[^[:cntrl:][:space:]]+$' AND char_length("recipient") <= 320),
    CONSTRAINT "mail_subject_one_line" CHECK ("subject" ~ '^[^[:cntrl:]]+$' AND char_length("subject") <= 200)
);
CREATE INDEX "mail_created_at_id_idx" ON "mail"("created_at", "id");
CREATE INDEX "mail_user_id_idx" ON "mail"("user_id");
CREATE INDEX "mail_domain_id_idx" ON "mail"("domain_id");
CREATE INDEX "mail_project_id_idx" ON "mail"("project_id");
-- What workers look for each second.
CREATE INDEX "mail_due" ON "mail"("due_at") WHERE "state" = 'queued';
