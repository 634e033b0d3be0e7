import { homedir, hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';

const seconds = (fallback: number) => z.coerce.number().min(0.1).max(86_400).default(fallback);

const onePhysicalNetwork = /^(?<name>[\w.-]{1,64}):(?<bridge>[\w.-]{1,15})(:(?<device>[\w.-]{1,15}))?$/;

const environment = z.object({
  UNKAI_API_URL: z.url({ protocol: /^https?$/ }).default('http://127.0.0.1:7080'),
  UNKAI_HOME: z.string().min(1).optional(),
  UNKAI_HOST_HOME: z.string().min(1).optional(),
  UNKAI_HOST_NAME: z.string().min(1).max(253).default(hostname()),
  UNKAI_JOIN_TOKEN_FILE: z.string().min(1).optional(),
  UNKAI_HOST_TOOLS: z.enum(['real', 'sim']).default('real'),
  UNKAI_ACCEL: z.enum(['auto', 'kvm', 'tcg']).default('auto'),
  UNKAI_OVS_RUNDIR: z.string().min(1).default('/var/run/openvswitch'),
  UNKAI_NETNS: z
    .string()
    .regex(/^[\w-]{1,40}$/)
    .optional(),
  UNKAI_UNDERLAY_DEVICE: z
    .string()
    .regex(/^[\w.-]{1,15}$/)
    .optional(),
  UNKAI_PHYSICAL_NETWORKS: z
    .string()
    .default('')
    .transform((text, check) => {
      const parts = text.split(',').map((part) => part.trim());
      return parts.flatMap((part) => {
        if (part === '') return [];
        const named = onePhysicalNetwork.exec(part)?.groups;
        if (named === undefined) check.addIssue(`"${part}" is not <name>:<bridge> or <name>:<bridge>:<device>`);
        return [{ name: named?.['name'] ?? '', bridge: named?.['bridge'] ?? '', device: named?.['device'] }];
      });
    }),
  UNKAI_VOLUME_GROUP: z
    .string()
    .regex(/^[\w+.][\w+.-]{0,126}$/, 'must be the name of a volume group')
    .default('unkai-volumes'),
  UNKAI_VOLUME_DIR: z.string().max(255).regex(/^\//, 'must be the path of a folder, from / on').optional(),
  UNKAI_AGENT_PORT: z.coerce.number().int().min(0).max(65_535).default(7085),
  UNKAI_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  UNKAI_SIM_FAULTS: z.string().default(''),
  UNKAI_RESYNC_SECONDS: seconds(60),
  UNKAI_HEARTBEAT_SECONDS: seconds(5),
  UNKAI_POWER_OFF_SECONDS: seconds(20),
  UNKAI_DISK_RESERVE_MIB: z.coerce.number().int().min(0).default(1024),
});

/** A network of the data centre, and the bridge that leads there; with a device, the agent makes the bridge around it. */
export type PhysicalNetwork = { name: string; bridge: string; device: string | undefined };

export type AgentConfig = {
  apiUrl: string;
  home: string;
  hostName: string;
  joinTokenFile: string | undefined;
  tools: 'real' | 'sim';
  acceleratorChoice: 'auto' | 'kvm' | 'tcg';
  openVswitchRunFolder: string;
  /** Network namespace of all of this host's devices; the machine's own without. For several hosts on one machine. */
  networkNamespace: string | undefined;
  /** The device towards the other hosts. Where the switch is in user space, its addresses move onto a bridge of ours. */
  underlayDevice: string | undefined;
  physicalNetworks: readonly PhysicalNetwork[];
  /** The LVM volume group that volumes are for. */
  volumeGroup: string;
  /** A folder for volumes instead of the group. */
  volumeFolder: string | undefined;
  /** Of /metrics and /healthz, on 127.0.0.1 only. */
  port: number;
  logLevel: string;
  /** Faults of the simulated tools, see sim/faults.ts. */
  simulatedFaults: string;
  resyncSeconds: number;
  heartbeatSeconds: number;
  /** How long a guest may take to shut down before it is cut off. */
  powerOffSeconds: number;
  /** Free space that new disks and images leave untouched. */
  diskReserveBytes: number;
};

/** Reads the agent's settings from the environment. Throws an Error that names each variable at fault and its rule. */
export function readConfig(variables: Readonly<Record<string, string | undefined>>): AgentConfig {
  const parsed = environment.safeParse(variables);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The host agent's settings do not fit: ${faults.join('; ')}.`);
  }
  const given = parsed.data;
  const isRoot = process.getuid?.() === 0;
  const unkaiHome = given.UNKAI_HOME ?? (isRoot ? '/var/lib/unkai' : join(homedir(), '.local/share/unkai'));
  return {
    apiUrl: given.UNKAI_API_URL.replace(/\/+$/, ''),
    home: resolve(given.UNKAI_HOST_HOME ?? join(unkaiHome, 'host')),
    hostName: given.UNKAI_HOST_NAME,
    joinTokenFile: given.UNKAI_JOIN_TOKEN_FILE,
    tools: given.UNKAI_HOST_TOOLS,
    acceleratorChoice: given.UNKAI_ACCEL,
    openVswitchRunFolder: given.UNKAI_OVS_RUNDIR,
    networkNamespace: given.UNKAI_NETNS,
    underlayDevice: given.UNKAI_UNDERLAY_DEVICE,
    physicalNetworks: given.UNKAI_PHYSICAL_NETWORKS,
    volumeGroup: given.UNKAI_VOLUME_GROUP,
    volumeFolder: given.UNKAI_VOLUME_DIR,
    port: given.UNKAI_AGENT_PORT,
    logLevel: given.UNKAI_LOG_LEVEL,
    simulatedFaults: given.UNKAI_SIM_FAULTS,
    resyncSeconds: given.UNKAI_RESYNC_SECONDS,
    heartbeatSeconds: given.UNKAI_HEARTBEAT_SECONDS,
    powerOffSeconds: given.UNKAI_POWER_OFF_SECONDS,
    diskReserveBytes: given.UNKAI_DISK_RESERVE_MIB * 1024 * 1024,
  };
}
