import type { IncomingMessage } from 'node:http';
import { BlockList, isIP, isIPv6 } from 'node:net';
import { clientAddressHeader, edgeProofHeader } from '@unkai/core/identity/edge-trust';

// Headers by which a caller could claim to be somebody or to come from somewhere; none of them gets through (A06).
const claims = ['forwarded', 'x-real-ip', 'x-client-ip', 'true-client-ip', 'cf-connecting-ip'] as const;
const claimPrefixes = ['x-unkai-', 'x-forwarded-'] as const;

/** Addresses and prefixes, separated by commas, of proxies whose X-Forwarded-For is believed. Throws on anything else. */
export function trustedProxies(list: string): BlockList {
  const trusted = new BlockList();
  for (const entry of list.split(',').map((each) => each.trim())) {
    if (entry === '') continue;
    const [address = '', prefix] = entry.split('/');
    if (isIP(address) === 0) throw new Error(`UNKAI_TRUSTED_PROXIES: "${entry}" is not an address or a prefix.`);
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    if (prefix === undefined) trusted.addAddress(address, family);
    else trusted.addSubnet(address, Number(prefix), family);
  }
  return trusted;
}

/**
 * Who is on the other end: the address of the connection, or behind trusted proxies the last address that none of them
 * wrote for itself.
 */
export function callerAddress(request: IncomingMessage, trusted: BlockList): string {
  let address = plain(request.socket.remoteAddress ?? '');
  const hops = String(request.headers['x-forwarded-for'] ?? '').split(',');
  for (let hop = hops.pop()?.trim(); hop && isTrusted(address, trusted); hop = hops.pop()?.trim()) {
    if (isIP(hop) === 0) break;
    address = plain(hop);
  }
  return address;
}

/** Replaces what the caller claims by what the edge knows, and proves that it was the edge. */
export function markCaller(request: IncomingMessage, caller: { address: string; proof: string; isSecure: boolean }) {
  for (const name of Object.keys(request.headers)) {
    const isClaim = claims.some((each) => each === name) || claimPrefixes.some((prefix) => name.startsWith(prefix));
    if (isClaim) delete request.headers[name];
  }
  request.headers[edgeProofHeader] = caller.proof;
  request.headers[clientAddressHeader] = caller.address;
  request.headers['x-forwarded-for'] = caller.address;
  request.headers['x-forwarded-proto'] = caller.isSecure ? 'https' : 'http';
  if (request.headers.host !== undefined) request.headers['x-forwarded-host'] = request.headers.host;
}

function isTrusted(address: string, trusted: BlockList): boolean {
  return isIP(address) !== 0 && trusted.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

/** An IPv4 address that came in over an IPv6 socket, as itself. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}
