-- Who can prove what: what a line changed, with which session or token, and in which domain.
ALTER TABLE "audit_line"
  ADD COLUMN "domain_id" UUID,
  ADD COLUMN "credential_id" TEXT,
  ADD COLUMN "before" JSONB,
  ADD COLUMN "after" JSONB;

-- Lines of before get their domain; after this nothing is ever written to a line again.
ALTER TABLE "audit_line" DISABLE TRIGGER "audit_line_stays";
UPDATE "audit_line" SET "domain_id" = "project"."domain_id" FROM "project" WHERE "project"."id" = "audit_line"."project_id";
ALTER TABLE "audit_line" ENABLE TRIGGER "audit_line_stays";

ALTER TABLE "audit_line"
  ADD CONSTRAINT "audit_line_values_are_fields" CHECK (
    ("before" IS NULL OR jsonb_typeof("before") = 'object') AND ("after" IS NULL OR jsonb_typeof("after") = 'object')
  );

-- The second line of defence; the first is that the application's role may only read and add.
CREATE OR REPLACE FUNCTION "audit_line_stays"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'lines of the audit log are never changed or removed' USING ERRCODE = 'integrity_constraint_violation';
END $$;
DROP TRIGGER "audit_line_stays" ON "audit_line";
CREATE TRIGGER "audit_line_stays" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_line"
  FOR EACH STATEMENT EXECUTE FUNCTION "audit_line_stays"();

-- Pages go newest first; id breaks ties, in the same direction.
DROP INDEX "audit_line_project_id_at_id_idx";
CREATE INDEX "audit_line_at_id_idx" ON "audit_line" ("at" DESC, "id" DESC);
CREATE INDEX "audit_line_project_id_at_id_idx" ON "audit_line" ("project_id", "at" DESC, "id" DESC);
CREATE INDEX "audit_line_domain_id_at_id_idx" ON "audit_line" ("domain_id", "at" DESC, "id" DESC);

-- What a line is found by: each value that is asked for as a whole, after the name of its column, and every word that
-- somebody may remember. "=" separates words, so that no name can pass for such a value. Bounded, since a lexeme is.
CREATE FUNCTION "audit_words"(
  "action" TEXT, "noun" TEXT, "outcome" TEXT, "actor_id" UUID, "actor_name" TEXT, "token_name" TEXT,
  "credential_id" TEXT, "address" TEXT, "request_id" TEXT, "resource_id" TEXT, "resource_name" TEXT, "detail" TEXT
) RETURNS TSVECTOR LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN array_to_tsvector(array_remove(array_remove(
  ARRAY[
    'action=' || left("action", 100), 'noun=' || left("noun", 100), CASE "outcome" WHEN 'refused' THEN 'outcome=refused' END,
    'actor=' || "actor_id"::text, 'credential=' || lower(left("credential_id", 100)),
    'address=' || lower(left("address", 100)), 'request=' || lower(left("request_id", 100)),
    'resource=' || lower(left("resource_id", 100))
  ] || string_to_array(translate(
    lower(left("action", 100) || ' ' || left("actor_name", 255) || ' ' || COALESCE(left("token_name", 255), '') || ' '
      || COALESCE(left("resource_name", 255), '') || ' ' || COALESCE(left("detail", 400), '')),
    E'\t\r\n:;,./\\|_@()[]{}<>"''`~!?*&^%$#=+-', repeat(' ', 35)), ' '),
  NULL), ''));

-- Little is left to merge at a time, so that no create waits for it.
CREATE INDEX "audit_line_words" ON "audit_line" USING gin ("audit_words"(
  "action", "noun", "outcome", "actor_id", "actor_name", "token_name", "credential_id", "address", "request_id",
  "resource_id", "resource_name", "detail"
)) WITH (gin_pending_list_limit = 256);
