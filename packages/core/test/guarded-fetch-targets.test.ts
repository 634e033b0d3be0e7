import { isPublicAddress } from '@unkai/core/outgoing/address-rule';
import { guardedFetch } from '@unkai/core/outgoing/guarded-fetch';
import { readTarget } from '@unkai/core/outgoing/target';
import { describe, expect, test } from 'vitest';
import { anyPublic, failure, guard, hook, question, textOf } from './guarded-fetch-ask.ts';
import { receiver } from './guarded-fetch-receiver.ts';

// Each place that must not be asked, in each notation that a URL, a socket or a gateway would understand.
const insideV4 = [
  ...[
    '127.0.0.1',
    '127.1',
    '127.0.1',
    '127.255.255.254',
    '2130706433',
    '0x7f000001',
    '0x7f.1',
    '0x7f.0.0.1',
    '017700000001',
  ],
  ...['0177.0.0.1', '0177.0.0.01', '00000177.1', '0x7F.0x0.0x0.0x1', '127.0.0.1.', '①②⑦.⓪.⓪.①', '127。0。0。1'],
  ...['%31%32%37.0.0.1', '0', '0.0.0.0', '0x0', '00', '0.1.2.3', '10.0.0.1', '10.1', '0xa.1', '012.0.0.1', '167772161'],
  ...['172.16.0.1', '172.31.255.255', '192.168.1.1', '0xc0.0xa8.1.1', '3232235777', '192.168.257', '100.64.0.1'],
  ...[
    '100.127.255.255',
    '100.100.100.200',
    '169.254.169.254',
    '169.254.43518',
    '0xa9fea9fe',
    '2852039166',
    '0251.0376.0251.0376',
  ],
  ...['169.254.169.253', '169.254.170.2', '168.63.129.16', '192.0.0.192', '192.0.0.170', '192.0.2.7', '192.88.99.1'],
  ...[
    '198.18.0.1',
    '198.19.255.255',
    '198.51.100.1',
    '203.0.113.9',
    '224.0.0.1',
    '239.255.255.250',
    '240.0.0.1',
    '255.255.255.255',
  ],
];
const insideV6 = [
  ...[
    '::1',
    '0:0:0:0:0:0:0:1',
    '0000:0000:0000:0000:0000:0000:0000:0001',
    '::',
    '::127.0.0.1',
    '::7f00:1',
    '::a9fe:a9fe',
  ],
  ...[
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '0:0:0:0:0:ffff:127.0.0.1',
    '::FFFF:169.254.169.254',
    '::ffff:10.0.0.1',
    '::ffff:8.8.8.8',
  ],
  ...[
    '::ffff:0:127.0.0.1',
    '::ffff:0:8.8.8.8',
    '64:ff9b::127.0.0.1',
    '64:ff9b::a9fe:a9fe',
    '64:ff9b::8.8.8.8',
    '64:ff9b:1::7f00:1',
  ],
  ...['64:ff9b:1:fffe:7f:0:100:0', '2002:7f00:1::', '2002:a9fe:a9fe::1', '2002:c0a8:101::', '2002:808:808::1'],
  ...[
    '2001:0:7f00:1::',
    '2001::f5ff:fffe',
    '2001:0:4136:e378:8000:63bf:3fff:fdd2',
    '2001:10::1',
    '2001:20::1',
    '2001:2::1',
  ],
  ...[
    '2001:db8::1',
    '3fff::1',
    '100::1',
    '5f00::1',
    'fc00::1',
    'fd00:ec2::254',
    'fd12:3456:789a::1',
    'fe80::1',
    'febf::1',
  ],
  ...['fec0::1', 'ff02::1', 'ff0e::1', '2600:1f18::5efe:7f00:1', '2600:1f18::200:5efe:10.0.0.1', '4000::1', 'e000::1'],
];

describe('A29, A30: what must not be asked is not', () => {
  test.each(insideV4)('http://%s/', async (host) => {
    expect(await failure(`http://${host}/`, { allowed: anyPublic })).toBe('target');
  });
  test.each(insideV6)('https://[%s]/', async (host) => {
    expect(await failure(`https://[${host}]/`, { allowed: anyPublic })).toBe('target');
  });

  test.each([...insideV4.filter((each) => /^\d+\.\d+\.\d+\.\d+$/.test(each)), ...insideV6, 'fe80::1%eth0', 'junk', ''])(
    'nor when a name leads to %s, alone or beside a public one',
    async (address) => {
      const alone = { allowed: anyPublic, resolve: async () => [address] };
      expect(await failure('https://hook.example.com/', alone)).toBe('target');
      const beside = { allowed: anyPublic, resolve: async () => ['93.184.215.14', address] };
      expect(await failure('https://hook.example.com/', beside)).toBe('target');
    },
  );

  test('a name that leads inside and one that leads nowhere sound alike', async () => {
    const say = (resolve: () => Promise<string[]>) =>
      guardedFetch('https://a.example.com/', hook, guard({ allowed: anyPublic, resolve })).catch(String);
    const inside = await say(async () => ['10.0.0.1']);
    expect(await say(async () => [])).toBe(inside);
    expect(await say(async () => Promise.reject(new Error('ENOTFOUND a.example.com')))).toBe(inside);
  });

  test.each(['localhost', 'LOCALHOST', 'localhost.', 'foo.localhost', 'ip6-localhost'])(
    '%s, by the usual way from names to addresses',
    async (name) => {
      expect(await failure(`http://${name}/`, { allowed: anyPublic })).toBe('target');
    },
  );

  test.each([
    ['ftp://example.com/', 'scheme'],
    ['file:///etc/passwd', 'scheme'],
    ['gopher://example.com:80/_x', 'scheme'],
    ['unix:/run/docker.sock', 'scheme'],
    ['data:text/plain,x', 'scheme'],
    ['javascript:0', 'scheme'],
    ['https://user:secret@example.com/', 'credentials'],
    ['https://user@example.com/', 'credentials'],
    ['https://:secret@example.com/', 'credentials'],
    ['http://93.184.215.14@127.0.0.1/', 'credentials'],
    ['https://example.com:22/', 'port'],
    ['https://example.com:6379/', 'port'],
    ['http://example.com:25/', 'port'],
    ['https://93.184.215.14:5432/', 'port'],
    ['https://example.com:0/', 'port'],
    ['https://', 'address'],
    ['example.com', 'address'],
    ['//example.com/', 'address'],
    ['', 'address'],
    ['https://exa mple.com/', 'address'],
    ['http://256.1.1.1/', 'address'],
    ['http://[::1/', 'address'],
    ['http://[fe80::1%25eth0]/', 'address'],
    [`https://example.com/${'a'.repeat(2_000)}`, 'address'],
  ])('%s is refused: %s', async (target, code) => {
    expect(await failure(target, { allowed: anyPublic, resolve: async () => ['93.184.215.14'] })).toBe(code);
  });

  test('public addresses and the ports of the web are fine', () => {
    for (const address of ['93.184.215.14', '8.8.8.8', '2606:4700::1111', '2a00:1450:4001::1']) {
      expect(isPublicAddress(address), address).toBe(true);
    }
    for (const target of ['https://example.com', 'http://example.com:8080/a?b=c', 'https://[2606:4700::1111]:8443/']) {
      expect(readTarget(target, anyPublic).protocol).toMatch(/^https?:$/);
    }
  });
});

describe('A29, A30: each redirect is a new target', () => {
  test.each([
    'http://169.254.169.254/latest/meta-data/',
    'http://0xa9fea9fe/',
    'http://[::ffff:10.0.0.1]/',
    'http://[64:ff9b::a00:1]/',
    'http://10.0.0.1/',
    '//10.0.0.1/x',
  ])('to %s', async (location) => {
    await using first = await receiver((_, response) => response.writeHead(307, { location }).end());
    expect(await failure(`http://127.0.0.1:${first.port}/`)).toBe('target');
    expect(first.heard).toHaveLength(1);
  });

  test.each([
    ['file:///etc/passwd', 'scheme'],
    ['http://a:b@127.0.0.1/', 'credentials'],
    ['http://[oops', 'redirect'],
  ])('to %s', async (location, code) => {
    await using first = await receiver((_, response) => response.writeHead(308, { location }).end());
    expect(await failure(`http://127.0.0.1:${first.port}/`)).toBe(code);
  });

  test('a name is resolved and checked again, also when it is the same name', async () => {
    let asked = 0;
    const resolve = async () => [asked++ === 0 ? '127.0.0.1' : '169.254.169.254'];
    await using first = await receiver((_, response) => response.writeHead(307, { location: '/again' }).end());
    expect(await failure(`http://rebinding.example.com:${first.port}/`, { resolve })).toBe('target');
    expect(asked).toBe(2);
    expect(first.heard).toHaveLength(1);
  });

  test('without an end is given up; one that would drop what was sent is no success', async () => {
    await using loop = await receiver((_, response) => response.writeHead(308, { location: '/' }).end());
    expect(await failure(`http://127.0.0.1:${loop.port}/`)).toBe('redirect');
    expect(loop.heard).toHaveLength(4);
    await using drop = await receiver((_, response) => response.writeHead(302, { location: '/' }).end());
    expect(await failure(`http://127.0.0.1:${drop.port}/`)).toBe('redirect');
    expect(drop.heard).toHaveLength(1);
  });

  test('that is fine is followed with what was sent', async () => {
    await using last = await receiver((_, response) => response.end('thanks'));
    await using first = await receiver((_, response) =>
      response.writeHead(307, { location: `http://127.0.0.1:${last.port}/there` }).end(),
    );
    const answer = await guardedFetch(`http://127.0.0.1:${first.port}/`, hook, guard());
    expect([answer.status, await textOf(answer.body)]).toEqual([200, 'thanks']);
    expect(last.heard.map(({ request, body }) => [request.method, request.url, body])).toEqual([
      ['POST', '/there', hook.body],
    ]);
  });

  test('is the answer itself where none are followed', async () => {
    await using first = await receiver((_, response) => response.writeHead(302, { location: 'http://10.0.0.1' }).end());
    const answer = await guardedFetch(`http://127.0.0.1:${first.port}/`, question, guard({ redirects: 0 }));
    expect(answer.status).toBe(302);
    answer.discard();
  });
});
