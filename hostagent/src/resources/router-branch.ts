// Floating IPs of guests here whose router is on another host: they go out and come in by this host's own way outside.
// The namespace is that of a router with an inner port for each network of such guests; everything else of the router,
// and all that has no floating IP, passes where the router is.
import { setTimeout as delay } from 'node:timers/promises';
import { UnkaiError } from '@unkai/contracts/errors';
import type { DesiredRouterBranchSpec } from '@unkai/contracts/host/desired-router';
import { id as idSchema } from '@unkai/contracts/primitives';
import { exclusively } from '../exclusive.ts';
import { cookie } from '../flows/layout.ts';
import type { NetworkHost } from '../network-host.ts';
import { routerInside } from '../tools/device-names.ts';
import { lettingGoFirst } from './letting-go.ts';
import type { Observed } from './observed.ts';
import { externalId } from './ofport.ts';
import { putInner, putOuter } from './router-branch-port.ts';
import { purgeMemory, remember, settle } from './router-memory.ts';
import { branchRules } from './router-rules.ts';
import { trackedBy, translatedAddresses, translations } from './router-translation.ts';

const networkWaitMs = 3_000;

/** Makes it, or changes what differs. Throws an UnkaiError that names what does not work; the rest does (A46). */
export function ensure(host: NetworkHost, spec: DesiredRouterBranchSpec): Promise<Observed> {
  const one = <Made>(work: () => Promise<Made>) => exclusively(host.tools, `branch/${spec.id}`, work);
  return lettingGoFirst(
    () => one(() => letGo(host, spec)),
    async () => {
      await networksAreHere(host, spec);
      await one(() => {
        withdrawnBy(host).delete(spec.id);
        return putBranch(host, spec);
      });
      return {};
    },
  );
}

/** Makes again what has gone of it, unless it is being purged. */
export async function restore(host: NetworkHost, id: string): Promise<void> {
  await exclusively(host.tools, `branch/${id}`, async () => {
    const kept = host.state.get('router-branch', id);
    if (kept !== undefined && !withdrawnBy(host).has(id)) await putBranch(host, kept.spec);
  });
}

/** Removes all of it. Harmless twice, and when there is nothing. */
export async function purge(host: NetworkHost, id: string): Promise<void> {
  await exclusively(host.tools, `branch/${id}`, async () => {
    withdrawnBy(host).add(id);
    await purgePortsBut(host, id, new Set());
    await host.tools.ip.purgeNamespace(branchNamespace(host, id));
    await purgeMemory(host, memoryOf(id));
  });
}

/** Ids of the routers that the host has such a part of. */
export async function list(host: NetworkHost): Promise<string[]> {
  const prefix = branchNamespace(host, '');
  const namespaces = (await host.tools.ip.namespaces()).filter((name) => name.startsWith(prefix));
  const candidates = [
    ...namespaces.map((name) => name.slice(prefix.length)),
    ...(await host.tools.ovs.ports()).flatMap((row) => row.externalIds[externalId.branch] ?? []),
  ];
  return [...new Set(candidates.filter((candidate) => idSchema.safeParse(candidate).success))];
}

/** Of the part of a router that is on this host for its floating IPs. */
export const branchNamespace = (host: NetworkHost, routerId: string) =>
  `${host.config.networkNamespace ?? 'unkai'}-branch-${routerId}`;
/** Beside that of the router, which may be about to come to this host. */
const memoryOf = (routerId: string) => `branch-${routerId}`;

const withdrawn = new WeakMap<object, Set<string>>();

/** Those purged since the agent started: local state may still name them, and nobody brings them back. */
function withdrawnBy(host: NetworkHost): Set<string> {
  const own = withdrawn.get(host.tools) ?? new Set<string>();
  withdrawn.set(host.tools, own);
  return own;
}

async function networksAreHere(host: NetworkHost, spec: DesiredRouterBranchSpec): Promise<void> {
  const missing = () => spec.interfaces.find(({ networkId }) => host.state.get('network', networkId) === undefined);
  for (let waitedMs = 0; missing() !== undefined && waitedMs < networkWaitMs; waitedMs += 50) await delay(50);
  const port = missing();
  if (port !== undefined) throw failed(spec, `their network ${port.networkId} is not on this host yet`);
}

/** Nothing answers any more for floating IPs that have left this host. */
async function letGo(host: NetworkHost, spec: DesiredRouterBranchSpec): Promise<void> {
  const { routing } = host.tools;
  await purgePortsBut(host, spec.id, portsOf(spec));
  const { good } = translations({ gateway: null, floatingIps: spec.floatingIps, portForwardings: [] });
  const namespace = branchNamespace(host, spec.id);
  const inside = routerInside(spec.gateway.portId, 'ex');
  const kept = translatedAddresses(good);
  const gone = (await routing.addresses(namespace, inside)).filter((address) => !kept.includes(address));
  if (gone.length === 0) return;
  await routing.replaceRules(namespace, branchRules(good));
  // Last, as they are the memory of the above.
  await routing.removeAddresses(namespace, inside, gone);
}

const portsOf = (spec: DesiredRouterBranchSpec) =>
  new Set([spec.gateway, ...spec.interfaces].map(({ portId }) => portId));

async function putBranch(host: NetworkHost, spec: DesiredRouterBranchSpec): Promise<void> {
  const { tools } = host;
  const namespace = branchNamespace(host, spec.id);
  const { good, problems } = translations({ gateway: null, floatingIps: spec.floatingIps, portForwardings: [] });
  const tracked = trackedBy(good);
  await tools.ip.ensureNamespace(namespace);
  await tools.routing.ensureForwarding(namespace);
  const gone = await remember(host, memoryOf(spec.id), tracked);
  // Before its devices: nothing ever passes it untranslated.
  await tools.routing.replaceRules(namespace, branchRules(good));
  await purgePortsBut(host, spec.id, portsOf(spec));
  await tools.routing.purgeDevicesBut(namespace, [
    routerInside(spec.gateway.portId, 'ex'),
    ...spec.interfaces.map(({ portId }) => routerInside(portId, 'in')),
  ]);
  for (const port of spec.interfaces) await putInner(host, { spec, port, namespace });
  const { nextHop } = spec.gateway;
  await putOuter(host, { spec, namespace, addresses: translatedAddresses(good) });
  const routes = nextHop === null ? [] : [{ destination: '0.0.0.0/0', nextHop }];
  problems.push(...(await tools.routing.replaceRoutes(namespace, routes)));
  if (gone.length > 0) {
    await tools.routing.forget(namespace, gone);
    await settle(host, memoryOf(spec.id), tracked);
  }
  if (problems.length > 0) throw failed(spec, problems.join('; '));
}

async function purgePortsBut(host: NetworkHost, routerId: string, wanted: ReadonlySet<string>): Promise<void> {
  const { ovs, ip } = host.tools;
  const rows = (await ovs.ports()).filter((row) => row.externalIds[externalId.branch] === routerId);
  for (const row of rows) {
    if (wanted.has(row.externalIds[externalId.routerPort] ?? '')) continue;
    await ovs.replaceFlows({ [cookie.port(row.ofport)]: [] });
    await ip.purgeLink(row.name);
    // Last, as it is the memory of the above.
    await ovs.purgePort(row.name);
  }
}

function failed(spec: DesiredRouterBranchSpec, why: string): UnkaiError {
  return new UnkaiError('host_failed', `Floating IPs of router "${spec.name}" do not work on this host: ${why}.`);
}
