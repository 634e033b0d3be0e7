import { randomUUID } from 'node:crypto';
import { defaultDomainId } from '@unkai/contracts/resources/domain';
import type { NetworkProvider } from '@unkai/contracts/resources/network';
import { type FreshDatabase, freshDatabase } from '@unkai/testing/database';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { vlanRanges } from '../src/address/vlan-ranges.ts';
import { commit, type Database, openDatabase } from '../src/database/database.ts';
import { createNetworkRow } from '../src/store/network.ts';

let services: FreshDatabase;
let database: Database;
let projectId: string;
beforeAll(async () => {
  services = await freshDatabase();
  database = openDatabase(services.databaseUrl);
  await database.prisma.domain.create({ data: { id: defaultDomainId, name: 'Default' } });
  const project = await database.prisma.project.create({ data: { name: 'p', domainId: defaultDomainId } });
  projectId = project.id;
});
afterAll(async () => {
  await database.close();
  await services[Symbol.asyncDispose]();
});

const make = (provider: NetworkProvider, ranges = vlanRanges('')) =>
  commit(database, (unit) => createNetworkRow(unit, { projectId, name: 'n', provider }, ranges));

describe('segments', () => {
  test('50 creates at once get 50 VLANs of the range, and the next one is told that none is left', async () => {
    const size = fc.record({ first: fc.integer({ min: 1, max: 4000 }), gap: fc.integer({ min: 0, max: 40 }) });
    await fc.assert(
      fc.asyncProperty(size, async ({ first, gap }) => {
        const physicalNetwork = `rack-${randomUUID()}`;
        const second = first + 20 + gap;
        const text = `${physicalNetwork}:${first}:${first + 19},${physicalNetwork}:${second}:${second + 29}`;
        const ranges = vlanRanges(text);
        const provider = { type: 'vlan', physicalNetwork } as const;
        const made = await Promise.all(Array.from({ length: 50 }, () => make(provider, ranges)));
        const vlans = made.map(({ segmentationId }) => segmentationId ?? 0);
        expect(new Set(vlans).size).toBe(50);
        const isInRange = (vlan: number) =>
          (vlan >= first && vlan < first + 20) || (vlan >= second && vlan < second + 30);
        expect(vlans.every(isInRange)).toBe(true);
        await expect(make(provider, ranges)).rejects.toThrow(
          /provider\.segmentationId: the VLANs of rack-.* are all used/,
        );
      }),
      { numRuns: 3 },
    );
  });

  test('100 tunnels at once get 100 keys, whatever operators chose before', async () => {
    const ahead = (await make({ type: 'vxlan' })).tunnelKey + 40;
    const chosen = await make({ type: 'gre', segmentationId: ahead });
    expect(chosen.tunnelKey).toBe(ahead);
    const made = await Promise.all(
      Array.from({ length: 100 }, (_, index) => make({ type: index % 2 ? 'gre' : 'vxlan' })),
    );
    const keys = new Set([...made.map(({ tunnelKey }) => tunnelKey), ahead]);
    expect(keys.size).toBe(101);
  });

  test('one that another network has is refused', async () => {
    const taken: NetworkProvider[] = [
      { type: 'vxlan', segmentationId: 70_000 },
      { type: 'vlan', physicalNetwork: 'rack', segmentationId: 9 },
      { type: 'flat', physicalNetwork: 'rack' },
    ];
    for (const provider of taken) {
      const told = await Promise.allSettled([make(provider), make(provider)]);
      expect(told.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
      await expect(make(provider)).rejects.toMatchObject({ code: 'conflict' });
    }
    expect((await make({ type: 'vlan', physicalNetwork: 'other-rack', segmentationId: 9 })).segmentationId).toBe(9);
  });

  test('a VLAN without a number and without a range is refused with what to do', async () => {
    await expect(make({ type: 'vlan', physicalNetwork: 'unknown' })).rejects.toMatchObject({
      code: 'invalid_input',
      errors: [{ field: 'provider.segmentationId', fix: expect.stringContaining('UNKAI_VLAN_RANGES') }],
    });
  });
});

test('the largest packet follows from what is around it on the way', async () => {
  const at = { underlayAddress: '10.9.0.1', lastHeartbeatAt: new Date(), vcpus: 1, memoryMib: 64, diskGib: 1 };
  const facts = { underlayMtu: 1480, physicalNetworks: [{ name: 'jumbo', bridge: 'br-j', mtu: 1492 }] };
  const secrets = { credentialHash: new Uint8Array(32), redisPasswordHash: '' };
  await database.prisma.host.create({ data: { name: 'narrow', facts, ...at, ...secrets } });
  const mtuOf = async (provider: NetworkProvider) => (await make(provider)).mtu;
  expect(await mtuOf({ type: 'vxlan' })).toBe(1430);
  expect(await mtuOf({ type: 'gre' })).toBe(1438);
  expect(await mtuOf({ type: 'vlan', physicalNetwork: 'jumbo', segmentationId: 4 })).toBe(1492);
  expect(await mtuOf({ type: 'flat', physicalNetwork: 'elsewhere' })).toBe(1500);
});

test.each(['rack', 'rack:1', 'rack:0:9', 'rack:9:1', 'rack:1:4095', 'ra ck:1:2', 'rack:1:2x'])(
  'the ranges %s are refused when a program starts',
  (text) => {
    expect(() => vlanRanges(text)).toThrow();
  },
);
