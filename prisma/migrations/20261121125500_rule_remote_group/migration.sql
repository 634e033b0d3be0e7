-- A rule may name, instead of a range, another group of the project: then it holds for the addresses of that group's ports.
-- NO ACTION and not RESTRICT: a group that only its own rules name can be deleted with them.
ALTER TABLE "security_group_rule" ADD COLUMN "remote_group_id" UUID;
ALTER TABLE "security_group_rule"
  ADD CONSTRAINT "security_group_rule_remote_group_id_fkey" FOREIGN KEY ("remote_group_id") REFERENCES "security_group"("id") ON DELETE NO ACTION ON UPDATE CASCADE,
  ADD CONSTRAINT "security_group_rule_remote_is_one" CHECK ("remote_group_id" IS NULL OR "remote_prefix" IS NULL);
CREATE INDEX "security_group_rule_remote_group_id_idx" ON "security_group_rule"("remote_group_id");

-- A rule names groups of its own project only (A45).
CREATE FUNCTION "security_group_rule_project_check"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."remote_group_id" IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM "security_group" AS own JOIN "security_group" AS remote ON remote."project_id" = own."project_id"
    WHERE own."id" = NEW."security_group_id" AND remote."id" = NEW."remote_group_id"
  ) THEN
    RAISE EXCEPTION 'the security group % belongs to another project', NEW."remote_group_id" USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "security_group_rule_project_check" BEFORE INSERT OR UPDATE OF "security_group_id", "remote_group_id" ON "security_group_rule" FOR EACH ROW EXECUTE FUNCTION "security_group_rule_project_check"();
