import { z } from 'zod';
import { failure } from '../errors.ts';
import { fieldRule } from '../field-rule.ts';
import { description, displayName, id, ipAddress, ipFamily, isoTime, notes, tags } from '../primitives.ts';
import { defineActions } from '../state-table.ts';
import { zoneName } from './availability-zone.ts';

/** Every state of a server, with what it means to the person who owns it. */
export const serverStates = {
  building: 'Being made: a host is chosen, its disk and network are prepared, and it boots.',
  running: 'Its virtual machine runs.',
  stopped: 'Switched off; disk and addresses are kept.',
  starting: 'Being switched on.',
  stopping: 'Being switched off: asked to shut down, then cut off after a time.',
  rebooting: 'Being restarted.',
  migrating: 'Being moved to another host with its disk; switched off while that is copied, and then as it was.',
  deleting: 'Being removed with everything it holds.',
  error: 'An operation failed; the reason is on the server. It can be started again or deleted.',
} as const satisfies Record<string, string>;

export type ServerState = keyof typeof serverStates;
export const serverState = z.enum([
  'building',
  'running',
  'stopped',
  'starting',
  'stopping',
  'rebooting',
  'migrating',
  'deleting',
  'error',
]);

export const serverCan = defineActions<
  ServerState,
  'start' | 'stop' | 'reboot' | 'attach' | 'migrate' | 'evacuate' | 'console' | 'update' | 'delete'
>({
  start: { states: ['stopped', 'error'], otherwise: 'Only a stopped or failed server can be started.' },
  stop: { states: ['running'], otherwise: 'Only a running server can be stopped.' },
  reboot: { states: ['running'], otherwise: 'Only a running server can be rebooted.' },
  attach: {
    states: ['stopped', 'running'],
    otherwise: 'Interfaces come and go while the server runs or is off: wait until it does either.',
  },
  migrate: { states: ['running', 'stopped'], otherwise: 'Only a server that runs or is off can be moved.' },
  evacuate: {
    states: ['building', 'running', 'stopped', 'starting', 'stopping', 'rebooting', 'migrating', 'error'],
    otherwise: 'The server is being deleted.',
  },
  console: { states: ['running', 'rebooting', 'stopping'], otherwise: 'The console is there while the server runs.' },
  update: {
    states: ['building', 'running', 'stopped', 'starting', 'stopping', 'rebooting', 'migrating', 'error'],
    otherwise: 'The server is being deleted.',
  },
  delete: {
    // Deleting works from any state, also again while deleting: a lost delete can always be asked for once more (H5, H6).
    states: ['building', 'running', 'stopped', 'starting', 'stopping', 'rebooting', 'migrating', 'deleting', 'error'],
    otherwise: 'The server is gone.',
  },
});

/** States that end by themselves: the portal watches these closely, the reconciler gives each a deadline (H4). */
export const serverTransitioning: readonly ServerState[] = [
  'building',
  'starting',
  'stopping',
  'rebooting',
  'migrating',
  'deleting',
];

/** What a running server becomes when its virtual machine ends by itself: shut down from within, or broken. */
export const serverAfterPower = { off: 'stopped', crashed: 'error' } as const satisfies Record<string, ServerState>;

/** User data is at most 64 KiB of text, handed to the guest as it is. */
export const userDataMaxBytes = 65_536;
const userData = z
  .string()
  .refine(
    (text) => new TextEncoder().encode(text).length <= userDataMaxBytes,
    fieldRule(
      'must be at most 64 KiB (65,536 bytes)',
      'Send at most 65,536 bytes; let the guest fetch what is larger.',
    ),
  );

// Where the owner says that the server is reached from outside, such as behind a proxy of theirs; shown, never used.
const accessIpv4 = z.ipv4().nullable();
const accessIpv6 = z.ipv6().nullable();

/** One interface: on a network, with an address of one's choice or the next free one, or a port that is there already. */
const serverInterface = z.union([
  z.strictObject({ networkId: id, address: ipAddress.optional() }),
  z.strictObject({ portId: id }),
]);
export type ServerInterface = z.infer<typeof serverInterface>;

/** How many interfaces a server may have. */
export const serverInterfacesMax = 8;

/** A further interface of a server: a port that is there, or a network and perhaps an address on it. */
export const serverAttach = z.strictObject({
  portId: id.optional(),
  networkId: id.optional(),
  address: ipAddress.optional(),
});
export type ServerAttach = z.infer<typeof serverAttach>;

export const serverCreate = z.strictObject({
  name: displayName,
  flavorId: id,
  imageId: id,
  /** Networks to attach, in order; none given: the project's default network. */
  networkIds: z.array(id).min(1).max(serverInterfacesMax).optional(),
  /** Instead of networkIds. None at all: a server without a network. */
  interfaces: z.array(serverInterface).max(serverInterfacesMax).optional(),
  /** Names of the caller's key pairs whose public halves the guest installs. */
  keyPairNames: z.array(displayName).max(10).default([]),
  securityGroupIds: z.array(id).max(10).optional(),
  userData: userData.optional(),
  metadata: notes.default({}),
  /** None given: any zone. */
  availabilityZone: zoneName.optional(),
  /** The host that it is made on; operators may choose. */
  hostName: z.string().min(1).max(255).optional(),
  /** The group of this project that it belongs to, which says how near it is put to others. */
  serverGroupId: id.optional(),
  description: description.default(''),
  tags: tags.default([]),
  accessIpv4: accessIpv4.optional(),
  accessIpv6: accessIpv6.optional(),
});
export type ServerCreate = z.infer<typeof serverCreate>;

export const serverUpdate = z.strictObject({
  name: displayName.optional(),
  description: description.optional(),
  metadata: notes.optional(),
  tags: tags.optional(),
  accessIpv4: accessIpv4.optional(),
  accessIpv6: accessIpv6.optional(),
});

export const serverReboot = z.strictObject({ kind: z.enum(['soft', 'hard']).default('soft') });

export const serverAddress = z.object({
  networkId: id,
  networkName: z.string(),
  portId: id,
  address: z.string(),
  version: ipFamily,
  macAddress: z.string(),
  /** The floating IP that reaches it from outside. */
  floatingAddress: z.string().nullable(),
});

export const server = z.object({
  id,
  projectId: id,
  name: z.string(),
  description: z.string(),
  state: serverState,
  /** Why it is in `error`, or why the last operation failed. */
  failure: failure.nullable(),
  flavor: z.object({ id, name: z.string(), vcpus: z.number(), memoryMib: z.number(), diskGib: z.number() }),
  /** The image it was made from; null once that image was deleted. */
  image: z.object({ id, name: z.string(), loginUser: z.string().nullable() }).nullable(),
  addresses: z.array(serverAddress),
  keyPairNames: z.array(z.string()),
  metadata: notes,
  tags: z.array(z.string()),
  accessIpv4: z.string().nullable(),
  accessIpv6: z.string().nullable(),
  userDataBytes: z.number().int(),
  /** The zone that was asked for, else the one of its host; null until a host is chosen. */
  availabilityZone: z.string().nullable(),
  serverGroupId: id.nullable(),
  /** Only shown to system admins. */
  hostName: z.string().nullable(),
  /** The run that changes it at this moment. */
  operationId: id.nullable(),
  launchedAt: isoTime.nullable(),
  /** When the guest first asked for its metadata, which shows that its network and its boot work. */
  firstMetadataAt: isoTime.nullable(),
  createdAt: isoTime,
  updatedAt: isoTime,
});
export type Server = z.infer<typeof server>;

/**
 * The last bytes of the serial console, as text. `capturedAt` is when the host read them: null when it never did, and
 * older than the question when the host does not answer.
 */
export const serverLog = z.object({ text: z.string(), truncated: z.boolean(), capturedAt: isoTime.nullable() });
export type ServerLog = z.infer<typeof serverLog>;
