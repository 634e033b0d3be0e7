import type { Finding } from '@unkai/contracts/host/finding';
import type { AgentConfig } from '../config.ts';
import type { Storage } from '../tools/storage.ts';
import { ok, warn } from './finding.ts';

type Places = Pick<AgentConfig, 'volumeGroup' | 'volumeFolder'>;

/** Whether this machine can keep volumes. One that cannot is a host all the same. */
export function lookAtStorage({ pool, why, target }: Storage, { volumeGroup, volumeFolder }: Places): Finding {
  const name = 'storage';
  if (pool === null) {
    const group = `apt-get install lvm2 tgt; vgcreate ${volumeGroup} /dev/…, or: UNKAI_VOLUME_DIR=/a/folder ./unkai up`;
    return warn(name, `No storage host: ${why}`, volumeFolder === undefined ? group : `mkdir -p ${volumeFolder}`);
  }
  const thin = pool.kind === 'lvm' && pool.isThin ? ', with a thin pool' : '';
  const says = `${pool.name}: ${pool.freeGib} of ${pool.totalGib} GiB free${thin}. ${target.why}`;
  return target.isPresent ? ok(name, says) : warn(name, says, 'apt-get install tgt');
}
