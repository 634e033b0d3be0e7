import type { DesiredNetworkSpec, DesiredPort } from '@unkai/contracts/host/desired';
import type { DesiredRouterPort, DesiredRouterSpec } from '@unkai/contracts/host/desired-router';
import { networkSpec, portSpec } from './specs.ts';

const uuid = (kind: number, number: number) =>
  `01890a5d-ac96-774b-8cce-${kind.toString(16).padStart(4, '0')}${number.toString(16).padStart(8, '0')}`;

/** Network n with the addresses 10.0.<third>.0/24. */
export function networkAt(number: number, third: number, over: Partial<DesiredNetworkSpec> = {}): DesiredNetworkSpec {
  const network = networkSpec(number, over);
  const subnets = network.subnets.map((subnet) => ({
    ...subnet,
    cidr: `10.0.${third}.0/24`,
    gatewayAddress: `10.0.${third}.1`,
    dhcpAddress: `10.0.${third}.2`,
  }));
  return { ...network, subnets };
}

/** Port n of a network at 10.0.<third>.n, with a MAC address that no other network has. */
export function portAt(
  network: DesiredNetworkSpec,
  number: number,
  third: number,
  over: Partial<DesiredPort> = {},
): DesiredPort {
  const port = portSpec(network, number, over);
  const hex = (value: number) => value.toString(16).padStart(2, '0');
  const addresses = port.addresses.map((address) => ({
    ...address,
    address: `10.0.${third}.${number}`,
    gatewayAddress: `10.0.${third}.1`,
  }));
  return { ...port, macAddress: `fa:16:3e:00:${hex(third)}:${hex(number)}`, addresses };
}

/** Port n of a router, on a network, with an address such as 10.0.0.1. */
export function routerPort(
  network: DesiredNetworkSpec,
  number: number,
  address: string,
  gatewayAddress: string | null = null,
): DesiredRouterPort {
  return {
    portId: uuid(0x6000 + network.tunnelKey, number),
    networkId: network.id,
    tunnelKey: network.tunnelKey,
    macAddress: `fa:16:3e:${network.tunnelKey
      .toString(16)
      .padStart(4, '0')
      .replace(/(..)(..)/, '$1:$2')}:${number.toString(16).padStart(2, '0')}`,
    mtu: network.mtu,
    addresses: [{ address, prefixLength: 24, gatewayAddress }],
  };
}

/** Router n, with nothing on it unless told. */
export function routerSpec(number: number, over: Partial<DesiredRouterSpec> = {}): DesiredRouterSpec {
  return {
    id: uuid(7, number),
    projectId: uuid(9, number),
    name: `router-${number}`,
    isEnabled: true,
    interfaces: [],
    gateway: null,
    routes: [],
    floatingIps: [],
    portForwardings: [],
    ...over,
  };
}
