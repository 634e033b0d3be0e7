-- An operator gives an image to another project, as at Glance, and says so for their transaction. Whatever says nothing
-- changes no owner, as before (A01), and the installation's own images stay its own.
DROP TRIGGER "image_owner_stays" ON "image";
CREATE TRIGGER "image_owner_stays" BEFORE UPDATE ON "image" FOR EACH ROW
  WHEN (OLD."project_id" IS DISTINCT FROM NEW."project_id"
    AND (OLD."project_id" IS NULL OR NEW."project_id" IS NULL
      OR current_setting('unkai.gives_image', true) IS DISTINCT FROM 'yes'))
  EXECUTE FUNCTION "owner_stays"();

-- From then on its bytes are counted where it is.
DROP TRIGGER "image_usage_turns" ON "image";
CREATE TRIGGER "image_usage_turns" AFTER UPDATE ON "image" FOR EACH ROW
  WHEN (NEW."project_id" IS NOT NULL AND (OLD."state" = 'active' OR NEW."state" = 'active')
    AND (OLD."name", OLD."state", OLD."project_id") IS DISTINCT FROM (NEW."name", NEW."state", NEW."project_id"))
  EXECUTE FUNCTION "image_usage"();
