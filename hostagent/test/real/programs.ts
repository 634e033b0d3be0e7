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

/** Writes a line with the sender's address for each UDP packet that comes in on a port. */
export const hearWhom = (port: number) => `
const socket = require('node:dgram').createSocket('udp4');
socket.on('message', (_, { address }) => process.stdout.write(address + '\\n'));
socket.bind(${port});`;

/** Sends a UDP packet every 20 ms, whether or not anybody hears it. */
export const sayUdp = (address: string, port: number) => `
const socket = require('node:dgram').createSocket('udp4');
setInterval(() => socket.send('x', ${port}, '${address}', () => {}), 20);`;

/** Tells who calls on a TCP port by which address it was called from, and by a name of its own. */
export const whoCalls = (port: number, name: string) => `
require('node:net').createServer((socket) => {
  socket.on('error', () => {});
  socket.end('${name} ' + socket.remoteAddress.replace('::ffff:', ''));
}).listen(${port});`;

/** Measures what comes in over a TCP connection from its first second to its third, and answers in Mbit/s. */
export const measure = (port: number) => `
require('node:net').createServer((socket) => {
  const started = performance.now();
  let bytes = 0, before = null;
  socket.on('error', () => {});
  socket.on('data', (chunk) => {
    bytes += chunk.length;
    const now = performance.now();
    if (before === null && now - started > 1000) before = { now, bytes };
    if (before === null || now - started < 3000) return;
    socket.removeAllListeners('data');
    socket.resume();
    socket.write(String((bytes - before.bytes) * 8 / (now - before.now) / 1000) + '\\n');
  });
}).listen(${port});`;

/** Sends to such a program until it answers, and writes the answer. */
export const pourOn = (address: string, port: number) => `
const socket = require('node:net').connect(${port}, '${address}');
const block = Buffer.alloc(65_536);
const pour = () => { while (socket.write(block)); };
socket.on('connect', pour);
socket.on('drain', pour);
socket.on('error', () => process.exit(1));
socket.on('data', (answer) => process.stdout.write(answer, () => process.exit(0)));`;
