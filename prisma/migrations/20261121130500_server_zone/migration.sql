-- A server that asks for no zone may be placed in any, and is in its host's from then on.
ALTER TABLE "server" ALTER COLUMN "availability_zone" DROP DEFAULT, ALTER COLUMN "availability_zone" DROP NOT NULL;
