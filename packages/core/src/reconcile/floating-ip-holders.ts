import { randomUUID } from 'node:crypto';
import type { Prisma } from '@unkai/prisma/client';
import type { Core } from '../call.ts';
import { commit } from '../database/database.ts';
import { addressesAstray, addressesOfTheDead, settleHolders } from '../store/floating-ip-holder.ts';
import type { Reconciler } from './reconciler.ts';

/** Gives floating IPs to the next host whose own was to let go of them and cannot any more: its lease is over. */
export const floatingIpHolders: Reconciler = {
  name: 'floating-ip-holders',
  everyMs: 2_000,
  run: (core) => settle(core, addressesOfTheDead()),
};

/** Finds floating IPs that nobody holds, or another than should: what was cut off, and what follows from a host that is removed. */
export const floatingIpWays: Reconciler = {
  name: 'floating-ip-ways',
  everyMs: 10_000,
  run: (core) => settle(core, addressesAstray()),
};

function settle(core: Core, concerned: Prisma.Sql): Promise<void> {
  return commit(core.database, (unit) => settleHolders(unit, core, { concerned, requestId: randomUUID() }));
}
