// An installation for one test file, made by the command that people use, in a folder and on ports of its own.
import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ApiClient, openClient } from '@unkai/client/client';
import { type RunResult, run } from '@unkai/hostagent/tools/run';
import { freePort } from '@unkai/testing/services';
import { Redis } from 'ioredis';
import pg from 'pg';
import { z } from 'zod';

export const checkout = join(import.meta.dirname, '..', '..', '..');
const anyCode = Array.from({ length: 256 }, (_, code) => code);
const upLimitMs = 900_000;

const status = z.object({
  healthy: z.boolean(),
  phase: z.string(),
  programs: z.array(
    z.object({ name: z.string(), state: z.string(), pid: z.number().nullable(), restarts: z.number() }),
  ),
});
const settings = z.object({ ports: z.record(z.string(), z.number()) });

/** Whose installation it is, when it is not ours: all commands run as that user, from that user's own checkout. */
export type Owner = { uid: number; gid: number; checkout: string };

type Choices = { isSimulated: boolean; variables: Record<string, string>; owner?: Owner };

export class Installation {
  readonly home: string;
  readonly port: number;
  readonly #variables: Readonly<Record<string, string>>;
  readonly #isSimulated: boolean;
  readonly #owner: Owner | undefined;
  #token = '';

  private constructor(home: string, port: number, { isSimulated, variables, owner }: Choices) {
    this.home = home;
    this.port = port;
    this.#isSimulated = isSimulated;
    this.#variables = variables;
    this.#owner = owner;
  }

  /** A folder, and nothing in it yet. `variables` go to every command. */
  static async prepare(options: {
    sim: boolean;
    variables?: Record<string, string>;
    owner?: Owner;
  }): Promise<Installation> {
    // Not below a closed folder, and short: engines run as users of their own, and sockets lie in it.
    const home = await mkdtemp('/tmp/unkai-stack-');
    await chmod(home, 0o711);
    if (!options.sim) return Installation.#prepareReal(home, options.variables ?? {});
    const { owner, variables = {} } = options;
    if (owner === undefined) return new Installation(home, await freePort(), { isSimulated: true, variables });
    await chown(home, owner.uid, owner.gid);
    return new Installation(home, await freePort(), { isSimulated: true, variables, owner });
  }

  /** A real host keeps its devices in a network namespace, apart from whatever else this machine is a host of. */
  static async #prepareReal(home: string, variables: Record<string, string>): Promise<Installation> {
    const namespace = `uks${randomBytes(3).toString('hex')}`;
    await run(['ip', 'netns', 'add', namespace]);
    await run(['ip', '-netns', namespace, 'link', 'set', 'lo', 'up']);
    const options = { isSimulated: false, variables: { UNKAI_NETNS: namespace, ...variables } };
    return new Installation(home, await freePort(), options);
  }

  /** One that is up. */
  static async start(options: Parameters<typeof Installation.prepare>[0]): Promise<Installation> {
    const installation = await Installation.prepare(options);
    try {
      await installation.up();
    } catch (error) {
      await installation.remove();
      throw error;
    }
    return installation;
  }

  /** The same one, told something else as well. */
  with(variables: Record<string, string>): Installation {
    const choices = { isSimulated: this.#isSimulated, variables: { ...this.#variables, ...variables } };
    return new Installation(
      this.home,
      this.port,
      this.#owner === undefined ? choices : { ...choices, owner: this.#owner },
    );
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Runs `./unkai` as a person would; any exit code is an answer. */
  unkai(...words: string[]): Promise<RunResult> {
    const env = {
      HOME: process.env['HOME'] ?? '/root',
      UNKAI_HOME: this.home,
      UNKAI_PORT: String(this.port),
      UNKAI_BIND: '127.0.0.1',
      ...this.#variables,
    };
    const { checkout: folder = checkout, ...user } = this.#owner ?? {};
    return run([join(folder, 'unkai'), ...words], { env, ...user, okCodes: anyCode, timeoutMs: upLimitMs });
  }

  /** `./unkai up`; throws with the end of what it said when it fails. */
  async up(...words: string[]): Promise<RunResult> {
    const said = succeeded('up', await this.unkai('up', ...(this.#isSimulated ? ['--sim'] : []), ...words));
    this.#token = (await readFile(join(this.home, 'admin-token'), 'utf8')).trim();
    return said;
  }

  /** `./unkai down`; throws with the end of what it said when it fails. */
  async down(...words: string[]): Promise<RunResult> {
    return succeeded('down', await this.unkai('down', ...words));
  }

  /** The network namespace that all devices of a real host are in. */
  get namespace(): string {
    return this.#variables['UNKAI_NETNS'] ?? '';
  }

  /** Stops everything, guests too, and removes the folder. */
  async remove(): Promise<void> {
    const said = await this.unkai('down', '--guests');
    if (this.namespace !== '') await run(['ip', 'netns', 'delete', this.namespace]);
    await rm(this.home, { recursive: true, force: true });
    succeeded('down', said);
  }

  async status() {
    return status.parse(JSON.parse((await this.unkai('status', '--json')).stdout));
  }

  /** The process of a program. Throws when it does not run. */
  async pid(name: string): Promise<number> {
    const program = (await this.status()).programs.find((each) => each.name === name);
    if (program?.pid == null) throw new Error(`${name} does not run.`);
    return program.pid;
  }

  /** Ends a program at once, without a word. */
  async kill(name: string): Promise<void> {
    process.kill(await this.pid(name), 'SIGKILL');
  }

  /**
   * All of `/v1`, as a careful program calls it: reads, and creates with a key, are asked until they are answered, since
   * their answer may be lost or refused only for now.
   */
  get api(): ApiClient {
    return openClient({ origin: this.url, token: this.#token, fetch: (request) => this.#insist(request) });
  }

  async #insist(request: Request): Promise<Response> {
    const send = () => fetch(request.clone(), { signal: AbortSignal.timeout(30_000) });
    const { method, url, headers } = request;
    if (method !== 'GET' && !headers.has('idempotency-key')) return send();
    return eventually(`${method} ${url} is answered`, async () => {
      const answer = await send();
      return answer.status === 429 || answer.status === 503 ? undefined : answer;
    });
  }

  /** Asks a program itself, past the one origin. `agent+1` is the second of several hosts. */
  async ask(program: string, path: string): Promise<{ status: number; text: string }> {
    const { ports } = settings.parse(JSON.parse(await readFile(join(this.home, 'settings.json'), 'utf8')));
    const [name = '', offset = '0'] = program.split('+');
    const url = `http://127.0.0.1:${z.number().parse(ports[name]) + Number(offset)}${path}`;
    const answer = await fetch(url, { signal: AbortSignal.timeout(10_000) });
    return { status: answer.status, text: await answer.text() };
  }

  /** What the database holds: the truth, under all doors. */
  async rows(sql: string): Promise<Record<string, unknown>[]> {
    const client = new pg.Client(await this.#engineUrl('postgres'));
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  }

  /** What the programs say of their own readiness: `ready`, or the checks that fail. Without those that do not answer. */
  async readiness(): Promise<Record<string, string>> {
    const answers = ['api', 'workers', 'agent'].map(async (program) => {
      const { status: answered, text } = await this.ask(program, '/readyz');
      const { checks } = z.object({ checks: z.record(z.string(), z.string()) }).parse(JSON.parse(text));
      const failed = Object.keys(checks).filter((name) => checks[name] !== 'ok');
      return [program, answered === 200 ? 'ready' : failed.join()];
    });
    return Object.fromEntries(await Promise.all(answers.map((answer) => answer.catch(() => []))));
  }

  async flushRedis(): Promise<void> {
    const redis = new Redis(await this.#engineUrl('redis'));
    await redis.flushall();
    redis.disconnect();
  }

  /** How many guests the hosts of this machine say they run, all together. */
  async guests(hosts: number): Promise<number> {
    const { ports } = settings.parse(JSON.parse(await readFile(join(this.home, 'settings.json'), 'utf8')));
    const first = z.number().parse(ports['agent']);
    const counts = Array.from({ length: hosts }, async (_, index) => {
      const metrics = await (await fetch(`http://127.0.0.1:${first + index}/metrics`)).text();
      return Number(/^unkai_agent_guests (\d+)/m.exec(metrics)?.[1] ?? Number.NaN);
    });
    return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
  }

  async #engineUrl(engine: 'postgres' | 'redis'): Promise<string> {
    const { ports } = settings.parse(JSON.parse(await readFile(join(this.home, 'settings.json'), 'utf8')));
    const password = (await readFile(join(this.home, engine, 'password'), 'utf8')).trim();
    const [scheme, user, name] = engine === 'postgres' ? ['postgresql', 'unkai', 'unkai'] : ['redis', 'default', '0'];
    return `${scheme}://${user}:${password}@127.0.0.1:${ports[engine]}/${name}`;
  }
}

/** What a command said; throws with the end of it, where the reason stands, when it failed. */
function succeeded(command: string, said: RunResult): RunResult {
  if (said.code === 0) return said;
  const ends = [said.stdout, said.stderr].map((text) => text.trim().split('\n').slice(-20).join('\n'));
  throw new Error(`./unkai ${command} failed (${said.code}):\n${ends.join('\n').trim() || 'It said nothing.'}`);
}

/** The titles of the steps that an `up` showed. Throws when a line does not say how long its step took. */
export function timedSteps({ stderr }: RunResult): string[] {
  const lines = stderr.split('\n').filter((line) => line.startsWith('  ✓ '));
  const untimed = lines.find((line) => !/^ {2}✓ \S.{43} +\d+\.\d s(?: {2}.*)?$/.test(line));
  if (untimed !== undefined) throw new Error(`No time in the line: ${untimed}`);
  return lines.map((line) => line.slice('  ✓ '.length, 48).trim());
}

/** Asks until the answer is not undefined; throws with `what` when it has not come after `limitMs`. */
export async function eventually<Value>(
  what: string,
  ask: () => Promise<Value | undefined>,
  limitMs = 120_000,
): Promise<Value> {
  const deadline = Date.now() + limitMs;
  let last: unknown;
  while (Date.now() < deadline) {
    try {
      const value = await ask();
      if (value !== undefined) return value;
    } catch (error) {
      last = error;
    }
    await sleep(100);
  }
  throw new Error(`Not within ${limitMs / 1000} s: ${what}`, { cause: last });
}
