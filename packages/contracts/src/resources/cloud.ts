import { z } from 'zod';
import { id } from '../primitives.ts';
import { serverState } from './server.ts';

const count = z.number().int();
const size = z.object({ vcpus: count, memoryMib: count, diskGib: count });

/** The hosts of one zone, and what is promised of them. */
export const cloudZone = z.object({
  name: z.string(),
  hosts: count,
  /** Those that answer and take new servers. */
  openHosts: count,
  /** What may be promised at all: vCPU several times over, memory without the hosts' own. */
  capacity: size,
  allocated: size,
});
export type CloudZone = z.infer<typeof cloudZone>;

/** The whole cloud in numbers, for who operates it. */
export const cloudOverview = z.object({
  hosts: z.object({ total: count, silent: count, disabled: count }),
  zones: z.array(cloudZone),
  /** How many more servers of each public flavor would find room now, the smallest flavor first. */
  room: z.array(z.object({ flavorId: id, name: z.string(), count })),
  servers: z.array(z.object({ state: serverState, count })),
  operations: z.object({ open: count, late: count, failed: count, failedLastDay: count }),
  orphans: count,
  totals: z.object({ domains: count, projects: count, users: count, images: count, networks: count, ports: count }),
});
export type CloudOverview = z.infer<typeof cloudOverview>;
