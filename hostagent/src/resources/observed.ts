import type { HostReport } from '@unkai/contracts/host/report';

/**
 * What an ensure saw when it was done; it goes into the report as it is. `state` says "absent" for a thing that came to its
 * own end, as a console session does, "working" for one that waits; left out it means present.
 */
export type Observed = Pick<HostReport, 'power' | 'failure' | 'progress' | 'actionsDone' | 'firstMetadataAt'> & {
  state?: 'absent' | 'working';
};
