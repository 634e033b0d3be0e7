// Guests that boot at the same moment: in each network namespace named by an argument, a program that asks its metadata
// service for one path after the other, over a connection of its own each time. A process apart from what it measures.
// The first argument is how often in a second each asks at most. Prints all times in milliseconds, as JSON.
import { type Argv, run } from '@unkai/hostagent/tools/run';
import { inNamespace } from '../../hostagent/src/tools/namespace.ts';

const paths = [
  'meta-data/instance-id',
  'meta-data/hostname',
  'meta-data/local-ipv4',
  'meta-data/public-keys/0/openssh-key',
];
// With four paths as many as a cloud-init reads in three boots, and below the number that one guest may ask for at once.
const rounds = 30;
const limitMs = 120_000;

/** Throws an Error when an answer is not 200. */
async function timesOf(perSecond: string, caller: string): Promise<number[]> {
  const [origin = '', namespace] = caller.split('@');
  const url = `${origin}/latest/{${paths.join(',')}}?[1-${rounds}]`;
  const told = '%{http_code} %{time_total}\\n';
  const argv: Argv = [
    'curl',
    '-s',
    '-H',
    'Connection: close',
    '--rate',
    `${perSecond}/s`,
    '-o',
    '/dev/null',
    '-w',
    told,
    url,
  ];
  const { stdout } = await run(inNamespace(namespace, argv), { timeoutMs: limitMs });
  const answers = stdout
    .trim()
    .split('\n')
    .map((line) => line.split(' '));
  const refused = answers.find(([status]) => status !== '200');
  if (refused !== undefined) throw new Error(`${caller} was answered by ${refused[0]}.`);
  return answers.map(([, seconds]) => Number(seconds) * 1000);
}

const [perSecond = '', ...callers] = process.argv.slice(2);
const times = await Promise.all(callers.map((caller) => timesOf(perSecond, caller)));
process.stdout.write(JSON.stringify(times.flat()));
