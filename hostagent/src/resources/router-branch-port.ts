import { UnkaiError } from '@unkai/contracts/errors';
import type { DesiredRouterBranchSpec, DesiredRouterPort } from '@unkai/contracts/host/desired-router';
import { exclusively } from '../exclusive.ts';
import { branchFlows } from '../flows/branch.ts';
import { parseIpv4 } from '../flows/ipv4.ts';
import { parseAnyPrefix } from '../flows/ipv6.ts';
import { cookie } from '../flows/layout.ts';
import type { NetworkHost } from '../network-host.ts';
import { branchDevice, routerInside } from '../tools/device-names.ts';
import type { RouterDevice } from '../tools/routing.ts';
import { allocateOfport, externalId, knownPorts } from './ofport.ts';

type Inner = { spec: DesiredRouterBranchSpec; port: DesiredRouterPort; namespace: string };
type Outer = { spec: DesiredRouterBranchSpec; namespace: string; addresses: readonly string[] };

/** Its port on a network of guests: with the gateway's address, and a MAC address that is known on this host only. */
export async function putInner(host: NetworkHost, { spec, port, namespace }: Inner): Promise<void> {
  const { tools } = host;
  const name = branchDevice(port.portId);
  const macAddress = `0a${port.macAddress.slice(2)}`;
  const four = port.addresses.filter(({ address }) => parseIpv4(address) !== null);
  const device = {
    name,
    inside: routerInside(port.portId, 'in'),
    macAddress,
    mtu: port.mtu,
    addresses: four.map(({ address, prefixLength }) => `${address}/${prefixLength}`),
  };
  const ofport = await attached(host, { namespace, device }, (number, isDeviceMade) =>
    tools.ovs.ensurePort({ name, ofport: number, externalIds: idsOf(spec, port.portId), isDeviceMade }),
  );
  const guests = spec.floatingIps.filter(({ networkId }) => networkId === port.networkId);
  const flows = branchFlows({
    ofport,
    tunnelKey: port.tunnelKey,
    macAddress,
    routerMacAddress: port.macAddress,
    fixedAddresses: guests.map(({ fixedAddress }) => fixedAddress).filter((address) => parseIpv4(address) !== null),
    otherPrefixes: spec.otherPrefixes.flatMap((prefix) => {
      const parsed = parseAnyPrefix(prefix);
      return parsed?.family === 4 ? [parsed.text] : [];
    }),
  });
  await tools.ovs.replaceFlows({ [cookie.port(ofport)]: flows });
  await tools.routing.ensureAddresses(namespace, device);
}

/** Its place outside, on the bridge of the physical network itself; says there which addresses are here now. */
export async function putOuter(host: NetworkHost, { spec, namespace, addresses }: Outer): Promise<void> {
  const { tools } = host;
  const { portId, macAddress, mtu, vlan, physicalNetwork, prefixLength } = spec.gateway;
  const bridge = host.config.physicalNetworks.find((known) => known.name === physicalNetwork)?.bridge;
  if (bridge === undefined) {
    const why = `this host does not reach the physical network "${physicalNetwork}"`;
    throw new UnkaiError('host_failed', `Floating IPs of router "${spec.name}" do not work on this host: ${why}.`);
  }
  const name = branchDevice(portId);
  const inside = routerInside(portId, 'ex');
  const own = addresses.map((address) => `${address}/${prefixLength}`);
  const device = { name, inside, macAddress, mtu, addresses: own };
  const externalIds = idsOf(spec, portId);
  await attached(host, { namespace, device }, (ofport, isDeviceMade) =>
    tools.ovs.ensureOuterPort({ name, bridge, vlan }, { ofport, externalIds, isDeviceMade }),
  );
  const added = await tools.routing.ensureAddresses(namespace, device);
  const news = added.map((address) => address.split('/')[0] ?? '');
  if (news.length > 0) await tools.routing.announce(namespace, inside, news);
}

const idsOf = ({ id }: DesiredRouterBranchSpec, portId: string) => ({
  [externalId.branch]: id,
  [externalId.routerPort]: portId,
});

type Attaching = (ofport: number, isDeviceMade: boolean) => Promise<void>;

/** Makes a pair of devices and attaches it; a new one before it is up. Gives its number on the bridge. */
async function attached(
  host: NetworkHost,
  { namespace, device }: { namespace: string; device: RouterDevice },
  attach: Attaching,
): Promise<number> {
  let ofport: number | undefined;
  await host.tools.routing.ensureDevice(namespace, device, async () => {
    ofport = await inPlace(host, device.name, (number) => attach(number, true));
  });
  return ofport ?? inPlace(host, device.name, (number) => attach(number, false));
}

/** The number is one that no port of this host has, on whichever bridge. */
function inPlace(host: NetworkHost, name: string, put: (ofport: number) => Promise<void>): Promise<number> {
  return exclusively(host.tools, 'ofports', async () => {
    const rows = await knownPorts(host);
    const ofport = rows.find((row) => row.name === name)?.ofport ?? allocateOfport(host.tools, rows);
    await put(ofport);
    return ofport;
  });
}
