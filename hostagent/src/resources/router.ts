import type { DesiredRouterSpec } from '@unkai/contracts/host/desired-router';
import type { HostContext, ResourceContext } from '../context.ts';
import type { Observed } from './observed.ts';

/** Throws: this host carries no routers. */
export async function ensure(_context: ResourceContext, { name }: DesiredRouterSpec): Promise<Observed> {
  throw new Error(`This host cannot carry the router ${name}.`);
}

/** Removes all that the host has of a router. Harmless when there is nothing. */
export async function purge(_context: ResourceContext, _id: string): Promise<void> {}

/** Ids of the routers that the host has something of. */
export async function list(_host: HostContext): Promise<string[]> {
  return [];
}
