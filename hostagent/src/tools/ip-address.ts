// Addresses and routes of the host's own devices.
import { z } from 'zod';
import { inNamespace, ipIn } from './namespace.ts';
import { run } from './run.ts';

export type Underlay = { device: string; address: string; mtu: number };

const address = z.object({ local: z.string(), prefixlen: z.number() });

const addressed = z.array(
  z.object({
    ifname: z.string(),
    mtu: z.number(),
    addr_info: z
      .array(z.union([address, z.strictObject({})]))
      // Of what a filter such as `scope` leaves out, `ip` writes an empty object.
      .transform((found) => found.flatMap((entry) => ('local' in entry ? [entry] : [])))
      .default([]),
  }),
);
const routes = z.array(
  z.object({
    dst: z.string(),
    dev: z.string().optional(),
    gateway: z.string().optional(),
    protocol: z.string().optional(),
    metric: z.number().optional(),
  }),
);

/** The first preferred device with an address, else that of the default route, else any; null when none has one. */
export async function findUnderlay(
  namespace: string | undefined,
  preferred: readonly string[],
): Promise<Underlay | null> {
  const read = async (argv: readonly string[]) => JSON.parse((await run(ipIn(namespace, ['-json', ...argv]))).stdout);
  const device = routes.parse(await read(['-4', 'route', 'show', 'default']))[0]?.dev;
  const links = addressed.parse(await read(['-4', 'address', 'show', 'scope', 'global', 'up']));
  const candidates = links.filter(({ addr_info }) => addr_info.length > 0);
  const names = [...preferred, ...(device === undefined ? [] : [device])];
  const chosen = names.flatMap((name) => candidates.find(({ ifname }) => ifname === name) ?? [])[0] ?? candidates[0];
  const address = chosen?.addr_info[0]?.local;
  return chosen === undefined || address === undefined ? null : { device: chosen.ifname, address, mtu: chosen.mtu };
}

/** Moves global addresses and the routes over them from one device to another, in one go of `ip -batch`. */
export async function moveAddresses(namespace: string | undefined, from: string, to: string): Promise<void> {
  const read = async (argv: readonly string[]) => JSON.parse((await run(ipIn(namespace, ['-json', ...argv]))).stdout);
  const [link] = addressed.parse(await read(['address', 'show', 'scope', 'global', 'dev', from]));
  const addresses = (link?.addr_info ?? []).map(({ local, prefixlen }) => ({ prefix: `${local}/${prefixlen}`, local }));
  const ways = await Promise.all(
    ['-4', '-6'].map(async (family) => {
      const found = routes.parse(await read([family, 'route', 'show', 'dev', from]));
      return found.filter(({ protocol }) => protocol !== 'kernel').map((way) => wordsOf(way, to));
    }),
  );
  const up = [from, to].map((device) => `link set dev ${device} up`);
  // An address that is on two devices for a moment is no harm; a route over a device without its address is refused.
  const added = addresses.map(({ prefix, local }) => {
    // It was looked for already, by the device that had it.
    return `address replace ${prefix} dev ${to}${local.includes(':') ? ' nodad' : ''}`;
  });
  const removed = addresses.map(({ prefix }) => `address delete ${prefix} dev ${from}`);
  const input = [...up, ...added, ...removed, ...ways.flat()].map((line) => `${line}\n`).join('');
  await run(inNamespace(namespace, ['ip', '-batch', '-']), { input });
}

function wordsOf({ dst, gateway, metric }: z.infer<typeof routes>[number], device: string): string {
  const via = gateway === undefined ? '' : ` via ${gateway}`;
  return `route replace ${dst}${via} dev ${device}${metric === undefined ? '' : ` metric ${metric}`}`;
}
