import { UnkaiError } from '@unkai/contracts/errors';
import type { DiskFormat } from '@unkai/contracts/resources/image';

// Theory. The bytes of an image come from a tenant, and a disk format is a program for whoever opens it: a qcow2 may
// name another file as its backing file or its data file, and a header may promise petabytes. So the bytes are judged
// here, by reading a few of them and without any tool that would open the image; only what we know to be harmless
// passes, and what looks like two formats at once is refused (A15 to A19). Layout: qcow2.txt of QEMU's specifications.

/** Reads bytes of a file at a place; fewer than asked for at its end. */
export type ReadAt = (offset: number, length: number) => Promise<Buffer>;

export interface ImageBytes {
  readonly declared: DiskFormat;
  readonly sizeBytes: number;
  readonly readAt: ReadAt;
}

/** No disk of ours is larger: 16 TiB. */
const largestVirtualBytes = 16 * 1024 ** 4;

const headBytes = 64 * 1024;

/** Other containers, by what they begin with or have at a fixed place; a plain disk has none of these. */
const foreign = [
  { name: 'VMDK', offset: 0, magic: Buffer.from('KDMV') },
  { name: 'VMDK', offset: 0, magic: Buffer.from('COWD') },
  { name: 'a VMDK descriptor', offset: 0, magic: Buffer.from('# Disk DescriptorFile') },
  { name: 'VHD', offset: 0, magic: Buffer.from('conectix') },
  { name: 'VHDX', offset: 0, magic: Buffer.from('vhdxfile') },
  { name: 'VDI', offset: 0x40, magic: Buffer.from([0x7f, 0x10, 0xda, 0xbe]) },
  { name: 'QED', offset: 0, magic: Buffer.from('QED\0') },
  { name: 'Parallels', offset: 0, magic: Buffer.from('WithoutFreeSpace') },
  { name: 'Parallels', offset: 0, magic: Buffer.from('WithouFreSpacExt') },
  { name: 'LUKS', offset: 0, magic: Buffer.from('LUKS\xba\xbe', 'latin1') },
  { name: 'an ISO 9660 file system', offset: 0x8001, magic: Buffer.from('CD001') },
] as const;

const qcow2Magic = Buffer.from('QFI\xfb', 'latin1');

/** Whether the bytes are what their owner says, and harmless; gives the size of the disk in them. Throws `image_refused`. */
export async function inspectImage({ declared, sizeBytes, readAt }: ImageBytes): Promise<{ virtualSizeBytes: number }> {
  if (sizeBytes === 0) throw refuse('it is empty');
  const head = await readAt(0, headBytes);
  const other = foreign.find(({ offset, magic }) => head.subarray(offset, offset + magic.length).equals(magic));
  if (other) throw refuse(`it was declared as ${declared}, but it is ${other.name}, or both`);
  const isQcow2 = head.subarray(0, 4).equals(qcow2Magic);
  if (declared === 'raw') {
    if (isQcow2) throw refuse('it was declared as raw, but it is qcow2');
    if (sizeBytes > largestVirtualBytes) throw refuse('its disk is larger than 16 TiB');
    return { virtualSizeBytes: Math.ceil(sizeBytes / 512) * 512 };
  }
  if (!isQcow2) throw refuse('it was declared as qcow2, but it does not begin like one');
  return { virtualSizeBytes: inspectQcow2(head, sizeBytes) };
}

// Incompatible features that we know to be harmless: dirty refcounts, the compression type, and extended L2 entries.
const harmlessFeatures = 0b1_1001n;
const externalDataFile = 0b100n;
const externalDataName = 0x44415441;

function inspectQcow2(head: Buffer, sizeBytes: number): number {
  if (head.length < 72) throw refuse('its qcow2 header is cut off');
  const version = head.readUInt32BE(4);
  if (version !== 2 && version !== 3) throw refuse(`its qcow2 version is ${version}; 2 and 3 are known`);
  if (head.readBigUInt64BE(8) !== 0n || head.readUInt32BE(16) !== 0) throw refuse('it has a backing file');
  if (head.readUInt32BE(32) !== 0) throw refuse('it is encrypted');
  if (head.readUInt32BE(60) !== 0) throw refuse('it holds snapshots');
  if (version === 3) inspectFeatures(head);
  return inspectSize(head, sizeBytes);
}

function inspectFeatures(head: Buffer): void {
  if (head.length < 104) throw refuse('its qcow2 header is cut off');
  const features = head.readBigUInt64BE(72);
  if ((features & externalDataFile) !== 0n) throw refuse('it keeps its data in another file');
  if ((features & ~harmlessFeatures) !== 0n) throw refuse('it uses a feature of qcow2 that is not known here');
  inspectExtensions(head, head.readUInt32BE(100));
}

/** Header extensions follow the header: type, length, data padded to 8 bytes, until type 0. */
function inspectExtensions(head: Buffer, headerLength: number): void {
  if (headerLength < 104 || headerLength > 4096) throw refuse('its qcow2 header has an impossible length');
  for (let at = headerLength; at + 8 <= head.length; ) {
    const type = head.readUInt32BE(at);
    const length = head.readUInt32BE(at + 4);
    if (type === 0) return;
    if (type === externalDataName) throw refuse('it names another file for its data');
    at += 8 + Math.ceil(length / 8) * 8;
  }
}

function inspectSize(head: Buffer, sizeBytes: number): number {
  const clusterBits = head.readUInt32BE(20);
  if (clusterBits < 9 || clusterBits > 21) throw refuse('its cluster size is impossible');
  const virtual = head.readBigUInt64BE(24);
  if (virtual === 0n) throw refuse('its disk has no size');
  if (virtual > BigInt(largestVirtualBytes)) throw refuse('its disk is larger than 16 TiB');
  const tableEnd = head.readBigUInt64BE(40) + 8n * BigInt(head.readUInt32BE(36));
  if (tableEnd > BigInt(sizeBytes)) throw refuse('it is cut off: its first table lies beyond its end');
  return Number(virtual);
}

function refuse(reason: string): UnkaiError {
  return new UnkaiError('image_refused', `The image was refused: ${reason}.`);
}
