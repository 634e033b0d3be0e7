import type { Server } from 'node:net';
import {
  callers6,
  metadataAddress,
  metadataAddress6,
  metadataGatewayMac,
  metadataTcpPort,
  ofport,
  serviceMac,
} from '../flows/layout.ts';
import type { NetworkHost } from '../network-host.ts';
import { metadataDevice } from '../tools/device-names.ts';
import { externalId } from './ofport.ts';

/** Namespace of the metadata service, one per host. */
const metadataNamespace = (host: NetworkHost) => `${host.config.networkNamespace ?? 'unkai'}-meta`;

/** Makes the namespace that guests' metadata requests end in, with a way back to every caller's address. */
export async function putMetadataEdge(host: NetworkHost): Promise<void> {
  const { ip, ovs } = host.tools;
  const namespace = metadataNamespace(host);
  await ip.ensureNamespace(namespace);
  const externalIds = { [externalId.service]: 'metadata' };
  const port = { name: metadataDevice, ofport: ofport.metadata, externalIds };
  const device = {
    name: metadataDevice,
    namespace,
    macAddress: serviceMac,
    mtu: 1500,
    addresses: [`${metadataAddress}/32`, `${metadataAddress6.service}/128`],
  };
  await ip.ensureVeth(device, () => ovs.ensurePort({ ...port, isDeviceMade: true }));
  // The flows know every caller by its address, so all of them are behind one neighbour that needs no asking.
  const viaMac = metadataGatewayMac;
  await ip.ensureRoute({ namespace, prefix: '100.64.0.0/10', via: '169.254.169.253', viaMac });
  if (ip.hasIpv6()) await ip.ensureRoute({ namespace, prefix: callers6, via: 'fd00:a9fe:a9fe::1', viaMac });
  await ovs.ensurePort(port);
}

/** The sockets that guests reach, by either family. */
export function listenForMetadata(host: NetworkHost): Promise<Server[]> {
  const addresses = [metadataAddress, ...(host.tools.ip.hasIpv6() ? [metadataAddress6.service] : [])];
  return Promise.all(
    addresses.map((address) => host.tools.listener.listen(metadataNamespace(host), address, metadataTcpPort)),
  );
}

/** Takes it away. Harmless when it is not there. */
export async function purgeMetadataEdge(host: NetworkHost): Promise<void> {
  await host.tools.ip.purgeLink(metadataDevice);
  await host.tools.ip.purgeNamespace(metadataNamespace(host));
}
