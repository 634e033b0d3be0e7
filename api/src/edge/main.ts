// The edge: the one address of an installation. See edge.ts.
import { edgeProof } from '@unkai/core/identity/edge-trust';
import { openLog } from '@unkai/core/log';
import { z } from 'zod';
import { createEdge } from './edge.ts';
import { listenOnStandardPorts } from './standard-ports.ts';

const port = z.coerce.number().int().min(1).max(65_535);
const settings = z
  .object({
    UNKAI_PORT: port.default(7080),
    UNKAI_BIND: z.string().default('0.0.0.0'),
    UNKAI_API_PORT: port,
    UNKAI_CONSOLE_PORT: port,
    UNKAI_WEB_PORT: port,
    UNKAI_ORIGIN: z.url().default('http://127.0.0.1:7080'),
    UNKAI_SECRET: z.string().min(32),
    UNKAI_TRUSTED_PROXIES: z.string().default(''),
    UNKAI_STANDARD_PORTS: z.enum(['', '1']).default(''),
    UNKAI_LOG_LEVEL: z.string().default('info'),
  })
  .parse(process.env);

const log = openLog('edge', settings.UNKAI_LOG_LEVEL);
const local = (portNumber: number) => `http://127.0.0.1:${portNumber}`;
const options = {
  targets: {
    api: local(settings.UNKAI_API_PORT),
    console: local(settings.UNKAI_CONSOLE_PORT),
    web: local(settings.UNKAI_WEB_PORT),
  },
  proof: edgeProof(settings.UNKAI_SECRET),
  origin: settings.UNKAI_ORIGIN,
  trustedProxies: settings.UNKAI_TRUSTED_PROXIES,
  log,
};
const server = createEdge(options);
server.listen(settings.UNKAI_PORT, settings.UNKAI_BIND, () =>
  log.info({ port: settings.UNKAI_PORT }, 'the edge listens'),
);

const isStandard = settings.UNKAI_STANDARD_PORTS === '1';
const servers = [server, ...(isStandard ? listenOnStandardPorts(options, settings.UNKAI_BIND) : [])];

const graceMs = 3_000;
function stop(): void {
  let open = servers.length;
  for (const each of servers) {
    each.close(() => {
      open -= 1;
      if (open === 0) process.exit(0);
    });
    each.closeIdleConnections();
    // Live events and consoles never end by themselves.
    setTimeout(() => each.closeAllConnections(), graceMs).unref();
  }
  setTimeout(() => process.exit(0), graceMs * 2).unref();
}
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
