-- Whether an operator says that a host is off, and which lease its servers are held under: it rises when they are given
-- to other hosts, and a host that still has the older one has to let go of them before it counts again.
ALTER TABLE "host"
  ADD COLUMN "is_forced_down" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "lease_generation" INTEGER NOT NULL DEFAULT 1,
  ADD COLUMN "fenced_at" TIMESTAMPTZ(3),
  ADD CONSTRAINT "host_lease_generation" CHECK ("lease_generation" > 0),
  ADD CONSTRAINT "host_fenced_is_down" CHECK ("fenced_at" IS NULL OR NOT "is_up");
