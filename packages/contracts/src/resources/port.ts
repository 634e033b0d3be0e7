import { z } from 'zod';
import { description, displayName, id, ipv4, isoTime, macAddress, tags } from '../primitives.ts';

/** Ports need no name. */
const portName = z.union([z.literal(''), displayName]);

/** Its address: one that is chosen, or the next free one of a subnet. Neither: the next free one of the network. */
const wantedAddress = z.strictObject({ subnetId: id.optional(), address: ipv4.optional() });

const changeable = {
  name: portName.optional(),
  description: description.optional(),
  tags: tags.optional(),
  /** Groups of the same project; with none it can reach out and cannot be reached. */
  securityGroupIds: z.array(id).max(10).optional(),
  /** None given: one that no other port of the network has. */
  macAddress: macAddress.optional(),
  /** One for now. */
  addresses: z.array(wantedAddress).length(1, 'must name one address').optional(),
};

/** A port by itself. It belongs to no server until one is made with it, and stays when that server goes. */
export const portCreate = z.strictObject({
  networkId: id,
  /** Whose it is. Default: the network's own project; on a network that is shared it may be another. */
  projectId: id.optional(),
  ...changeable,
});
export type PortCreate = z.infer<typeof portCreate>;

/** MAC address and addresses change only while no server has it: a guest knows them from its start. */
export const portUpdate = z.strictObject(changeable);

export const port = z.object({
  id,
  projectId: id,
  networkId: id,
  serverId: id.nullable(),
  /** The router that has it, as an interface or as its gateway. */
  routerId: id.nullable(),
  /** What it is for where that is no server, as OpenStack names it: `network:router_interface` and the like; else empty. */
  deviceOwner: z.string(),
  name: z.string(),
  description: z.string(),
  tags: z.array(z.string()),
  macAddress: z.string(),
  addresses: z.array(z.object({ subnetId: id, address: z.string() })),
  securityGroupIds: z.array(id),
  /** Whether it was made by itself, and so stays when its server goes. */
  isKept: z.boolean(),
  createdAt: isoTime,
});
export type Port = z.infer<typeof port>;
