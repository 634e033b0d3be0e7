import { familyOf } from '@unkai/contracts/address-form';
import { UnkaiError } from '@unkai/contracts/errors';
import { allows } from '../access.ts';
import { canonicalPrefix } from '../address/ipam.ts';
import { amountOf, freeBlock } from '../address/subnet-pool-choice.ts';
import type { Call } from '../call.ts';
import type { Transaction } from '../database/database.ts';
import { QuotaExceeded } from '../quota/quota-exceeded.ts';
import { isOpenTo } from './network-access.ts';
import { refuseField, refuseTaken } from './refusal.ts';
import { type FoundSubnetPool, withPoolParts } from './subnet-pool.ts';

// Theory. Who takes a range of a pool holds the pool's row until the commit, and so sees all that was taken before; the
// trigger on the subnet's row refuses whoever did not.

export interface WantedFromPool {
  /** Whose subnet it will be. */
  readonly projectId: string;
  readonly subnetPoolId: string;
  /** The range itself, or how large; neither: as the pool gives. */
  readonly cidr?: string | undefined;
  readonly prefixLength?: number | undefined;
}

/**
 * Takes a range of a pool for a subnet that the same transaction writes. Throws `invalid_input` for a pool that the
 * project may not use and a size that it does not give, `conflict` for a range that is not free, `addresses_exhausted`,
 * and `quota_exceeded` by the pool's own quota.
 */
export async function takeFromPool(tx: Transaction, call: Call, wanted: WantedFromPool): Promise<string> {
  const { projectId, subnetPoolId: id, cidr } = wanted;
  await tx.$queryRaw`SELECT 1 FROM subnet_pool WHERE id = ${id}::uuid FOR UPDATE`;
  const pool = await tx.subnetPool.findUnique({ where: { id }, include: withPoolParts });
  if (pool === null || !isUsable(call, pool, projectId)) {
    throw refuseField(
      'subnetPoolId',
      'names no subnet pool that this project may use',
      'Choose a pool of the project, or one that is shared with it.',
    );
  }
  const length = lengthOf(pool, wanted);
  const subnets = await tx.subnet.findMany({
    where: { subnetPoolId: id },
    select: { cidr: true, projectId: true },
  });
  const prefixes = pool.prefixes.map(({ prefix }) => prefix);
  const taken = subnets.map((subnet) => subnet.cidr);
  const chosen = cidr === undefined ? freeBlock(prefixes, taken, length) : chosenRange(pool, cidr, taken);
  if (chosen === null) {
    throw new UnkaiError('addresses_exhausted', `${pool.name} has no range of /${length} left.`, {
      next: 'Ask for a smaller one, or take it from another pool.',
    });
  }
  const own = subnets.filter((subnet) => subnet.projectId === projectId).map((subnet) => subnet.cidr);
  requireQuota(pool, projectId, { own, chosen });
  return chosen;
}

function isUsable({ actor }: Call, pool: FoundSubnetPool, projectId: string): boolean {
  if (pool.projectId === projectId || isOpenTo(pool, projectId, 'access_as_shared')) return true;
  return allows(actor, 'network:provide', null);
}

function lengthOf(pool: FoundSubnetPool, { cidr, prefixLength }: WantedFromPool): number {
  const { minPrefixLength: least, maxPrefixLength: most } = pool;
  const length = cidr === undefined ? (prefixLength ?? pool.defaultPrefixLength) : Number(cidr.split('/')[1]);
  if (length >= least && length <= most) return length;
  throw refuseField(
    cidr === undefined ? 'prefixLength' : 'cidr',
    `${pool.name} gives from /${least} to /${most}`,
    `Choose a length from /${least} to /${most}.`,
  );
}

/** A range that was chosen, if it is the pool's to give and free. */
function chosenRange(pool: FoundSubnetPool, cidr: string, taken: readonly string[]): string {
  if (familyOf(cidr) !== pool.family)
    throw refuseField(
      'cidr',
      `${pool.name} is of IPv${pool.family}`,
      `Send a prefix of IPv${pool.family}, or choose another pool.`,
    );
  const range = canonicalPrefix(cidr);
  const length = Number(range.split('/')[1]);
  const inside = pool.prefixes.some(({ prefix }) => isInside(range, prefix));
  if (!inside)
    throw refuseField(
      'cidr',
      `${range} is not in ${pool.name}`,
      'Choose a range inside a prefix of the pool, or leave cidr out for the next free one.',
    );
  if (freeBlock([range], taken, length) !== null) return range;
  throw refuseTaken(
    'cidr',
    `${range} is taken from ${pool.name} already`,
    'Choose a range that is free, or leave cidr out for the next one.',
  );
}

/** Whether the range is all within the prefix. */
function isInside(range: string, prefix: string): boolean {
  const [address = '', length = ''] = range.split('/');
  const outer = prefix.split('/')[1] ?? '';
  return Number(length) >= Number(outer) && canonicalPrefix(`${address}/${outer}`) === prefix;
}

function requireQuota(
  { quota, name, family }: FoundSubnetPool,
  projectId: string,
  { own, chosen }: { readonly own: readonly string[]; readonly chosen: string },
): void {
  if (quota === null) return;
  const used = own.reduce((sum, each) => sum + amountOf(each), 0);
  const needed = amountOf(chosen);
  if (used + needed <= quota) return;
  const unit = family === 4 ? 'addresses' : 'networks of /64';
  const message = `${name}: needs ${needed} ${unit}, used ${used} of ${quota}.`;
  throw new QuotaExceeded(
    projectId,
    [{ field: 'subnetPoolId', message }],
    'Choose a smaller range, or delete a subnet that is from this pool.',
  );
}
