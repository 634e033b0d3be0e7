-- Where the interfaces of a server that moves are on its bus, by port, as its host of before said: a guest knows them by that.
ALTER TABLE "server_migration" ADD COLUMN "slots" JSONB NOT NULL DEFAULT '{}';
