import type { desired } from '@unkai/contracts/host/desired';
import type { HostNoun } from '@unkai/contracts/host/job';
import type { z } from 'zod';

export type Desired<Noun extends HostNoun> = z.infer<(typeof desired)[Noun]>;

/**
 * What a host is told when something is none of its business, or was never there: one answer for both, so that a stolen
 * host learns nothing by asking (A60, A62). It purges what it may still have of it.
 */
export const absent = { presence: 'absent', generation: 0 } as const;

// Images and console sessions have no generation of their own: they are wanted once, and then not any more.
export const wantedOnce = 1;
export const wantedNoMore = 2;
// A part in a migration changes once: its disk is with the control plane, or its server is here.
export const migrationGeneration = { begun: 1, turned: 2, over: 3 } as const;
