// What lies beyond a cloud, for tests: a network namespace with a router's address, a web server and programs that call
// in. Its wire leads to a device of the host's, as to a second network card.
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type RunResult, run, type StartedProcess, start } from '@unkai/hostagent/tools/run';

const anyCode = Array.from({ length: 256 }, (_, code) => code);

export class Internet {
  readonly namespace = `uki${randomBytes(3).toString('hex')}`;
  #web: StartedProcess | undefined;
  readonly #log: string;

  private constructor(folder: string) {
    this.#log = join(folder, 'internet.log');
  }

  /** `addresses` with their prefixes; the web server answers `GET /hello` with `text` on all of them. */
  static async start(folder: string, addresses: readonly string[], text: string): Promise<Internet> {
    const internet = new Internet(folder);
    const { namespace } = internet;
    await run(['ip', 'netns', 'add', namespace]);
    await run(['ip', '-netns', namespace, 'link', 'set', 'lo', 'up']);
    await run(['ip', '-netns', namespace, 'link', 'add', 'name', 'wire', 'type', 'bridge']);
    for (const address of addresses) await run(['ip', '-netns', namespace, 'address', 'add', address, 'dev', 'wire']);
    await run(['ip', '-netns', namespace, 'link', 'set', 'wire', 'up']);
    const pages = join(folder, 'internet');
    await mkdir(pages, { recursive: true });
    await writeFile(join(pages, 'hello'), `${text}\n`);
    const web = ['/usr/bin/python3', '-u', '-m', 'http.server', '80', '--directory', pages] as const;
    internet.#web = await start(['ip', 'netns', 'exec', namespace, ...web], { stdoutFile: internet.#log });
    return internet;
  }

  /** Gives a namespace a device on this wire; it is up and has no address. */
  async plug(namespace: string, device: string): Promise<void> {
    const port = 'cable';
    const peer = ['type', 'veth', 'peer', 'name', device, 'netns', namespace];
    await run(['ip', '-netns', this.namespace, 'link', 'add', 'name', port, ...peer]);
    await run(['ip', '-netns', this.namespace, 'link', 'set', port, 'master', 'wire', 'up']);
    await run(['ip', '-netns', namespace, 'link', 'set', device, 'up']);
    // The receiver is a switch in user space: whole checksums only.
    await run(['ip', 'netns', 'exec', this.namespace, 'ethtool', '-K', port, 'tx', 'off']);
    await run(['ip', 'netns', 'exec', this.namespace, 'ethtool', '-K', 'wire', 'tx', 'off'], { okCodes: [0, 1] });
  }

  /** The addresses that pages were fetched from, each once. */
  async callers(): Promise<string[]> {
    const log = await readFile(this.#log, 'utf8');
    return [...new Set([...log.matchAll(/^(\S+) .*GET \/hello/gm)].map(([, address = '']) => address))];
  }

  /** Runs a command there; any exit code is an answer. */
  in(argv: readonly [string, ...string[]], timeoutMs = 15_000): Promise<RunResult> {
    return run(['ip', 'netns', 'exec', this.namespace, ...argv], { okCodes: anyCode, timeoutMs });
  }

  async stop(): Promise<void> {
    await this.#web?.stop();
    await run(['ip', 'netns', 'delete', this.namespace]);
  }
}
