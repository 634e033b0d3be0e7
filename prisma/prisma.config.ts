import { join } from 'node:path';
import { defineConfig } from 'prisma/config';

// The CLI would fetch its schema engine from the internet and phone home for updates; ours is in this folder and an
// installation without internet must work. The CLI reads both variables after this file.
process.env['PRISMA_SCHEMA_ENGINE_BINARY'] ??= join(import.meta.dirname, 'engine', 'schema-engine');
process.env['CHECKPOINT_DISABLE'] = '1';
process.env['PRISMA_HIDE_UPDATE_MESSAGE'] = '1';

const url = process.env['DATABASE_URL'];

export default defineConfig({
  schema: 'schema',
  migrations: { path: 'migrations' },
  ...(url === undefined ? {} : { datasource: { url } }),
});
