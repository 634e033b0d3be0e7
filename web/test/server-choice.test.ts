import type { Allowance } from '@unkai/contracts/quota';
import type { Flavor } from '@unkai/contracts/resources/flavor';
import type { Image } from '@unkai/contracts/resources/image';
import { array, assert, double, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { firstValues } from '../forms/server-create-draft.ts';
import { bySize, flavorReason, freeServerName, parseMetadata, quotaReason } from '../resources/server-choice.ts';

const flavor = (changes: Partial<Flavor>): Flavor => ({
  id: 'f1',
  name: 'm1.small',
  vcpus: 1,
  memoryMib: 2048,
  diskGib: 20,
  isPublic: true,
  description: '',
  alias: null,
  extraSpecs: {},
  ...changes,
});

const image: Image = {
  id: 'i1',
  projectId: null,
  name: 'Debian 12',
  description: '',
  state: 'active',
  failure: null,
  visibility: 'public',
  diskFormat: 'qcow2',
  architecture: 'x86_64',
  minDiskGib: 2,
  minMemoryMib: 256,
  sizeBytes: 1,
  virtualSizeBytes: 1,
  sha256: null,
  loginUser: 'debian',
  tags: [],
  properties: {},
  isProtected: false,
  operationId: null,
  createdAt: '2026-11-21T00:00:00Z',
  updatedAt: '2026-11-21T00:00:00Z',
};

const limit = (name: Allowance['name'], used: number, most: number): Allowance => ({
  name,
  label: name === 'memoryMib' ? 'Memory' : name,
  unit: name === 'memoryMib' ? 'MiB' : '',
  used,
  limit: most,
});

test('a flavor that the quota cannot pay stays out of reach with the numbers and the way out', () => {
  const limits = [limit('servers', 1, 20), limit('vcpus', 38, 40), limit('memoryMib', 0, 81_920)];
  expect(flavorReason(flavor({ vcpus: 4 }), image, limits)).toBe(
    'Needs 4 vCPU, 2 left in the quota. Delete what you no longer need, or ask an operator for more.',
  );
  expect(flavorReason(flavor({ vcpus: 2 }), image, limits)).toBeUndefined();
});

test('a quota that is overdrawn has nothing left, not less than nothing', () => {
  expect(quotaReason([limit('memoryMib', 4096, 2048)], { memoryMib: 512 })).toMatch(
    /^Needs 512 MiB of memory, 0 B left/,
  );
});

test('one of what is counted is said as one', () => {
  expect(quotaReason([limit('ports', 100, 100)], { ports: 1 })).toMatch(/^Needs 1 port, 0 left/);
  expect(quotaReason([limit('ports', 99, 100)], { ports: 2 })).toMatch(/^Needs 2 ports, 1 left/);
});

test('a flavor that is too small for the image says what the image needs', () => {
  expect(flavorReason(flavor({ memoryMib: 128 }), image, [])).toBe('Debian 12 needs 256 MiB of memory.');
  expect(flavorReason(flavor({ diskGib: 1 }), image, [])).toBe('Debian 12 needs a disk of 2 GiB.');
  expect(flavorReason(flavor({ diskGib: 0 }), image, [])).toBeUndefined();
});

test('flavors stand from small to large, whatever order they come in', () => {
  const flavors = [flavor({ name: 'large', memoryMib: 8192 }), flavor({ name: 'nano', memoryMib: 64 })];
  expect(bySize(flavors).map(({ name }) => name)).toEqual(['nano', 'large']);
});

test('the name that a new server begins with is never taken', () => {
  assert(
    property(double({ min: 0, max: 0.999, noNaN: true }), array(string()), (seed, others) => {
      const taken = [...others];
      for (let made = 0; made < 25; made += 1) {
        const name = freeServerName(taken, seed);
        expect(taken).not.toContain(name);
        taken.push(name);
      }
    }),
  );
});

test('metadata is key=value by line; the first line that is none is named', () => {
  expect(parseMetadata('role=web\n\nurl = http://x/?a=b\n')).toEqual({
    metadata: { role: 'web', url: 'http://x/?a=b' },
    error: undefined,
  });
  expect(parseMetadata('role=web\nnothing').error).toBe('Line 2 has no “=”: write key=value.');
});

test('every field of a new server is answered already, with the first image that boots and the smallest flavor that fits', () => {
  const network = {
    projectId: 'p',
    description: '',
    mtu: 1450,
    isEnabled: true,
    hasPortSecurity: true,
    isExternal: false,
    isShared: false,
    provider: null,
    qosPolicyId: null,
    subnets: [],
    portCount: 0,
    tags: [],
    createdAt: image.createdAt,
    updatedAt: image.createdAt,
    revision: 1,
  };
  const keyPair = { kind: 'ssh-ed25519', publicKey: '', fingerprintSha256: '', createdAt: image.createdAt };
  const values = firstValues(network.projectId, {
    images: [{ ...image, id: 'importing', state: 'importing' }, image],
    flavors: [flavor({ id: 'small' }), flavor({ id: 'nano', memoryMib: 64 }), flavor({ id: 'tiny', memoryMib: 512 })],
    keyPairs: [{ ...keyPair, id: 'k', name: 'laptop' }],
    networks: [
      { ...network, id: 'n1', name: 'backend', isDefault: false },
      { ...network, id: 'n0', name: 'default', isDefault: true, projectId: 'of-who-shares-it' },
      { ...network, id: 'n2', name: 'default', isDefault: true },
    ],
    securityGroups: [],
    zones: [],
    address: '127.0.0.1',
    serverNames: [],
    limits: [],
  });
  expect(values).toMatchObject({ imageId: image.id, flavorId: 'tiny', keyPairNames: ['laptop'], networkIds: ['n2'] });
});
