// IPv6 as the control plane itself describes it to a host: what is asked for over /v1 is what a guest comes by, with its own
// kernel and a DHCPv6 client, and by nothing that a test has written down for the host.
import { granted } from '@unkai/client/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { askDhcp6 } from '../real/dhcp6.ts';
import { eventually } from '../real/eventually.ts';
import { readAdvertisement, solicit } from '../real/router-advertisement.ts';
import { CloudOnHosts, type Server } from './cloud-on-hosts.ts';

const routerLinkLocal = 'fe80::c00:a9ff:fefe:a9fe';
const lease = z.object({ address: z.string().nullable(), dns: z.string().nullable() });
let cloud: CloudOnHosts;
beforeAll(async () => {
  cloud = await CloudOnHosts.start(1);
});
afterAll(() => cloud?.close());

type Mode = 'slaac' | 'dhcpv6-stateful';
/** A server on a network of one IPv6 subnet, its address there, and what else its guest is to be told. */
async function makeServer(mode: Mode, cidr: string, dnsServer: string) {
  const { member, tenant } = cloud;
  const path = { projectId: tenant.id };
  const made = await member.POST('/projects/{projectId}/networks', { params: { path }, body: { name: mode } });
  const { id: networkId } = granted(made);
  const body = { name: mode, cidr, ipv6Mode: mode, dnsServers: [dnsServer] };
  const subnet = granted(await member.POST('/networks/{networkId}/subnets', { params: { path: { networkId } }, body }));
  const server = await cloud.createServer(`web-${mode}`, { networkIds: [networkId] });
  const { prisma } = cloud.cloud.core.database;
  const { dhcpAddress } = await prisma.subnet.findUniqueOrThrow({ where: { id: subnet.id } });
  return { server, address: server.addresses[0]?.address ?? '', nameServers: [dhcpAddress, dnsServer] };
}

const inGuest = async ({ id }: Server, ...argv: [string, ...string[]]) =>
  (await cloud.host(0).inGuest(id, argv)).stdout;
const addresses = (server: Server) =>
  inGuest(server, 'ip', '-6', '-oneline', 'address', 'show', 'dev', 'eth0', 'scope', 'global', '-tentative');
const defaultRoute = (server: Server) => inGuest(server, 'ip', '-6', 'route', 'show', 'default');

async function advertisement(server: Server) {
  const number = Number.parseInt(await inGuest(server, 'ip', '-oneline', 'link', 'show', 'dev', 'eth0'), 10);
  return readAdvertisement(await inGuest(server, 'perl', '-e', solicit(number)));
}

/** The name server that the guest was told of knows the server by its name. */
async function expectName(server: Server, nameServer: string, address: string): Promise<void> {
  const { name } = server;
  await eventually(async () => {
    const said = await inGuest(server, 'busybox', 'nslookup', '-type=aaaa', `${name}.novalocal`, nameServer);
    expect(said).toContain(`Address: ${address}`);
  });
}

describe('a subnet of which guests hear', () => {
  test('by SLAAC: the guest makes the address that the server shows, and learns its way out and its name servers', async () => {
    const { server, address, nameServers } = await makeServer('slaac', '2001:db8:51::/64', '2001:db8::53');
    expect(address).toMatch(/^2001:db8:51:/);
    await eventually(async () => expect(await addresses(server)).toContain(`${address}/64`));
    await eventually(async () => expect(await defaultRoute(server)).toContain(`via ${routerLinkLocal} dev eth0`));
    const told = await advertisement(server);
    expect(told).toEqual({ isDefaultRouter: true, leavesAddressesToDhcp: false, nameServers });
    await expectName(server, nameServers[0] ?? '', address);
  });

  test('by stateful DHCPv6: the guest is leased that address, and makes none of its own', async () => {
    const { server, address, nameServers } = await makeServer('dhcpv6-stateful', '2001:db8:52::/64', '2001:db8::54');
    const program = askDhcp6(server.addresses[0]?.macAddress ?? '', 'address');
    const ask = async () => lease.parse(JSON.parse(await inGuest(server, process.execPath, '--eval', program)));
    await eventually(async () => expect(await ask()).toEqual({ address, dns: nameServers[0] }));
    await eventually(async () => expect(await defaultRoute(server)).toContain(`via ${routerLinkLocal} dev eth0`));
    expect(await advertisement(server)).toMatchObject({ isDefaultRouter: true, leavesAddressesToDhcp: true });
    expect(await addresses(server)).not.toContain('2001:db8:52:');
    await inGuest(server, 'ip', '-6', 'address', 'add', `${address}/64`, 'dev', 'eth0', 'nodad');
    await expectName(server, nameServers[0] ?? '', address);
  });
});
