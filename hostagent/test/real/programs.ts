// Programs that guests of the real tests run, as text for `node --eval`.

/** Answers every byte on a TCP port with the same byte. */
export const echo = (port: number) =>
  `require('node:net').createServer((socket) => { socket.on('error', () => {}); socket.pipe(socket); }).listen(${port});`;

/** Sends a byte every 50 ms over one connection, and writes a dot for each that comes back. */
export const talk = (address: string, port: number) => `
const socket = require('node:net').connect(${port}, '${address}');
socket.setNoDelay(true);
socket.on('error', () => {});
socket.on('data', () => process.stdout.write('.'));
setInterval(() => socket.write('x'), 50);`;

/** Counts what comes in over one TCP connection and answers with the number of bytes when it ends. */
export const sink = (port: number) => `
require('node:net').createServer({ allowHalfOpen: true }, (socket) => {
  let bytes = 0;
  socket.on('data', (chunk) => { bytes += chunk.length; });
  socket.on('end', () => socket.end(String(bytes)));
}).listen(${port});`;

/** Sends so many bytes to a sink and writes what it answers. */
export const pour = (address: string, port: number, bytes: number) => `
const socket = require('node:net').connect(${port}, '${address}');
socket.end(Buffer.alloc(${bytes}, 'unkai'));
socket.pipe(process.stdout);`;

/** Writes a dot for each UDP packet that comes in on a port. */
export const hearUdp = (port: number) => `
const socket = require('node:dgram').createSocket('udp4');
socket.on('message', () => process.stdout.write('.'));
socket.bind(${port});`;

/** Tells who calls on a TCP port by which address it was called from, and by a name of its own. */
export const whoCalls = (port: number, name: string) => `
require('node:net').createServer((socket) => {
  socket.on('error', () => {});
  socket.end('${name} ' + socket.remoteAddress.replace('::ffff:', ''));
}).listen(${port});`;
