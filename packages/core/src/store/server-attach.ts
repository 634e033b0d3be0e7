import { z } from 'zod';
import type { ServerParts } from './server-parts.ts';

const attach = z.object({
  interfaces: z.array(
    z.union([
      z.strictObject({ portId: z.string() }),
      z.strictObject({ networkId: z.string(), address: z.string().optional() }),
    ]),
  ),
  securityGroupIds: z.array(z.string()),
});
/** Which networks a server was to be attached to, as a request names them. */
export type Attach = z.infer<typeof attach>;

/** What a create is to be attached to, for its run: when that fails, ports go, and nothing else remembers them. */
export function writeAttach({ interfaces, securityGroupIds }: ServerParts): string {
  const asked = interfaces.map(({ network, address, port }) => {
    if (port !== null) return { portId: port.id };
    return { networkId: network.id, ...(address !== null && { address }) };
  });
  return JSON.stringify({ interfaces: asked, securityGroupIds: [...securityGroupIds] } satisfies Attach);
}

const runInput = z.object({ attach: z.string() });

/** What the run of a create was given; null for a run that was given nothing of the kind. */
export function readAttach(input: unknown): Attach | null {
  const given = runInput.safeParse(input);
  return given.success ? attach.parse(JSON.parse(given.data.attach)) : null;
}
