import { promises as dns, type LookupAddress } from 'node:dns';
import { isIP } from 'node:net';
import { isNeverAsked, isPublicAddress, type OwnNetworks } from './address-rule.ts';
import { OutgoingFailure } from './failure.ts';

/** What may be asked. Either whatever is public, or what the operator named. */
export type Allowed =
  | {
      /** Public addresses at the ports of the web, and the operator's own networks at any. */
      readonly kind: 'public';
      readonly own: OwnNetworks;
    }
  | {
      /** These origins and no other, wherever they are. */
      readonly kind: 'named';
      readonly origins: ReadonlySet<string>;
    };

/** Asks for all addresses of a name. Rejects, or gives none, when there are none. */
export type Resolve = (name: string) => Promise<readonly string[]>;

const webPorts = new Set([80, 443, 8080, 8443]);
const longestAddress = 2_000;

/**
 * Reads an address that somebody wants asked, and checks what can be known of it without asking anybody. The URL parser
 * gives `0x7f.1`, `2130706433` and `127.1` as the `127.0.0.1` that they are. Throws `OutgoingFailure`.
 */
export function readTarget(text: string, allowed: Allowed): URL {
  const url = text.length <= longestAddress ? URL.parse(text) : null;
  if (url === null) throw new OutgoingFailure('address', 'must be an address such as https://example.com/hook');
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new OutgoingFailure('scheme', 'must begin with https:// or http://');
  }
  if (url.username !== '' || url.password !== '') {
    throw new OutgoingFailure('credentials', 'must not hold a user name or a password');
  }
  if (allowed.kind === 'named') {
    if (!allowed.origins.has(url.origin)) throw new OutgoingFailure('target', 'is not one of the allowed origins');
    return url;
  }
  const literal = literalOf(url);
  if (literal !== null) checkAddresses(url, [literal], allowed);
  else if (allowed.own.isEmpty) checkPort(url);
  return url;
}

/**
 * The addresses to connect to, and no others: all that the name has now, each of them checked. One bad one spoils all:
 * such an answer is a trick. Throws `OutgoingFailure`; a name that leads nowhere and one that leads inside say the same,
 * so that nobody learns what names there are inside (A30).
 */
export async function addressesOf(url: URL, allowed: Allowed, resolve: Resolve): Promise<readonly LookupAddress[]> {
  const literal = literalOf(url);
  const found = literal === null ? await resolve(url.hostname).catch(() => []) : [literal];
  checkAddresses(url, found, allowed);
  return found.map((address) => ({ address, family: isIP(address) }));
}

function checkAddresses(url: URL, found: readonly string[], allowed: Allowed): void {
  if (allowed.kind === 'named') {
    // Whoever runs the installation named it, and may know that the name leads nowhere.
    if (found.length === 0) throw new OutgoingFailure('connection', 'has a name that leads nowhere');
    if (found.some(isNeverAsked)) throw notAllowed();
    return;
  }
  const isAllowed = (address: string) => isPublicAddress(address) || allowed.own.has(address);
  if (found.length === 0 || !found.every(isAllowed)) throw notAllowed();
  if (!found.every((address) => allowed.own.has(address))) checkPort(url);
}

function checkPort({ protocol, port }: URL): void {
  const number = port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
  if (webPorts.has(number)) return;
  throw new OutgoingFailure('port', `must have one of the ports ${[...webPorts].join(', ')}`);
}

function notAllowed(): OutgoingFailure {
  return new OutgoingFailure('target', 'must lead to a public address');
}

function literalOf({ hostname }: URL): string | null {
  const bare = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
  return isIP(bare) === 0 ? null : bare;
}

/**
 * Asks the DNS, and neither the machine's own list of hosts nor its search domains. Unlike the system's own resolver it
 * keeps none of the few threads that files are read with: a slow name server of a tenant's slows nobody else down.
 */
export const askDns: Resolve = async (name) => {
  const resolver = new dns.Resolver({ timeout: 2_000, tries: 2 });
  const answers = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
  return answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
};

/** As every program of the machine does, with its list of hosts: for what its operator named. */
export const askSystem: Resolve = async (name) => (await dns.lookup(name, { all: true })).map(({ address }) => address);
