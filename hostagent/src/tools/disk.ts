import type { Readable } from 'node:stream';
import type { DiskFormat } from '@unkai/contracts/resources/image';

export type Overlay = {
  path: string;
  /** The cached image below it, opened read-only and in this format, whatever its bytes look like (A17). */
  base: { path: string; format: DiskFormat };
  /** Virtual size in bytes. */
  sizeBytes: number;
};

export interface DiskTool {
  /** Free bytes on the file system that holds `folder`. */
  freeBytes(folder: string): Promise<number>;
  /**
   * Checks an image by its own header: nothing in it may refer to another file (A15, A16), its format must be the
   * declared one (A18) and its virtual size the announced one (A19). Throws `image_refused`.
   */
  inspectImage(path: string, expected: { format: DiskFormat; virtualSizeBytes: number }): Promise<void>;
  hasOverlay(path: string): Promise<boolean>;
  /** Makes a qcow2 overlay at `path`, whole or not at all; an overlay that is there stays as it is. Throws `disk_full`. */
  ensureOverlay(overlay: Overlay): Promise<void>;
  /**
   * Reads an overlay as it lies, for another host: the clusters that were written, and nothing of its base. Its header must
   * name the very base that is given. Throws `image_refused`. The caller reads to the end or destroys the stream.
   */
  readOverlay(overlay: Overlay): Promise<{ sizeBytes: number; bytes: Readable }>;
  /**
   * Makes the file `received`, which another host sent, the overlay at `overlay.path`, on the base that is here; whole or not
   * at all. Its header must be of a disk of that size whose base is the image of the same name, in the same format, and name
   * nothing else. Throws `image_refused`.
   */
  takeOverlay(received: string, overlay: Overlay): Promise<void>;
  /** Gives an overlay another place on the same file system, in the place of what is there. */
  moveOverlay(from: string, to: string): Promise<void>;
  /** Harmless without. */
  removeOverlay(path: string): Promise<void>;
}
