-- What a host said last, as SHA-256 of the body: one that says the same again is only noted, and its facts stay as they are.
ALTER TABLE "host" ADD COLUMN "heartbeat_hash" BYTEA;
