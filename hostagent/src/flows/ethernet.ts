/** Matches broadcasts and multicasts. */
export const toAll = 'dl_dst=01:00:00:00:00:00/01:00:00:00:00:00';

/** Types of ICMPv6 messages (RFC 4861). */
export const icmp6 = {
  routerSolicitation: 133,
  routerAdvertisement: 134,
  neighbourSolicitation: 135,
  neighbourAdvertisement: 136,
  redirect: 137,
} as const;

/** A match on one type of ICMPv6 message. */
export const icmp6Of = (type: keyof typeof icmp6) => `icmp6,icmpv6_type=${icmp6[type]}`;
