/** A key pair made in this browser. The private half is never sent anywhere; whoever holds this shows it once. */
export type GeneratedKeyPair = { publicKey: string; privateKey: string; kind: 'ed25519' | 'rsa' };

/** Why this browser cannot make keys here, or undefined when it can: WebCrypto exists on secure origins only. */
export function whyNoKeys(): string | undefined {
  if (globalThis.crypto?.subtle) return undefined;
  return 'Browsers make keys on https and localhost only. Run "ssh-keygen -t ed25519" and paste the .pub file.';
}

/**
 * Makes an Ed25519 pair, or RSA 3072 where the browser has no Ed25519. Public half: one OpenSSH line (RFC 4253 §6.6,
 * RFC 8709). Private half: openssh-key-v1 for Ed25519, PKCS #8 PEM for RSA; `ssh -i` reads both. Throws what WebCrypto
 * throws.
 */
export async function generateKeyPair(comment: string): Promise<GeneratedKeyPair> {
  try {
    return await generateEd25519(comment);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotSupportedError') return generateRsa(comment);
    throw error;
  }
}

async function generateEd25519(comment: string): Promise<GeneratedKeyPair> {
  const pair = await crypto.subtle.generateKey({ name: 'Ed25519' }, true, ['sign', 'verify']);
  if (!('privateKey' in pair)) throw new TypeError('Ed25519 must give a pair');
  const publicPoint = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  // PKCS #8 of Ed25519 (RFC 8410) ends with the 32 bytes of the seed.
  const seed = new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey)).slice(-32);
  const blob = concat(sshString('ssh-ed25519'), sshBytes(publicPoint));
  return {
    kind: 'ed25519',
    publicKey: `ssh-ed25519 ${base64(blob)} ${comment}`,
    privateKey: pem('OPENSSH PRIVATE KEY', opensshKey({ blob, publicPoint, seed, comment }), 70),
  };
}

/** The container "openssh-key-v1" (PROTOCOL.key of OpenSSH) with one key and no passphrase. */
function opensshKey(key: { blob: Uint8Array; publicPoint: Uint8Array; seed: Uint8Array; comment: string }): Uint8Array {
  const check = crypto.getRandomValues(new Uint8Array(4));
  const secret = concat(
    check,
    check,
    sshString('ssh-ed25519'),
    sshBytes(key.publicPoint),
    sshBytes(concat(key.seed, key.publicPoint)),
    sshString(key.comment),
  );
  // Padding 1, 2, 3 … up to the cipher's block of 8 bytes.
  const padding = Uint8Array.from({ length: (8 - (secret.length % 8)) % 8 }, (_, index) => index + 1);
  return concat(
    new TextEncoder().encode('openssh-key-v1\0'),
    sshString('none'),
    sshString('none'),
    sshString(''),
    uint32(1),
    sshBytes(key.blob),
    sshBytes(concat(secret, padding)),
  );
}

async function generateRsa(comment: string): Promise<GeneratedKeyPair> {
  const algorithm = {
    name: 'RSASSA-PKCS1-v1_5',
    modulusLength: 3072,
    publicExponent: new Uint8Array([1, 0, 1]),
    hash: 'SHA-256',
  };
  const pair = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const { n = '', e = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  const blob = concat(sshString('ssh-rsa'), positiveInteger(fromBase64Url(e)), positiveInteger(fromBase64Url(n)));
  const pkcs8 = new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey));
  return { kind: 'rsa', publicKey: `ssh-rsa ${base64(blob)} ${comment}`, privateKey: pem('PRIVATE KEY', pkcs8, 64) };
}

function uint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

function sshBytes(bytes: Uint8Array): Uint8Array {
  return concat(uint32(bytes.length), bytes);
}

function sshString(text: string): Uint8Array {
  return sshBytes(new TextEncoder().encode(text));
}

/** An mpint (RFC 4251 §5): a leading zero keeps a number with its top bit set from being negative. */
function positiveInteger(bytes: Uint8Array): Uint8Array {
  const needsZero = (bytes[0] ?? 0) >= 0x80;
  return sshBytes(needsZero ? concat(new Uint8Array(1), bytes) : bytes);
}

function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function base64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

function fromBase64Url(text: string): Uint8Array {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
}

function pem(label: string, bytes: Uint8Array, width: number): string {
  const lines = base64(bytes).match(new RegExp(`.{1,${width}}`, 'g')) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}
