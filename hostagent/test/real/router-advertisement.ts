// What a router says of itself to who asks (RFC 4861, RFC 8106), as a guest hears it.
import { formatIpv6 } from '../../src/flows/ipv6.ts';

/** Asks by the device of this number, and writes the first advertisement that comes, in hexadecimal. For `perl -e`. */
export const solicit = (deviceNumber: number) => `
use Socket qw(:DEFAULT inet_pton pack_sockaddr_in6);
alarm 8;
socket(my $socket, AF_INET6, SOCK_RAW, 58) or die $!;
setsockopt($socket, 41, 18, pack('i', 255)) or die $!;
send($socket, pack('C8', 133), 0, pack_sockaddr_in6(0, inet_pton(AF_INET6, 'ff02::2'), ${deviceNumber})) or die $!;
while (defined recv($socket, my $message, 2000, 0)) {
  next unless ord($message) == 134;
  print unpack('H*', $message);
  last;
}`;

export type RouterAdvertisement = { isDefaultRouter: boolean; leavesAddressesToDhcp: boolean; nameServers: string[] };

/** Reads the bytes of an advertisement. */
export function readAdvertisement(hexadecimal: string): RouterAdvertisement {
  const bytes = Buffer.from(hexadecimal, 'hex');
  const nameServers: string[] = [];
  for (let at = 16; at + 8 <= bytes.length; at += 8 * Math.max(1, bytes.readUInt8(at + 1))) {
    const length = 8 * bytes.readUInt8(at + 1);
    if (bytes.readUInt8(at) !== 25) continue;
    for (let one = at + 8; one + 16 <= at + length; one += 16)
      nameServers.push(formatIpv6(BigInt(`0x${bytes.toString('hex', one, one + 16)}`)));
  }
  const leavesAddressesToDhcp = (bytes.readUInt8(5) & 0x80) !== 0;
  return { isDefaultRouter: bytes.readUInt16BE(6) > 0, leavesAddressesToDhcp, nameServers };
}
