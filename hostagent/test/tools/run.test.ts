import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { run, start, ToolError } from '../../src/tools/run.ts';

async function failureOf(promise: Promise<unknown>): Promise<ToolError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ToolError)) throw new Error(`expected a ToolError, got ${String(error)}`);
  return error;
}

test('gives what the tool said, and passes its input', async () => {
  expect(await run(['cat'], { input: 'sea of clouds' })).toEqual({ stdout: 'sea of clouds', stderr: '', code: 0 });
});

test('arguments reach the tool as they are, whatever a shell would make of them', async () => {
  const argument = '$(id) `id` ; rm -rf "x" \'y\' *';
  expect((await run(['printf', '%s', argument])).stdout).toBe(argument);
});

test('a failing tool is a ToolError with its exit code and words', async () => {
  const error = await failureOf(run(['ls', '/nowhere-at-all']));
  expect(error).toMatchObject({ code: 2, signal: null, timedOut: false });
  expect(error.message).toMatch(/^ls failed with exit code 2: .*No such file/);
});

test('an exit code that is an answer is not a failure', async () => {
  expect((await run(['false'], { okCodes: [0, 1] })).code).toBe(1);
});

test('a missing tool is named', async () => {
  const error = await failureOf(run(['no-such-tool']));
  expect(error.message).toContain('no-such-tool could not be started');
});

test('a tool that outlives its time is stopped together with its children', async () => {
  const error = await failureOf(run(['timeout', '60', 'sleep', '60'], { timeoutMs: 50 }));
  expect(error.timedOut).toBe(true);
  expect(error.message).toContain('50 ms');
});

test('a tool that says too much is stopped', async () => {
  const error = await failureOf(run(['yes'], { maxOutputBytes: 10_000 }));
  expect(error.timedOut).toBe(false);
  expect(error.message).toContain('more than 10000 bytes');
});

test('shell text and NUL characters are refused before anything starts', async () => {
  await expect(run(['ls -l'])).rejects.toThrow('not the name of one program');
  await expect(run(['/bin/sh', '-ec', 'true'])).rejects.toThrow('shell is refused');
  await expect(run(['ls', 'a\0b'])).rejects.toThrow('NUL');
});

test("our own environment, and the secrets in it, are not the tool's", async () => {
  process.env['UNKAI_SECRET_OF_THIS_TEST'] = 'hidden';
  const { stdout } = await run(['env'], { env: { GIVEN: 'yes' } });
  delete process.env['UNKAI_SECRET_OF_THIS_TEST'];
  expect(stdout).toContain('GIVEN=yes');
  expect(stdout).not.toContain('UNKAI_SECRET_OF_THIS_TEST');
});

test('a started process writes to its file and is stopped by pid, the hard way when it does not listen', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'unkai-run-'));
  const stdoutFile = join(folder, 'out.log');
  const script = "process.on('SIGTERM', () => {}); console.log('deaf'); setInterval(() => {}, 1000);";
  const child = await start([process.execPath, '-e', script], { stdoutFile });
  await expect.poll(() => readFile(stdoutFile, 'utf8')).toBe('deaf\n');
  expect(await child.stop('SIGTERM', 50)).toEqual({ code: null, signal: 'SIGKILL' });
  expect(() => process.kill(child.pid, 0)).toThrow('ESRCH');
  await rm(folder, { recursive: true });
});

test('a process that cannot be started says so at once', async () => {
  expect((await failureOf(start(['no-such-tool']))).message).toContain('no-such-tool could not be started');
});

test.runIf(process.getuid?.() === 0)('a process of another user has no groups of ours', async () => {
  expect((await run(['id', '-u'], { uid: 65534, gid: 65534 })).stdout.trim()).toBe('65534');
  expect((await run(['id', '-G'], { uid: 65534, gid: 65534 })).stdout.trim()).toBe('65534');
});
