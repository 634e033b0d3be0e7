-- Projects ask for more, one request at a time; operators give all of it, a part, or nothing, and each is answered once.
CREATE TABLE "quota_request" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "project_id" UUID NOT NULL,
    "user_id" UUID,
    "requester_name" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "answer" TEXT NOT NULL DEFAULT '',
    "decided_by_name" TEXT,
    "decided_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "quota_request_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "quota_request_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "quota_request_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE
);
CREATE INDEX "quota_request_project_id_created_at_id_idx" ON "quota_request"("project_id", "created_at" DESC, "id");
CREATE INDEX "quota_request_created_at_id_idx" ON "quota_request"("created_at" DESC, "id");
CREATE INDEX "quota_request_user_id_idx" ON "quota_request"("user_id");
CREATE UNIQUE INDEX "quota_request_open_once" ON "quota_request"("project_id") WHERE "state" = 'open';
ALTER TABLE "quota_request"
  ADD CONSTRAINT "quota_request_state_known" CHECK ("state" IN ('open', 'approved', 'partly', 'denied', 'withdrawn')),
  ADD CONSTRAINT "quota_request_decided_when_closed" CHECK (("state" = 'open') = ("decided_at" IS NULL)),
  ADD CONSTRAINT "quota_request_text_sane" CHECK (length("reason") BETWEEN 1 AND 1000 AND length("answer") <= 1000);

CREATE TABLE "quota_request_item" (
    "request_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "had" BIGINT NOT NULL,
    "asked" BIGINT NOT NULL,
    "granted" BIGINT,

    CONSTRAINT "quota_request_item_pkey" PRIMARY KEY ("request_id", "name"),
    CONSTRAINT "quota_request_item_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "quota_request"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
ALTER TABLE "quota_request_item"
  ADD CONSTRAINT "quota_request_item_asks_for_more" CHECK ("had" >= 0 AND "asked" > "had"),
  ADD CONSTRAINT "quota_request_item_gives_what_was_asked" CHECK ("granted" > "had" AND "granted" <= "asked");
