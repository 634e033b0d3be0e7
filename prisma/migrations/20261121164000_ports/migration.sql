-- AlterTable
ALTER TABLE "network" ADD COLUMN "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
  ADD CONSTRAINT "network_tags_bounded" CHECK (cardinality("tags") <= 50);

-- AlterTable
ALTER TABLE "subnet" ADD COLUMN "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
  ADD CONSTRAINT "subnet_tags_bounded" CHECK (cardinality("tags") <= 50);

-- AlterTable
ALTER TABLE "security_group" ADD COLUMN "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
  ADD CONSTRAINT "security_group_tags_bounded" CHECK (cardinality("tags") <= 50);

-- AlterTable
ALTER TABLE "port" ADD COLUMN "name" TEXT NOT NULL DEFAULT '',
  ADD COLUMN "description" TEXT NOT NULL DEFAULT '',
  ADD COLUMN "is_kept" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
  ADD CONSTRAINT "port_tags_bounded" CHECK (cardinality("tags") <= 50);

-- AlterTable
ALTER TABLE "server" ADD COLUMN "wanted_host_id" UUID;
