import { isNeverAsked, ownNetworks } from '@unkai/core/outgoing/address-rule';
import { OutgoingFailure } from '@unkai/core/outgoing/failure';
import { guardedFetch } from '@unkai/core/outgoing/guarded-fetch';
import type { Allowed } from '@unkai/core/outgoing/target';
import { describe, expect, test } from 'vitest';
import { failure, guard, hook, question, textOf } from './guarded-fetch-ask.ts';
import { rawReceiver, receiver } from './guarded-fetch-receiver.ts';

describe('the connection', () => {
  test('goes to the address that was checked, under the name that was asked for', async () => {
    await using web = await receiver((_, response) => response.end('ok'));
    let asked = 0;
    const resolve = async () => {
      asked += 1;
      return ['127.0.0.1'];
    };
    // No resolver knows this name: only the pinned address can have led there.
    const target = `http://no-such-name.invalid:${web.port}/path?query`;
    const answer = await guardedFetch(target, hook, guard({ resolve }));
    expect(await textOf(answer.body)).toBe('ok');
    expect(asked).toBe(1);
    const { headers } = web.heard[0]?.request ?? {};
    expect(headers).toMatchObject({ host: `no-such-name.invalid:${web.port}`, 'accept-encoding': 'identity' });
    expect(headers).not.toHaveProperty('cookie');
  });

  test('to one who takes none, hangs up, or speaks something else', async () => {
    let port = 0;
    {
      await using gone = await receiver((_, response) => response.end());
      port = gone.port;
    }
    expect(await failure(`http://127.0.0.1:${port}/`)).toBe('connection');
    await using hangUp = await rawReceiver((socket) => socket.destroy());
    expect(await failure(`http://127.0.0.1:${hangUp.port}/`)).toBe('connection');
    await using mail = await rawReceiver((socket) => socket.write('220 mail.example.com ESMTP\r\n'));
    expect(await failure(`http://127.0.0.1:${mail.port}/`)).toBe('answer');
    expect(['certificate', 'connection', 'answer']).toContain(await failure(`https://127.0.0.1:${mail.port}/`));
    await using other = await rawReceiver((socket) =>
      socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: smb\r\n\r\n'),
    );
    expect(await failure(`http://127.0.0.1:${other.port}/`)).toBe('answer');
  });

  test('to one who never answers, or never ends, is given up', async () => {
    await using silent = await rawReceiver(() => {});
    expect(await failure(`http://127.0.0.1:${silent.port}/`, { patienceMs: 100 })).toBe('late');
    await using dripping = await rawReceiver((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      const timer = setInterval(() => socket.write('x: y\r\n'), 20);
      socket.on('close', () => clearInterval(timer));
    });
    expect(await failure(`http://127.0.0.1:${dripping.port}/`, { patienceMs: 200 })).toBe('late');
    const never = new Promise<string[]>(() => {});
    expect(await failure('http://slow-name.example.com/', { patienceMs: 50, resolve: () => never })).toBe('late');
    await using slow = await receiver((_, response) => response.writeHead(200).write('a'));
    const { body } = await guardedFetch(`http://127.0.0.1:${slow.port}/`, question, guard({ patienceMs: 300 }));
    await expect(textOf(body)).rejects.toMatchObject({ code: 'late' });
  });

  test('ends when an answer is longer than wanted, whatever length it claims', async () => {
    await using long = await receiver((_, response) => response.end('x'.repeat(1_001)));
    const { body } = await guardedFetch(`http://127.0.0.1:${long.port}/`, question, guard());
    await expect(textOf(body)).rejects.toMatchObject({ code: 'too-long' });
    await using lying = await rawReceiver((socket) =>
      socket.end(`HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\nshort`),
    );
    const cut = await guardedFetch(`http://127.0.0.1:${lying.port}/`, question, guard());
    await expect(textOf(cut.body)).rejects.toBeInstanceOf(OutgoingFailure);
    await using headers = await rawReceiver((socket) =>
      socket.write(`HTTP/1.1 200 OK\r\n${`a: ${'b'.repeat(100)}\r\n`.repeat(500)}\r\n`),
    );
    expect(await failure(`http://127.0.0.1:${headers.port}/`)).toBe('answer');
  });
});

describe('what an operator allows', () => {
  test('own networks, at any port, and nothing beside them', async () => {
    const own = ownNetworks('10.1.0.0/16, 192.168.7.9 fd00:7::/32');
    expect(['10.1.2.3', '192.168.7.9', 'fd00:7::1'].map(own.has)).toEqual([true, true, true]);
    expect(['10.2.0.1', '192.168.7.8', 'fd00:8::1', '::ffff:10.1.2.3', 'fd00:7::1%eth0'].map(own.has)).toEqual(
      Array.from({ length: 5 }, () => false),
    );
    await using web = await receiver((_, response) => response.end());
    const allowed: Allowed = { kind: 'public', own };
    expect(await failure(`http://127.0.0.1:${web.port}/`, { allowed })).toBe('target');
    const mixed = async () => ['10.1.2.3', '10.2.0.1'];
    expect(await failure('http://mixed.example.com:9000/', { allowed, resolve: mixed })).toBe('target');
    expect(web.heard).toEqual([]);
  });

  test.each(['10.0.0.0/33', '10.0.0', 'example.com', '10.0.0.0/-1', '10.0.0.0/8x', '::/129', '10.0.0.0/'])(
    '%s is not a network',
    (text) => expect(() => ownNetworks(text)).toThrow(text),
  );

  test('origins by name: those and no others, wherever they are, but never metadata', async () => {
    await using web = await receiver((_, response) => response.end('keys'));
    const origin = `http://127.0.0.1:${web.port}`;
    const allowed: Allowed = { kind: 'named', origins: new Set([origin, 'http://named.example.com']) };
    const answer = await guardedFetch(`${origin}/keys`, question, guard({ allowed }));
    expect(await textOf(answer.body)).toBe('keys');
    expect(await failure('https://93.184.215.14/', { allowed }, question)).toBe('target');
    for (const address of [
      '169.254.169.254',
      '::ffff:169.254.169.254',
      'fe80::1',
      'fd00:ec2::254',
      '0.0.0.0',
      'ff02::1',
    ]) {
      expect(await failure('http://named.example.com/', { allowed, resolve: async () => [address] }, question)).toBe(
        'target',
      );
      expect(isNeverAsked(address), address).toBe(true);
    }
  });
});
