import { openDatabase } from '@unkai/core/database/database';
import { folderImageStore } from '@unkai/core/image/image-store';
import { openKeys } from '@unkai/core/keys';
import { openLog } from '@unkai/core/log';
import { openMetrics } from '@unkai/core/metrics';
import { openQueues } from '@unkai/core/queues';
import { databaseChecks, newestMigration, redisCheck } from '@unkai/core/readiness';
import { registerWorkflowMetrics } from '@unkai/core/workflow/metrics';
import { readConfig } from './config.ts';
import { serveHealth } from './health.ts';
import { smtpMailer } from './mailer.ts';
import { startWorkers } from './program.ts';
import { allWorkflows } from './workflows/all.ts';

const config = readConfig(process.env);
const log = openLog('workers', config.logLevel);
const database = openDatabase(config.databaseUrl, config.concurrency);
const core = {
  database,
  queues: openQueues(config.redisUrl),
  log,
  keys: openKeys(config.secret),
  origin: config.origin,
  ownNetworks: config.ownNetworks,
};
const { registry } = openMetrics('workers');
registerWorkflowMetrics(registry);

const health = await serveHealth(core, {
  port: config.port,
  registry,
  checks: [...databaseChecks(database, await newestMigration()), redisCheck(core.queues.redis)],
});
const disks = folderImageStore(config.disksFolder);
const workflows = allWorkflows(folderImageStore(config.imagesFolder), disks);
const { redisUrl, concurrency, mail } = config;
const mailer = mail === null ? null : smtpMailer(mail);
const workers = startWorkers(core, { workflows, disks, redisUrl, concurrency, registry, mailer });
log.info({ port: config.port }, 'workers are at work');

let isStopping = false;
async function stop(signal: NodeJS.Signals): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  log.info({ signal }, 'finishing the steps under way');
  await workers.stop();
  health.close();
  await core.queues.close();
  await database.close();
  log.info('stopped');
}
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
