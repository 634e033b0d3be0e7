// A real host (root), started by `./unkai up` in a network namespace of its own, so that the machine's network and a
// host that it may already be stay as they are: how soon QEMU runs after a create, and what the agent takes.
//   node bench/real-host.ts
import { setTimeout as sleep } from 'node:timers/promises';
import { run } from '@unkai/hostagent/tools/run';
import { type Baseline, type Figure, median, printFigures } from './measuring/figure.ts';
import { type Installation, openInstallation } from './measuring/installation.ts';
import { machineLine } from './measuring/machine.ts';
import { memoryFigures } from './measuring/residents.ts';
import { createServer, deleteServers, openTenant, untilRunning } from './measuring/tenant.ts';

const creates = 10;
const limitMs = 120_000;
const settleMs = 20_000;

/** What QEMU itself takes until it answers on its control socket and ends again, without a guest. */
async function bareQemu(): Promise<Baseline> {
  const samples: number[] = [];
  const input = '{"execute":"qmp_capabilities"}\n{"execute":"quit"}\n';
  for (let round = 0; round < 5; round += 1) {
    const begun = performance.now();
    const machine = ['-nodefaults', '-no-user-config', '-display', 'none', '-M', 'pc', '-accel', 'tcg', '-m', '128M'];
    await run(['qemu-system-x86_64', ...machine, '-S', '-qmp', 'stdio'], { input });
    samples.push(performance.now() - begun);
  }
  return { name: 'bare QEMU to its first answer and back', value: median(samples) / 1000 };
}

/** One guest at a time; the first brings the image to the host and is not counted. */
async function createFigure(installation: Installation): Promise<Figure> {
  const tenant = await openTenant(installation);
  const samples: number[] = [];
  for (let index = 0; index <= creates; index += 1) {
    const { id, begunAt } = await createServer(installation, tenant, `bench-${index}`);
    const [runningAt = Number.NaN] = await untilRunning(installation, [id], limitMs);
    await deleteServers(installation, [id], limitMs);
    if (index > 0) samples.push((runningAt - begunAt) / 1000);
  }
  const name = 'create → QEMU runs on a real host, warm image, p50';
  return { name, unit: 's', measured: median(samples), goal: 1.5, baseline: await bareQemu() };
}

const machine = machineLine();
const namespace = `ukbench${process.pid}`;
await run(['ip', 'netns', 'add', namespace]);
try {
  await run(['ip', '-netns', namespace, 'link', 'set', 'lo', 'up']);
  await using installation = await openInstallation({ isSimulated: false, environment: { UNKAI_NETNS: namespace } });
  const figures = [await createFigure(installation)];
  if (installation.home !== null) {
    await sleep(settleMs);
    figures.push(...(await memoryFigures(installation.home, 'real host')));
  }
  printFigures(machine, figures);
} finally {
  await run(['ip', 'netns', 'delete', namespace]);
}
