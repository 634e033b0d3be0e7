// A guest's serial port has one socket, and a guest that prints into a socket nobody reads stands still. So the agent
// reads it always, and hands copies to whoever looks: a viewer that cannot keep up loses its view, the guest loses nothing.
import type { Duplex } from 'node:stream';

export type SerialViewer = {
  /** Gives false when the viewer is too far behind; it is dropped then. */
  send(bytes: Buffer): boolean;
  /** The console has ended, or dropped this viewer. */
  end(reason: 'gone' | 'slow'): void;
};

/** What a viewer that comes gets to see of the past. */
export const replayBytes = 65_536;

export class SerialMultiplexer {
  readonly #line: Duplex;
  readonly #viewers = new Set<SerialViewer>();
  readonly #recent: Buffer[] = [];
  #recentBytes = 0;
  #isGone = false;

  /** `past` is what was printed before the line was opened; `onBytes` is told how many came, `onGone` that the line ended. */
  constructor(line: Duplex, past: Buffer, listener: { onBytes(count: number): void; onGone(): void }) {
    this.#line = line;
    this.#take(past);
    line.on('data', (bytes: Buffer) => {
      this.#take(bytes);
      listener.onBytes(bytes.length);
    });
    line.on('error', () => undefined);
    line.on('close', () => {
      this.#end();
      listener.onGone();
    });
  }

  get viewerCount(): number {
    return this.#viewers.size;
  }

  /** Adds a viewer, which gets what was printed last and all that follows. Returns the way to leave. */
  view(viewer: SerialViewer): () => void {
    if (this.#isGone) {
      viewer.end('gone');
      return () => undefined;
    }
    if (this.#recentBytes > 0) viewer.send(Buffer.concat(this.#recent));
    this.#viewers.add(viewer);
    return () => this.#viewers.delete(viewer);
  }

  /** Types into the guest. What the guest does not take is dropped, as on a real line without flow control. */
  type(bytes: Buffer): void {
    if (!this.#isGone && this.#line.writableLength < replayBytes) this.#line.write(bytes);
  }

  close(): void {
    this.#line.destroy();
    this.#end();
  }

  #take(bytes: Buffer): void {
    this.#recent.push(bytes);
    this.#recentBytes += bytes.length;
    while (this.#recentBytes > replayBytes) this.#forgetOldest(this.#recentBytes - replayBytes);
    for (const viewer of this.#viewers) {
      if (viewer.send(bytes)) continue;
      this.#viewers.delete(viewer);
      viewer.end('slow');
    }
  }

  #forgetOldest(excess: number): void {
    const oldest = this.#recent[0];
    if (oldest === undefined) return;
    const cut = Math.min(excess, oldest.length);
    if (cut === oldest.length) this.#recent.shift();
    else this.#recent[0] = oldest.subarray(cut);
    this.#recentBytes -= cut;
  }

  #end(): void {
    if (this.#isGone) return;
    this.#isGone = true;
    for (const viewer of this.#viewers) viewer.end('gone');
    this.#viewers.clear();
  }
}
