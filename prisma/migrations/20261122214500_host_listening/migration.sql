-- Whether the API takes heartbeats, and since when without a gap: only what could have been heard counts as silence. One row,
-- for all API programs together.
CREATE TABLE "host_listening" (
  "id" BOOLEAN NOT NULL DEFAULT true,
  "since" TIMESTAMPTZ(3) NOT NULL,
  "last_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "host_listening_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "host_listening_once" CHECK ("id")
);
