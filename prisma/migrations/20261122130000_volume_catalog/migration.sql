-- The block storage door, which has the quotas and limits of volumes. Its clients look for it under either type, and for
-- the project in its address. An operator may have made an entry of one of these types already; that one stays alone.
INSERT INTO "service" ("id", "type", "name", "description")
  SELECT "own"."id"::uuid, "own"."type", "own"."name", 'Quotas and limits of volumes.'
  FROM (VALUES
    ('00000000-0000-4000-8000-000000005005', 'block-storage', 'cinder'),
    ('00000000-0000-4000-8000-000000005006', 'volumev3', 'cinderv3')
  ) AS "own"("id", "type", "name")
  WHERE NOT EXISTS (SELECT 1 FROM "service" WHERE "service"."type" IN ('block-storage', 'volumev3', 'volumev2', 'volume'));
INSERT INTO "endpoint" ("service_id", "region_id", "interface", "url")
  SELECT "service"."id", "region"."id", "interface", '$(origin)s/volume/v3/$(project_id)s'
  FROM "service"
  CROSS JOIN (SELECT "id" FROM "region" WHERE "id" = 'RegionOne') AS "region"
  CROSS JOIN unnest(ARRAY['public', 'internal', 'admin']) AS "interface"
  WHERE "service"."id" IN ('00000000-0000-4000-8000-000000005005', '00000000-0000-4000-8000-000000005006');
