import { UnkaiError } from '@unkai/contracts/errors';
import type { DesiredRouterPort } from '@unkai/contracts/host/desired-router';
import { exclusively } from '../exclusive.ts';
import { oneWayOfWriting } from '../flows/ipv6.ts';
import { cookie } from '../flows/layout.ts';
import { routerPortFlows } from '../flows/router-port.ts';
import type { NetworkHost } from '../network-host.ts';
import { routerDevice, routerInside } from '../tools/device-names.ts';
import type { OvsPort } from '../tools/ovs.ts';
import { programNetwork, withdrawPort } from './network.ts';
import { allocateOfport, externalId } from './ofport.ts';

type WantedPort = {
  port: DesiredRouterPort;
  namespace: string;
  /** Towards a tenant's network, or towards an external one. */
  side: 'in' | 'ex';
  /** IPv4 addresses that it answers for beside its own. */
  also: readonly string[];
};

/** Makes a router's port: the pair of devices, its place on the bridge, its flows; tells its neighbours what is new. */
export async function putRouterPort(host: NetworkHost, routerId: string, wanted: WantedPort): Promise<void> {
  const { tools } = host;
  const { port, namespace, side, also } = wanted;
  const inside = routerInside(port.portId, side);
  // As the kernel writes them, since what is there is compared with what should be.
  const ownAddresses = port.addresses.map(({ address, prefixLength }) => `${oneWayOfWriting(address)}/${prefixLength}`);
  const device = {
    name: routerDevice(port.portId),
    inside,
    macAddress: port.macAddress,
    mtu: port.mtu,
    addresses: [...ownAddresses, ...also.map((address) => `${address}/32`)],
  };
  let place: OvsPort | undefined;
  await tools.routing.ensureDevice(namespace, device, async () => {
    place = await putPlace(host, routerId, { port, isDeviceMade: true });
  });
  place ??= await putPlace(host, routerId, { port, isDeviceMade: false });
  const { ofport } = place;
  const addresses = [...port.addresses.map(({ address }) => address), ...also];
  const flows = routerPortFlows({
    ofport,
    tunnelKey: port.tunnelKey,
    macAddress: port.macAddress,
    addresses,
  });
  const own = { [cookie.port(ofport)]: flows };
  // What is for all of the network is for it too, and who leads out of it by IPv6 is among the network's flows.
  const network = host.state.get('network', port.networkId)?.spec;
  await (network === undefined ? tools.ovs.replaceFlows(own) : programNetwork(host, network, own));
  // What fails before has told nobody: that they are new is known once, and said at once.
  const added = await tools.routing.ensureAddresses(namespace, device);
  const news = added.map((address) => address.split('/')[0] ?? '');
  if (news.length > 0) await tools.routing.announce(namespace, inside, news);
}

/** Removes a router's port. */
export async function purgeRouterPort(host: NetworkHost, row: OvsPort): Promise<void> {
  await host.tools.ovs.replaceFlows({ [cookie.port(row.ofport)]: [] });
  await host.tools.ip.purgeLink(row.name);
  // Last, as it is the memory of the above: a purge that ends half-way is ended by the next.
  await withdrawPort(host, row);
}

function putPlace(
  host: NetworkHost,
  routerId: string,
  { port, isDeviceMade }: { port: DesiredRouterPort; isDeviceMade: boolean },
): Promise<OvsPort> {
  const { ovs } = host.tools;
  const name = routerDevice(port.portId);
  return exclusively(host.tools, 'ofports', async () => {
    const rows = await ovs.ports();
    const before = rows.find((row) => row.name === name);
    const owner = before?.externalIds[externalId.routerPort];
    if (before !== undefined && owner !== port.portId) {
      const why = `its device name ${name} belongs to port ${owner ?? 'unknown'}; make a new port`;
      throw new UnkaiError('host_failed', `Router port ${port.portId} does not work: ${why}.`);
    }
    const row: OvsPort = {
      name,
      ofport: before?.ofport ?? allocateOfport(host.tools, rows),
      externalIds: {
        [externalId.router]: routerId,
        [externalId.routerPort]: port.portId,
        [externalId.network]: port.networkId,
      },
    };
    await ovs.ensurePort({ ...row, isDeviceMade });
    return row;
  });
}
