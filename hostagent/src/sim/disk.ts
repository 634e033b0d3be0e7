import { randomBytes } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { DiskTool, Overlay } from '../tools/disk.ts';
import type { Faults } from './faults.ts';

const gibibyte = 1024 ** 3;

/** Disks in memory. Random bytes stand for what a guest wrote, so that it can be seen which disk is where. */
export class SimulatedDisks implements DiskTool {
  readonly overlays = new Map<string, Buffer>();
  readonly #faults: Faults;

  constructor(faults: Faults) {
    this.#faults = faults;
  }

  async freeBytes(): Promise<number> {
    await this.#faults.at('disk.freeBytes');
    return 1024 * gibibyte;
  }

  inspectImage(): Promise<void> {
    return this.#faults.at('disk.inspectImage');
  }

  async hasOverlay(path: string): Promise<boolean> {
    return this.overlays.has(path);
  }

  async ensureOverlay({ path }: Overlay): Promise<void> {
    await this.#faults.at('disk.ensureOverlay');
    if (!this.overlays.has(path)) this.overlays.set(path, randomBytes(64));
  }

  async readOverlay({ path }: Overlay): Promise<{ sizeBytes: number; bytes: Readable }> {
    await this.#faults.at('disk.readOverlay');
    const bytes = this.#at(path);
    return { sizeBytes: bytes.length, bytes: Readable.from([bytes]) };
  }

  async takeOverlay(received: string, { path }: Overlay): Promise<void> {
    await this.#faults.at('disk.takeOverlay');
    this.overlays.set(path, await readFile(received));
    await rm(received);
  }

  async moveOverlay(from: string, to: string): Promise<void> {
    this.overlays.set(to, this.#at(from));
    this.overlays.delete(from);
  }

  async removeOverlay(path: string): Promise<void> {
    this.overlays.delete(path);
  }

  #at(path: string): Buffer {
    const bytes = this.overlays.get(path);
    if (bytes === undefined) throw new Error(`there is no disk at ${path}`);
    return bytes;
  }
}
