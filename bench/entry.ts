// The one command, as a person waits for it: a first `./unkai up` in an empty folder, a second one, and one after `down`,
// with simulated hosts and, as root, with a real one. The first builds what the checkout has not built yet.
//   node bench/entry.ts
import { mkdtemp, rm } from 'node:fs/promises';
import { run } from '@unkai/hostagent/tools/run';
import { type Baseline, type Figure, median, printFigures } from './measuring/figure.ts';
import { environmentOf, unkai } from './measuring/installation.ts';
import { machineLine } from './measuring/machine.ts';

const secondUps = 5;
const goalSeconds = 15;

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1000;
}

/** Nothing of Unkai: Node starts and ends, as each command begins. */
async function bareNode(): Promise<Baseline> {
  const samples: number[] = [];
  for (let round = 0; round < 5; round += 1) samples.push(await secondsOf(() => run([process.execPath, '-e', '0'])));
  return { name: 'Node started and ended', value: median(samples) };
}

async function times(count: number, work: () => Promise<number>): Promise<number[]> {
  const samples: number[] = [];
  for (let round = 0; round < count; round += 1) samples.push(await work());
  return samples;
}

/** What `up` takes with hosts of this kind, in a folder of its own. */
async function upFigures(kind: string, words: string[], environment: Record<string, string>): Promise<Figure[]> {
  const home = await mkdtemp('/tmp/unkai-bench-');
  const env = environmentOf(home, environment);
  const up = () => secondsOf(() => unkai(['up', ...words], env));
  const figure = (name: string, measured: number, goal: number | null): Figure => {
    return { name: `${name} (${kind})`, unit: 's', measured, goal };
  };
  try {
    const first = await up();
    const second = median(await times(secondUps, up));
    const afterDown = median(
      await times(secondUps, async () => {
        await unkai(['down'], env);
        return up();
      }),
    );
    return [
      figure('first up, packages there', first, null),
      { ...figure('second up, p50', second, goalSeconds), baseline: await bareNode() },
      figure('up after down, p50', afterDown, goalSeconds),
    ];
  } finally {
    await unkai(['down', '--guests'], env);
    await rm(home, { recursive: true, force: true });
  }
}

async function realFigures(): Promise<Figure[]> {
  const namespace = `ukbench${process.pid}`;
  await run(['ip', 'netns', 'add', namespace]);
  try {
    await run(['ip', '-netns', namespace, 'link', 'set', 'lo', 'up']);
    return await upFigures('a real host', [], { UNKAI_NETNS: namespace });
  } finally {
    await run(['ip', 'netns', 'delete', namespace]);
  }
}

const machine = machineLine();
const figures = await upFigures('simulated hosts', ['--sim'], {});
if (process.getuid?.() === 0) figures.push(...(await realFigures()));
printFigures(machine, figures);
