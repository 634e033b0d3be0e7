// A server that hashes the password that it is sent, and does nothing else.
//   node hashing-program.ts PORT
import { createServer, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { hashPassword, verifyPassword } from '@unkai/core/identity/password-hash';

const kept = hashPassword('a password of somebody');

async function check(password: string, answer: ServerResponse): Promise<void> {
  await verifyPassword(await kept, password);
  answer.writeHead(201).end('{}');
}

const server = createServer((asked, answer) => {
  text(asked)
    .then((password) => check(password, answer))
    .catch(() => answer.writeHead(500).end());
});
server.listen(Number(process.argv[2]), '127.0.0.1');
