-- Which host joined with a token.
ALTER TABLE "join_token"
  ADD COLUMN "host_id" UUID,
  ADD CONSTRAINT "join_token_host_id_fkey" FOREIGN KEY ("host_id") REFERENCES "host"("id") ON DELETE SET NULL ON UPDATE CASCADE;
