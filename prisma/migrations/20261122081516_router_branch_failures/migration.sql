-- What a host that is not a router's own could not do for floating IPs of its guests; there is a row as long as it cannot.
CREATE TABLE "router_branch" (
  "router_id" UUID NOT NULL,
  "host_id" UUID NOT NULL,
  "observed_generation" INTEGER NOT NULL,
  "observed_failure" JSONB NOT NULL,
  CONSTRAINT "router_branch_pkey" PRIMARY KEY ("router_id", "host_id"),
  CONSTRAINT "router_branch_router_id_fkey" FOREIGN KEY ("router_id") REFERENCES "router"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "router_branch_host_id_fkey" FOREIGN KEY ("host_id") REFERENCES "host"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "router_branch_host_id_idx" ON "router_branch"("host_id");
