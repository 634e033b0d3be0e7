// The program that the Prisma CLI starts as its schema engine. The official one is a native binary that the CLI fetches
// from the internet; this one speaks the same protocol (JSON-RPC 2.0, one message a line, on stdin and stdout) and
// hands each call to the same engine compiled to WebAssembly, which comes from npm like everything else.
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm';
import pg from 'pg';
import { parseIntoClientConfig } from 'pg-connection-string';
import { z } from 'zod';
import { connectionFactory, runOnce } from './connection.ts';

const datasourceSchema = z.object({ url: z.string().optional() });
const requestSchema = z.object({ id: z.number(), method: z.string(), params: z.unknown() });
const printedSchema = z.object({ stdout: z.string().min(1) });
const failureSchema = z.object({ message: z.string(), code: z.string().optional(), meta: z.unknown() });

// A panic leaves WebAssembly as an exception that nobody awaits, and its reason in a global that the engine expects. It
// must become an answer: when this process dies instead, the CLI says nothing and exits 0.
const panic = Promise.withResolvers<never>();
let panicReason = 'The schema engine panicked.';
Object.assign(globalThis, {
  PRISMA_WASM_PANIC_REGISTRY: {
    set_message(message: string) {
      panicReason = message;
    },
  },
});
process.on('uncaughtException', (cause) => panic.reject(new Error(panicReason, { cause })));
panic.promise.catch(() => undefined);

const { values: given, positionals } = parseArgs({
  allowPositionals: true,
  strict: false,
  options: {
    version: { type: 'boolean' },
    datamodels: { type: 'string', multiple: true },
    datasource: { type: 'string' },
    'extension-types': { type: 'string' },
    'enabled-preview-features': { type: 'string' },
  },
});
const datasource = typeof given.datasource === 'string' ? datasourceSchema.parse(JSON.parse(given.datasource)) : {};
const url = datasource.url ?? 'postgresql://no-database-was-given.invalid/none';

if (given.version === true) process.stdout.write(`schema-engine-cli ${(await loadEngineModule()).version()}\n`);
else if (positionals[0] === 'cli') await command(positionals[1]);
else await serve();

async function serve(): Promise<void> {
  let engine: SchemaEngine | undefined;
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    const request = requestSchema.safeParse(JSON.parse(line));
    // Anything else is the CLI's answer to one of our `print` messages.
    if (!request.success) continue;
    await answer(request.data, async () => {
      engine ??= await connectEngine();
      return engine;
    });
  }
  // The connections of an engine that nobody disposed of would keep the process alive.
  process.exit(0);
}

/** Importing WebAssembly makes Node print a warning; the commands above, whose stderr the CLI parses, do without. */
function loadEngineModule() {
  return import('@prisma/schema-engine-wasm');
}

async function connectEngine(): Promise<SchemaEngine> {
  const files = (given.datamodels ?? []).filter((path) => typeof path === 'string');
  const datamodels = await Promise.all(
    files.map(async (path): Promise<[string, string]> => [path, await readFile(path, 'utf8')]),
  );
  const engineModule = await loadEngineModule();
  const factory = bindMigrationAwareSqlAdapterFactory(connectionFactory(url));
  const initial = { datamodels: datamodels.length === 0 ? undefined : datamodels };
  return engineModule.SchemaEngine.new(initial, () => undefined, factory);
}

type Request = z.infer<typeof requestSchema>;
type EngineSource = () => Promise<SchemaEngine>;

async function answer({ id, method, params }: Request, engine: EngineSource): Promise<void> {
  try {
    const result =
      method === 'createDatabase'
        ? { databaseName: await createDatabase() }
        : await Promise.race([call(engine, method, params), panic.promise]);
    const printed = printedSchema.safeParse(result);
    if (printed.success) send({ id, method: 'print', params: { content: printed.data.stdout } });
    send({ id, result: result ?? {} });
  } catch (error) {
    const failure = failureSchema.safeParse(error);
    const { message, code, meta } = failure.success ? failure.data : { message: String(error) };
    const data = { is_panic: false, message, error_code: code, meta };
    send({ id, error: { code: 4466, message: 'An error happened. Check the data field for details.', data } });
  }
}

async function call(source: EngineSource, method: string, params: unknown): Promise<unknown> {
  const engine = await source();
  const target: unknown = Reflect.get(engine, method === 'getDatabaseVersion' ? 'version' : method);
  if (typeof target !== 'function') throw new Error(`The schema engine has no method "${method}".`);
  return Reflect.apply(target, engine, [params]);
}

function send(message: object): void {
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
}

/** `cli can-connect-to-database` and `cli create-database`: exit 0, or exit 1 and a line of JSON on stderr. */
async function command(name: string | undefined): Promise<void> {
  try {
    if (name === 'create-database') await createDatabase();
    else if (name === 'can-connect-to-database') await runOnce(parseIntoClientConfig(url), 'SELECT 1');
    else throw new Error(`The schema engine has no command "${name}".`);
  } catch (error) {
    const log = (level: string, fields: object) =>
      process.stderr.write(`${JSON.stringify({ level, target: 'schema_engine::logger', fields })}\n`);
    // The CLI skips the first line.
    log('INFO', { message: `Starting ${name}` });
    log('ERROR', { error_code: errorCode(error), message: error instanceof Error ? error.message : String(error) });
    process.exitCode = 1;
  }
}

async function createDatabase(): Promise<string> {
  const config = parseIntoClientConfig(url);
  const name = config.database ?? config.user ?? 'postgres';
  await runOnce({ ...config, database: 'postgres' }, `CREATE DATABASE ${pg.escapeIdentifier(name)}`);
  return name;
}

/** Prisma's own code for what went wrong; the CLI offers to create a database on P1003 only. */
function errorCode(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === '3D000') return 'P1003';
  if (code === '28P01' || code === '28000') return 'P1000';
  return error instanceof pg.DatabaseError ? 'P1010' : 'P1001';
}
