const gib = 1024 ** 3;

/** Virtual size of a server's root disk in bytes: its flavor's, and never less than its image's. */
export function diskBytes(diskGib: number, imageVirtualBytes: number): number {
  return Math.max(diskGib * gib, imageVirtualBytes);
}
