import { z } from 'zod';
import { nounsOfBefore } from './job.ts';

export const accelerator = z.enum(['kvm', 'tcg']);

/** Where a host would keep volumes, and what it would hand them to other hosts with. */
const hostStorage = z.strictObject({
  /** An LVM volume group by its name, or a folder by its path; null: there is neither, and it is no storage host. */
  pool: z
    .strictObject({
      kind: z.enum(['lvm', 'folder']),
      name: z.string().max(255),
      totalGib: z.number().int().min(0),
      /** In thin pools too, where a group has some. */
      freeGib: z.number().int().min(0),
      /** Whether what is not written takes no room: in a thin pool, and as a file of a folder. */
      isThin: z.boolean(),
    })
    .nullable(),
  /** How the place was found, or what is missing and what brings it. */
  why: z.string().max(500),
  /** The iSCSI target, tgtd. */
  target: z.strictObject({ isPresent: z.boolean(), why: z.string().max(500) }),
});

/** What a host is, as it measured itself. Sent when it joins and with each heartbeat. */
export const hostFacts = z.strictObject({
  hostName: z.string().min(1).max(253),
  agentVersion: z.string().max(64),
  kernel: z.string().max(255),
  /** Agents of before do not say it. */
  bootedAt: z.iso.datetime().optional(),
  architecture: z.string().max(32),
  cpuModel: z.string().max(255),
  vcpus: z.number().int().min(1),
  memoryMib: z.number().int().min(1),
  diskGib: z.number().int().min(0),
  diskFreeGib: z.number().int().min(0),
  /** `why` says in words how it was chosen, such as "KVM opens, but a test guest stopped at cmpxchg16b". */
  accelerator: z.strictObject({ kind: accelerator, why: z.string().max(500) }),
  qemuVersion: z.string().max(64),
  openVswitch: z.strictObject({
    version: z.string().max(64),
    datapath: z.enum(['system', 'netdev', 'simulated']),
    why: z.string().max(500),
  }),
  /** The address other hosts send tunnel packets to. */
  underlayAddress: z.ipv4(),
  underlayMtu: z.number().int().min(576).max(65_535),
  /** Networks of the data centre that it reaches, by name. A host that reaches one can carry routers to there. */
  physicalNetworks: z
    .array(
      z.strictObject({
        name: z.string().max(64),
        /** The bridge that its device is on. */
        bridge: z.string().max(15),
        mtu: z.number().int().min(576).max(65_535),
      }),
    )
    .max(64)
    .default([]),
  /** What it can keep volumes in. Agents of before do not say it. */
  storage: hostStorage.optional(),
  /** What the agent can be told of, by noun: it hears of nothing else. One of a later release may know more than we do. */
  nouns: z
    .array(z.string().max(32))
    .max(32)
    .default([...nounsOfBefore]),
  isSimulated: z.boolean(),
  /** Unmended problems, in words, shown to operators. */
  warnings: z.array(z.string().max(500)).max(50),
});
export type HostFacts = z.infer<typeof hostFacts>;

export const hostRole = z.enum(['compute', 'network', 'storage']);
export type HostRole = z.infer<typeof hostRole>;

/** What a host is good for, by what is there: guests, routers to outside networks, volumes. */
export function rolesOf({ nouns, physicalNetworks, storage }: HostFacts): HostRole[] {
  const held = {
    compute: nouns.includes('server'),
    network: nouns.includes('router') && physicalNetworks.length > 0,
    storage: storage !== undefined && storage.pool !== null,
  } as const satisfies Record<HostRole, boolean>;
  return hostRole.options.filter((role) => held[role]);
}
