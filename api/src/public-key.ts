import { createHash } from 'node:crypto';
import { UnkaiError } from '@unkai/contracts/errors';
import sshpk from 'sshpk';

export interface ParsedPublicKey {
  /** As OpenSSH names it, such as `ssh-ed25519`. */
  readonly kind: string;
  /** One line in OpenSSH format, with the comment that came with it. */
  readonly publicKey: string;
  /** As `ssh-keygen -l -E sha256` prints it, such as `SHA256:…`. */
  readonly fingerprintSha256: string;
}

const shortestRsaBits = 2048;

/** Reads an OpenSSH public key. Throws `invalid_input` when the key itself cannot be read, or is too weak to be of use. */
export function parsePublicKey(text: string): ParsedPublicKey {
  const publicKey = text.trim();
  const [kind = '', encoded = ''] = publicKey.split(' ');
  const blob = Buffer.from(encoded, 'base64');
  if (kindInside(blob) !== kind) throw unreadable();
  // Keys of security tokens (sk-…) are OpenSSH's own, and sshpk does not know them; sshd does.
  if (!kind.startsWith('sk-')) requireSound(publicKey);
  const digest = createHash('sha256').update(blob).digest('base64').replaceAll('=', '');
  return { kind, publicKey, fingerprintSha256: `SHA256:${digest}` };
}

/** A new Ed25519 key; the private half in OpenSSH's own format, for the one answer that shows it. */
export function generateKeyPair(comment: string): ParsedPublicKey & { readonly privateKey: string } {
  const key = sshpk.generatePrivateKey('ed25519');
  const line = key.toPublic();
  line.comment = comment.replaceAll(/[^\x21-\x7e]/g, '-');
  return { ...parsePublicKey(line.toString('ssh')), privateKey: key.toString('ssh-private') };
}

/** A key begins with its own kind, as a string with its length before it (RFC 4253 §6.6). */
function kindInside(blob: Buffer): string {
  const lengthBytes = 4;
  if (blob.length < lengthBytes) return '';
  return blob.subarray(lengthBytes, lengthBytes + blob.readUInt32BE(0)).toString('latin1');
}

function requireSound(line: string): void {
  const key = parse(line);
  if (key.type !== 'rsa' || key.size >= shortestRsaBits) return;
  const message = `is an RSA key of ${key.size} bits; at least ${shortestRsaBits} are needed`;
  throw refuse(message, 'Make one with "ssh-keygen -t ed25519".');
}

function parse(line: string): sshpk.Key {
  try {
    return sshpk.parseKey(line, 'ssh');
  } catch (cause) {
    throw unreadable(cause);
  }
}

function unreadable(cause?: unknown): UnkaiError {
  return refuse(
    'cannot be read as an OpenSSH public key',
    'Paste the whole line of the file that ends in .pub.',
    cause,
  );
}

function refuse(message: string, fix: string, cause?: unknown): UnkaiError {
  return new UnkaiError('invalid_input', `publicKey: ${message}.`, {
    errors: [{ field: 'publicKey', message, fix }],
    cause,
  });
}
