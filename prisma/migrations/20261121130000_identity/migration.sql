-- The whole model of identity: nested projects, groups, roles as rows, assignments on system, domain and project, and
-- the catalog. What was there keeps its meaning.

-- The default domain has a fixed id: OpenStack's clients know it by one.
UPDATE "domain" SET "id" = '00000000-0000-4000-8000-00000000da7a', "name" = 'Default' WHERE "name" = 'default';

ALTER TABLE "domain"
  ADD COLUMN "description" TEXT NOT NULL DEFAULT '',
  ADD COLUMN "options" JSONB NOT NULL DEFAULT '{}';
ALTER TABLE "project"
  ADD COLUMN "parent_id" UUID,
  ADD COLUMN "options" JSONB NOT NULL DEFAULT '{}',
  ADD CONSTRAINT "project_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE INDEX "project_parent_id_idx" ON "project"("parent_id");
ALTER TABLE "user"
  ADD COLUMN "description" TEXT NOT NULL DEFAULT '',
  ADD COLUMN "password_expires_at" TIMESTAMPTZ(3),
  ADD COLUMN "password_changed_at" TIMESTAMPTZ(3),
  ADD COLUMN "default_project_id" UUID,
  ADD COLUMN "options" JSONB NOT NULL DEFAULT '{}',
  ADD CONSTRAINT "user_default_project_id_fkey" FOREIGN KEY ("default_project_id") REFERENCES "project"("id") ON DELETE SET NULL ON UPDATE CASCADE;
CREATE INDEX "user_default_project_id_idx" ON "user"("default_project_id");

CREATE TABLE "project_tag" (
    "project_id" UUID NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "project_tag_pkey" PRIMARY KEY ("project_id","name"),
    CONSTRAINT "project_tag_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE "user_group" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "domain_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "user_group_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "user_group_domain_id_fkey" FOREIGN KEY ("domain_id") REFERENCES "domain"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "user_group_domain_id_name_key" ON "user_group"("domain_id", "name");

CREATE TABLE "group_member" (
    "group_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "group_member_pkey" PRIMARY KEY ("group_id","user_id"),
    CONSTRAINT "group_member_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "user_group"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "group_member_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "group_member_user_id_idx" ON "group_member"("user_id");

CREATE TABLE "role" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "name" TEXT NOT NULL,
    "domain_id" UUID,
    "description" TEXT NOT NULL DEFAULT '',
    "is_built_in" BOOLEAN NOT NULL DEFAULT false,
    "options" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "role_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "role_domain_id_fkey" FOREIGN KEY ("domain_id") REFERENCES "domain"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "role_domain_id_idx" ON "role"("domain_id");

CREATE TABLE "implied_role" (
    "prior_role_id" UUID NOT NULL,
    "implied_role_id" UUID NOT NULL,

    CONSTRAINT "implied_role_pkey" PRIMARY KEY ("prior_role_id","implied_role_id"),
    CONSTRAINT "implied_role_prior_role_id_fkey" FOREIGN KEY ("prior_role_id") REFERENCES "role"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "implied_role_implied_role_id_fkey" FOREIGN KEY ("implied_role_id") REFERENCES "role"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "implied_role_implied_role_id_idx" ON "implied_role"("implied_role_id");

INSERT INTO "role" ("id", "name", "is_built_in", "description") VALUES
  ('00000000-0000-4000-8000-000000000001', 'reader', true, 'Sees what is there.'),
  ('00000000-0000-4000-8000-000000000002', 'member', true, 'Makes, changes and deletes resources of a project.'),
  ('00000000-0000-4000-8000-000000000003', 'manager', true, 'Manages the users, groups and projects of a domain.'),
  ('00000000-0000-4000-8000-000000000004', 'admin', true, 'Operates: on the system, everything.');
INSERT INTO "implied_role" VALUES
  ('00000000-0000-4000-8000-000000000004', '00000000-0000-4000-8000-000000000003'),
  ('00000000-0000-4000-8000-000000000003', '00000000-0000-4000-8000-000000000002'),
  ('00000000-0000-4000-8000-000000000002', '00000000-0000-4000-8000-000000000001');

-- Assignments so far: a role by its name, of a user, on a project or on the system.
ALTER TABLE "role_assignment"
  ADD COLUMN "role_id" UUID,
  ADD COLUMN "group_id" UUID,
  ADD COLUMN "is_system" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "domain_id" UUID,
  ADD COLUMN "is_inherited" BOOLEAN NOT NULL DEFAULT false,
  ALTER COLUMN "user_id" DROP NOT NULL;
UPDATE "role_assignment" SET "is_system" = "project_id" IS NULL, "role_id" = "role"."id" FROM "role" WHERE "role"."name" = "role_assignment"."role";
DROP INDEX "role_assignment_once";
ALTER TABLE "role_assignment"
  DROP COLUMN "role",
  ALTER COLUMN "role_id" SET NOT NULL,
  ADD CONSTRAINT "role_assignment_role_id_fkey" FOREIGN KEY ("role_id") REFERENCES "role"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  ADD CONSTRAINT "role_assignment_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "user_group"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  ADD CONSTRAINT "role_assignment_domain_id_fkey" FOREIGN KEY ("domain_id") REFERENCES "domain"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  ADD CONSTRAINT "role_assignment_one_holder" CHECK (num_nonnulls("user_id", "group_id") = 1),
  ADD CONSTRAINT "role_assignment_one_target" CHECK (num_nonnulls("domain_id", "project_id") + "is_system"::int = 1),
  ADD CONSTRAINT "role_assignment_system_has_nothing_below" CHECK (NOT ("is_system" AND "is_inherited"));
CREATE INDEX "role_assignment_user_id_idx" ON "role_assignment"("user_id");
CREATE INDEX "role_assignment_group_id_idx" ON "role_assignment"("group_id");
CREATE INDEX "role_assignment_role_id_idx" ON "role_assignment"("role_id");
CREATE INDEX "role_assignment_domain_id_idx" ON "role_assignment"("domain_id");
-- Partial, as all that Prisma's schema language cannot say.
CREATE UNIQUE INDEX "role_assignment_once" ON "role_assignment" ("role_id", "user_id", "group_id", "domain_id", "project_id", "is_inherited")
  NULLS NOT DISTINCT WHERE "role_id" IS NOT NULL;

CREATE TABLE "region" (
    "id" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "parent_region_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "region_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "region_parent_region_id_fkey" FOREIGN KEY ("parent_region_id") REFERENCES "region"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "region_parent_region_id_idx" ON "region"("parent_region_id");

CREATE TABLE "service" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "type" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "is_enabled" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "service_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "endpoint" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "service_id" UUID NOT NULL,
    "region_id" TEXT,
    "interface" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "is_enabled" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "endpoint_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "endpoint_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "service"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "endpoint_region_id_fkey" FOREIGN KEY ("region_id") REFERENCES "region"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "endpoint_interface_known" CHECK ("interface" IN ('public', 'internal', 'admin'))
);
CREATE INDEX "endpoint_service_id_idx" ON "endpoint"("service_id");
CREATE INDEX "endpoint_region_id_idx" ON "endpoint"("region_id");

-- The doors of this installation.
INSERT INTO "region" ("id", "description") VALUES ('RegionOne', 'This installation.');
INSERT INTO "service" ("id", "type", "name", "description") VALUES
  ('00000000-0000-4000-8000-000000005001', 'identity', 'keystone', 'Users, projects, roles and tokens.'),
  ('00000000-0000-4000-8000-000000005002', 'compute', 'nova', 'Servers, flavors and key pairs.'),
  ('00000000-0000-4000-8000-000000005003', 'network', 'neutron', 'Networks, subnets, ports and security groups.'),
  ('00000000-0000-4000-8000-000000005004', 'image', 'glance', 'Images that servers start from.');
INSERT INTO "endpoint" ("service_id", "region_id", "interface", "url")
  SELECT "service"."id", 'RegionOne', "interface", "url"
  FROM unnest(ARRAY['identity', 'compute', 'network', 'image'],
              ARRAY['$(origin)s/identity/v3', '$(origin)s/compute/v2.1', '$(origin)s/network', '$(origin)s/image']) AS "own"("type", "url")
  JOIN "service" ON "service"."type" = "own"."type"
  CROSS JOIN unnest(ARRAY['public', 'internal', 'admin']) AS "interface";

-- Names differ by more than their case: "Admin" cannot pass for "admin". (Indexes of an expression, which Prisma leaves
-- alone too; the plain ones beside them are for finding.)
CREATE UNIQUE INDEX "domain_name_any_case" ON "domain" (lower("name"));
CREATE UNIQUE INDEX "project_name_any_case" ON "project" ("domain_id", lower("name"));
CREATE UNIQUE INDEX "user_name_any_case" ON "user" ("domain_id", lower("name"));
CREATE UNIQUE INDEX "user_group_name_any_case" ON "user_group" ("domain_id", lower("name"));
CREATE UNIQUE INDEX "role_name_any_case" ON "role" ("domain_id", lower("name")) NULLS NOT DISTINCT;

-- Few are; who may act is asked often.
CREATE INDEX "project_disabled" ON "project" ("id") WHERE NOT "is_enabled";

-- Owners and places never change (A01). A project that cannot move cannot come to be below itself either.
CREATE TRIGGER "project_place_stays" BEFORE UPDATE ON "project" FOR EACH ROW
  WHEN (OLD."domain_id" <> NEW."domain_id" OR OLD."parent_id" IS DISTINCT FROM NEW."parent_id") EXECUTE FUNCTION "owner_stays"();
CREATE TRIGGER "user_owner_stays" BEFORE UPDATE ON "user" FOR EACH ROW WHEN (OLD."domain_id" <> NEW."domain_id") EXECUTE FUNCTION "owner_stays"();
CREATE TRIGGER "user_group_owner_stays" BEFORE UPDATE ON "user_group" FOR EACH ROW WHEN (OLD."domain_id" <> NEW."domain_id") EXECUTE FUNCTION "owner_stays"();
CREATE TRIGGER "role_owner_stays" BEFORE UPDATE ON "role" FOR EACH ROW WHEN (OLD."domain_id" IS DISTINCT FROM NEW."domain_id") EXECUTE FUNCTION "owner_stays"();
CREATE TRIGGER "role_assignment_stays" BEFORE UPDATE ON "role_assignment" FOR EACH ROW EXECUTE FUNCTION "owner_stays"();

ALTER TABLE "project" ADD CONSTRAINT "project_not_below_itself" CHECK ("parent_id" <> "id");
CREATE FUNCTION "project_parent_check"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM "project" WHERE "id" = NEW."parent_id" AND "domain_id" = NEW."domain_id") THEN
    RAISE EXCEPTION 'the project % is in another domain', NEW."parent_id" USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "project_parent_check" BEFORE INSERT ON "project" FOR EACH ROW WHEN (NEW."parent_id" IS NOT NULL) EXECUTE FUNCTION "project_parent_check"();

-- Permissions speak of the built-in roles: they, and what they imply of each other, stay.
CREATE FUNCTION "built_in_role_stays"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the built-in role % stays as it is', OLD."name" USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER "built_in_role_is_kept" BEFORE DELETE ON "role" FOR EACH ROW WHEN (OLD."is_built_in") EXECUTE FUNCTION "built_in_role_stays"();
CREATE TRIGGER "built_in_role_stays" BEFORE UPDATE ON "role" FOR EACH ROW
  WHEN ((OLD."is_built_in", OLD."id", OLD."name") IS DISTINCT FROM (NEW."is_built_in", NEW."id", NEW."name") AND (OLD."is_built_in" OR NEW."is_built_in"))
  EXECUTE FUNCTION "built_in_role_stays"();
CREATE FUNCTION "built_in_implication_stays"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT count(*) FROM "role" WHERE "is_built_in" AND "id" IN (OLD."prior_role_id", OLD."implied_role_id")) = 2 THEN
    RAISE EXCEPTION 'what built-in roles imply of each other stays' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER "built_in_implication_stays" BEFORE DELETE OR UPDATE ON "implied_role" FOR EACH ROW EXECUTE FUNCTION "built_in_implication_stays"();
ALTER TABLE "implied_role" ADD CONSTRAINT "implied_role_of_another" CHECK ("prior_role_id" <> "implied_role_id");

-- Processes keep in memory who a credential belongs to and what they may do; when the transaction commits they hear what
-- of it is out of date: `user <id>`, `credential <id>`, or `all`. The first argument says which, the second which column
-- holds the id; without an id it is `all`.
CREATE FUNCTION "identity_notify"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  "row" jsonb := to_jsonb(CASE WHEN TG_OP = 'INSERT' THEN NEW ELSE OLD END);
BEGIN
  PERFORM pg_notify('unkai_identity', CASE WHEN TG_NARGS = 2 AND "row" ->> TG_ARGV[1] IS NOT NULL THEN TG_ARGV[0] || ' ' || ("row" ->> TG_ARGV[1]) ELSE 'all' END);
  RETURN NULL;
END $$;
CREATE TRIGGER "user_identity" AFTER UPDATE OR DELETE ON "user" FOR EACH ROW EXECUTE FUNCTION "identity_notify"('user', 'id');
CREATE TRIGGER "group_member_identity" AFTER INSERT OR UPDATE OR DELETE ON "group_member" FOR EACH ROW EXECUTE FUNCTION "identity_notify"('user', 'user_id');
CREATE TRIGGER "role_assignment_identity" AFTER INSERT OR DELETE ON "role_assignment" FOR EACH ROW EXECUTE FUNCTION "identity_notify"('user', 'user_id');
CREATE TRIGGER "domain_identity" AFTER UPDATE OR DELETE ON "domain" FOR EACH ROW EXECUTE FUNCTION "identity_notify"();
CREATE TRIGGER "project_identity" AFTER INSERT OR UPDATE OR DELETE ON "project" FOR EACH ROW EXECUTE FUNCTION "identity_notify"();
CREATE TRIGGER "role_identity" AFTER UPDATE OR DELETE ON "role" FOR EACH ROW EXECUTE FUNCTION "identity_notify"();
CREATE TRIGGER "implied_role_identity" AFTER INSERT OR UPDATE OR DELETE ON "implied_role" FOR EACH ROW EXECUTE FUNCTION "identity_notify"();
CREATE TRIGGER "session_identity" AFTER DELETE ON "session" FOR EACH ROW EXECUTE FUNCTION "identity_notify"('credential', 'id');
CREATE TRIGGER "session_change_identity" AFTER UPDATE ON "session" FOR EACH ROW
  WHEN ((OLD."user_id", OLD."token_hash", OLD."expires_at") IS DISTINCT FROM (NEW."user_id", NEW."token_hash", NEW."expires_at"))
  EXECUTE FUNCTION "identity_notify"('credential', 'id');
CREATE TRIGGER "api_token_identity" AFTER DELETE ON "api_token" FOR EACH ROW EXECUTE FUNCTION "identity_notify"('credential', 'id');
CREATE TRIGGER "api_token_change_identity" AFTER UPDATE ON "api_token" FOR EACH ROW
  WHEN ((OLD."token_hash", OLD."expires_at", OLD."permissions", OLD."name") IS DISTINCT FROM (NEW."token_hash", NEW."expires_at", NEW."permissions", NEW."name"))
  EXECUTE FUNCTION "identity_notify"('credential', 'id');
