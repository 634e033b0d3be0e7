import type { Host } from '@unkai/contracts/resources/host';
import { notFound } from '@unkai/core/access';
import { serversOnHosts } from '@unkai/core/store/host-server';
import type { Answer, Asked, Route } from '../service.ts';
import { briefHypervisor, hostBy } from './host.ts';
import { hostsOf } from './host-find.ts';
import { since } from './version.ts';

/** The hosts whose names have what the path says. Throws `not_found` for none, and where filters took its place. */
async function named(asked: Asked): Promise<Host[]> {
  const pattern = asked.param('host');
  if (asked.version >= since.uuidsOfHosts) throw notFound('hypervisor', pattern);
  const hosts = await hostsOf(asked, pattern);
  if (hosts.length === 0) throw notFound('hypervisor', pattern);
  return hosts;
}

async function search(asked: Asked): Promise<Answer> {
  return { status: 200, body: { hypervisors: (await named(asked)).map((host) => briefHypervisor(host, asked)) } };
}

async function listServers(asked: Asked): Promise<Answer> {
  const hosts = await named(asked);
  const servers = Map.groupBy(await serversOnHosts(asked.call, hosts), ({ hostId }) => hostId);
  const hypervisors = hosts.map((host) => {
    const there = servers.get(host.id)?.map(({ id, name }) => ({ uuid: id, name }));
    return { ...briefHypervisor(host, asked), ...(there && { servers: there }) };
  });
  return { status: 200, body: { hypervisors } };
}

/** How long the host has run, in the words of uptime(1) that Nova's clients take apart. */
async function showUptime(asked: Asked): Promise<Answer> {
  const host = await hostBy(asked, asked.param('host'));
  const { bootedAt } = host.facts;
  if (bootedAt === undefined) throw notFound('uptime of the hypervisor', host.name);
  const uptime = uptimeText(Date.parse(bootedAt), new Date());
  return { status: 200, body: { hypervisor: { ...briefHypervisor(host, asked), uptime } } };
}

const pad = (count: number) => String(count).padStart(2, '0');

function uptimeText(since: number, now: Date): string {
  const minutes = Math.max(0, Math.floor((now.getTime() - since) / 60_000));
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24];
  return ` ${now.toISOString().slice(11, 19)} up ${days} days, ${pad(hours)}:${pad(minutes % 60)}`;
}

/** Searches are ways of before 2.53. */
export const hypervisorSearchRoutes: readonly Route[] = [
  { method: 'GET', path: '/v2.1/os-hypervisors/:host/uptime', answer: showUptime },
  { method: 'GET', path: '/v2.1/os-hypervisors/:host/search', answer: search },
  { method: 'GET', path: '/v2.1/os-hypervisors/:host/servers', answer: listServers },
];
