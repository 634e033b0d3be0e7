import { claimsCounter, claimsTable } from '../tools/routing.ts';
import type { Translations } from './router-translation.ts';

const tables = {
  nat: 'ip unkai_nat',
  filter: 'inet unkai_filter',
  claims: `arp ${claimsTable}`,
  claims6: `ip6 ${claimsTable}`,
} as const;
const [inside, outside] = ['"in*"', '"ex*"'];
// Declared first, as deleting a table that is not there is an error.
const fresh = Object.values(tables).map((table) => `table ${table} { }\ndelete table ${table}\n`);

/**
 * The rules of a router as one file for nft, which takes it whole or not at all. Tracked connections keep the
 * translation that they began with, so replacing the rules disturbs none.
 */
export function routerRules(translations: Translations): string {
  return [
    ...fresh,
    nat(translations),
    filter(translations.snatAddress === null ? '' : closedInwards),
    claims(translations),
  ].join('');
}

/** The same where only floating IPs pass: neither way anything that has none. */
export function branchRules(translations: Translations): string {
  const own = translations.floatingIps.map(({ fixedAddress }) => fixedAddress).join(', ');
  const closedOutwards = `\n    oifname ${outside} ct state new ip saddr != { ${own} } drop`;
  return [
    ...fresh,
    nat(translations),
    filter(`${closedInwards}${own === '' ? '' : closedOutwards}`),
    claims(translations),
  ].join('');
}

function nat(translations: Translations): string {
  const { floatingIps, snatAddress } = translations;
  const snat = snatAddress === null ? [] : [`oifname ${outside} snat to ${snatAddress}`];
  // A guest that calls another by its outer address is seen by an outer address, as others are; without one by the
  // router's own, since the answer has to come back this way.
  const hairpin = `iifname ${inside} oifname ${inside} ct status dnat`;
  const hairpinSource = snatAddress === null ? 'masquerade' : `snat to ${snatAddress}`;
  return `table ${tables.nat} {
${map(
  'floating_in',
  'ipv4_addr : ipv4_addr',
  floatingIps.map(({ address, fixedAddress }) => `${address} : ${fixedAddress}`),
)}
${map(
  'floating_out',
  'ipv4_addr : ipv4_addr',
  floatingIps.map(({ address, fixedAddress }) => `${fixedAddress} : ${address}`),
)}
${map('forwarded', 'ipv4_addr . inet_proto . inet_service : ipv4_addr . inet_service', forwarded(translations))}
  chain prerouting {
    type nat hook prerouting priority dstnat; policy accept;
    dnat to ip daddr . meta l4proto . th dport map @forwarded
    dnat to ip daddr map @floating_in
  }
  chain postrouting {
    type nat hook postrouting priority srcnat; policy accept;
    oifname ${outside} ct status dnat accept
    oifname ${outside} snat to ip saddr map @floating_out
    ${[...snat, `${hairpin} snat to ip saddr map @floating_out`, `${hairpin} ${hairpinSource}`].join('\n    ')}
  }
}
`;
}

// Behind an address of its own a tenant's network is closed: who is outside reaches what is translated and no more.
const closedInwards = `\n    iifname ${outside} meta nfproto ipv4 ct state new ct status & dnat == 0 drop`;

function filter(closed: string): string {
  return `table ${tables.filter} {
  chain forward {
    type filter hook forward priority filter; policy accept;
    iifname ${outside} ct state invalid drop
    oifname ${outside} ct state invalid drop${closed}
    tcp flags & (syn | rst) == syn tcp option maxseg size set rt mtu
  }
  chain input {
    type filter hook input priority filter; policy drop;
    ct state established,related accept
    meta l4proto { icmp, ipv6-icmp } accept
  }
}
`;
}

// Nothing of one's own comes back from outside: whoever is heard there with these addresses is another.
function claims({ outer }: Translations): string {
  const counted = (table: string, hook: string, match: string, addresses: readonly string[]) => {
    const rule =
      addresses.length === 0
        ? ''
        : `\n    iifname ${outside} ${match} { ${addresses.join(', ')} } counter name ${claimsCounter}`;
    return `table ${table} {
  counter ${claimsCounter} { }
  chain heard {
    type filter hook ${hook} priority 0; policy accept;${rule}
  }
}
`;
  };
  const isSix = (address: string) => address.includes(':');
  const four = outer.filter((address) => !isSix(address));
  return [
    counted(tables.claims, 'input', 'arp saddr ip', four),
    counted(tables.claims6, 'prerouting', 'ip6 saddr', outer.filter(isSix)),
  ].join('');
}

function map(name: string, type: string, elements: readonly string[]): string {
  const list = elements.length === 0 ? '' : ` elements = { ${elements.join(', ')} };`;
  return `  map ${name} { type ${type};${list} }`;
}

function forwarded({ portForwardings }: Translations): string[] {
  const seen = new Set<string>();
  return portForwardings.flatMap((forwarding) => {
    const { address, protocol, externalPortMin, externalPortMax, fixedAddress, internalPortMin } = forwarding;
    const ports = Array.from({ length: externalPortMax - externalPortMin + 1 }, (_, index) => index);
    return ports.flatMap((index) => {
      const key = `${address} . ${protocol} . ${externalPortMin + index}`;
      if (seen.has(key)) return [];
      seen.add(key);
      return [`${key} : ${fixedAddress} . ${internalPortMin + index}`];
    });
  });
}
