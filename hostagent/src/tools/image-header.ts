// Image formats can name other files: a qcow2 its backing file or external data file, a VMDK its extents. Opened as root,
// such an image reads /etc/shadow (CVE-2024-32498 and its family). So an image is looked at byte by byte, by us and
// before any tool opens it, and what is not plainly harmless is refused. The layout is QEMU's docs/interop/qcow2.txt.
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { UnkaiError } from '@unkai/contracts/errors';
import type { DiskFormat } from '@unkai/contracts/resources/image';

export type ExpectedImage = { format: DiskFormat; virtualSizeBytes: number };

const headBytes = 65_536;
const qcow2Magic = Buffer.from('QFI\xfb', 'latin1');
const dataFileExtension = 0x44415441;
const backingFormatExtension = 0xe2792aca;
/** Dirty, compression type and extended L2 entries say nothing of other files. All others are refused, unknown ones too. */
const harmlessFeatures = (1n << 0n) | (1n << 3n) | (1n << 4n);

/** Formats that a "raw" image must not be: somebody would later open it as what it looks like (A18). */
const disguises: readonly { name: string; offset: number; bytes: Buffer }[] = [
  { name: 'qcow2', offset: 0, bytes: qcow2Magic },
  { name: 'VMDK', offset: 0, bytes: Buffer.from('KDMV') },
  { name: 'VMDK', offset: 0, bytes: Buffer.from('COWD') },
  { name: 'VMDK', offset: 0, bytes: Buffer.from('# Disk DescriptorFile') },
  { name: 'VDI', offset: 64, bytes: Buffer.from([0x7f, 0x10, 0xda, 0xbe]) },
  { name: 'VHDX', offset: 0, bytes: Buffer.from('vhdxfile') },
  { name: 'VHD', offset: 0, bytes: Buffer.from('conectix') },
  { name: 'QED', offset: 0, bytes: Buffer.from('QED\0') },
  { name: 'LUKS', offset: 0, bytes: Buffer.from('LUKS\xba\xbe', 'latin1') },
  { name: 'tar', offset: 257, bytes: Buffer.from('ustar') },
];

/** Reads the header of an image file and checks it. Throws `image_refused` with the reason. */
export async function inspectImageFile(path: string, expected: ExpectedImage): Promise<void> {
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(headBytes);
    const { bytesRead } = await file.read(buffer, 0, headBytes, 0);
    const { size } = await file.stat();
    inspectImageHead(buffer.subarray(0, bytesRead), size, expected);
  } finally {
    await file.close();
  }
}

/** The check itself, on the first 64 KiB of an image of `fileBytes`. Throws `image_refused` with the reason. */
export function inspectImageHead(head: Buffer, fileBytes: number, expected: ExpectedImage): void {
  if (expected.format === 'qcow2') inspectQcow2(head, expected.virtualSizeBytes);
  else inspectRaw(head, fileBytes, expected.virtualSizeBytes);
}

/** The base that an overlay must name: at exactly this place, or by the last part of its name alone. */
type ExpectedBase = { format: DiskFormat; path: string } | { format: DiskFormat; name: string };
export type ExpectedOverlay = { base: ExpectedBase; virtualSizeBytes: number };

/** Reads the header of an overlay and checks that it names its base and nothing else. Throws `image_refused`. */
export async function inspectOverlayFile(path: string, expected: ExpectedOverlay): Promise<void> {
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(headBytes);
    const { bytesRead } = await file.read(buffer, 0, headBytes, 0);
    inspectOverlayHead(buffer.subarray(0, bytesRead), expected);
  } finally {
    await file.close();
  }
}

/** The check itself, on the first 64 KiB of an overlay. Throws `image_refused` with the reason. */
export function inspectOverlayHead(head: Buffer, { base, virtualSizeBytes }: ExpectedOverlay): void {
  const headerLength = checkedHead(head, virtualSizeBytes);
  if (head.readUInt32BE(60) !== 0) refuse('it holds snapshots');
  const offset = Number(head.readBigUInt64BE(8));
  const length = head.readUInt32BE(16);
  if (offset === 0 || length === 0 || length > 1023 || offset + length > head.length) refuse('it names no base');
  const named = head.toString('utf8', offset, offset + length);
  const isBase = 'path' in base ? named === base.path : named.startsWith('/') && basename(named) === base.name;
  if (!isBase) refuse('its base is another one than its image');
  const formats: string[] = [];
  forEachExtension(head, headerLength, (type, data) => {
    if (type === backingFormatExtension) formats.push(data.toString('latin1'));
  });
  if (formats.length !== 1 || formats[0] !== base.format) refuse(`its base is not said to be ${base.format}`);
}

function inspectRaw(head: Buffer, fileBytes: number, virtualSizeBytes: number): void {
  const disguise = disguises.find(({ offset, bytes }) => head.subarray(offset, offset + bytes.length).equals(bytes));
  if (disguise !== undefined) refuse(`it was declared raw, but its bytes are ${disguise.name}`);
  if (fileBytes !== virtualSizeBytes) {
    refuse(`a raw image has one size, but it has ${fileBytes} bytes and was announced with ${virtualSizeBytes}`);
  }
}

function inspectQcow2(head: Buffer, virtualSizeBytes: number): void {
  const headerLength = checkedHead(head, virtualSizeBytes);
  if (head.readBigUInt64BE(8) !== 0n || head.readUInt32BE(16) !== 0) refuse('it refers to a backing file');
  forEachExtension(head, headerLength, (type) => {
    if (type === backingFormatExtension) refuse('it refers to a backing file');
  });
}

/** What holds for an image and for an overlay alike; gives where the header ends. */
function checkedHead(head: Buffer, virtualSizeBytes: number): number {
  if (head.length < 104 || !head.subarray(0, 4).equals(qcow2Magic))
    refuse('it was declared qcow2, but has no qcow2 header');
  const version = head.readUInt32BE(4);
  if (version !== 2 && version !== 3) refuse(`qcow2 version ${version} is not known`);
  if (head.readUInt32BE(32) !== 0) refuse('it is encrypted');
  if (head.readBigUInt64BE(24) !== BigInt(virtualSizeBytes)) {
    refuse(`its header says ${head.readBigUInt64BE(24)} bytes of disk, but it was announced with ${virtualSizeBytes}`);
  }
  return version === 2 ? 72 : checkedHeaderLength(head);
}

function checkedHeaderLength(head: Buffer): number {
  const features = head.readBigUInt64BE(72);
  if ((features & (1n << 2n)) !== 0n) refuse('it keeps its data in an external file');
  if ((features & ~harmlessFeatures) !== 0n)
    refuse(`it uses features that are not allowed (0x${features.toString(16)})`);
  const headerLength = head.readUInt32BE(100);
  if (headerLength < 104 || headerLength > head.length) refuse('its header has an impossible length');
  return headerLength;
}

/** Extensions follow the header: type, length, data padded to 8 bytes; type 0 ends them. None may name a file for data. */
function forEachExtension(head: Buffer, start: number, look: (type: number, data: Buffer) => void): void {
  for (let offset = start; offset + 8 <= head.length; ) {
    const type = head.readUInt32BE(offset);
    if (type === 0) return;
    if (type === dataFileExtension) refuse('it keeps its data in an external file');
    const length = head.readUInt32BE(offset + 4);
    look(type, head.subarray(offset + 8, offset + 8 + length));
    offset += 8 + Math.ceil(length / 8) * 8;
  }
  refuse('its header extensions do not end');
}

function refuse(reason: string): never {
  throw new UnkaiError('image_refused', `The image was refused: ${reason}.`);
}
