// Whether another host answers by now for the outer addresses of routers here: address conflict detection (RFC 5227). A
// host that the control plane has not heard for the time of its lease cannot know whether its routers were given away or the
// control plane is away for everybody. If they were, the next host says so outside, to all, by announcing the addresses.
import type { NetworkHost } from '../network-host.ts';
import { purge as purgeRouter, routerNamespace } from './router.ts';
import { branchNamespace, purge as purgeBranch } from './router-branch.ts';

/** Each look starts a program for each router, and what was heard in between is not lost. */
const everyMs = 2_000;

/** A router or a branch that answers outside, by the namespace that hears who else does. */
type Answering = { noun: 'router' | 'router-branch'; id: string; namespace: string; purge(): Promise<void> };

/** Lets go of what another host announces, once the lease of this one is over; until then it touches nothing. */
export class ClaimedElsewhere {
  readonly #host: NetworkHost;
  /** Namespaces whose count began after the end of the lease: what was heard before is of other times. */
  readonly #counted = new Set<string>();
  /** Namespaces that another host was heard for: it says so once, and what could not be let go of then is tried again. */
  readonly #claimed = new Set<string>();
  #lookedAt = Number.NEGATIVE_INFINITY;

  constructor(host: NetworkHost) {
    this.#host = host;
  }

  /** To be called often. Throws, when it has looked at all, what one of them could not be looked at or let go of for. */
  async look(): Promise<void> {
    const { lease } = this.#host;
    if (lease.isConfirmed) return this.#beginAnew();
    if (performance.now() - this.#lookedAt < everyMs) return;
    this.#lookedAt = performance.now();
    const failures: unknown[] = [];
    for (const part of await this.#answering()) {
      // Looking at many takes its time.
      if (lease.isConfirmed) return this.#beginAnew();
      // One that does not work keeps no other one here (A46).
      await this.#letGoIfClaimed(part).catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
  }

  #beginAnew(): void {
    this.#counted.clear();
    this.#claimed.clear();
  }

  /** Those of which there is something here: what is only wanted answers nobody. */
  async #answering(): Promise<Answering[]> {
    const host = this.#host;
    const routers = host.state.list('router').flatMap(({ spec: { id, gateway, isEnabled } }): Answering[] => {
      if (gateway === null || !isEnabled) return [];
      return [{ noun: 'router', id, namespace: routerNamespace(host, id), purge: () => purgeRouter(host, id) }];
    });
    const branches = host.state.list('router-branch').map(
      ({ spec: { id } }): Answering => ({
        noun: 'router-branch',
        id,
        namespace: branchNamespace(host, id),
        purge: () => purgeBranch(host, id),
      }),
    );
    const there = new Set(await host.tools.ip.namespaces());
    return [...routers, ...branches].filter(({ namespace }) => there.has(namespace) || this.#claimed.has(namespace));
  }

  async #letGoIfClaimed({ noun, id, namespace, purge }: Answering): Promise<void> {
    if (!(await this.#isClaimed(namespace))) return;
    await purge();
    // Out of what is kept too: no start of the agent brings it back, and a control plane that wants it here says so.
    await this.#host.state.remove(noun, id);
    this.#claimed.delete(namespace);
    this.#host.log.warn(
      { noun, id },
      'another host announces its addresses and the lease of this one is over: removed',
    );
  }

  async #isClaimed(namespace: string): Promise<boolean> {
    if (this.#claimed.has(namespace)) return true;
    const heard = await this.#host.tools.routing.claims(namespace);
    if (this.#counted.has(namespace) && heard > 0) this.#claimed.add(namespace);
    this.#counted.add(namespace);
    return this.#claimed.has(namespace);
  }
}
