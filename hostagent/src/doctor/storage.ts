import type { Finding } from '@unkai/contracts/host/finding';
import type { AgentConfig } from '../config.ts';
import type { Storage } from '../tools/storage.ts';
import { ok, warn } from './finding.ts';

type Places = Pick<AgentConfig, 'volumeFolder'>;

/** Whether this machine can keep volumes. One that cannot is a host all the same. */
export function lookAtStorage({ pool, why, target }: Storage, { volumeFolder }: Places): Finding {
  const name = 'storage';
  const isAsked = volumeFolder !== undefined;
  if (pool === null && isAsked) return warn(name, `No storage host: ${why}`, `mkdir -p ${volumeFolder}`);
  // Most hosts are none; what would make it one is said all the same.
  if (pool === null) return ok(name, `No storage host: ${why}`);
  const thin = pool.kind === 'lvm' && pool.isThin ? ', with a thin pool' : '';
  const says = `${pool.name}: ${pool.freeGib} of ${pool.totalGib} GiB free${thin}. ${target.why}`;
  return target.isPresent ? ok(name, says) : warn(name, says, 'apt-get install tgt');
}
