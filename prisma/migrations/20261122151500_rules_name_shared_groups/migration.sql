-- A rule names groups of its own project, and those that are open to it (A45). The group that is named is held, so that it is
-- not closed to the project at the same moment.
CREATE OR REPLACE FUNCTION "security_group_rule_project_check"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  owner UUID;
  holder UUID;
BEGIN
  IF NEW."remote_group_id" IS NULL THEN
    RETURN NEW;
  END IF;
  SELECT "project_id" INTO holder FROM "security_group" WHERE "id" = NEW."security_group_id";
  SELECT "project_id" INTO owner FROM "security_group" WHERE "id" = NEW."remote_group_id";
  IF owner IS DISTINCT FROM holder THEN
    PERFORM 1 FROM "security_group" WHERE "id" = NEW."remote_group_id" FOR KEY SHARE;
    IF NOT EXISTS (
      SELECT 1 FROM "rbac_policy" AS policy
      WHERE policy."security_group_id" = NEW."remote_group_id"
        AND (policy."target_project_id" IS NULL OR policy."target_project_id" = holder)
    ) THEN
      RAISE EXCEPTION 'the security group % is not open to the project of the rule', NEW."remote_group_id" USING ERRCODE = 'integrity_constraint_violation';
    END IF;
  END IF;
  RETURN NEW;
END $$;
