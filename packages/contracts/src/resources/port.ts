import { z } from 'zod';
import { id, isoTime } from '../primitives.ts';

export const port = z.object({
  id,
  projectId: id,
  networkId: id,
  serverId: id.nullable(),
  macAddress: z.string(),
  addresses: z.array(z.object({ subnetId: id, address: z.string() })),
  securityGroupIds: z.array(id),
  createdAt: isoTime,
});
export type Port = z.infer<typeof port>;
