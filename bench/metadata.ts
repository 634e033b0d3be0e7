// The metadata service of a real host (root): twenty guests on its bridge ask at the same moment. A guest is a network
// namespace behind a veth; bridge, flows, steering and listener are the host's own.
//   node bench/metadata.ts
import { createServer } from 'node:http';
import { join } from 'node:path';
import { run } from '@unkai/hostagent/tools/run';
import { z } from 'zod';
import { TestHost } from '../hostagent/test/real/network-host.ts';
import { networkSpec, portSpec, serverSpec } from '../hostagent/test/specs.ts';
import { type Figure, percentile, printFigures } from './measuring/figure.ts';
import { machineLine } from './measuring/machine.ts';

const guests = 20;
const limitMs = 180_000;
/** Forty paths in less than two seconds, as a quick boot reads them; and without a pause, more than guests ever do. */
const paces = { booting: 25, unpaced: 1000 };
const times = z.array(z.number());

async function ask(callers: readonly string[], perSecond: number): Promise<number[]> {
  const program = join(import.meta.dirname, 'measuring', 'callers.ts');
  const { stdout } = await run([process.execPath, program, String(perSecond), ...callers], { timeoutMs: limitMs });
  return times.parse(JSON.parse(stdout));
}

/** The same callers at a server of this process that says the same few bytes, without switch, lookup or rules. */
async function askPlainServer(perSecond: number): Promise<number[]> {
  const server = createServer((_request, response) => response.end('bench\n'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  try {
    return await ask(
      Array.from({ length: guests }, () => `http://127.0.0.1:${port}`),
      perSecond,
    );
  } finally {
    server.close();
  }
}

const machine = machineLine();
const host = await TestHost.start();
try {
  const network = networkSpec(1);
  await host.putNetwork(network);
  const callers: string[] = [];
  for (let index = 0; index < guests; index += 1) {
    const guest = await host.putServer(serverSpec(portSpec(network, 11 + index), `bench-${index}`));
    await host.address(guest);
    callers.push(`http://169.254.169.254@${guest.namespace}`);
  }
  await ask(callers.slice(0, 1), paces.unpaced);
  const figures: Figure[] = [];
  for (const [pace, perSecond] of Object.entries(paces)) {
    const measured = await ask(callers, perSecond);
    const plain = await askPlainServer(perSecond);
    const row = (percent: number, goal: number | null): Figure => ({
      name: `metadata, ${guests} ${pace} callers, p${percent}`,
      unit: 'ms',
      measured: percentile(measured, percent),
      goal,
      baseline: { name: 'a plain server on loopback', value: percentile(plain, percent) },
    });
    figures.push(row(50, null), row(99, 20));
  }
  printFigures(machine, figures);
} finally {
  await host.stop();
}
