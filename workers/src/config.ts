import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

const environment = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }),
  UNKAI_HOME: z.string().min(1).optional(),
  UNKAI_WORKERS_PORT: z.coerce.number().int().min(0).max(65_535).default(7084),
  UNKAI_WORKERS_CONCURRENCY: z.coerce.number().int().min(1).max(200).default(20),
  UNKAI_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

export interface WorkersConfig {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  /** Where the bytes of images lie. */
  readonly imagesFolder: string;
  /** Of /metrics, /healthz and /readyz, on 127.0.0.1 only. */
  readonly port: number;
  /** Runs that this process works on at the same moment. */
  readonly concurrency: number;
  readonly logLevel: string;
}

/** Reads the workers' settings from the environment. Throws an Error that names each variable at fault and its rule. */
export function readConfig(variables: Readonly<Record<string, string | undefined>>): WorkersConfig {
  const parsed = environment.safeParse(variables);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The workers' settings do not fit: ${faults.join('; ')}.`);
  }
  const given = parsed.data;
  const isRoot = process.getuid?.() === 0;
  const home = given.UNKAI_HOME ?? (isRoot ? '/var/lib/unkai' : join(homedir(), '.local', 'share', 'unkai'));
  return {
    databaseUrl: given.DATABASE_URL,
    redisUrl: given.REDIS_URL,
    imagesFolder: join(home, 'images'),
    port: given.UNKAI_WORKERS_PORT,
    concurrency: given.UNKAI_WORKERS_CONCURRENCY,
    logLevel: given.UNKAI_LOG_LEVEL,
  };
}
