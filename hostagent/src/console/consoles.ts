import type { Logger } from 'pino';
import { exclusively } from '../exclusive.ts';
import type { Paths } from '../paths.ts';
import type { RunningGuest } from '../tools/qemu.ts';
import { replayBytes, SerialMultiplexer } from './multiplexer.ts';
import { readSerialLog, serialLogLimitBytes, trimQemuLog, trimSerialLog } from './serial-log.ts';

/** How many bytes a guest prints between two looks at its log. */
const trimEveryBytes = serialLogLimitBytes / 4;

type Attached = { guest: RunningGuest; multiplexer: SerialMultiplexer };

/** The serial lines of all guests, read from the moment a guest runs (or is found) until it is gone. */
export class Consoles {
  readonly #paths: Paths;
  readonly #log: Logger;
  readonly #attached = new Map<string, Attached>();

  constructor(paths: Paths, log: Logger) {
    this.#paths = paths;
    this.#log = log;
  }

  /** Reads this guest's serial line from now on. Harmless when it does already. */
  attach(guest: RunningGuest): Promise<void> {
    // QEMU serves one client a line: two who open it at once would leave one of them deaf.
    return exclusively(this, guest.serverId, () => this.#open(guest));
  }

  async #open(guest: RunningGuest): Promise<void> {
    const { serverId } = guest;
    if (this.#attached.get(serverId)?.guest === guest) return;
    this.detach(serverId);
    await this.trim(serverId);
    let unseen = 0;
    const past = await this.#past(serverId);
    const multiplexer = new SerialMultiplexer(await guest.openSerial(), past, {
      onBytes: (count) => {
        unseen += count;
        if (unseen < trimEveryBytes) return;
        unseen = 0;
        void this.trim(serverId);
      },
      onGone: () => {
        if (this.#attached.get(serverId)?.multiplexer === multiplexer) this.#attached.delete(serverId);
      },
    });
    this.#attached.set(serverId, { guest, multiplexer });
  }

  /** What was printed while no agent read the line, so that a viewer sees the boot it came late for. Never throws. */
  async #past(serverId: string): Promise<Buffer> {
    try {
      return (await readSerialLog(this.#paths.server(serverId), replayBytes)).bytes;
    } catch (error) {
      this.#log.warn({ err: error, serverId }, 'a serial log could not be read');
      return Buffer.alloc(0);
    }
  }

  /** The serial line of a server; undefined when it does not run. */
  serial(serverId: string): SerialMultiplexer | undefined {
    return this.#attached.get(serverId)?.multiplexer;
  }

  detach(serverId: string): void {
    this.#attached.get(serverId)?.multiplexer.close();
    this.#attached.delete(serverId);
  }

  /** Keeps the guest's logs below their limits. Never throws: a log that cannot be cut must not stop a guest. */
  async trim(serverId: string): Promise<void> {
    try {
      const paths = this.#paths.server(serverId);
      await trimSerialLog(paths);
      await trimQemuLog(paths.qemuLog);
    } catch (error) {
      this.#log.warn({ err: error, serverId }, 'a serial log could not be cut');
    }
  }
}
