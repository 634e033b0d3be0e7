import { pino } from 'pino';
import { Agent } from './agent.ts';
import { readConfig } from './config.ts';
import { serveHealth } from './health.ts';
import { publishGauges } from './metrics.ts';
import { Faults } from './sim/faults.ts';
import { SimulatedQemu } from './sim/qemu.ts';
import { createSimulatedTools } from './sim/tools.ts';
import { createRealTools } from './tools/real.ts';

const config = readConfig(process.env);
const log = pino({ level: config.logLevel, base: { program: 'hostagent', host: config.hostName } });

const agent = await Agent.start({
  config,
  log,
  createTools: async (paths) =>
    config.tools === 'sim'
      ? createSimulatedTools(Faults.parse(config.simulatedFaults))
      : createRealTools(config, paths),
});
const { qemu } = agent.host.tools;
if (qemu instanceof SimulatedQemu) qemu.onBoot = agent.host.noteMetadataRequest;

publishGauges({
  unkai_agent_guests: { help: 'Guests that run.', read: () => agent.host.guests.all().length },
  unkai_agent_reports_waiting: { help: 'Reports not yet delivered.', read: () => agent.waitingReports },
});
const server = await serveHealth(config.port, () => agent.health());
log.info({ home: config.home, port: config.port, tools: config.tools }, 'the host agent is up');

let isStopping = false;
async function stop(signal: string): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  log.info({ signal }, 'stopping; guests go on');
  server.close();
  await agent.stop();
  process.exit(0);
}
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
