import { fieldRule } from '@unkai/contracts/field-rule';
import { description } from '@unkai/contracts/primitives';
import type { Host } from '@unkai/contracts/resources/host';
import { notFound } from '@unkai/core/access';
import { z } from 'zod';
import { nextLinks, pageAsk, pageOf } from '../paging.ts';
import type { Answer, Asked, Route } from '../service.ts';
import { refuse } from './flavor.ts';
import { hostNamed, hostsOf } from './host-find.ts';
import { since } from './version.ts';

const binary = 'nova-compute';

/** Ids of hosts were numbers once; ours begins with enough random bits to make one. */
function refOf({ id }: Host, { version }: Asked): string | number {
  return version >= since.uuidsOfHosts ? id : Number.parseInt(id.slice(0, 7), 16);
}

export async function hostBy(asked: Asked, ref: string): Promise<Host> {
  const host = (await hostsOf(asked)).find((each) => String(refOf(each, asked)) === ref || each.id === ref);
  if (host === undefined) throw notFound('hypervisor', ref);
  return host;
}

const micro = (time: string) => time.replace(/Z$/, '').padEnd(26, '0').slice(0, 26);

function serviceView(host: Host, asked: Asked) {
  return {
    id: refOf(host, asked),
    binary,
    host: host.name,
    zone: host.availabilityZone,
    status: host.isEnabled ? 'enabled' : 'disabled',
    state: host.isUp ? 'up' : 'down',
    updated_at: micro(host.lastHeartbeatAt),
    disabled_reason: host.disabledReason,
    ...(asked.version >= since.forcedDown && { forced_down: host.isForcedDown }),
  };
}

async function listServices(asked: Asked): Promise<Answer> {
  const { query } = asked;
  const isWanted = ({ name }: Host) =>
    (query.get('binary') ?? binary) === binary && (query.get('host') ?? name) === name;
  const hosts = await hostsOf(asked, query.get('host') ?? undefined);
  const services = hosts.filter(isWanted).map((host) => serviceView(host, asked));
  return { status: 200, body: { services } };
}

const serviceChange = z.strictObject({
  status: z.enum(['enabled', 'disabled']).optional(),
  disabled_reason: description.min(1).optional(),
  forced_down: z.boolean().optional(),
});

async function updateService(asked: Asked): Promise<Answer> {
  if (asked.version < since.uuidsOfHosts) throw notFound('resource', 'os-services');
  const id = asked.id('service', 'service');
  const { status, disabled_reason: disabledReason, forced_down: isForcedDown } = await asked.body(serviceChange);
  const host = await asked.operations.host.update({
    id,
    ...(status !== undefined && { isEnabled: status === 'enabled' }),
    ...(disabledReason !== undefined && { disabledReason }),
    ...(isForcedDown !== undefined && { isForcedDown }),
  });
  return { status: 200, body: { service: serviceView(host, asked) } };
}

/** A host that is forgotten, which it is not while it has servers. */
async function removeService(asked: Asked): Promise<Answer> {
  const { id } = await hostBy(asked, asked.param('service'));
  await asked.operations.host.delete({ id });
  return { status: 204 };
}

const serviceSwitch = z.strictObject({
  host: z.string(),
  binary: z.string(),
  disabled_reason: description.min(1).optional(),
});

const forcing = z.strictObject({ host: z.string(), binary: z.string(), forced_down: z.boolean().default(true) });

/** The host of a service that is named by both. Throws `not_found` where there is none. */
async function servingHost(asked: Asked, wanted: { readonly host: string; readonly binary: string }): Promise<Host> {
  const found = (await hostsOf(asked, wanted.host)).find(({ name }) => name === wanted.host);
  if (found === undefined || wanted.binary !== binary) throw notFound('service', `${wanted.binary} of ${wanted.host}`);
  return found;
}

async function forceDown(asked: Asked): Promise<Answer> {
  const { version, operations } = asked;
  if (version < since.forcedDown || version >= since.uuidsOfHosts) throw notFound('resource', 'os-services');
  const wanted = await asked.body(forcing);
  const host = await servingHost(asked, wanted);
  await operations.host.update({ id: host.id, isForcedDown: wanted.forced_down });
  return { status: 200, body: { service: { host: host.name, binary, forced_down: wanted.forced_down } } };
}

/** The ways of before 2.53, which name the host in the body. */
function switchService(isEnabled: boolean) {
  return async (asked: Asked): Promise<Answer> => {
    if (asked.version >= since.uuidsOfHosts) throw notFound('resource', 'os-services');
    const wanted = await asked.body(serviceSwitch);
    const host = await servingHost(asked, wanted);
    const { disabled_reason: disabledReason } = wanted;
    await asked.operations.host.update({
      id: host.id,
      isEnabled,
      ...(disabledReason !== undefined && { disabledReason }),
    });
    const status = isEnabled ? 'enabled' : 'disabled';
    const reason = disabledReason === undefined ? {} : { disabled_reason: disabledReason };
    return { status: 200, body: { service: { host: host.name, binary, status, ...reason } } };
  };
}

export function briefHypervisor(host: Host, asked: Asked) {
  const { name, isUp, isEnabled } = host;
  return {
    id: refOf(host, asked),
    hypervisor_hostname: name,
    state: isUp ? 'up' : 'down',
    status: isEnabled ? 'enabled' : 'disabled',
  };
}

function sizes({ capacity, allocated, serverCount, facts }: Host) {
  return {
    vcpus: capacity.vcpus,
    vcpus_used: allocated.vcpus,
    memory_mb: capacity.memoryMib,
    memory_mb_used: allocated.memoryMib,
    free_ram_mb: capacity.memoryMib - allocated.memoryMib,
    local_gb: capacity.diskGib,
    local_gb_used: allocated.diskGib,
    free_disk_gb: capacity.diskGib - allocated.diskGib,
    disk_available_least: facts.diskFreeGib,
    running_vms: serverCount,
    current_workload: 0,
  };
}

/** QEMU 7.2.0 is 7002000. */
function versionNumber(text: string): number {
  const [major = 0, minor = 0, micro = 0] = (text.match(/\d+/g) ?? []).map(Number);
  return major * 1_000_000 + minor * 1000 + micro;
}

function detailHypervisor(host: Host, asked: Asked) {
  const { facts, disabledReason } = host;
  const cpu = {
    arch: facts.architecture,
    model: facts.cpuModel,
    topology: { cores: facts.vcpus, threads: 1, sockets: 1 },
    features: [],
  };
  return {
    ...briefHypervisor(host, asked),
    ...sizes(host),
    cpu_info: asked.version >= since.cpuInfoObject ? cpu : JSON.stringify(cpu),
    host_ip: facts.underlayAddress,
    hypervisor_type: 'QEMU',
    hypervisor_version: versionNumber(facts.qemuVersion),
    service: { id: refOf(host, asked), host: host.name, disabled_reason: disabledReason },
  };
}

function listHypervisors(view: typeof briefHypervisor) {
  return async (asked: Asked): Promise<Answer> => {
    const { query, version } = asked;
    const pattern = query.get('hypervisor_hostname_pattern');
    const wanted = await hostsOf(asked, pattern ?? undefined);
    const isPaged = version >= since.hypervisorPages;
    const { items, next } = isPaged
      ? pageOf(wanted, pageAsk(query), (host) => String(refOf(host, asked)))
      : { items: wanted, next: null };
    const hypervisors = items.map((host) => view(host, asked));
    return { status: 200, body: { hypervisors, ...nextLinks(asked, 'hypervisors_links', next) } };
  };
}

async function showStatistics(asked: Asked): Promise<Answer> {
  const hosts = (await hostsOf(asked)).filter(({ isEnabled }) => isEnabled).map(sizes);
  const names = [
    'vcpus',
    'vcpus_used',
    'memory_mb',
    'memory_mb_used',
    'free_ram_mb',
    'local_gb',
    'local_gb_used',
    'free_disk_gb',
    'disk_available_least',
    'running_vms',
    'current_workload',
  ] as const;
  const sums = names.map((name) => [name, hosts.reduce((sum, host) => sum + host[name], 0)]);
  return { status: 200, body: { hypervisor_statistics: { count: hosts.length, ...Object.fromEntries(sums) } } };
}

async function listHosts(asked: Asked): Promise<Answer> {
  if (asked.version >= since.hostsGone) throw notFound('resource', 'os-hosts');
  const zone = asked.query.get('zone');
  const hosts = (await hostsOf(asked))
    .filter(({ availabilityZone }) => zone === null || zone === '' || availabilityZone === zone)
    .map(({ name, availabilityZone }) => ({ host_name: name, service: 'compute', zone: availabilityZone }));
  return { status: 200, body: { hosts } };
}

async function listZones(asked: Asked): Promise<Answer> {
  const { items } = await asked.operations.availabilityZone.list();
  const availabilityZoneInfo = items.map(({ name, isAvailable }) => ({
    zoneName: name,
    zoneState: { available: isAvailable },
    hosts: null,
  }));
  return { status: 200, body: { availabilityZoneInfo } };
}

async function listZonesInDetail(asked: Asked): Promise<Answer> {
  const zones = Map.groupBy(await hostsOf(asked), ({ availabilityZone }) => availabilityZone);
  const availabilityZoneInfo = [...zones].map(([zoneName, hosts]) => ({
    zoneName,
    zoneState: { available: hosts.some(({ isEnabled, isUp }) => isEnabled && isUp) },
    hosts: Object.fromEntries(
      hosts.map(({ name, isEnabled, isUp, lastHeartbeatAt }) => [
        name,
        { [binary]: { active: isEnabled, available: isUp, updated_at: micro(lastHeartbeatAt) } },
      ]),
    ),
  }));
  return { status: 200, body: { availabilityZoneInfo } };
}

/** One host in the words of before 2.43: what it has, and what of it is promised. */
async function showHost(asked: Asked): Promise<Answer> {
  if (asked.version >= since.hostsGone) throw notFound('resource', 'os-hosts');
  const name = asked.param('host');
  const host = await hostNamed(asked, name, 'host');
  const { capacity, allocated } = host;
  const resource = (project: string, { vcpus, memoryMib, diskGib }: Host['capacity']) => ({
    resource: { host: name, project, cpu: vcpus, memory_mb: memoryMib, disk_gb: diskGib },
  });
  const used = ['(used_now)', '(used_max)'].map((project) => resource(project, allocated));
  return { status: 200, body: { host: [resource('(total)', capacity), ...used] } };
}

const hostChange = z.strictObject({
  status: z
    .string()
    .toLowerCase()
    .pipe(z.enum(['enable', 'disable']))
    .optional(),
  maintenance_mode: z
    .never(fieldRule('cannot be set', 'Leave it out; disable the host, and nothing new is made on it.'))
    .optional(),
});

/** Whether new servers are made on a host, in the words of before 2.43. */
async function updateHost(asked: Asked): Promise<Answer> {
  if (asked.version >= since.hostsGone) throw notFound('resource', 'os-hosts');
  const name = asked.param('host');
  const host = await hostNamed(asked, name, 'host');
  const { status } = await asked.body(hostChange);
  if (status === undefined) throw refuse('status', 'is needed: enable or disable', 'Send "enable" or "disable".');
  await asked.operations.host.update({ id: host.id, isEnabled: status === 'enable' });
  return { status: 200, body: { host: name, status: `${status}d` } };
}

export const hostRoutes: readonly Route[] = [
  { method: 'GET', path: '/v2.1/os-services', answer: listServices },
  { method: 'PUT', path: '/v2.1/os-services/enable', answer: switchService(true) },
  { method: 'PUT', path: '/v2.1/os-services/disable', answer: switchService(false) },
  { method: 'PUT', path: '/v2.1/os-services/disable-log-reason', answer: switchService(false) },
  { method: 'PUT', path: '/v2.1/os-services/force-down', answer: forceDown },
  { method: 'PUT', path: '/v2.1/os-services/:service', answer: updateService },
  { method: 'DELETE', path: '/v2.1/os-services/:service', answer: removeService },
  { method: 'GET', path: '/v2.1/os-hypervisors', answer: listHypervisors(briefHypervisor) },
  { method: 'GET', path: '/v2.1/os-hypervisors/detail', answer: listHypervisors(detailHypervisor) },
  { method: 'GET', path: '/v2.1/os-hypervisors/statistics', answer: showStatistics },
  {
    method: 'GET',
    path: '/v2.1/os-hypervisors/:host',
    answer: async (asked) => ({
      status: 200,
      body: { hypervisor: detailHypervisor(await hostBy(asked, asked.param('host')), asked) },
    }),
  },
  { method: 'GET', path: '/v2.1/os-hosts', answer: listHosts },
  { method: 'GET', path: '/v2.1/os-hosts/:host', answer: showHost },
  { method: 'PUT', path: '/v2.1/os-hosts/:host', answer: updateHost },
  { method: 'GET', path: '/v2.1/os-availability-zone', answer: listZones },
  { method: 'GET', path: '/v2.1/os-availability-zone/detail', answer: listZonesInDetail },
];
