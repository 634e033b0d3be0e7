import { randomUUID } from 'node:crypto';
import { type DesiredServerSpec, desired, desiredIndex } from '@unkai/contracts/host/desired';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AgentBench, openAgentBench } from './agent-bench.ts';
import { makeHost, makeNetwork, makePort, makeProject, makeServer } from './installation.ts';

let bench: AgentBench;
beforeEach(async () => {
  bench = await openAgentBench();
});
afterEach(() => bench[Symbol.asyncDispose]());

describe('desired state', () => {
  test('a server comes with its image, ports, rules, keys, user data and pending acts', async () => {
    const { core, services } = bench;
    const { hostId, credential } = await makeHost(core, services, 'alpha');
    const project = await makeProject(core);
    const on = await makeNetwork(core, project.id);
    const server = await makeServer(core, { projectId: project.id, hostId });
    const port = await makePort(core, server, on, 10);
    const group = await core.database.prisma.securityGroup.create({
      data: {
        projectId: project.id,
        name: 'ssh',
        rules: { create: [{ direction: 'ingress', protocol: 'tcp', portMin: 22, portMax: 22 }] },
        ports: { create: [{ portId: port.id }] },
      },
    });
    const action = await core.database.prisma.serverAction.create({
      data: { serverId: server.id, kind: 'reboot-soft' },
    });

    const spec = await desiredServer(server.id, credential);
    expect(spec).toMatchObject({
      hostName: 'web-1',
      projectName: project.name,
      power: 'on',
      rootDiskBytes: 1024 ** 3,
      image: { id: server.imageId, diskFormat: 'raw' },
      actions: [{ id: action.id, kind: 'reboot-soft' }],
      guest: {
        metadata: { role: 'web' },
        publicKeys: [{ name: 'laptop', publicKey: 'ssh-ed25519 AAAA me' }],
        userData: '#!/bin/sh\necho canary',
        securityGroups: [group.name],
      },
    });
    expect(spec.ports).toMatchObject([
      {
        id: port.id,
        networkId: on.network.id,
        macAddress: port.macAddress,
        mtu: 1450,
        tunnelKey: on.network.tunnelKey,
        addresses: [
          {
            subnetId: on.subnet.id,
            address: '10.1.0.10',
            prefixLength: 24,
            gatewayAddress: '10.1.0.1',
            dnsServers: ['9.9.9.9'],
            hasDhcp: true,
            hostRoutes: [],
          },
        ],
        rules: [{ direction: 'ingress', protocol: 'tcp', portMin: 22, portMax: 22, remotePrefix: null }],
      },
    ]);
  });

  test('a rule that names a group is one for each address of its members on the same network, and on no other', async () => {
    const { core, services } = bench;
    const { prisma } = core.database;
    const { hostId, credential } = await makeHost(core, services, 'alpha');
    const project = await makeProject(core);
    const [on, overlapping] = [await makeNetwork(core, project.id), await makeNetwork(core, project.id, 'other')];
    const server = await makeServer(core, { projectId: project.id, hostId });
    const member = await makeServer(core, { projectId: project.id, hostId });
    const stranger = await makeServer(core, { projectId: project.id, hostId });
    const port = await makePort(core, server, on, 10);
    const memberPorts = [await makePort(core, member, on, 11), await makePort(core, stranger, overlapping, 12)];
    const group = (name: string, ...ports: readonly { id: string }[]) =>
      prisma.securityGroup.create({
        data: { projectId: project.id, name, ports: { create: ports.map(({ id: portId }) => ({ portId })) } },
      });
    const [web, empty] = [await group('web', ...memberPorts), await group('empty')];
    const database = await group('database', port);
    const rule = { securityGroupId: database.id, direction: 'ingress', protocol: 'tcp', portMin: 5432, portMax: 5432 };
    await prisma.securityGroupRule.createMany({
      data: [
        { ...rule, remoteGroupId: web.id },
        { ...rule, remoteGroupId: empty.id },
      ],
    });
    const told = { direction: 'ingress', protocol: 'tcp', portMin: 5432, portMax: 5432 };
    const rules = async () => (await desiredServer(server.id, credential)).ports[0]?.rules;
    expect(await rules()).toMatchObject([{ ...told, remotePrefix: '10.1.0.11/32' }]);
    await prisma.portSecurityGroup.create({ data: { portId: port.id, securityGroupId: empty.id } });
    expect(await rules()).toMatchObject([
      { ...told, remotePrefix: '10.1.0.10/32' },
      { ...told, remotePrefix: '10.1.0.11/32' },
    ]);
  });

  test('a port in no security group may reach out and is not reached', async () => {
    const { core, services } = bench;
    const { hostId, credential } = await makeHost(core, services, 'alpha');
    const project = await makeProject(core);
    const server = await makeServer(core, { projectId: project.id, hostId });
    await makePort(core, server, await makeNetwork(core, project.id), 10);
    const spec = await desiredServer(server.id, credential);
    expect(spec.ports[0]?.rules).toMatchObject([
      { direction: 'egress', family: 4, protocol: 'any', portMin: null, portMax: null, remotePrefix: null },
      { direction: 'egress', family: 6, protocol: 'any', portMin: null, portMax: null, remotePrefix: null },
    ]);
  });

  test('a network tells the further ways of its subnets, and nothing of one without DHCP', async () => {
    const { core, services } = bench;
    const host = await makeHost(core, services, 'gamma', '10.0.0.3');
    const on = await makeNetwork(core, (await makeProject(core)).id);
    const networkId = on.network.id;
    await core.database.prisma.hostNetwork.create({ data: { hostId: host.hostId, networkId } });
    const told = async (hostRoutes: Array<{ destination: string; nextHop: string }>, hasDhcp: boolean) => {
      await core.database.prisma.subnet.update({ where: { id: on.subnet.id }, data: { hostRoutes, hasDhcp } });
      const answer = await bench.ask(`/agent/desired/network/${networkId}`, host.credential);
      const network = desired.network.parse(await answer.json());
      return network.presence === 'present' ? network.spec.subnets.map((subnet) => subnet.hostRoutes) : null;
    };
    const route = { destination: '192.0.2.0/24', nextHop: '10.1.0.9' };
    expect(await told([route], true)).toEqual([[route]]);
    expect(await told([route], false)).toEqual([]);
  });

  test('a network tells the names of its neighbours and the hosts they are behind', async () => {
    const { core, services } = bench;
    const alpha = await makeHost(core, services, 'alpha', '10.0.0.1');
    const beta = await makeHost(core, services, 'beta', '10.0.0.2');
    const project = await makeProject(core);
    const on = await makeNetwork(core, project.id);
    const here = await makeServer(core, { projectId: project.id, hostId: alpha.hostId });
    const there = await makeServer(core, { projectId: project.id, hostId: beta.hostId });
    await core.database.prisma.server.update({ where: { id: there.id }, data: { name: 'Data Base' } });
    const herePort = await makePort(core, here, on, 10);
    const therePort = await makePort(core, there, on, 11);
    const networkId = on.network.id;
    await core.database.prisma.hostNetwork.create({ data: { hostId: alpha.hostId, networkId } });

    const answer = desired.network.parse(
      await (await bench.ask(`/agent/desired/network/${networkId}`, alpha.credential)).json(),
    );
    if (answer.presence !== 'present') throw new Error('the network is absent');
    expect(answer.spec.subnets).toMatchObject([{ id: on.subnet.id, hostRoutes: [] }]);
    const neighbours = answer.spec.neighbours.toSorted((one, other) => one.macAddress.localeCompare(other.macAddress));
    expect(neighbours).toMatchObject([
      {
        portId: herePort.id,
        hostName: 'web-1',
        macAddress: herePort.macAddress,
        addresses: ['10.1.0.10'],
        underlayAddress: null,
      },
      {
        portId: therePort.id,
        hostName: 'data-base',
        macAddress: therePort.macAddress,
        addresses: ['10.1.0.11'],
        underlayAddress: '10.0.0.2',
      },
    ]);
  });

  test('the index lists what is on this host and nothing of another', async () => {
    const { core, services } = bench;
    const alpha = await makeHost(core, services, 'alpha');
    const beta = await makeHost(core, services, 'beta');
    const project = await makeProject(core);
    const { network } = await makeNetwork(core, project.id);
    const server = await makeServer(core, { projectId: project.id, hostId: alpha.hostId });
    const place = { hostId: alpha.hostId };
    await core.database.prisma.hostNetwork.create({ data: { ...place, networkId: network.id } });
    await core.database.prisma.hostImage.create({ data: { ...place, imageId: server.imageId ?? '' } });

    const index = desiredIndex.parse(await (await bench.ask('/agent/desired', alpha.credential)).json());
    expect(new Set(index.items.map(({ noun, id }) => `${noun}/${id}`))).toEqual(
      new Set([`server/${server.id}`, `network/${network.id}`, `image/${server.imageId}`]),
    );
    expect(await (await bench.ask('/agent/desired', beta.credential)).json()).toEqual({ items: [] });
  });

  test('A60: what belongs to another host answers exactly as what never was', async () => {
    const { core, services } = bench;
    const alpha = await makeHost(core, services, 'alpha');
    const beta = await makeHost(core, services, 'beta');
    const project = await makeProject(core);
    const { network } = await makeNetwork(core, project.id);
    const server = await makeServer(core, { projectId: project.id, hostId: alpha.hostId });
    const place = { hostId: alpha.hostId };
    await core.database.prisma.hostNetwork.create({ data: { ...place, networkId: network.id } });
    await core.database.prisma.hostImage.create({ data: { ...place, imageId: server.imageId ?? '' } });
    const foreign = { server: server.id, network: network.id, image: server.imageId, 'console-session': randomUUID() };
    for (const [noun, id] of Object.entries(foreign)) {
      const own = await (await bench.ask(`/agent/desired/${noun}/${id}`, beta.credential)).json();
      const never = await (await bench.ask(`/agent/desired/${noun}/${randomUUID()}`, beta.credential)).json();
      expect(own).toEqual(never);
      expect(own).toMatchObject({ presence: 'absent' });
    }
    expect((await bench.ask(`/agent/images/${server.imageId}/file`, beta.credential)).status).toBe(404);
  });

  test('a server that is to go is absent at its generation, so that the host purges it', async () => {
    const { core, services } = bench;
    const { hostId, credential } = await makeHost(core, services, 'alpha');
    const server = await makeServer(core, { projectId: (await makeProject(core)).id, hostId });
    await core.database.prisma.server.update({
      where: { id: server.id },
      data: { desiredPresence: 'absent', generation: 7 },
    });
    const answer = await bench.ask(`/agent/desired/server/${server.id}`, credential);
    expect(await answer.json()).toEqual({ presence: 'absent', generation: 7 });
  });
});

async function desiredServer(id: string, credential: string): Promise<DesiredServerSpec> {
  const answer = desired.server.parse(await (await bench.ask(`/agent/desired/server/${id}`, credential)).json());
  if (answer.presence !== 'present') throw new Error('the server is absent');
  return answer.spec;
}
