-- What a month may cost before somebody is told.
CREATE TABLE "budget" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "project_id" UUID,
    "domain_id" UUID,
    "amount" BIGINT NOT NULL,
    "alert_percents" INTEGER[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "budget_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "budget_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "budget_domain_id_fkey" FOREIGN KEY ("domain_id") REFERENCES "domain"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "budget_one_place" CHECK (num_nonnulls("project_id", "domain_id") = 1),
    CONSTRAINT "budget_amount_sane" CHECK ("amount" BETWEEN 1 AND 1000000000000),
    CONSTRAINT "budget_alert_percents_sane" CHECK (cardinality("alert_percents") BETWEEN 1 AND 10
      AND array_position("alert_percents", NULL) IS NULL AND 1 <= ALL ("alert_percents") AND 1000 >= ALL ("alert_percents"))
);
CREATE UNIQUE INDEX "budget_project_id_key" ON "budget"("project_id");
CREATE UNIQUE INDEX "budget_domain_id_key" ON "budget"("domain_id");
CREATE TRIGGER "budget_owner_stays" BEFORE UPDATE ON "budget" FOR EACH ROW
  WHEN ((OLD."project_id", OLD."domain_id") IS DISTINCT FROM (NEW."project_id", NEW."domain_id")) EXECUTE FUNCTION "owner_stays"();

-- That a part of it was reached is told once a month: whoever writes the row tells.
CREATE TABLE "budget_alert" (
    "budget_id" UUID NOT NULL,
    "month" DATE NOT NULL,
    "percent" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "budget_alert_pkey" PRIMARY KEY ("budget_id", "month", "percent"),
    CONSTRAINT "budget_alert_budget_id_fkey" FOREIGN KEY ("budget_id") REFERENCES "budget"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "budget_alert_month_begins" CHECK (extract(day FROM "month") = 1)
);
