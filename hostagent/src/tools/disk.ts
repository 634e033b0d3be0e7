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
}
