import { setTimeout as delay } from 'node:timers/promises';
import { inNamespace } from './namespace.ts';
import { run } from './run.ts';

/** How often an address is announced again, and how long after each time. */
const again = { times: 3, afterMs: 1000 };

/** Tells neighbours outside where an address is, with gratuitous ARP (RFC 5227), or with any packet for IPv6. */
export class Announcer {
  readonly #underWay = new Set<Promise<unknown>>();

  /** Resolves when all IPv4 addresses were told once. For IPv6 nobody waits: the tool ends with the first answer. */
  async announce(namespace: string, inside: string, addresses: readonly string[]): Promise<void> {
    const telling = addresses.map(async (address) => {
      const told = this.#tell(namespace, inside, address);
      this.#tellAgain(namespace, inside, address, told).catch(() => undefined);
      if (!isSix(address)) await told;
    });
    await Promise.all(telling);
  }

  /** Resolves when nothing that was begun before is still to be sent. */
  async isQuiet(): Promise<void> {
    await Promise.allSettled(this.#underWay);
  }

  /** For neighbours that take no second word on an address within a second (Linux: locktime). Nobody waits. */
  async #tellAgain(namespace: string, inside: string, address: string, told: Promise<unknown>): Promise<void> {
    await told;
    for (let time = 0; time < again.times; time += 1) {
      await delay(again.afterMs, undefined, { ref: false });
      await this.#tell(namespace, inside, address);
    }
  }

  /** The tool binds to the address first: one that the device has no more fails, and is announced no more. */
  #tell(namespace: string, inside: string, address: string): Promise<unknown> {
    const [argv, okCodes] = isSix(address) ? [tell6(inside, address), [0, 1, 2]] : [tell4(inside, address), [0, 1]];
    const telling: Promise<unknown> = run(inNamespace(namespace, argv), { okCodes }).finally(() =>
      this.#underWay.delete(telling),
    );
    this.#underWay.add(telling);
    return telling;
  }
}

const isSix = (address: string) => address.includes(':');

const tell4 = (inside: string, address: string) =>
  ['arping', '-q', '-U', '-c', '1', '-w', '4', '-I', inside, address] as const;

/** To all nodes, but for this one (`-L`): it would take its own word for another's who claims the address. */
const tell6 = (inside: string, address: string) =>
  ['ping', '-6', '-L', '-n', '-q', '-c', '1', '-w', '1', '-I', address, `ff02::1%${inside}`] as const;
