// Takes everything of this host out of the machine's running state: guests, their devices, networks, the bridge, the
// metadata service. Files stay, disks too: an agent that is started again finds its servers off and starts what should
// run. Run by `./unkai down --guests`, after the agent has ended.
import { pino } from 'pino';
import { readConfig } from './config.ts';
import type { HostContext, ResourceContext } from './context.ts';
import { openHost } from './host.ts';
import { purgeMetadataEdge } from './resources/metadata-edge.ts';
import * as network from './resources/network.ts';
import { listPorts, purgePort } from './resources/port.ts';
import * as router from './resources/router.ts';
import { shutDown } from './resources/server-power.ts';
import { changeRecord } from './resources/server-record.ts';
import { purgeUnderlay } from './resources/underlay.ts';
import { createRealTools } from './tools/real.ts';

const config = readConfig(process.env);
const host = await openHost({
  config,
  log: pino({ level: config.logLevel, base: { program: 'leave', host: config.hostName } }),
  createTools: (paths) => createRealTools(config, paths),
  touch: () => undefined,
});

/** Asks the guest to shut down, ends it when it takes too long, and forgets that it ran. */
async function endGuest(serverId: string): Promise<void> {
  const guest = await host.guests.find(serverId);
  if (guest !== undefined) {
    await shutDown(asked(host), guest);
    await guest.quit();
  }
  await host.tools.qemu.forget(serverId);
  // Otherwise the next agent would take it for one that crashed.
  await changeRecord(host, serverId, { ran: null, ended: null });
}

function asked(context: HostContext): ResourceContext {
  const { signal } = new AbortController();
  return { ...context, requestId: 'leave', generation: 0, progress: () => undefined, signal };
}

const { tools, state } = host;
const servers = new Set([...(await tools.qemu.list()), ...state.list('server').map(({ spec }) => spec.id)]);
await Promise.all([...servers].map(endGuest));
if ((await tools.ovs.switchProcess()) !== null) {
  for (const serverId of servers) {
    for (const portId of await listPorts(host, serverId)) await purgePort(host, serverId, portId);
  }
  for (const id of await router.list(host)) await router.purge(host, id);
  for (const id of await network.list(host)) await network.purge(host, id);
}
await purgeMetadataEdge(host);
await purgeUnderlay(host);
await tools.ovs.purgeBridge();
await tools.ovs.close();
const who = servers.size === 1 ? '1 server is' : `${servers.size} servers are`;
process.stdout.write(`${who} off; nothing of this host runs.\n`);
