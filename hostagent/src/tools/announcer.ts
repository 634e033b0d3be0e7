import { setTimeout as delay } from 'node:timers/promises';
import { inNamespace } from './namespace.ts';
import { run } from './run.ts';

/** How often an address is announced again, and how long after each time. */
const again = { times: 3, afterMs: 1000 };

/** Tells neighbours outside where an address is, with gratuitous ARP (RFC 5227), or with any packet for IPv6. */
export class Announcer {
  readonly #underWay = new Set<Promise<unknown>>();

  async announce(namespace: string, inside: string, addresses: readonly string[]): Promise<void> {
    const four = addresses.filter((address) => !address.includes(':'));
    for (const address of addresses) if (address.includes(':')) tell6(namespace, inside, address);
    await Promise.all(four.map((address) => this.#tell(namespace, inside, address)));
    for (const address of four) this.#tellAgain(namespace, inside, address).catch(() => undefined);
  }

  /** Resolves when nothing that was begun before is still to be sent. */
  async isQuiet(): Promise<void> {
    await Promise.allSettled(this.#underWay);
  }

  /** For neighbours that take no second word on an address within a second (Linux: locktime). Nobody waits. */
  async #tellAgain(namespace: string, inside: string, address: string): Promise<void> {
    for (let time = 0; time < again.times; time += 1) {
      await delay(again.afterMs, undefined, { ref: false });
      await this.#tell(namespace, inside, address);
    }
  }

  /** The tool binds to the address first: one that the device has no more fails, and is announced no more. */
  #tell(namespace: string, inside: string, address: string): Promise<unknown> {
    const argv = ['arping', '-q', '-U', '-c', '1', '-w', '4', '-I', inside, address] as const;
    const telling: Promise<unknown> = run(inNamespace(namespace, argv), { okCodes: [0, 1] }).finally(() =>
      this.#underWay.delete(telling),
    );
    this.#underWay.add(telling);
    return telling;
  }
}

/** Switches learn where the MAC address is, and neighbours know that one. */
function tell6(namespace: string, inside: string, address: string): void {
  const argv = ['ping', '-6', '-n', '-q', '-c', '3', '-I', address, `ff02::1%${inside}`] as const;
  run(inNamespace(namespace, argv), { okCodes: [0, 1, 2] }).catch(() => undefined);
}
