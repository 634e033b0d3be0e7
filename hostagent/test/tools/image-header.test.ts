import { UnkaiError } from '@unkai/contracts/errors';
import { expect, test } from 'vitest';
import { inspectImageHead, inspectOverlayHead } from '../../src/tools/image-header.ts';

const disk = 64 * 1024 * 1024;
const expected = { format: 'qcow2', virtualSizeBytes: disk } as const;

/** A plain qcow2 version 3 header, as docs/interop/qcow2.txt lays it out. */
function plainHeader(): Buffer {
  const head = Buffer.alloc(65_536);
  head.write('QFI\xfb', 0, 'latin1');
  head.writeUInt32BE(3, 4);
  head.writeUInt32BE(16, 20);
  head.writeBigUInt64BE(BigInt(disk), 24);
  head.writeUInt32BE(4, 96);
  head.writeUInt32BE(112, 100);
  return head;
}

function extension(head: Buffer, type: number, text: string): Buffer {
  head.writeUInt32BE(type, 112);
  head.writeUInt32BE(text.length, 116);
  head.write(text, 120);
  return head;
}

function refusal(
  head: Buffer,
  declared: Parameters<typeof inspectImageHead>[2] = expected,
  size = head.length,
): string {
  try {
    inspectImageHead(head, size, declared);
    return 'accepted';
  } catch (error) {
    if (!(error instanceof UnkaiError)) throw error;
    expect(error.code).toBe('image_refused');
    return error.message;
  }
}

test('a plain qcow2 passes', () => {
  expect(refusal(plainHeader())).toBe('accepted');
});

test('A15: a qcow2 with a backing file is refused', () => {
  const head = plainHeader();
  head.write('/etc/shadow', 1024);
  head.writeBigUInt64BE(1024n, 8);
  head.writeUInt32BE(11, 16);
  expect(refusal(head)).toContain('backing file');
});

test('A15: the name of a backing format alone is refused too', () => {
  expect(refusal(extension(plainHeader(), 0xe2792aca, 'raw'))).toContain('backing file');
});

test('A16: a qcow2 with an external data file is refused, by its feature bit and by its extension', () => {
  const head = plainHeader();
  head.writeBigUInt64BE(4n, 72);
  expect(refusal(head)).toContain('external file');
  expect(refusal(extension(plainHeader(), 0x44415441, '/etc/shadow'))).toContain('external file');
});

test('features that are not known are refused, not hoped for', () => {
  const head = plainHeader();
  head.writeBigUInt64BE(1n << 40n, 72);
  expect(refusal(head)).toContain('features that are not allowed');
});

test('A16, A18: a VMDK descriptor that names an extent does not pass as raw', () => {
  const head = Buffer.alloc(disk / 1024);
  head.write('# Disk DescriptorFile\nRW 1 FLAT "/etc/shadow" 0\n');
  expect(refusal(head, { format: 'raw', virtualSizeBytes: head.length })).toContain('VMDK');
});

test('A18: a raw label on qcow2 bytes is refused, and a qcow2 label on raw bytes', () => {
  const head = plainHeader();
  expect(refusal(head, { format: 'raw', virtualSizeBytes: head.length })).toContain('its bytes are qcow2');
  expect(refusal(Buffer.alloc(4096))).toContain('no qcow2 header');
});

test('A19: a header that claims more disk than was announced is refused', () => {
  const head = plainHeader();
  head.writeBigUInt64BE(8n * 1024n ** 4n, 24);
  expect(refusal(head)).toContain('announced');
});

test('a header cut short, with an impossible length or endless extensions is refused', () => {
  expect(refusal(plainHeader().subarray(0, 60))).toContain('no qcow2 header');
  const long = plainHeader();
  long.writeUInt32BE(0xffffffff, 100);
  expect(refusal(long)).toContain('impossible length');
  const endless = plainHeader();
  for (let offset = 112; offset + 8 <= endless.length; offset += 8) endless.writeUInt32BE(7, offset);
  for (let offset = 112; offset + 8 <= endless.length; offset += 8) endless.writeUInt32BE(0, offset + 4);
  expect(refusal(endless)).toContain('do not end');
});

test('a raw image passes when its size is the announced one, and only then', () => {
  const head = Buffer.alloc(4096, 1);
  expect(refusal(head, { format: 'raw', virtualSizeBytes: 4096 })).toBe('accepted');
  expect(refusal(head, { format: 'raw', virtualSizeBytes: 8192 })).toContain('one size');
});

/** The header of an overlay on the image that hosts have as `image-1`. */
function overlayHeader(backing = '/host/images/image-1', format = 'raw'): Buffer {
  const head = extension(plainHeader(), 0xe2792aca, format);
  head.write(backing, 1024);
  head.writeBigUInt64BE(1024n, 8);
  head.writeUInt32BE(Buffer.byteLength(backing), 16);
  return head;
}

test('A15, A16: an overlay names its image in its format, and nothing else', () => {
  const base = { format: 'raw', name: 'image-1' } as const;
  const look =
    (head: Buffer, over: object = {}) =>
    () =>
      inspectOverlayHead(head, { base, virtualSizeBytes: disk, ...over });
  expect(look(overlayHeader())).not.toThrow();
  expect(look(overlayHeader(), { base: { format: 'raw', path: '/host/images/image-1' } })).not.toThrow();
  expect(look(overlayHeader(), { base: { format: 'raw', path: '/other/images/image-1' } })).toThrow('another one');
  expect(look(overlayHeader('/etc/shadow'))).toThrow('another one');
  expect(look(overlayHeader('nbd://example.org/image-1'))).toThrow('another one');
  expect(look(overlayHeader('json:{"driver":"file","filename":"/etc/shadow"}/image-1'))).toThrow('another one');
  expect(look(overlayHeader('/host/images/image-1', 'qcow2'))).toThrow('not said to be raw');
  expect(look(plainHeader())).toThrow('names no base');
  expect(look(overlayHeader(), { virtualSizeBytes: 2 * disk })).toThrow('bytes of disk');
  const outside = overlayHeader();
  outside.writeBigUInt64BE(4n, 72);
  expect(look(outside)).toThrow('external file');
  const snapshots = overlayHeader();
  snapshots.writeUInt32BE(1, 60);
  expect(look(snapshots)).toThrow('snapshots');
});
