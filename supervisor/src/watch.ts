import { existsSync, renameSync, rmSync, statSync, truncateSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { type StartedProcess, start } from '@unkai/hostagent/tools/run';
import type { Program } from './programs.ts';

/** `silent`: it runs, but has not answered for a while. */
export type ProgramState = 'starting' | 'ready' | 'silent' | 'restarting' | 'stopped';
export type ProgramStatus = { name: string; state: ProgramState; pid: number | null; restarts: number; since: string };

const firstDelayMs = 500;
const longestDelayMs = 30_000;
/** A program that ran this long was healthy: the next failure starts with a short delay again. */
const healthyAfterMs = 10_000;
const logLimitBytes = 20 * 1024 * 1024;
const lookAgainMs = 10_000;
/** So many looks in a row without an answer make a program silent: one may come at a bad moment. */
const looksUntilSilent = 3;

/**
 * Keeps one program running: starts it, waits until it answers, starts it again when it ends, with growing delays while
 * it keeps failing. It never gives up; what is wrong stands in its log.
 */
export class Watch {
  readonly program: Program;
  readonly logFile: string;
  readonly #changed: () => void;
  #process: StartedProcess | null = null;
  #state: ProgramState = 'starting';
  #since = new Date();
  #restarts = 0;
  #stopping = false;
  #loop: Promise<void> | null = null;
  #cutShort: (() => void) | null = null;

  constructor(program: Program, logFile: string, changed: () => void) {
    this.program = program;
    this.logFile = logFile;
    this.#changed = changed;
  }

  get status(): ProgramStatus {
    return {
      name: this.program.name,
      state: this.#state,
      pid: this.#process?.pid ?? null,
      restarts: this.#restarts,
      since: this.#since.toISOString(),
    };
  }

  begin(): void {
    this.#loop ??= this.#run();
  }

  /** Resolves true once it answers, false when it has not within `timeoutMs`. */
  async untilReady(timeoutMs: number): Promise<boolean> {
    const end = Date.now() + timeoutMs;
    while (Date.now() < end && !this.#stopping && this.#state !== 'ready') await sleep(50);
    return this.#state === 'ready';
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    this.#cutShort?.();
    await this.#process?.stop(this.program.stopSignal, this.program.stopGraceMs);
    await this.#loop;
    this.#become('stopped');
  }

  /**
   * Keeps the log bounded: the program holds it open for appending, so it is copied and cut, not renamed. What cannot be
   * copied, as on a full disk, is kept up to twice the length and then cut all the same. Throws why it could not be copied.
   */
  async trimLog(): Promise<void> {
    const size = existsSync(this.logFile) ? statSync(this.logFile).size : 0;
    if (size < logLimitBytes) return;
    const draft = `${this.logFile}.1.new`;
    try {
      await copyFile(this.logFile, draft);
      renameSync(draft, `${this.logFile}.1`);
    } catch (error) {
      rmSync(draft, { force: true, recursive: true });
      if (size >= 2 * logLimitBytes) truncateSync(this.logFile, 0);
      throw error;
    }
    truncateSync(this.logFile, 0);
  }

  async #run(): Promise<void> {
    let delayMs = firstDelayMs;
    while (!this.#stopping) {
      this.#become('starting');
      const startedAt = Date.now();
      const ended = await this.#runOnce();
      if (this.#stopping) return;
      if (Date.now() - startedAt > healthyAfterMs) delayMs = firstDelayMs;
      this.#restarts += 1;
      this.#become('restarting');
      process.stderr.write(`${this.program.name} ended (${ended}); starting it again in ${delayMs} ms\n`);
      await this.#pause(delayMs);
      delayMs = Math.min(delayMs * 2, longestDelayMs);
    }
  }

  async #runOnce(): Promise<string> {
    const { env, cwd, uid, gid, stopSignal } = this.program;
    // The kernel ends it when we are killed, so that no orphan holds the ports and the data when we are started again.
    const argv = ['setpriv', '--pdeathsig', stopSignal.replace('SIG', ''), '--', ...this.program.argv] as const;
    try {
      const identity = { ...(uid !== undefined && { uid }), ...(gid !== undefined && { gid }) };
      this.#process = await start(argv, { env, cwd, ...identity, stdoutFile: this.logFile });
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
    // Somebody may have asked to stop while it was being started.
    if (this.#stopping) void this.#process.stop(stopSignal, this.program.stopGraceMs);
    let alive = true;
    const exited = this.#process.exited.then((exit) => {
      alive = false;
      this.#cutShort?.();
      return exit;
    });
    await this.#lookWhile(() => alive && !this.#stopping);
    const { code, signal } = await exited;
    this.#process = null;
    return code === null ? `by ${signal}` : `with code ${code}`;
  }

  /** Asks it whether it answers, often until it does for the first time and then once in a while. */
  async #lookWhile(isWanted: () => boolean): Promise<void> {
    let looksInVain = 0;
    while (isWanted()) {
      // A look that fails, such as at a file that cannot be read, is no answer; it must not end what keeps all running.
      const answers = await this.program.isReady().catch(() => false);
      if (!isWanted()) return;
      looksInVain = answers ? 0 : looksInVain + 1;
      if (answers && this.#state !== 'ready') this.#become('ready');
      if (this.#state === 'ready' && looksInVain >= looksUntilSilent) this.#become('silent');
      await this.#pause(this.#state === 'ready' ? lookAgainMs : 50);
    }
  }

  #become(state: ProgramState): void {
    this.#state = state;
    this.#since = new Date();
    this.#changed();
  }

  #pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#cutShort = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
