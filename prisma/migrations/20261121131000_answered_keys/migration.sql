-- A key is written in the transaction that makes what it stands for, with its answer. Until now a key could be there
-- without one, and stayed so when the API died: such a key is free again.
DELETE FROM "idempotency_key" WHERE jsonb_typeof("response" -> 'answer') = 'null';
UPDATE "idempotency_key" SET "response" = "response" -> 'answer' WHERE jsonb_typeof("response" -> 'answer') = 'object';
