// Whether another host answers by now for the outer addresses of routers here: address conflict detection (RFC 5227). A
// host that the control plane has not heard for the time of its lease cannot know whether its routers were given away or the
// control plane is away for everybody. If they were, the next host says so outside, to all, by announcing the addresses.
import type { NetworkHost } from '../network-host.ts';
import { purge as purgeRouter, routerNamespace } from './router.ts';
import { branchNamespace, purge as purgeBranch } from './router-branch.ts';

/** Each look starts a program for each router, and what was heard in between is not lost. */
const everyMs = 2_000;

/** Lets go of what another host announces, once the lease of this one is over; until then it touches nothing. */
export class ClaimedElsewhere {
  readonly #host: NetworkHost;
  /** Those whose count began after the end of the lease: what was heard before is of other times. */
  readonly #counted = new Set<string>();
  #lookedAt = Number.NEGATIVE_INFINITY;

  constructor(host: NetworkHost) {
    this.#host = host;
  }

  /** To be called often. Throws when it could not be looked, or not be let go of. */
  async look(): Promise<void> {
    const { lease, state } = this.#host;
    if (lease.isConfirmed) return this.#counted.clear();
    if (performance.now() - this.#lookedAt < everyMs) return;
    this.#lookedAt = performance.now();
    for (const { spec } of state.list('router')) {
      if (spec.gateway === null || !spec.isEnabled) continue;
      if (!(await this.#isClaimed(routerNamespace(this.#host, spec.id)))) continue;
      await purgeRouter(this.#host, spec.id);
      await this.#forget('router', spec.id);
    }
    for (const { spec } of state.list('router-branch')) {
      if (!(await this.#isClaimed(branchNamespace(this.#host, spec.id)))) continue;
      await purgeBranch(this.#host, spec.id);
      await this.#forget('router-branch', spec.id);
    }
  }

  async #isClaimed(namespace: string): Promise<boolean> {
    const heard = await this.#host.tools.routing.claims(namespace);
    const isSince = this.#counted.has(namespace);
    this.#counted.add(namespace);
    return isSince && heard > 0;
  }

  /** Out of what is kept too: no start of the agent brings it back, and a control plane that wants it here says so. */
  async #forget(noun: 'router' | 'router-branch', id: string): Promise<void> {
    await this.#host.state.remove(noun, id);
    this.#host.log.warn(
      { noun, id },
      'another host announces its addresses and the lease of this one is over: removed',
    );
  }
}
