import { homedir } from 'node:os';
import { join } from 'node:path';
import { type OwnNetworks, ownNetworks } from '@unkai/core/outgoing/address-rule';
import { z } from 'zod';
import type { MailerSettings } from './mailer.ts';

const networks = z.string().transform((text, context) => {
  try {
    return ownNetworks(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) });
    return z.NEVER;
  }
});

const environment = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }),
  UNKAI_HOME: z.string().min(1).optional(),
  UNKAI_OWN_NETWORKS: networks.prefault(''),
  UNKAI_WORKERS_PORT: z.coerce.number().int().min(0).max(65_535).default(7084),
  UNKAI_WORKERS_CONCURRENCY: z.coerce.number().int().min(1).max(200).default(20),
  UNKAI_SECRET: z.string().min(32),
  UNKAI_ORIGIN: z.url().default('http://127.0.0.1:7080'),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  UNKAI_MAIL_FROM: z
    .string()
    .regex(/^[^\p{Cc}]+@[^\p{Cc}]+$/u, 'must be an address such as Example Cloud <cloud@example.org>')
    .optional(),
  UNKAI_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

export interface WorkersConfig {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  /** Networks that tenants' addresses may lead into although they are not public. */
  readonly ownNetworks: OwnNetworks;
  /** Where the bytes of images lie. */
  readonly imagesFolder: string;
  /** Where the disks of servers that move lie while they are on their way. */
  readonly disksFolder: string;
  /** Of /metrics, /healthz and /readyz, on 127.0.0.1 only. */
  readonly port: number;
  /** Runs that this process works on at the same moment. */
  readonly concurrency: number;
  readonly logLevel: string;
  readonly secret: string;
  /** The public origin, of links in letters. */
  readonly origin: string;
  /** Null: letters are held for the operators. */
  readonly mail: MailerSettings | null;
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
    ownNetworks: given.UNKAI_OWN_NETWORKS,
    imagesFolder: join(home, 'images'),
    disksFolder: join(home, 'server-disks'),
    port: given.UNKAI_WORKERS_PORT,
    concurrency: given.UNKAI_WORKERS_CONCURRENCY,
    logLevel: given.UNKAI_LOG_LEVEL,
    secret: given.UNKAI_SECRET,
    origin: given.UNKAI_ORIGIN,
    mail: mailOf(given),
  };
}

/** Without a sender of the operator's, letters come from `unkai` at the host of the portal. */
function mailOf({ SMTP_URL, UNKAI_MAIL_FROM, UNKAI_ORIGIN }: z.output<typeof environment>): MailerSettings | null {
  if (SMTP_URL === undefined) return null;
  return { smtpUrl: SMTP_URL, from: UNKAI_MAIL_FROM ?? `Unkai <unkai@${new URL(UNKAI_ORIGIN).hostname}>` };
}
