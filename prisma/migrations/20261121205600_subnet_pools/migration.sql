-- Where guests get their addresses from, which further ways they are told of, and whether hosts hand addresses out.
ALTER TABLE "subnet" ADD COLUMN "has_dhcp" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN "host_routes" JSONB NOT NULL DEFAULT '[]';

CREATE TABLE "allocation_pool" (
    "subnet_id" UUID NOT NULL,
    "first" TEXT NOT NULL,
    "last" TEXT NOT NULL,

    CONSTRAINT "allocation_pool_pkey" PRIMARY KEY ("subnet_id","first"),
    CONSTRAINT "allocation_pool_in_order" CHECK ("first"::inet <= "last"::inet)
);

ALTER TABLE "allocation_pool" ADD CONSTRAINT "allocation_pool_subnet_id_fkey" FOREIGN KEY ("subnet_id") REFERENCES "subnet"("id") ON DELETE CASCADE ON UPDATE CASCADE;
