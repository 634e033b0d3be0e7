// Frames as a guest with bad intentions would write them, byte by byte, with checksums that hold.
import { parseIpv4 } from '../../src/flows/ipv4.ts';
import { parseIpv6 } from '../../src/flows/ipv6.ts';

const bytes = (...values: number[]) => Buffer.from(values);
const mac = (text: string) => Buffer.from(text.replaceAll(':', ''), 'hex');
const ip4 = (text: string) => Buffer.from((parseIpv4(text) ?? 0).toString(16).padStart(8, '0'), 'hex');
const ip6 = (text: string) => Buffer.from((parseIpv6(text) ?? 0n).toString(16).padStart(32, '0'), 'hex');
const word = (value: number) => bytes(value >> 8, value & 0xff);

const broadcast = 'ff:ff:ff:ff:ff:ff';
export const allNodes = { mac: '33:33:00:00:00:01', address: 'ff02::1' };

function sum(data: Buffer): Buffer {
  let total = 0;
  for (let at = 0; at < data.length; at += 2) total += data.readUInt8(at) * 256 + (data[at + 1] ?? 0);
  while (total > 0xffff) total = (total & 0xffff) + Math.floor(total / 0x10000);
  return word(~total & 0xffff);
}

export type Ends = { from: string; to?: string };
export type Addresses = { source: string; destination: string };

function ethernet({ from, to = broadcast }: Ends, type: number, payload: Buffer): string {
  return Buffer.concat([mac(to), mac(from), word(type), payload]).toString('hex');
}

function withSum(pseudo: Buffer, data: Buffer, at: number): Buffer {
  const whole = Buffer.from(data);
  sum(Buffer.concat([pseudo, data])).copy(whole, at);
  return whole;
}

function ipv4(ends: Ends, { source, destination }: Addresses, protocol: number, data: Buffer): string {
  const parts = [bytes(0x45, 0), word(20 + data.length), bytes(0, 1, 0, 0, 64, protocol)];
  const tail = [ip4(source), ip4(destination)];
  const header = [...parts, sum(Buffer.concat([...parts, bytes(0, 0), ...tail])), ...tail];
  return ethernet(ends, 0x0800, Buffer.concat([...header, data]));
}

function ipv6(ends: Ends, { source, destination }: Addresses, next: number, build: (pseudo: Buffer) => Buffer): string {
  const addresses = Buffer.concat([ip6(source), ip6(destination)]);
  const length = build(Buffer.alloc(0)).length;
  const pseudo = Buffer.concat([addresses, bytes(0, 0), word(length), bytes(0, 0, 0, next)]);
  const header = Buffer.concat([bytes(0x60, 0, 0, 0), word(length), bytes(next, 255), addresses]);
  return ethernet(ends, 0x86dd, Buffer.concat([header, build(pseudo)]));
}

type Arp = { operation: 1 | 2; hardware: string; address: string; asked: string };

export const arp = (ends: Ends, { operation, hardware, address, asked }: Arp) =>
  ethernet(
    ends,
    0x0806,
    Buffer.concat([
      bytes(0, 1, 8, 0, 6, 4, 0, operation),
      mac(hardware),
      ip4(address),
      mac(ends.to ?? broadcast),
      ip4(asked),
    ]),
  );

const datagram = (source: number, destination: number, data: Buffer) =>
  Buffer.concat([word(source), word(destination), word(8 + data.length), bytes(0, 0), data]);

/** A UDP packet; an answer of a DHCP server goes from port 67 to 68, or from 547 to 546. */
export const udp4 = (ends: Ends, addresses: Addresses, ports: { from: number; to: number }) =>
  ipv4(ends, addresses, 17, datagram(ports.from, ports.to, Buffer.alloc(32, 2)));

export const udp6 = (ends: Ends, addresses: Addresses, ports: { from: number; to: number }) =>
  ipv6(ends, addresses, 17, (pseudo) => withSum(pseudo, datagram(ports.from, ports.to, Buffer.alloc(32, 2)), 6));

const icmp6 = (ends: Ends, addresses: Addresses, message: Buffer) =>
  ipv6(ends, addresses, 58, (pseudo) => withSum(pseudo, message, 2));

type Discovery = { target: string; hardware: string };

export const neighbourSolicitation = (ends: Ends, addresses: Addresses, { target, hardware }: Discovery) =>
  icmp6(ends, addresses, Buffer.concat([bytes(135, 0, 0, 0, 0, 0, 0, 0), ip6(target), bytes(1, 1), mac(hardware)]));

export const neighbourAdvertisement = (ends: Ends, addresses: Addresses, { target, hardware }: Discovery) =>
  icmp6(ends, addresses, Buffer.concat([bytes(136, 0, 0, 0, 0x20, 0, 0, 0), ip6(target), bytes(2, 1), mac(hardware)]));

export const routerAdvertisement = (ends: Ends, addresses: Addresses) =>
  icmp6(
    ends,
    addresses,
    Buffer.concat([bytes(134, 0, 0, 0, 64, 0, 7, 8), Buffer.alloc(8), bytes(1, 1), mac(ends.from)]),
  );

export const redirect = (ends: Ends, addresses: Addresses, target: string) =>
  icmp6(ends, addresses, Buffer.concat([bytes(137, 0, 0, 0, 0, 0, 0, 0), ip6(target), ip6('2001:db8::53')]));
