import { randomBytes } from 'node:crypto';
import type { DesiredPort, DesiredServerSpec } from '@unkai/contracts/host/desired';
import { formatIpv4 } from '../flows/ipv4.ts';
import { tapName } from '../tools/device-names.ts';
import { guestDomain } from '../tools/dnsmasq-files.ts';
import { type Folder, json, plain } from './node.ts';

/** The versions that Nova lists, oldest first. */
export const openStackVersions = [
  '2012-08-10',
  '2013-04-04',
  '2013-10-17',
  '2015-10-15',
  '2016-06-30',
  '2016-10-06',
  '2017-02-22',
  '2018-08-27',
  '2020-10-14',
] as const;
type Version = (typeof openStackVersions)[number];

/** The documents of one version, in the shape of Nova's. */
export function openStackTree(spec: DesiredServerSpec, version: Version): Folder {
  const since = (first: Version) => openStackVersions.indexOf(version) >= openStackVersions.indexOf(first);
  const { userData } = spec.guest;
  return {
    'meta_data.json': json(metaData(spec, since)),
    ...(userData === null ? {} : { user_data: plain(userData) }),
    ...(since('2013-10-17') ? { 'vendor_data.json': json({}) } : {}),
    ...(since('2015-10-15') ? { 'network_data.json': json(networkData(spec)) } : {}),
    ...(since('2016-10-06') ? { 'vendor_data2.json': json({}) } : {}),
  };
}

function metaData(spec: DesiredServerSpec, since: (first: Version) => boolean) {
  const { guest } = spec;
  const keys = guest.publicKeys;
  return {
    uuid: spec.id,
    hostname: `${spec.hostName}.${guestDomain}`,
    name: spec.name,
    launch_index: guest.launchIndex,
    availability_zone: guest.availabilityZone,
    ...(Object.keys(guest.metadata).length === 0 ? {} : { meta: guest.metadata }),
    ...(keys.length === 0
      ? {}
      : {
          public_keys: Object.fromEntries(keys.map(({ name, publicKey }) => [name, publicKey])),
          keys: keys.map(({ name, publicKey }) => ({ name, type: 'ssh', data: publicKey })),
        }),
    // New with each request, as in Nova: guests stir it into their entropy.
    ...(since('2013-04-04') ? { random_seed: randomBytes(512).toString('base64') } : {}),
    ...(since('2015-10-15') ? { project_id: spec.projectId } : {}),
    ...(since('2016-06-30') ? { devices: [] } : {}),
    ...(since('2020-10-14') ? { dedicated_cpus: [] } : {}),
  };
}

/**
 * The interfaces as Nova tells them. What comes by DHCP is not told twice, name servers included: "services" would only put
 * others before those. What does not come by DHCP is here or nowhere.
 */
function networkData(spec: DesiredServerSpec) {
  const networks = spec.ports.flatMap((port) => {
    const place = { link: tapName(port.id), network_id: port.networkId };
    const fixed = port.addresses.filter(({ hasDhcp }) => !hasDhcp);
    const leased = fixed.length < port.addresses.length ? [{ type: 'ipv4_dhcp', ...place }] : [];
    return [...leased, ...fixed.map((address) => ({ type: 'ipv4', ...place, ...fixedAddress(address) }))];
  });
  const nameServers = spec.ports.flatMap(({ addresses }) =>
    addresses.flatMap(({ hasDhcp, dnsServers }) => (hasDhcp ? [] : dnsServers)),
  );
  return {
    links: spec.ports.map((port) => ({
      id: tapName(port.id),
      vif_id: port.id,
      type: 'ovs',
      mtu: port.mtu,
      ethernet_mac_address: port.macAddress,
    })),
    networks: networks.map((network, index) => ({ id: `network${index}`, ...network })),
    services: [...new Set(nameServers)].map((address) => ({ type: 'dns', address })),
  };
}

function fixedAddress({ address, prefixLength, gatewayAddress, hostRoutes }: DesiredPort['addresses'][number]) {
  const further = hostRoutes.map(({ destination, nextHop }) => ({ ...wayTo(destination), gateway: nextHop }));
  const everywhere = gatewayAddress === null ? [] : [{ ...wayTo('0.0.0.0/0'), gateway: gatewayAddress }];
  return { ip_address: address, netmask: netmask(prefixLength), routes: [...everywhere, ...further] };
}

function wayTo(destination: string) {
  const [network = '', length = ''] = destination.split('/');
  return { network, netmask: netmask(Number(length)) };
}

const netmask = (length: number) => formatIpv4(2 ** 32 - 2 ** (32 - length));
