import { describe, expect, test } from 'vitest';
import { type ImageBytes, inspectImage } from '../src/image/image-format.ts';

const gib = 1024 ** 3;

/** A minimal qcow2 of version 3 with a disk of 1 GiB, changed by `spoil`. */
function qcow2(spoil: (header: Buffer) => void = () => {}): Buffer {
  const bytes = Buffer.alloc(65_536 * 4);
  bytes.write('QFI\xfb', 0, 'latin1');
  bytes.writeUInt32BE(3, 4);
  bytes.writeUInt32BE(16, 20);
  bytes.writeBigUInt64BE(BigInt(gib), 24);
  bytes.writeUInt32BE(2, 36);
  bytes.writeBigUInt64BE(65_536n, 40);
  bytes.writeUInt32BE(4, 96);
  bytes.writeUInt32BE(104, 100);
  spoil(bytes);
  return bytes;
}

function inspect(bytes: Buffer, declared: ImageBytes['declared'] = 'qcow2') {
  const readAt: ImageBytes['readAt'] = async (offset, length) => bytes.subarray(offset, offset + length);
  return inspectImage({ declared, sizeBytes: bytes.length, readAt });
}

function beginning(text: string, at = 0): Buffer {
  const bytes = Buffer.alloc(65_536);
  bytes.write(text, at, 'latin1');
  return bytes;
}

describe('accepted', () => {
  test('a plain qcow2, with the size of its disk', async () => {
    expect(await inspect(qcow2())).toEqual({ virtualSizeBytes: gib });
  });
  test('a qcow2 of version 2', async () => {
    expect(await inspect(qcow2((bytes) => bytes.writeUInt32BE(2, 4)))).toEqual({ virtualSizeBytes: gib });
  });
  test('a qcow2 with zstd compression and harmless header extensions', async () => {
    const bytes = qcow2((header) => {
      header.writeBigUInt64BE(0b1000n, 72);
      header.writeUInt32BE(0x6803f857, 104);
      header.writeUInt32BE(48, 108);
    });
    expect(await inspect(bytes)).toEqual({ virtualSizeBytes: gib });
  });
  test('a raw disk, rounded up to whole sectors', async () => {
    expect(await inspect(Buffer.alloc(1000, 7), 'raw')).toEqual({ virtualSizeBytes: 1024 });
  });
});

describe('refused', () => {
  const cases: Array<[string, Buffer, ImageBytes['declared'], string]> = [
    ['A15: a backing file', qcow2((bytes) => bytes.writeBigUInt64BE(112n, 8)), 'qcow2', 'it has a backing file'],
    [
      'A15: the length of a backing file name alone',
      qcow2((bytes) => bytes.writeUInt32BE(11, 16)),
      'qcow2',
      'it has a backing file',
    ],
    [
      'A16: an external data file',
      qcow2((bytes) => bytes.writeBigUInt64BE(0b100n, 72)),
      'qcow2',
      'it keeps its data in another file',
    ],
    [
      'A16: the name of an external data file behind another extension',
      qcow2((bytes) => {
        bytes.writeUInt32BE(0x6803f857, 104);
        bytes.writeUInt32BE(3, 108);
        bytes.writeUInt32BE(0x44415441, 120);
        bytes.writeUInt32BE(11, 124);
      }),
      'qcow2',
      'it names another file',
    ],
    ['A16: a VMDK descriptor', beginning('# Disk DescriptorFile'), 'raw', 'it is a VMDK descriptor'],
    ['A16: a sparse VMDK', beginning('KDMV'), 'raw', 'it is VMDK'],
    ['A17: raw that is qcow2', qcow2(), 'raw', 'declared as raw, but it is qcow2'],
    ['A18: qcow2 that is raw', Buffer.alloc(65_536), 'qcow2', 'does not begin like one'],
    ['A18: an ISO', beginning('CD001', 0x8001), 'raw', 'ISO 9660'],
    ['A18: a qcow2 that is an ISO as well', qcow2((bytes) => bytes.write('CD001', 0x8001)), 'qcow2', 'ISO 9660'],
    ['A18: VHDX', beginning('vhdxfile'), 'raw', 'VHDX'],
    ['A18: VDI', beginning('\x7f\x10\xda\xbe', 0x40), 'raw', 'VDI'],
    ['A18: LUKS', beginning('LUKS\xba\xbe'), 'raw', 'LUKS'],
    [
      'A19: a disk of petabytes',
      qcow2((bytes) => bytes.writeBigUInt64BE(2n ** 50n, 24)),
      'qcow2',
      'larger than 16 TiB',
    ],
    ['A19: a disk of no size', qcow2((bytes) => bytes.writeBigUInt64BE(0n, 24)), 'qcow2', 'has no size'],
    ['an unknown version', qcow2((bytes) => bytes.writeUInt32BE(4, 4)), 'qcow2', 'version is 4'],
    ['an unknown feature', qcow2((bytes) => bytes.writeBigUInt64BE(1n << 40n, 72)), 'qcow2', 'not known here'],
    ['a corrupt mark', qcow2((bytes) => bytes.writeBigUInt64BE(0b10n, 72)), 'qcow2', 'not known here'],
    ['encryption', qcow2((bytes) => bytes.writeUInt32BE(1, 32)), 'qcow2', 'encrypted'],
    ['snapshots', qcow2((bytes) => bytes.writeUInt32BE(1, 60)), 'qcow2', 'snapshots'],
    ['an impossible cluster size', qcow2((bytes) => bytes.writeUInt32BE(40, 20)), 'qcow2', 'cluster size'],
    ['a table beyond its end', qcow2((bytes) => bytes.writeBigUInt64BE(2n ** 40n, 40)), 'qcow2', 'cut off'],
    ['a header that is cut off', qcow2().subarray(0, 50), 'qcow2', 'cut off'],
    ['an impossible header length', qcow2((bytes) => bytes.writeUInt32BE(1 << 30, 100)), 'qcow2', 'impossible length'],
    ['nothing at all', Buffer.alloc(0), 'raw', 'empty'],
  ];
  test.each(cases)('%s', async (_title, bytes, declared, reason) => {
    await expect(inspect(bytes, declared)).rejects.toMatchObject({
      code: 'image_refused',
      message: expect.stringContaining(reason),
    });
  });
});
