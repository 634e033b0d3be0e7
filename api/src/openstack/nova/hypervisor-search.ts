import type { Host } from '@unkai/contracts/resources/host';
import { notFound } from '@unkai/core/access';
import { searchServers } from '@unkai/core/store/server-search';
import type { Answer, Asked, Route } from '../service.ts';
import { briefHypervisor, hostsOf } from './host.ts';
import { since } from './version.ts';

const mostServers = 1000;

/** The hosts whose names have what the path says. Throws `not_found` for none, and where filters took its place. */
async function named(asked: Asked): Promise<Host[]> {
  const pattern = asked.param('host');
  const hosts = (await hostsOf(asked)).filter(({ name }) => name.includes(pattern));
  if (asked.version >= since.uuidsOfHosts || hosts.length === 0) throw notFound('hypervisor', pattern);
  return hosts;
}

async function search(asked: Asked): Promise<Answer> {
  return { status: 200, body: { hypervisors: (await named(asked)).map((host) => briefHypervisor(host, asked)) } };
}

async function withServers(asked: Asked, host: Host) {
  const all = { projectId: null, order: [], marker: null, limit: mostServers };
  const found = await searchServers(asked.call, { ...all, filter: { hostName: host.name } });
  const servers = found.map(({ id, name }) => ({ uuid: id, name }));
  return { ...briefHypervisor(host, asked), ...(servers.length > 0 && { servers }) };
}

async function listServers(asked: Asked): Promise<Answer> {
  const hypervisors = await Promise.all((await named(asked)).map((host) => withServers(asked, host)));
  return { status: 200, body: { hypervisors } };
}

/** Ways of before 2.53. */
export const hypervisorSearchRoutes: readonly Route[] = [
  { method: 'GET', path: '/v2.1/os-hypervisors/:host/search', answer: search },
  { method: 'GET', path: '/v2.1/os-hypervisors/:host/servers', answer: listServers },
];
