// The `openstack` client, started once: reading itself in takes it longer than most commands do.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { z } from 'zod';

/** Runs each command that it is given as the program `openstack` does: a shell of its own, which signs in anew. */
const program = `
import contextlib, io, json, os, sys
from openstackclient import shell

asked, sys.stdin = sys.stdin, open(os.devnull)
for line in asked:
    wanted = json.loads(line)
    os.environ.clear()
    os.environ.update(wanted['variables'])
    said, failed = io.StringIO(), io.StringIO()
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(failed):
            code = shell.main(wanted['words'])
    except SystemExit as end:
        code = end.code
    print(json.dumps({'code': code, 'said': said.getvalue(), 'failed': failed.getvalue()}), flush=True)
`;

const answer = z.object({ code: z.number().nullable(), said: z.string(), failed: z.string() });

export class OpenstackShell {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterableIterator<string>;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(folder: string) {
    this.#process = spawn('/usr/bin/python3', ['-c', program], { cwd: folder, env: { HOME: folder } });
    this.#process.stderr.resume();
    this.#lines = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
  }

  /** What the client says to these words; one command after the other. Throws what it failed with. */
  run(words: readonly string[], variables: Readonly<Record<string, string>>): Promise<string> {
    const next = this.#turn.then(() => this.#ask(words, variables));
    this.#turn = next.catch(() => undefined);
    return next;
  }

  async #ask(words: readonly string[], variables: Readonly<Record<string, string>>): Promise<string> {
    this.#process.stdin.write(`${JSON.stringify({ words, variables })}\n`);
    const { value } = await this.#lines.next();
    if (value === undefined) throw new Error('The openstack client ended by itself.');
    const { code, said, failed } = answer.parse(JSON.parse(value));
    if (code !== 0) throw new Error(`openstack ${words.join(' ')} (${code}):\n${failed}${said}`);
    return said.trim();
  }

  async end(): Promise<void> {
    if (this.#process.exitCode !== null) return;
    const ended = once(this.#process, 'exit');
    this.#process.stdin.end();
    await ended;
  }
}
