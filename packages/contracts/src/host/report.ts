import { z } from 'zod';
import { type Failure, failure } from '../errors.ts';
import { id, isoTime } from '../primitives.ts';
import { hostNoun } from './job.ts';

/**
 * Of a guest that is on and stands still, since its host had no room for what it wrote. The server keeps running, and this
 * is its failure until the guest goes on.
 */
export const standsStillFailure: Failure = {
  code: 'disk_full',
  message: 'The disk of its host is full: the guest stands still at a write. Nothing that it wrote is lost.',
  next: 'An operator should free space on the host; the guest then goes on by itself within a minute or two.',
};

/** What a noun is on the host now. `failed` keeps the reason; the control plane decides what follows. */
export const observedState = z.enum(['working', 'present', 'absent', 'failed']);

/**
 * One entry of `POST /agent/reports`. For a server, `power` is what QEMU does at this moment. Reports may come late,
 * twice or out of order: each stands alone and names the generation it is about.
 */
export const hostReport = z.strictObject({
  noun: hostNoun,
  id,
  generation: z.number().int().min(0),
  state: observedState,
  power: z.enum(['on', 'off', 'crashed']).optional(),
  /** What it does at this moment, in words a tenant reads ("12 of 17 MB"). */
  progress: z.string().max(200).optional(),
  failure: failure.optional(),
  /** Of a router or a branch that failed: all that it is not to have any more is gone all the same, floating IPs above all. */
  hasLetGo: z.boolean().optional(),
  /** Acts carried out since the last report, each once. */
  actionsDone: z
    .array(z.strictObject({ id, failure: failure.nullable() }))
    .max(50)
    .default([]),
  /** The guest's first metadata request, when it has been seen. */
  firstMetadataAt: isoTime.optional(),
});
export type HostReport = z.input<typeof hostReport>;

export const hostReports = z.strictObject({
  requestId: z.string().max(64).optional(),
  reports: z.array(hostReport).min(1).max(500),
});
export type HostReports = z.input<typeof hostReports>;

/**
 * Body of `PUT /agent/servers/<id>/log`: the end of the serial log, sent when a `server-log` job asks for it. UTF-8 with
 * invalid bytes replaced; the newest bytes when there are more.
 */
export const serverLogLimitBytes = 262_144;
export const serverLogUpload = z.strictObject({ text: z.string().max(serverLogLimitBytes), truncated: z.boolean() });
