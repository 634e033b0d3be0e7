// What the agent must know of a guest across its own restarts, and what no spec says: that it was started in this boot of
// the machine, that it ended by itself, where its interfaces are, which acts were begun and which were carried out.
import { mkdir, readFile } from 'node:fs/promises';
import { failure } from '@unkai/contracts/errors';
import { isoTime } from '@unkai/contracts/primitives';
import { z } from 'zod';
import type { HostContext } from '../context.ts';
import { exclusively } from '../exclusive.ts';
import { hasErrorCode, writeFileAtomically } from '../files.ts';

const serverRecord = z.object({
  /** The boot of the machine in which the guest was last seen to run, and the generation that wanted it so. */
  ran: z.object({ bootId: z.string(), generation: z.number().int() }).nullable().default(null),
  /** How it ended by itself, at which generation: it is not started again until the control plane says something new. */
  ended: z
    .object({ generation: z.number().int(), power: z.enum(['off', 'crashed']), reason: z.string() })
    .nullable()
    .default(null),
  /** Acts by id. One that was begun is never begun again. */
  actions: z
    .record(z.string(), z.object({ state: z.enum(['begun', 'done']), failure: failure.nullable() }))
    .default({}),
  /** Where its interfaces are on the guest's bus, by port. */
  slots: z.record(z.string(), z.number().int().min(0)).default({}),
  /** The migration whose disk the server has taken: it takes it once. */
  arrival: z.string().nullable().default(null),
  firstMetadataAt: isoTime.nullable().default(null),
});
export type ServerRecord = z.infer<typeof serverRecord>;

type RecordHost = Pick<HostContext, 'paths'>;

/** The record of a server; an empty one when there is none. */
export async function readRecord({ paths }: RecordHost, serverId: string): Promise<ServerRecord> {
  try {
    return serverRecord.parse(JSON.parse(await readFile(paths.server(serverId).record, 'utf8')));
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return serverRecord.parse({});
    throw error;
  }
}

/** Changes the record on disk and gives the new one. The metadata service and an ensure may do so at once: one waits. */
export function changeRecord(host: RecordHost, serverId: string, change: Partial<ServerRecord>): Promise<ServerRecord> {
  return exclusively(host.paths, `record/${serverId}`, async () => {
    const record = { ...(await readRecord(host, serverId)), ...change };
    const paths = host.paths.server(serverId);
    await mkdir(paths.folder, { recursive: true, mode: 0o700 });
    await writeFileAtomically(paths.record, `${JSON.stringify(record)}\n`, 0o600);
    return record;
  });
}
