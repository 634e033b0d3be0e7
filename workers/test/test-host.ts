import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Failure } from '@unkai/contracts/errors';
import type { DesiredServerMigrationSpec } from '@unkai/contracts/host/desired-server-migration';
import { type HostNoun, hostJob, hostNoun, hostQueueName, queuePrefix } from '@unkai/contracts/host/job';
import { hostReports } from '@unkai/contracts/host/report';
import type { Core } from '@unkai/core/call';
import { readDesired, readDesiredIndex } from '@unkai/core/host/desired';
import { takeReports } from '@unkai/core/host/reports';
import { findServerDisk, receiveServerDisk } from '@unkai/core/host/server-disk';
import { folderImageStore } from '@unkai/core/image/image-store';
import { Worker } from 'bullmq';
import { Redis } from 'ioredis';

/** Where disks are on their way from host to host, of all test hosts. */
export const testDisks = folderImageStore(mkdtempSync(join(tmpdir(), 'unkai-disks-')));

export interface TestHost {
  readonly id: string;
  /** What is on it, as `server/<id>`. */
  readonly things: Map<string, { power: 'on' | 'off' }>;
  /** What is on its disks, by server; of a disk that is on its way here, by migration. */
  readonly disks: Map<string, string>;
  /** Acts that it carried out, by id, in order. */
  readonly acts: string[];
  /** Nouns that it fails at, and why. */
  readonly faults: Map<HostNoun, Failure>;
  /** Nouns that it hears of and does nothing about. */
  readonly deafTo: Set<HostNoun>;
  /** Asks for all that it should have, as an agent does when it starts. */
  resync(): Promise<void>;
  close(): Promise<void>;
}

export interface TestHostSize {
  readonly name?: string;
  readonly vcpus?: number;
  readonly memoryMib?: number;
  readonly diskGib?: number;
  readonly availabilityZone?: string;
}

/** The row of a host that has joined and is up. */
async function addHostRow(core: Core, size: TestHostSize = {}): Promise<string> {
  const { name = `host-${randomUUID()}`, availabilityZone = 'nova' } = size;
  const { vcpus = 16, memoryMib = 65_536, diskGib = 1_000 } = size;
  const row = await core.database.prisma.host.create({
    data: {
      name,
      availabilityZone,
      vcpus,
      memoryMib,
      diskGib,
      facts: { architecture: 'x86_64', nouns: [...hostNoun.options] },
      credentialHash: Buffer.from(randomUUID()),
      redisPasswordHash: '0'.repeat(64),
      underlayAddress: '192.0.2.1',
      lastHeartbeatAt: new Date(),
    },
  });
  return row.id;
}

/**
 * A host without hardware: it hears its hints, asks for desired state and reports, through the functions that the agent's
 * door calls, and keeps its things in memory.
 */
export async function joinTestHost(core: Core, redisUrl: string, size: TestHostSize = {}): Promise<TestHost> {
  const id = await addHostRow(core, size);
  const identity = { id, name: 'test', isUp: true, credential: '' };
  const things: TestHost['things'] = new Map();
  const disks: TestHost['disks'] = new Map();
  const acts: string[] = [];
  const faults: TestHost['faults'] = new Map();
  const deafTo: TestHost['deafTo'] = new Set();

  async function follow(noun: HostNoun, thingId: string): Promise<void> {
    if (deafTo.has(noun)) return;
    const desired = await readDesired(core.database, id, noun, thingId);
    const about = { noun, id: thingId, generation: desired.generation };
    const fault = faults.get(noun);
    if (desired.presence === 'present' && fault !== undefined) {
      return report({ ...about, state: 'failed', failure: fault });
    }
    const key = `${noun}/${thingId}`;
    if (desired.presence === 'absent') {
      things.delete(key);
      disks.delete(thingId);
      return report({ ...about, state: 'absent' });
    }
    if ('role' in desired.spec) await passDisk(desired.spec);
    if ('arrival' in desired.spec) keepDisk(thingId, desired.spec.arrival);
    const power = 'power' in desired.spec ? desired.spec.power : 'on';
    const actions = 'actions' in desired.spec ? desired.spec.actions : [];
    things.set(key, { power });
    for (const action of actions) if (!acts.includes(action.id)) acts.push(action.id);
    const actionsDone = actions.map((action) => ({ id: action.id, failure: null }));
    return report({ ...about, state: 'present', power, actionsDone });
  }

  async function passDisk({ id: migrationId, serverId, ...spec }: DesiredServerMigrationSpec): Promise<void> {
    if (spec.role === 'source') {
      if (spec.isSent) return;
      const bytes = Readable.from([Buffer.from(disks.get(serverId) ?? '')]);
      await receiveServerDisk(core, { migrationId, hostId: id, disks: testDisks, slots: {}, bytes });
    } else if (!spec.hasSwitched) {
      const name = await findServerDisk(core, id, migrationId);
      disks.set(migrationId, await text(await testDisks.read(name)));
    }
  }

  /** A disk is made where none came, and never in the place of one that came. */
  function keepDisk(serverId: string, arrival: string | null): void {
    const arrived = arrival === null ? undefined : disks.get(arrival);
    if (arrived !== undefined) disks.set(serverId, arrived);
    if (!disks.has(serverId)) disks.set(serverId, `made on ${id}`);
  }

  async function report(one: Parameters<typeof hostReports.parse>[0]): Promise<void> {
    await takeReports(core, identity, hostReports.parse({ reports: [one] }), 'req-host');
  }

  const connection = new Redis(redisUrl, { maxRetriesPerRequest: null });
  connection.on('error', () => {});
  const worker = new Worker(
    hostQueueName(id),
    async ({ data }) => {
      const job = hostJob.parse(data);
      const noun = hostNoun.safeParse(job.noun);
      if (noun.success) await follow(noun.data, job.id);
    },
    { connection, prefix: queuePrefix, concurrency: 8 },
  );
  worker.on('error', () => {});
  return {
    id,
    things,
    disks,
    acts,
    faults,
    deafTo,
    async resync() {
      const { items } = await readDesiredIndex(core.database, id);
      for (const item of items) await follow(item.noun, item.id);
    },
    async close() {
      await worker.close(true);
      connection.disconnect();
    },
  };
}
