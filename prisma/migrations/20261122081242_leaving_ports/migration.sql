-- A port that is being taken from a server that runs.
ALTER TABLE "port" ADD COLUMN "is_leaving" BOOLEAN NOT NULL DEFAULT false;
