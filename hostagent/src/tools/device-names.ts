/** Every device of ours on the host begins with this; the host's own stack is kept off them by it (nft.ts). */
export const devicePrefix = 'uk';

// A device name holds 15 bytes. The end of an id is its random part: ids that are made in the same second share their
// beginning. 48 random bits make a collision among a host's ports a matter of millennia; it is detected all the same.
const end = (id: string) => id.replaceAll('-', '').slice(-12);

/** The guest's side: `ukp` and the last 12 digits of the port's id. */
export const tapName = (portId: string) => `${devicePrefix}p${end(portId)}`;
/** The side of a network's DHCP and DNS: `ukn` and the last 12 digits of the network's id. */
export const serviceDevice = (networkId: string) => `${devicePrefix}n${end(networkId)}`;
export const metadataDevice = `${devicePrefix}metadata`;
/** Holds the device towards the other hosts; not of our prefix, as the host's own stack does use this one. */
export const underlayBridge = 'br-underlay';
export const tunnelDevice = `${devicePrefix}vxlan`;
export const greDevice = `${devicePrefix}gre`;
/** The way of a network of the data centre: `name` on br-int, `peer` on the bridge that the physical device is on. */
export const uplinkDevice = (networkId: string) => ({
  name: `${devicePrefix}x${end(networkId)}`,
  peer: `${devicePrefix}y${end(networkId)}`,
});
/** The host's side of a router's port: `ukr` and the last 12 digits of the port's id. */
export const routerDevice = (portId: string) => `${devicePrefix}r${end(portId)}`;
/** The same on a host where only floating IPs of the router pass. */
export const branchDevice = (portId: string) => `${devicePrefix}b${end(portId)}`;
/** Its side in the router: `in` towards a tenant's network, `ex` towards an external one. */
export const routerInside = (portId: string, side: 'in' | 'ex') => `${side}${end(portId)}`;
