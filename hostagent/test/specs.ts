import type { DesiredNetworkSpec, DesiredPort, DesiredRule, DesiredServerSpec } from '@unkai/contracts/host/desired';

/** Desired state for tests: ids and addresses count up from what the test names, all else has a plain default. */
const uuid = (kind: number, number: number) =>
  `01890a5d-ac96-774b-8cce-${kind.toString(16).padStart(4, '0')}${number.toString(16).padStart(8, '0')}`;

export const allowAllEgress: DesiredRule = {
  direction: 'egress',
  family: 4,
  protocol: 'any',
  portMin: null,
  portMax: null,
  icmpType: null,
  icmpCode: null,
  remotePrefix: null,
};

export function allowIngress(protocol: DesiredRule['protocol'], port: number | null, from: string | null = null) {
  return {
    direction: 'ingress',
    family: 4,
    protocol,
    portMin: port,
    portMax: port,
    icmpType: null,
    icmpCode: null,
    remotePrefix: from,
  } as const satisfies DesiredRule;
}

/** Network n: key 1000+n, 10.0.0.0/24 unless told. Networks of several tenants overlap by default. */
export function networkSpec(number: number, over: Partial<DesiredNetworkSpec> = {}): DesiredNetworkSpec {
  return {
    id: uuid(1, number),
    projectId: uuid(9, number),
    name: `network-${number}`,
    tunnelKey: 1000 + number,
    mtu: 1450,
    subnets: [
      {
        id: uuid(2, number),
        cidr: '10.0.0.0/24',
        gatewayAddress: '10.0.0.1',
        dhcpAddress: '10.0.0.2',
        dnsServers: [],
        hostRoutes: [],
        ipv6Mode: null,
      },
    ],
    segment: { type: 'vxlan' },
    neighbours: [],
    ...over,
  };
}

/** Port n of a network: MAC fa:16:3e:00:00:nn, address 10.0.0.n; leaves by any rule, lets nothing in. */
export function portSpec(network: DesiredNetworkSpec, number: number, over: Partial<DesiredPort> = {}): DesiredPort {
  return {
    id: uuid(0x3000 + network.tunnelKey, number),
    networkId: network.id,
    macAddress: `fa:16:3e:00:00:${number.toString(16).padStart(2, '0')}`,
    mtu: network.mtu,
    tunnelKey: network.tunnelKey,
    addresses: [
      {
        subnetId: network.subnets[0]?.id ?? '',
        address: `10.0.0.${number}`,
        prefixLength: 24,
        gatewayAddress: '10.0.0.1',
        dnsServers: [],
        hasDhcp: true,
        hostRoutes: [],
      },
    ],
    rules: [allowAllEgress],
    isEnabled: true,
    hasPortSecurity: true,
    allowedAddressPairs: [],
    dhcpOptions: [],
    qos: null,
    dnsName: null,
    ...over,
  };
}

/** The server of a port. */
export function serverSpec(port: DesiredPort, name: string, guest: Partial<DesiredServerSpec['guest']> = {}) {
  const number = Number.parseInt(port.id.slice(-8), 16);
  const kind = 0x4000 + port.tunnelKey;
  return {
    id: uuid(kind, number),
    projectId: uuid(9, port.tunnelKey - 1000),
    projectName: 'tests',
    name,
    hostName: name,
    power: 'on',
    vcpus: 1,
    memoryMib: 64,
    rootDiskBytes: 1 << 30,
    image: {
      id: uuid(5, 1),
      name: 'tiny',
      sha256: '0'.repeat(64),
      sizeBytes: 1,
      virtualSizeBytes: 1,
      diskFormat: 'qcow2',
    },
    ports: [port],
    actions: [],
    arrival: null,
    guest: {
      flavorName: 'm1.tiny',
      imageId: uuid(5, 1),
      availabilityZone: 'zone-1',
      reservationId: 'r-12345678',
      launchIndex: 0,
      publicKeys: [{ name: 'laptop', publicKey: 'ssh-ed25519 AAAAC3 someone@laptop' }],
      metadata: { role: 'web' },
      userData: `#!/bin/sh\necho ${name}\n`,
      securityGroups: ['default'],
      createdAt: '2026-11-21T00:00:00.000Z',
      ...guest,
    },
  } as const satisfies DesiredServerSpec;
}
