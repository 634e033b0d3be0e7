-- The same password under a new cost ends no token: whoever renews a hash says so for their transaction. Whoever says nothing
-- ends them all, as before (A08).
CREATE OR REPLACE TRIGGER "user_token_generation" BEFORE UPDATE ON "user" FOR EACH ROW
  WHEN (
    (OLD."password_hash" IS DISTINCT FROM NEW."password_hash"
      AND current_setting('unkai.renews_password_hash', true) IS DISTINCT FROM 'yes')
    OR (OLD."is_enabled" AND NOT NEW."is_enabled"))
  EXECUTE FUNCTION "user_token_generation"();
