import type { Paths } from './paths.ts';
import type { QemuTool, RunningGuest } from './tools/qemu.ts';

/** Guests that this agent holds a line to. A guest of an earlier agent is found the first time it is asked for. */
export class GuestRegistry {
  readonly #qemu: QemuTool;
  readonly #paths: Paths;
  readonly #guests = new Map<string, RunningGuest>();

  constructor(qemu: QemuTool, paths: Paths) {
    this.#qemu = qemu;
    this.#paths = paths;
  }

  /** The guest of a server, or undefined when it has no process. */
  async find(serverId: string): Promise<RunningGuest | undefined> {
    const known = this.#guests.get(serverId);
    if (known !== undefined && !known.isGone()) return known;
    this.#guests.delete(serverId);
    const found = await this.#qemu.find(serverId, this.#paths.server(serverId));
    if (found !== undefined) this.#guests.set(serverId, found);
    return found;
  }

  /** The guest if this agent holds a line to it already; looks nowhere. */
  held(serverId: string): RunningGuest | undefined {
    const known = this.#guests.get(serverId);
    return known === undefined || known.isGone() ? undefined : known;
  }

  add(guest: RunningGuest): void {
    this.#guests.set(guest.serverId, guest);
  }

  all(): RunningGuest[] {
    return [...this.#guests.values()].filter((guest) => !guest.isGone());
  }
}
