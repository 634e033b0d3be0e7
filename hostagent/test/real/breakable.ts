// Tools that fail where a test says: before the work is done, or after it, when nobody hears any more that it was.
import type { NetworkTools } from '../../src/tools/network-tools.ts';

/** The next failure: how many changes still turn out well before it. Null: none. */
export type Failure = { after: number; isDone: boolean };

export class Faults {
  #next: Failure | null = null;

  set(next: Failure | null): void {
    this.#next = next;
  }

  /** Whether the failure that was set has come. */
  get hasStruck(): boolean {
    return this.#next === null;
  }

  async around(work: () => Promise<unknown>): Promise<unknown> {
    const next = this.#next;
    if (next === null) return work();
    if (next.after > 0) {
      next.after -= 1;
      return work();
    }
    this.#next = null;
    if (next.isDone) await work();
    throw new Error('broken on purpose');
  }
}

/** What changes something on the host; looking never fails here. */
const changes = /^(ensure|purge|replace|flush|forget)/;

function breakable<Tool extends object>(tool: Tool, faults: Faults): Tool {
  return new Proxy(tool, {
    get(target, property, receiver) {
      const member: unknown = Reflect.get(target, property, receiver);
      if (typeof member !== 'function' || !changes.test(String(property))) return member;
      return (...given: unknown[]) => faults.around(async () => Reflect.apply(member, target, given));
    },
  });
}

/** The same tools, each change of which may fail. */
export function breakableTools({ ovs, ip, routing, dnsmasq, ...others }: NetworkTools, faults: Faults): NetworkTools {
  return {
    ...others,
    ovs: breakable(ovs, faults),
    ip: breakable(ip, faults),
    routing: breakable(routing, faults),
    dnsmasq: breakable(dnsmasq, faults),
  };
}
