import type { portForwardingCreate } from '@unkai/contracts/resources/floating-ip';
import type { PortCreate } from '@unkai/contracts/resources/port';
import type { SecurityGroupRuleCreate } from '@unkai/contracts/resources/security-group';
import type { ServerCreate } from '@unkai/contracts/resources/server';
import type { subnetCreate } from '@unkai/contracts/resources/subnet';
import type { SubnetPoolUpdate, subnetPoolCreate } from '@unkai/contracts/resources/subnet-pool';
import type { z } from 'zod';
import { shellWord } from './curl-command.ts';

type Named = { id: string; name: string };
type SubnetRequest = Omit<z.input<typeof subnetCreate>, 'networkId'>;
type Request = Pick<ServerCreate, 'name' | 'flavorId' | 'imageId'> & Partial<ServerCreate>;

/** What ids in a request are called. */
export type OpenstackNames = {
  images: readonly Named[];
  flavors: readonly Named[];
  networks: readonly Named[];
  securityGroups: readonly Named[];
};

/** A name where it is the only one of its kind, as people would write it; else the id. */
function nameOf(id: string, named: readonly Named[]): string {
  const name = named.find((each) => each.id === id)?.name;
  const isOnly = name !== undefined && named.filter((each) => each.name === name).length === 1;
  return shellWord(isOnly ? name : id);
}

const line = (words: readonly string[]) => words.join(' \\\n  ');

/** The words of the openstack client (python-openstackclient) that make the same server. */
export function openstackServerCreate(request: Request, names: OpenstackNames): string {
  const { userData, description, metadata = {}, keyPairNames = [], availabilityZone } = request;
  const [keyName, ...otherKeys] = keyPairNames;
  const groups = request.securityGroupIds ?? [];
  const create = [
    // Descriptions came with microversion 2.19.
    `openstack${description ? ' --os-compute-api-version 2.19' : ''} server create`,
    `--flavor ${nameOf(request.flavorId, names.flavors)}`,
    `--image ${nameOf(request.imageId, names.images)}`,
    ...(request.networkIds ?? []).map((id) => `--network ${nameOf(id, names.networks)}`),
    ...groups.map((id) => `--security-group ${nameOf(id, names.securityGroups)}`),
    ...(keyName === undefined ? [] : [`--key-name ${shellWord(keyName)}`]),
    ...(availabilityZone === undefined ? [] : [`--availability-zone ${shellWord(availabilityZone)}`]),
    ...(userData === undefined ? [] : ['--user-data user-data']),
    ...(description ? [`--description ${shellWord(description)}`] : []),
    ...Object.entries(metadata).map(([key, value]) => `--property ${shellWord(`${key}=${value}`)}`),
    '--wait',
    `-- ${shellWord(request.name)}`,
  ];
  return [
    ...(otherKeys.length === 0 ? [] : [`# It takes one key; left out: ${otherKeys.map(oneLine).join(', ')}`]),
    ...(userData === undefined ? [] : [`printf %s ${shellWord(userData)} > user-data`]),
    line(create),
  ].join('\n');
}

/** The words that add a rule to a group. */
export function openstackRuleCreate(
  { direction, protocol, portMin, portMax, remotePrefix }: SecurityGroupRuleCreate,
  group: Named,
  groups: readonly Named[],
): string {
  return line([
    `openstack security group rule create --${direction}`,
    `--protocol ${protocol}`,
    ...(portMin === undefined ? [] : [`--dst-port ${portMin === portMax ? portMin : `${portMin}:${portMax}`}`]),
    ...(remotePrefix === undefined ? [] : [`--remote-ip ${shellWord(remotePrefix)}`]),
    nameOf(group.id, groups),
  ]);
}

/** The words that make a subnet of a network. */
export function openstackSubnetCreate(request: SubnetRequest, network: Named): string {
  const { subnetPoolId, prefixLength } = request;
  const {
    name,
    cidr,
    gatewayAddress,
    hasDhcp,
    ipv6Mode,
    dnsServers = [],
    allocationPools = [],
    hostRoutes = [],
  } = request;
  return line([
    'openstack subnet create',
    `--network ${shellWord(network.name)}`,
    ...(cidr === undefined ? [] : [`--subnet-range ${shellWord(cidr)}`]),
    ...(cidr?.includes(':') ? ['--ip-version 6'] : []),
    ...(subnetPoolId === undefined ? [] : [`--subnet-pool ${shellWord(subnetPoolId)}`]),
    ...(prefixLength === undefined ? [] : [`--prefix-length ${prefixLength}`]),
    ...(ipv6Mode ? [`--ipv6-ra-mode ${ipv6Mode}`, `--ipv6-address-mode ${ipv6Mode}`] : []),
    ...(gatewayAddress === undefined ? [] : [`--gateway ${shellWord(gatewayAddress ?? 'none')}`]),
    ...(hasDhcp === false ? ['--no-dhcp'] : []),
    ...dnsServers.map((address) => `--dns-nameserver ${shellWord(address)}`),
    ...allocationPools.map(({ first, last }) => `--allocation-pool ${shellWord(`start=${first},end=${last}`)}`),
    ...hostRoutes.map((to) => `--host-route ${shellWord(`destination=${to.destination},gateway=${to.nextHop}`)}`),
    `-- ${shellWord(name)}`,
  ]);
}

/** `--fixed-ip 'subnet=…,ip-address=…'`: what is undefined is left out. */
function shellOption(option: string, values: Record<string, string | undefined>): string {
  const given = Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]));
  return `${option} ${shellWord(given.join(','))}`;
}

/** The words that make a port. */
export function openstackPortCreate(
  { networkId, name, macAddress, addresses = [], securityGroupIds, hasPortSecurity, ...others }: PortCreate,
  { networks, securityGroups }: Pick<OpenstackNames, 'networks' | 'securityGroups'>,
): string {
  return line([
    'openstack port create',
    `--network ${nameOf(networkId, networks)}`,
    ...addresses.map(({ subnetId, address }) => shellOption('--fixed-ip', { subnet: subnetId, 'ip-address': address })),
    ...(macAddress === undefined ? [] : [`--mac-address ${shellWord(macAddress)}`]),
    ...(hasPortSecurity === false ? ['--disable-port-security'] : []),
    ...(others.allowedAddressPairs ?? []).map(({ prefix, macAddress: own }) =>
      shellOption('--allowed-address', { 'ip-address': prefix, 'mac-address': own ?? undefined }),
    ),
    ...(securityGroupIds?.length === 0 ? ['--no-security-group'] : []),
    ...(securityGroupIds ?? []).map((id) => `--security-group ${nameOf(id, securityGroups)}`),
    ...(others.dnsName ? [`--dns-name ${others.dnsName}`] : []),
    ...(others.qosPolicyId ? [`--qos-policy ${others.qosPolicyId}`] : []),
    ...(others.dhcpOptions ?? []).map(({ family, name: option, value }) =>
      shellOption('--extra-dhcp-option', { name: option, value, 'ip-version': String(family) }),
    ),
    ...(others.isEnabled === false ? ['--disable'] : []),
    // The client wants a name; ours need none.
    `-- ${shellWord(name || 'port')}`,
  ]);
}

/** The words that give a server one more interface. */
export function openstackAttach(
  wanted: { networkId: string; address?: string } | { portId: string },
  server: Named,
): string {
  if ('portId' in wanted) return line(['openstack server add port', `-- ${server.id} ${wanted.portId}`]);
  const { networkId, address } = wanted;
  if (address === undefined) return line(['openstack server add network', `-- ${server.id} ${networkId}`]);
  return line([
    'openstack server add fixed ip',
    `--fixed-ip-address ${shellWord(address)}`,
    `-- ${server.id} ${networkId}`,
  ]);
}

type RouterRequest = {
  name: string;
  gateway: { networkId: string; hasSnat: boolean; addresses?: readonly { address: string }[] } | null;
};

type SubnetPoolRequest = Omit<z.input<typeof subnetPoolCreate>, 'isDefault' | 'isShared'> &
  Pick<SubnetPoolUpdate, 'isDefault' | 'isShared'>;

/** The words that make a subnet pool. */
export function openstackSubnetPoolCreate({ name, prefixes, ...others }: SubnetPoolRequest): string {
  const { minPrefixLength: min, maxPrefixLength: max, defaultPrefixLength: usual, quota, addressScopeId } = others;
  return line([
    'openstack subnet pool create',
    ...prefixes.map((prefix) => `--pool-prefix ${shellWord(prefix)}`),
    ...(min === undefined ? [] : [`--min-prefix-length ${min}`]),
    ...(max === undefined ? [] : [`--max-prefix-length ${max}`]),
    ...(usual === undefined ? [] : [`--default-prefix-length ${usual}`]),
    ...(addressScopeId ? [`--address-scope ${addressScopeId}`] : []),
    ...(quota === null || quota === undefined ? [] : [`--default-quota ${quota}`]),
    ...(others.description ? [`--description ${shellWord(others.description)}`] : []),
    ...(others.isShared ? ['--share'] : []),
    ...(others.isDefault ? ['--default'] : []),
    `-- ${shellWord(name)}`,
  ]);
}

/** The words that make a router. */
export function openstackRouterCreate({ name, gateway }: RouterRequest, networks: readonly Named[]): string {
  return line([
    'openstack router create',
    ...(gateway === null ? [] : [`--external-gateway ${nameOf(gateway.networkId, networks)}`]),
    ...(gateway?.hasSnat === false ? ['--disable-snat'] : []),
    ...(gateway?.addresses ?? []).map(({ address }) => shellOption('--fixed-ip', { 'ip-address': address })),
    `-- ${shellWord(name)}`,
  ]);
}

type PortForwardingRequest = Omit<z.input<typeof portForwardingCreate>, 'floatingIpId'>;
type FloatingIpRequest = { networkId: string; portId?: string; fixedAddress?: string; address?: string };

/** The words that take a floating IP. */
export function openstackFloatingIpCreate(
  { networkId, portId, fixedAddress, address }: FloatingIpRequest,
  networks: readonly Named[],
): string {
  return line([
    'openstack floating ip create',
    ...(portId === undefined ? [] : [`--port ${portId}`]),
    ...(fixedAddress === undefined ? [] : [`--fixed-ip-address ${shellWord(fixedAddress)}`]),
    ...(address === undefined ? [] : [`--floating-ip-address ${shellWord(address)}`]),
    `-- ${nameOf(networkId, networks)}`,
  ]);
}

const portWords = (min: number, max = min) => (min === max ? `${min}` : `${min}:${max}`);

/** The words that lead ports of a floating IP to those of a guest. */
export function openstackPortForwardingCreate(
  { protocol, portId, fixedAddress = '', description, ...ports }: PortForwardingRequest,
  { address }: { address: string },
): string {
  return line([
    'openstack floating ip port forwarding create',
    `--protocol ${protocol}`,
    `--external-protocol-port ${portWords(ports.externalPortMin, ports.externalPortMax)}`,
    `--port ${shellWord(portId)}`,
    `--internal-ip-address ${shellWord(fixedAddress)}`,
    `--internal-protocol-port ${portWords(ports.internalPortMin, ports.internalPortMax)}`,
    ...(description ? [`--description ${shellWord(description)}`] : []),
    address,
  ]);
}

/** A comment ends with its line, so nothing in it may begin another. */
function oneLine(text: string): string {
  return text.replaceAll(/[\r\n]+/g, ' ');
}
