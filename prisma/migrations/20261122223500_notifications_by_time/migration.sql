-- Each minute the oldest go, and who was told something lately is looked at for more than are kept.
CREATE INDEX "notification_created_at_idx" ON "notification"("created_at");
