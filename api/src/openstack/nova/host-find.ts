import type { Host } from '@unkai/contracts/resources/host';
import { notFound } from '@unkai/core/access';
import { everything } from '../paging.ts';
import type { Asked } from '../service.ts';

/** Hosts by name, of which only operators may know; all of them, or those whose names have a part. */
export async function hostsOf({ operations }: Asked, part?: string): Promise<Host[]> {
  const nameContains = part?.trim() || undefined;
  const hosts = await everything((page) => operations.host.list({ ...page, nameContains }));
  return hosts.toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

/** Throws `not_found`, by the caller's word for it, where no host has this name. */
export async function hostNamed(asked: Asked, name: string, noun: string): Promise<Host> {
  const host = (await hostsOf(asked, name)).find((each) => each.name === name);
  if (host === undefined) throw notFound(noun, name);
  return host;
}
