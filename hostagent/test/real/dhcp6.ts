// A DHCPv6 client of few words (RFC 8415), as text for `node --eval`: it writes what the server told, as JSON.

/** Asks for an address (or with `information` for the rest only) by a MAC address, on eth0. */
export const askDhcp6 = (macAddress: string, kind: 'address' | 'information') => `
const socket = require('node:dgram').createSocket('udp6');
const client = Buffer.from('00030001${macAddress.replaceAll(':', '')}', 'hex');
const option = (code, data) => Buffer.concat([Buffer.from([code >> 8, code & 255, data.length >> 8, data.length & 255]), data]);
const address = Buffer.from('000000010000000000000000', 'hex');
const wanted = Buffer.from([0, 23, 0, 24]);
const send = (type, further) => {
  const message = Buffer.concat([Buffer.from([type, 0, 0, type]), option(1, client), option(8, Buffer.from([0, 0])), option(6, wanted), ...further]);
  socket.send(message, 547, 'ff02::1:2%eth0');
};
const begin = () => ${kind === 'address'} ? send(1, [option(3, address)]) : send(11, []);
const groups = (data) => Array.from({ length: 8 }, (_, index) => data.readUInt16BE(index * 2).toString(16)).join(':');
const read = (data) => {
  const found = {};
  for (let at = 0; at + 4 <= data.length; at += 4 + data.readUInt16BE(at + 2)) {
    found[data.readUInt16BE(at)] = data.subarray(at + 4, at + 4 + data.readUInt16BE(at + 2));
  }
  return found;
};
const plain = (text) => new URL('http://[' + text + ']/').hostname.slice(1, -1);
socket.on('message', (message) => {
  const options = read(message.subarray(4));
  const lease = options[3] === undefined ? undefined : read(options[3].subarray(12))[5];
  if (message[0] === 2) return send(3, [option(2, options[2]), option(3, options[3])]);
  const told = {
    address: lease === undefined ? null : plain(groups(lease)),
    dns: options[23] === undefined ? null : plain(groups(options[23])),
    options: Object.fromEntries(Object.entries(options).map(([code, data]) => [code, data.toString('hex')])),
  };
  process.stdout.write(JSON.stringify(told));
  process.exit(0);
});
socket.bind(546, '::', () => { begin(); setInterval(begin, 1000); });
setTimeout(() => { process.stdout.write('{}'); process.exit(1); }, 8000);`;
