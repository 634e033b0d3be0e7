-- What users are told in the portal. A telling that comes again, as after a crash, is kept once by its key.
CREATE TABLE "notification" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "user_id" UUID NOT NULL,
    "tone" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "detail" TEXT NOT NULL DEFAULT '',
    "noun" TEXT NOT NULL,
    "resource_id" UUID,
    "project_id" UUID,
    "key" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "read_at" TIMESTAMPTZ(3),

    CONSTRAINT "notification_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "notification_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "notification_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "notification_tone_known" CHECK ("tone" IN ('info', 'good', 'warning', 'bad')),
    CONSTRAINT "notification_words_bounded" CHECK (char_length("title") BETWEEN 1 AND 400 AND char_length("detail") <= 2000)
);
CREATE UNIQUE INDEX "notification_user_id_key_key" ON "notification"("user_id", "key");
CREATE INDEX "notification_user_id_created_at_id_idx" ON "notification"("user_id", "created_at" DESC, "id");
CREATE INDEX "notification_project_id_idx" ON "notification"("project_id");
CREATE INDEX "notification_unread" ON "notification"("user_id", "created_at" DESC) WHERE "read_at" IS NULL;
CREATE TRIGGER "notification_owner_stays" BEFORE UPDATE ON "notification" FOR EACH ROW WHEN (OLD."user_id" IS DISTINCT FROM NEW."user_id") EXECUTE FUNCTION "owner_stays"();
