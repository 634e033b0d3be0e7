// The one place in the system that starts processes. Everything is an argv array: no shell ever sees a value that came
// from a user, so there is nothing to quote and nothing to forget to quote.
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { Server, Socket } from 'node:net';
import { basename } from 'node:path';

/** Program and arguments; the first entry is a name found on PATH or an absolute path. */
export type Argv = readonly [string, ...string[]];

type ProcessOptions = {
  /** Added to a bare environment of PATH and LC_ALL=C; the parent's own variables (and secrets) are not passed on. */
  env?: Readonly<Record<string, string>>;
  cwd?: string;
  /** Numeric user to become before exec; supplementary groups are dropped. Needs root. */
  uid?: number;
  gid?: number;
};

export type RunOptions = ProcessOptions & {
  /** The whole process group is killed after this time. */
  timeoutMs?: number;
  input?: string | Uint8Array;
  /** Limit for stdout and stderr each; a tool that says more is killed. */
  maxOutputBytes?: number;
  /** Exit codes that are an answer and not a failure; `[0]` unless told. */
  okCodes?: readonly number[];
};

export type RunResult = { stdout: string; stderr: string; code: number };

export type StartOptions = ProcessOptions & {
  /** File (mode 0640, appended) that takes stdout and stderr; without it they are discarded. */
  stdoutFile?: string;
  /** Shows its output on ours instead: for commands that a person watches. */
  inheritOutput?: boolean;
  /** Own session: signals of our terminal and our own end do not reach it, and we do not wait for it to exit. */
  detached?: boolean;
};

export type Exit = { code: number | null; signal: NodeJS.Signals | null };

export type StartedProcess = {
  pid: number;
  /** Resolves when the process is gone; never rejects. */
  exited: Promise<Exit>;
  /** Sends `signal` (SIGTERM), waits up to `graceMs` (5000), then SIGKILL; resolves when the process is gone. */
  stop(signal?: NodeJS.Signals, graceMs?: number): Promise<Exit>;
};

const defaultTimeoutMs = 30_000;
const defaultMaxOutputBytes = 16 * 1024 * 1024;
const shells = new Set(['sh', 'bash', 'dash', 'zsh', 'ash', 'ksh']);

type ToolFailure = RunFailure & { argv: Argv; cause?: unknown };
type RunFailure = {
  reason: string;
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
  timedOut: boolean;
};

/** A tool that could not be started, failed, said too much or took too long. The message never holds its input. */
export class ToolError extends Error {
  override readonly name = 'ToolError';
  readonly argv: Argv;
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;

  constructor(failure: ToolFailure) {
    const said = failure.stderr.trim().slice(-2000);
    const options = failure.cause === undefined ? undefined : { cause: failure.cause };
    super(`${basename(failure.argv[0])} ${failure.reason}${said === '' ? '' : `: ${said}`}`, options);
    this.argv = failure.argv;
    this.code = failure.code;
    this.signal = failure.signal;
    this.stdout = failure.stdout;
    this.stderr = failure.stderr;
    this.timedOut = failure.timedOut;
  }
}

/**
 * Runs a tool to its end and gives what it said (UTF-8). Throws ToolError for an exit code outside `okCodes`, a signal,
 * a tool that is missing, too much output, or a tool that outlived `timeoutMs` (30 s unless told).
 */
export async function run(argv: Argv, options: RunOptions = {}): Promise<RunResult> {
  return prepare(argv, options).run(options.input);
}

/** A tool that has been started and waits for its input. */
export type Prepared = {
  /** As `run` does; time is counted from here. Once. */
  run(input?: string | Uint8Array): Promise<RunResult>;
  /** Ends it unused. */
  discard(): void;
};

/** Starts a tool that reads its input to the end before it does anything, for when it is wanted. Does not keep us alive. */
export function prepare(argv: Argv, options: Omit<RunOptions, 'input'> = {}): Prepared {
  checkArgv(argv);
  // A group of its own, so that a tool's children die with it when time is up.
  const child = spawn(argv[0], argv.slice(1), { ...spawnOptions(options), detached: true, stdio: 'pipe' });
  const limit = options.maxOutputBytes ?? defaultMaxOutputBytes;
  let killedBecause: string | undefined;
  const kill = (reason: string) => {
    killedBecause ??= reason;
    if (child.pid !== undefined) killGroup(child.pid, 'SIGKILL');
    // A grandchild in another session may hold the pipes open; do not wait for it.
    child.stdout.destroy();
    child.stderr.destroy();
  };
  const stdout = collect(child.stdout, limit, () => kill(`said more than ${limit} bytes and was stopped`));
  const stderr = collect(child.stderr, limit, () => kill(`said more than ${limit} bytes and was stopped`));
  // A tool may exit without reading its input; its exit code tells the story, not EPIPE.
  child.stdin.on('error', () => undefined);
  const ended = closed(child, argv);
  // Whoever runs it hears of it; one that is never run has nobody to tell.
  ended.catch(() => undefined);
  holdOpen(child, false);
  const finish = async (input?: string | Uint8Array): Promise<RunResult> => {
    holdOpen(child, true);
    const timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      kill(`did not end within ${timeoutMs} ms and was stopped`);
    }, timeoutMs);
    child.stdin.end(input);
    const { code, signal } = await ended.finally(() => clearTimeout(timer));
    const said = { stdout: stdout(), stderr: stderr() };
    const okCodes = options.okCodes ?? [0];
    if (killedBecause === undefined && code !== null && okCodes.includes(code)) return { ...said, code };
    const reason = killedBecause ?? (code === null ? `was ended by ${signal}` : `failed with exit code ${code}`);
    throw new ToolError({ argv, reason, code, signal, timedOut, ...said });
  };
  return { run: finish, discard: () => kill('was not needed') };
}

/** Starts a long-running process and returns once it has been executed. Throws ToolError when it cannot be started. */
export async function start(argv: Argv, options: StartOptions = {}): Promise<StartedProcess> {
  checkArgv(argv);
  const output = options.stdoutFile === undefined ? undefined : openSync(options.stdoutFile, 'a', 0o640);
  const detached = options.detached ?? false;
  try {
    const sink = output ?? (options.inheritOutput ? 'inherit' : 'ignore');
    const child = spawn(argv[0], argv.slice(1), {
      ...spawnOptions(options),
      detached,
      stdio: ['ignore', sink, sink],
    });
    const exited = new Promise<Exit>((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
    const pid = await spawned(child, argv);
    if (detached) child.unref();
    const stop = async (signal: NodeJS.Signals = 'SIGTERM', graceMs = 5_000) => {
      child.ref();
      child.kill(signal);
      const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
      const exit = await exited;
      clearTimeout(timer);
      return exit;
    };
    return { pid, exited, stop };
  } finally {
    if (output !== undefined) closeSync(output);
  }
}

/**
 * Runs a Node program that opens a server and sends it over its IPC channel (`process.send(message, server)`), and gives
 * that server, listening. Throws ToolError when none has come after `timeoutMs` (10 s).
 */
export async function receiveServer(argv: Argv, timeoutMs = 10_000): Promise<Server> {
  checkArgv(argv);
  const child = spawn(argv[0], argv.slice(1), { ...spawnOptions({}), stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  // With the three standard streams and a channel the type cannot tell which of them are pipes.
  const stderr = child.stderr === null ? () => '' : collect(child.stderr, defaultMaxOutputBytes, () => undefined);
  const failure = (reason: string, code: number | null, signal: NodeJS.Signals | null, timedOut = false) =>
    new ToolError({ argv, reason, code, signal, stdout: '', stderr: stderr(), timedOut });
  const { promise, resolve, reject } = Promise.withResolvers<Server>();
  const timer = setTimeout(() => reject(failure(`sent no server within ${timeoutMs} ms`, null, null, true)), timeoutMs);
  child.on('message', (_message, handle) => {
    if (handle instanceof Server) resolve(handle);
  });
  child.once('error', (cause) => reject(notStarted(argv, cause)));
  child.once('close', (code, signal) => reject(failure(`ended (${code ?? signal}) and sent no server`, code, signal)));
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    child.kill('SIGKILL');
  }
}

/** Whether a child that goes on keeps this process from ending. */
function holdOpen(child: ChildProcess, holds: boolean): void {
  const handles = [child, ...child.stdio.filter((stream) => stream instanceof Socket)];
  for (const handle of handles) holds ? handle.ref() : handle.unref();
}

function spawnOptions(options: ProcessOptions) {
  // Debian keeps dnsmasq, ip and nft where an ordinary user's PATH does not look.
  const path = `${process.env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin'}:/usr/local/sbin:/usr/sbin:/sbin`;
  return {
    shell: false,
    env: { PATH: path, LC_ALL: 'C', ...options.env },
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...(options.uid === undefined ? {} : { uid: options.uid }),
    ...(options.gid === undefined ? {} : { gid: options.gid }),
  };
}

function checkArgv(argv: Argv): void {
  const program = argv[0];
  if (program === '' || /\s/.test(program)) {
    throw new TypeError(`"${program}" is not the name of one program: give the program and each argument by itself.`);
  }
  if (shells.has(basename(program)) && argv.slice(1).some((argument) => /^-[a-z]*c/.test(argument))) {
    throw new TypeError('Text for a shell is refused: name the program itself and give its arguments one by one.');
  }
  if (argv.some((argument) => argument.includes('\0'))) {
    throw new TypeError(`An argument of ${program} holds a NUL character, which no program can receive.`);
  }
}

function collect(stream: NodeJS.ReadableStream, limit: number, tooMuch: () => void): () => string {
  const chunks: Buffer[] = [];
  let size = 0;
  stream.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
    else tooMuch();
  });
  return () => Buffer.concat(chunks).toString('utf8');
}

function closed(child: ChildProcess, argv: Argv): Promise<Exit> {
  return new Promise((resolve, reject) => {
    child.once('error', (cause) => reject(notStarted(argv, cause)));
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
}

function spawned(child: ChildProcess, argv: Argv): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', (cause) => reject(notStarted(argv, cause)));
    child.once('spawn', () => {
      if (child.pid !== undefined) resolve(child.pid);
    });
  });
}

function notStarted(argv: Argv, cause: Error): ToolError {
  const reason = `could not be started (${cause.message})`;
  return new ToolError({ argv, reason, code: null, signal: null, stdout: '', stderr: '', timedOut: false, cause });
}

function killGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    const gone = error instanceof Error && 'code' in error && error.code === 'ESRCH';
    if (!gone) throw error;
  }
}
