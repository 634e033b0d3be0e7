import { createHash } from 'node:crypto';
import { errorCatalog } from '@unkai/contracts/errors';
import type { ServerState } from '@unkai/contracts/resources/server';
import { guestHostName } from '@unkai/core/host/guest-host-name';
import type { FoundPort, FoundServer } from '@unkai/core/store/server-search';
import type { Microversion } from '../microversion.ts';
import type { Asked } from '../service.ts';
import { flavorLink, flavorRef } from './flavor.ts';
import { since } from './version.ts';

interface NovaState {
  readonly status: string;
  readonly vm: string;
  readonly task: string | null;
  readonly power: number;
}

const power = { none: 0, running: 1, shutdown: 4 } as const;

/** Our states as Nova tells them: a lasting state, and a task while something is under way. */
const states = {
  building: { status: 'BUILD', vm: 'building', task: 'spawning', power: power.none },
  running: { status: 'ACTIVE', vm: 'active', task: null, power: power.running },
  stopped: { status: 'SHUTOFF', vm: 'stopped', task: null, power: power.shutdown },
  starting: { status: 'SHUTOFF', vm: 'stopped', task: 'powering-on', power: power.shutdown },
  stopping: { status: 'ACTIVE', vm: 'active', task: 'powering-off', power: power.running },
  migrating: { status: 'MIGRATING', vm: 'active', task: 'migrating', power: power.shutdown },
  rebooting: { status: 'REBOOT', vm: 'active', task: 'rebooting', power: power.running },
  deleting: { status: 'ACTIVE', vm: 'active', task: 'deleting', power: power.running },
  error: { status: 'ERROR', vm: 'error', task: null, power: power.none },
} as const satisfies Record<ServerState, NovaState>;

/** The states of ours that a status of Nova's stands for. */
export function statesOf(status: string): ServerState[] {
  const wanted = status.toUpperCase();
  return stateNames.filter((name) => states[name].status === wanted);
}

/** The states of ours that a `vm_state`, `task_state` or `power_state` of Nova's stands for. */
export function statesBy(kind: 'vm' | 'task' | 'power', value: string): ServerState[] {
  return stateNames.filter((name) => String(states[name][kind]) === value.toLowerCase());
}

const stateNames = Object.keys(states).filter((name): name is ServerState => name in states);

/** Statuses that Nova knows; those that no server of ours is ever in are empty lists. */
const statusesOfOthers = [
  'HARD_REBOOT',
  'DELETED',
  'SOFT_DELETED',
  'MIGRATING',
  'PASSWORD',
  'PAUSED',
  'REBUILD',
  'RESCUE',
];
const moreStatuses = [
  'RESIZE',
  'REVERT_RESIZE',
  'SHELVED',
  'SHELVED_OFFLOADED',
  'SUSPENDED',
  'UNKNOWN',
  'VERIFY_RESIZE',
];

export function isKnownStatus(status: string): boolean {
  const wanted = status.toUpperCase();
  return statesOf(wanted).length > 0 || [...statusesOfOthers, ...moreStatuses].includes(wanted);
}

/** A moment as Nova writes it, to the second. */
function novaTime(date: Date): string {
  return `${date.toISOString().slice(0, -5)}Z`;
}

export function serverLinks({ endpoint }: Pick<Asked, 'endpoint'>, id: string) {
  return [
    { rel: 'self', href: `${endpoint}/v2.1/servers/${id}` },
    { rel: 'bookmark', href: `${endpoint}/servers/${id}` },
  ];
}

export function briefServer(asked: Asked, { id, name }: Pick<FoundServer, 'id' | 'name'>) {
  return { id, name, links: serverLinks(asked, id) };
}

/** Addresses by the name of their network, as Nova has them. */
export function addressesOf(ports: readonly FoundPort[], { isPlain = false } = {}) {
  const byNetwork = Map.groupBy(ports, ({ networkName }) => networkName);
  return Object.fromEntries(
    [...byNetwork].map(([name, found]) => [
      name,
      found.flatMap(({ address, macAddress, floatingAddress }) =>
        [address, floatingAddress].flatMap((each, index) => {
          if (each === null) return [];
          const type = index === 0 ? 'fixed' : 'floating';
          const more = { 'OS-EXT-IPS:type': type, 'OS-EXT-IPS-MAC:mac_addr': macAddress };
          return [{ version: each.includes(':') ? 6 : 4, addr: each, ...(!isPlain && more) }];
        }),
      ),
    ]),
  );
}

/** Left out where there are none, as in Nova. */
function groupsPart(ports: readonly FoundPort[]) {
  const names = new Set(ports.flatMap(({ groupNames }) => groupNames));
  return names.size > 0 ? { security_groups: [...names].map((name) => ({ name })) } : {};
}

/** A server as `show` and the detailed list have it. */
export function detailedServer(asked: Asked, server: FoundServer) {
  const state: NovaState = states[server.state];
  return {
    ...commonServer(asked, server, { isPlain: false }),
    key_name: server.keyNames[0] ?? null,
    ...groupsPart(server.ports),
    'OS-SRV-USG:launched_at': server.launchedAt?.toISOString().slice(0, -1) ?? null,
    'OS-SRV-USG:terminated_at': null,
    'OS-EXT-AZ:availability_zone': server.hostId === null ? '' : (server.availabilityZone ?? ''),
    'OS-EXT-STS:task_state': state.task,
    'OS-EXT-STS:vm_state': state.vm,
    'OS-EXT-STS:power_state': server.state === 'error' && server.launchedAt !== null ? power.shutdown : state.power,
    config_drive: '',
    'os-extended-volumes:volumes_attached': [],
    ...(server.showsHost && operatorPart(server, asked.version)),
    ...hostStatus(server, asked.version),
  };
}

/** What an update answers as well, with plain addresses. */
export function commonServer(asked: Asked, server: FoundServer, { isPlain } = { isPlain: true }) {
  const { version, endpoint } = asked;
  const { id, name, imageId } = server;
  return {
    id,
    name,
    links: serverLinks(asked, id),
    metadata: server.metadata,
    status: states[server.state].status,
    ...faultPart(server),
    tenant_id: server.projectId,
    user_id: server.userId ?? '',
    created: novaTime(server.createdAt),
    updated: novaTime(server.updatedAt),
    ...progressPart(server),
    hostId: hostIdOf(server),
    image: imageId === null ? '' : { id: imageId, links: [{ rel: 'bookmark', href: `${endpoint}/images/${imageId}` }] },
    flavor:
      version >= since.flavorEmbedded ? embeddedFlavor(server, version) : flavorLink(asked, flavorRef(server.flavor)),
    addresses: addressesOf(server.ports, { isPlain }),
    accessIPv4: server.accessIpv4 ?? '',
    accessIPv6: server.accessIpv6 ?? '',
    'OS-DCF:diskConfig': 'MANUAL',
    ...laterPart(server, version),
  };
}

function laterPart(server: FoundServer, version: Microversion) {
  return {
    ...(version >= since.locked && { locked: false }),
    ...(version >= since.description && { description: server.description || null }),
    ...(version >= since.tags && { tags: server.tags }),
    ...(version >= since.trustedCertificates && { trusted_image_certificates: null }),
    ...(version >= since.lockedReason && { locked_reason: null }),
  };
}

function embeddedFlavor({ flavor }: FoundServer, version: Microversion) {
  const { vcpus, memoryMib, diskGib, name, extraSpecs } = flavor;
  return {
    vcpus,
    ram: memoryMib,
    disk: diskGib,
    ephemeral: 0,
    swap: 0,
    original_name: name,
    ...(version >= since.flavorEmbedded && { extra_specs: extraSpecs }),
  };
}

function faultPart({ state, failure, updatedAt }: FoundServer) {
  if (state !== 'error' || failure === null) return {};
  const code = errorCatalog[failure.code].status;
  return { fault: { code, message: `${failure.message} ${failure.next}`, created: novaTime(updatedAt) } };
}

function progressPart({ state }: FoundServer) {
  if (state === 'building' || state === 'rebooting') return { progress: 0 };
  return state === 'running' || state === 'stopping' ? { progress: 100 } : {};
}

/** Tells a tenant whether two of its servers share a host, and nothing else. */
function hostIdOf({ hostId, projectId }: FoundServer): string {
  return hostId === null ? '' : createHash('sha224').update(`${projectId}${hostId}`).digest('hex');
}

function operatorPart(server: FoundServer, version: Microversion) {
  const name = server.host?.name ?? null;
  return {
    'OS-EXT-SRV-ATTR:host': name,
    'OS-EXT-SRV-ATTR:hypervisor_hostname': name,
    'OS-EXT-SRV-ATTR:instance_name': server.id,
    ...(version >= since.serverAttributes && {
      'OS-EXT-SRV-ATTR:reservation_id': server.reservationId,
      'OS-EXT-SRV-ATTR:launch_index': 0,
      'OS-EXT-SRV-ATTR:hostname': guestHostName(server.name, server.id),
      'OS-EXT-SRV-ATTR:kernel_id': '',
      'OS-EXT-SRV-ATTR:ramdisk_id': '',
      'OS-EXT-SRV-ATTR:root_device_name': '/dev/vda',
    }),
  };
}

function hostStatus({ host, showsHost }: FoundServer, version: Microversion) {
  if (!showsHost || version < since.hostStatus) return {};
  return { host_status: host === null ? '' : host.isUp ? 'UP' : 'DOWN' };
}
