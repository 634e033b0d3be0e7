-- Images are shared with chosen projects, which say whether they want them.
ALTER TABLE "image" DROP CONSTRAINT "image_visibility_known",
  ADD CONSTRAINT "image_visibility_known" CHECK ("visibility" IN ('private', 'shared', 'public'));

CREATE TABLE "image_member" (
  "image_id" UUID NOT NULL,
  "project_id" UUID NOT NULL,
  "state" TEXT NOT NULL DEFAULT 'pending',
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "image_member_pkey" PRIMARY KEY ("image_id", "project_id"),
  CONSTRAINT "image_member_state_known" CHECK ("state" IN ('pending', 'accepted', 'rejected')),
  CONSTRAINT "image_member_image_id_fkey" FOREIGN KEY ("image_id") REFERENCES "image" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- Which images a project was given, for its lists.
CREATE INDEX "image_member_project_id_idx" ON "image_member" ("project_id");
