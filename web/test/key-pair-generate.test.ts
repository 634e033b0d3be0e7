import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { publicKey } from '@unkai/contracts/resources/key-pair';
import sshpk from 'sshpk';
import { afterEach, expect, test, vi } from 'vitest';
import { generateKeyPair } from '../resources/key-pair-generate.ts';

afterEach(() => vi.restoreAllMocks());

test('an Ed25519 pair is one that other programs read, and its halves belong together', async () => {
  const pair = await generateKeyPair('ada@portal');
  expect(publicKey.parse(pair.publicKey)).toMatch(/^ssh-ed25519 AAAA\S+ ada@portal$/);
  const secret = sshpk.parsePrivateKey(pair.privateKey, 'openssh');
  const open = sshpk.parseKey(pair.publicKey, 'ssh');
  expect(secret.type).toBe('ed25519');
  expect(secret.comment).toBe('ada@portal');
  expect(secret.toPublic().fingerprint('sha256').toString()).toBe(open.fingerprint('sha256').toString());
  const message = Buffer.from('unkai');
  const signature = sign(null, message, createPrivateKey(secret.toString('pkcs8')));
  expect(verify(null, message, createPublicKey(open.toString('pkcs8')), signature)).toBe(true);
});

test('without Ed25519 in the browser an RSA pair is made instead', async () => {
  vi.spyOn(crypto.subtle, 'generateKey').mockImplementationOnce(() =>
    Promise.reject(new DOMException('no Ed25519', 'NotSupportedError')),
  );
  const pair = await generateKeyPair('ada@portal');
  expect(publicKey.parse(pair.publicKey)).toMatch(/^ssh-rsa /);
  const secret = sshpk.parsePrivateKey(pair.privateKey, 'pem');
  expect(secret.size).toBe(3072);
  expect(secret.toPublic().fingerprint('sha256').toString()).toBe(
    sshpk.parseKey(pair.publicKey, 'ssh').fingerprint('sha256').toString(),
  );
});

test('two pairs are never the same', async () => {
  const [one, other] = await Promise.all([generateKeyPair('a'), generateKeyPair('a')]);
  expect(one.publicKey).not.toBe(other.publicKey);
});
