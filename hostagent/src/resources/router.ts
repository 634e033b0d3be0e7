import { setTimeout as delay } from 'node:timers/promises';
import { UnkaiError } from '@unkai/contracts/errors';
import type { DesiredRouterPort, DesiredRouterSpec } from '@unkai/contracts/host/desired-router';
import { id as idSchema } from '@unkai/contracts/primitives';
import { exclusively } from '../exclusive.ts';
import { parseIpv4 } from '../flows/ipv4.ts';
import { oneWayOfWriting, parseAnyPrefix } from '../flows/ipv6.ts';
import { cookie } from '../flows/layout.ts';
import { routerPortFlows } from '../flows/router-port.ts';
import type { NetworkHost } from '../network-host.ts';
import { routerInside } from '../tools/device-names.ts';
import type { Route } from '../tools/routing.ts';
import { lettingGoFirst } from './letting-go.ts';
import type { Observed } from './observed.ts';
import { externalId } from './ofport.ts';
import { purgeMemory, remember, rememberedRouters, settle } from './router-memory.ts';
import { purgeRouterPort, putRouterPort } from './router-port.ts';
import { routerRules } from './router-rules.ts';
import { trackedBy, translatedAddresses, translations } from './router-translation.ts';

const networkWaitMs = 3_000;

/**
 * Makes a router: a namespace with its devices, addresses, routes and rules. What is there and right stays untouched, so
 * that nothing passing through it notices. Throws an UnkaiError that names what does not work; the rest does (A46).
 */
export function ensure(host: NetworkHost, spec: DesiredRouterSpec): Promise<Observed> {
  const one = <Made>(work: () => Promise<Made>) => exclusively(host.tools, `router/${spec.id}`, work);
  return lettingGoFirst(
    () => one(() => letGo(host, spec)),
    async () => {
      await networksAreHere(host, spec);
      await one(() => {
        withdrawnBy(host).delete(spec.id);
        return spec.isEnabled ? putRouter(host, spec) : removeRouter(host, spec.id);
      });
      return {};
    },
  );
}

/** Makes again what has gone of a router, unless it is being purged. */
export async function restore(host: NetworkHost, id: string): Promise<void> {
  await exclusively(host.tools, `router/${id}`, async () => {
    const kept = host.state.get('router', id);
    if (kept?.spec.isEnabled && !withdrawnBy(host).has(id)) await putRouter(host, kept.spec);
  });
}

/** Removes all that the host has of a router. Harmless twice, and when there is nothing. */
export async function purge(host: NetworkHost, id: string): Promise<void> {
  await exclusively(host.tools, `router/${id}`, () => {
    withdrawnBy(host).add(id);
    return removeRouter(host, id);
  });
}

/** Ids of the routers that the host has something of. */
export async function list(host: NetworkHost): Promise<string[]> {
  const prefix = routerNamespace(host, '');
  const namespaces = (await host.tools.ip.namespaces()).filter((name) => name.startsWith(prefix));
  const candidates = [
    ...namespaces.map((name) => name.slice(prefix.length)),
    ...(await host.tools.ovs.ports()).flatMap((row) => row.externalIds[externalId.router] ?? []),
    ...(await rememberedRouters(host)),
  ];
  return [...new Set(candidates.filter((candidate) => idSchema.safeParse(candidate).success))];
}

/** Namespace of a router. Hosts that share a machine, each in a namespace, keep theirs apart. */
export const routerNamespace = (host: NetworkHost, routerId: string) =>
  `${host.config.networkNamespace ?? 'unkai'}-router-${routerId}`;

const withdrawn = new WeakMap<object, Set<string>>();

/** Routers that were purged since the agent started: local state may still name them, and nobody brings them back. */
function withdrawnBy(host: NetworkHost): Set<string> {
  const own = withdrawn.get(host.tools) ?? new Set<string>();
  withdrawn.set(host.tools, own);
  return own;
}

/** A router and its networks are told at the same time, and worked on side by side. */
async function networksAreHere(host: NetworkHost, spec: DesiredRouterSpec): Promise<void> {
  const missing = () => portsOf(spec).find(({ networkId }) => host.state.get('network', networkId) === undefined);
  for (let waitedMs = 0; missing() !== undefined && waitedMs < networkWaitMs; waitedMs += 50) await delay(50);
  const port = missing();
  if (port !== undefined) throw failed(spec, `its network ${port.networkId} is not on this host yet`);
}

function portsOf({ interfaces, gateway }: DesiredRouterSpec): DesiredRouterPort[] {
  return gateway === null ? interfaces : [...interfaces, gateway];
}

const sideOf = ({ gateway }: DesiredRouterSpec, port: DesiredRouterPort) => (port === gateway ? 'ex' : 'in');

/** Nothing answers any more for floating IPs that the router has no longer: the rules, then the switch, then the kernel. */
async function letGo(host: NetworkHost, spec: DesiredRouterSpec): Promise<void> {
  const { routing, ovs } = host.tools;
  await purgePortsBut(host, spec.id, new Set(spec.isEnabled ? portsOf(spec).map(({ portId }) => portId) : []));
  const { gateway } = spec;
  if (gateway === null || !spec.isEnabled) return;
  const { good } = translations(spec);
  const namespace = routerNamespace(host, spec.id);
  const inside = routerInside(gateway.portId, 'ex');
  const own = gateway.addresses.map(({ address }) => oneWayOfWriting(address));
  const kept = [...own, ...translatedAddresses(good)];
  const gone = (await routing.addresses(namespace, inside)).filter((address) => !kept.includes(address));
  if (gone.length === 0) return;
  await routing.replaceRules(namespace, routerRules(good));
  const row = (await ovs.ports()).find(({ externalIds }) => externalIds[externalId.routerPort] === gateway.portId);
  if (row !== undefined) {
    const { ofport } = row;
    const { tunnelKey, macAddress } = gateway;
    await ovs.replaceFlows({
      [cookie.port(ofport)]: routerPortFlows({ ofport, tunnelKey, macAddress, addresses: kept }),
    });
  }
  // Last, as they are the memory of the above.
  await routing.removeAddresses(namespace, inside, gone);
}

async function putRouter(host: NetworkHost, spec: DesiredRouterSpec): Promise<void> {
  const { tools } = host;
  const namespace = routerNamespace(host, spec.id);
  const { good, problems } = translations(spec);
  const tracked = trackedBy(good);
  await tools.ip.ensureNamespace(namespace);
  await tools.routing.ensureForwarding(namespace);
  const gone = await remember(host, spec.id, tracked);
  // Before its devices: nothing ever passes it untranslated.
  await tools.routing.replaceRules(namespace, routerRules(good));
  await purgePortsBut(host, spec.id, new Set(portsOf(spec).map(({ portId }) => portId)));
  await tools.routing.purgeDevicesBut(
    namespace,
    portsOf(spec).map((port) => routerInside(port.portId, sideOf(spec, port))),
  );
  for (const port of portsOf(spec)) {
    const side = sideOf(spec, port);
    await putRouterPort(host, spec.id, { port, namespace, side, also: side === 'ex' ? translatedAddresses(good) : [] });
  }
  problems.push(...(await tools.routing.replaceRoutes(namespace, routesOf(spec))));
  if (gone.length > 0) {
    await tools.routing.forget(namespace, gone);
    await settle(host, spec.id, tracked);
  }
  if (problems.length > 0) throw failed(spec, problems.join('; '));
}

function routesOf({ gateway, routes }: DesiredRouterSpec): Route[] {
  const defaults = (gateway?.addresses ?? []).flatMap(({ gatewayAddress }) =>
    gatewayAddress === null
      ? []
      : [{ destination: parseIpv4(gatewayAddress) === null ? '::/0' : '0.0.0.0/0', nextHop: gatewayAddress }],
  );
  const own = [...routes, ...defaults].map(({ destination, nextHop }) => ({
    destination: parseAnyPrefix(destination)?.text ?? destination,
    nextHop,
  }));
  // What is said of a destination by hand goes before what follows from the gateway.
  return own.filter(({ destination }, index) => own.findIndex((one) => one.destination === destination) === index);
}

async function removeRouter(host: NetworkHost, id: string): Promise<void> {
  await purgePortsBut(host, id, new Set());
  await host.tools.ip.purgeNamespace(routerNamespace(host, id));
  await purgeMemory(host, id);
}

async function purgePortsBut(host: NetworkHost, routerId: string, wanted: ReadonlySet<string>): Promise<void> {
  const rows = (await host.tools.ovs.ports()).filter((row) => row.externalIds[externalId.router] === routerId);
  for (const row of rows) {
    if (!wanted.has(row.externalIds[externalId.routerPort] ?? '')) await purgeRouterPort(host, row);
  }
}

function failed(spec: DesiredRouterSpec, why: string): UnkaiError {
  return new UnkaiError('host_failed', `Router "${spec.name}" does not work on this host: ${why}.`);
}
