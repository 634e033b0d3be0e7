-- Where a project wants to be told of what happens in it.
CREATE TABLE "webhook" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "project_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "events" TEXT[],
    "sealed_secret" BYTEA NOT NULL,
    "sealed_former_secret" BYTEA,
    "former_secret_until" TIMESTAMPTZ(3),
    "disabled_by" TEXT,
    "failing_since" TIMESTAMPTZ(3),
    "failures" INTEGER NOT NULL DEFAULT 0,
    "retry_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lease_until" TIMESTAMPTZ(3),
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "webhook_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "webhook_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "webhook_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "webhook_url" CHECK ("url" ~ '^https?://[^/?#@]+([/?#]|$)' AND length("url") <= 2000),
    CONSTRAINT "webhook_events" CHECK (cardinality("events") BETWEEN 1 AND 200 AND array_position("events", NULL) IS NULL),
    CONSTRAINT "webhook_former_secret" CHECK (("sealed_former_secret" IS NULL) = ("former_secret_until" IS NULL)),
    CONSTRAINT "webhook_disabled_by" CHECK ("disabled_by" IN ('person', 'failures', 'gone')),
    CONSTRAINT "webhook_failures" CHECK ("failures" >= 0 AND ("failures" = 0) = ("failing_since" IS NULL))
);
CREATE UNIQUE INDEX "webhook_project_id_name_key" ON "webhook"("project_id", "name");
CREATE TRIGGER "webhook_owner_stays" BEFORE UPDATE ON "webhook" FOR EACH ROW WHEN (OLD."project_id" IS DISTINCT FROM NEW."project_id") EXECUTE FUNCTION "owner_stays"();

-- One message to one webhook.
CREATE TABLE "webhook_delivery" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "webhook_id" UUID NOT NULL,
    "position" BIGSERIAL NOT NULL,
    "event" TEXT NOT NULL,
    "resource_id" UUID NOT NULL,
    "happened_at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "last_status" INTEGER,
    "last_error" TEXT,
    "last_attempt_at" TIMESTAMPTZ(3),
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "webhook_delivery_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "webhook_delivery_webhook_id_fkey" FOREIGN KEY ("webhook_id") REFERENCES "webhook"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "webhook_delivery_state" CHECK ("state" IN ('waiting', 'delivered', 'failed')),
    CONSTRAINT "webhook_delivery_attempts" CHECK ("attempts" >= 0 AND ("state" <> 'delivered' OR "attempts" > 0)),
    -- What a receiver said is not kept (A30): a reason is one short sentence of ours.
    CONSTRAINT "webhook_delivery_last_error" CHECK (length("last_error") <= 200)
);
CREATE INDEX "webhook_delivery_webhook_id_created_at_id_idx" ON "webhook_delivery"("webhook_id", "created_at", "id");
CREATE INDEX "webhook_delivery_created_at_idx" ON "webhook_delivery"("created_at");
-- What waits, found at once: the next one of each webhook.
CREATE INDEX "webhook_delivery_waiting" ON "webhook_delivery" ("webhook_id", "next_attempt_at", "position") WHERE "state" = 'waiting';

-- A message is written with the event, in the transaction of the change: none is lost, and none tells of what never was.
CREATE FUNCTION "webhook_enqueue"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "webhook_delivery" ("webhook_id", "event", "resource_id", "happened_at", "expires_at")
  SELECT "id", NEW."noun" || '.' || NEW."kind", NEW."resource_id", NEW."at", now() + interval '1 day' FROM "webhook"
  WHERE "project_id" = NEW."project_id" AND "disabled_by" IS NULL AND (NEW."noun" || '.' || NEW."kind") = ANY ("events");
  RETURN NULL;
END $$;
CREATE TRIGGER "webhook_enqueue" AFTER INSERT ON "event" FOR EACH ROW WHEN (NEW."project_id" IS NOT NULL) EXECUTE FUNCTION "webhook_enqueue"();
