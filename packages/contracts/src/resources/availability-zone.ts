import { z } from 'zod';

/** Hosts that fail together, such as those of one rack; a server may ask for the zone it is placed in. */
export const availabilityZone = z.object({
  name: z.string(),
  /** Whether a host of it is up and takes new servers. */
  isAvailable: z.boolean(),
});
export type AvailabilityZone = z.infer<typeof availabilityZone>;
