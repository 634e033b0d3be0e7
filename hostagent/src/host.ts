import { mkdir } from 'node:fs/promises';
import type { Logger } from 'pino';
import type { AgentConfig } from './config.ts';
import { Consoles } from './console/consoles.ts';
import type { HostContext } from './context.ts';
import { ControlPlane } from './control-plane.ts';
import { GuestRegistry } from './guests.ts';
import { Lease } from './lease.ts';
import { hostPaths, type Paths } from './paths.ts';
import { changeRecord, readRecord } from './resources/server-record.ts';
import { StateStore } from './state.ts';
import type { Tools } from './tools/tools.ts';

/** Puts together what the parts of the agent share. `touch` is where changes on the host are told. */
export async function openHost(given: {
  config: AgentConfig;
  log: Logger;
  createTools(paths: Paths): Promise<Tools>;
  touch: HostContext['touch'];
}): Promise<HostContext> {
  const { config, log, touch } = given;
  const paths = hostPaths(config.home);
  await mkdir(paths.home, { recursive: true, mode: 0o711 });
  const tools = await given.createTools(paths);
  const host: HostContext = {
    config,
    paths,
    tools,
    log,
    touch,
    state: await StateStore.open(paths.state, log),
    controlPlane: new ControlPlane(config.apiUrl),
    lease: await Lease.read(paths.lease),
    guests: new GuestRegistry(tools.qemu, paths),
    consoles: new Consoles(paths, log),
    sessions: new Map(),
    noteMetadataRequest: (serverId) => void noteFirstMetadata(host, serverId),
  };
  return host;
}

// By the server as it is kept now, which a purge ends: the record on disk is read once, and not with every request.
const hasAsked = new WeakSet<object>();

/** Remembers when a guest first asked for its metadata: it shows that its network and its boot work. */
async function noteFirstMetadata(host: HostContext, serverId: string): Promise<void> {
  const kept = host.state.get('server', serverId);
  if (kept === undefined || hasAsked.has(kept)) return;
  hasAsked.add(kept);
  try {
    if ((await readRecord(host, serverId)).firstMetadataAt !== null) return;
    await changeRecord(host, serverId, { firstMetadataAt: new Date().toISOString() });
    host.touch('server', serverId);
  } catch (error) {
    hasAsked.delete(kept);
    host.log.warn({ err: error, serverId }, 'the first metadata request could not be written down');
  }
}
