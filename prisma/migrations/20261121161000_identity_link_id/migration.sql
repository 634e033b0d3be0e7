-- A link to an OpenID provider is listed and taken away as everything else is: by an id.
ALTER TABLE "identity_link" ADD COLUMN "id" UUID NOT NULL DEFAULT gen_random_uuid();
CREATE UNIQUE INDEX "identity_link_id_key" ON "identity_link"("id");
