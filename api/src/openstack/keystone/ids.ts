import { defaultDomainId } from '@unkai/contracts/resources/domain';
import { notFound } from '@unkai/core/access';
import type { Call } from '@unkai/core/call';
import { z } from 'zod';
import type { Asked } from '../service.ts';

const uuid = z.uuid().toLowerCase();
/** An id that nothing has. */
const nothing = '00000000-0000-0000-0000-000000000000';

/** OpenStack's clients and their documentation know the first domain by the id `default`. */
const shownDefault = 'default';

export function shownDomainId(id: string): string {
  return id === defaultDomainId ? shownDefault : id;
}

/** Our id for what a client names as one. What cannot be an id becomes that of nothing, so that it is not found. */
export function givenId(text: string): string {
  const parsed = uuid.safeParse(text);
  return parsed.success ? parsed.data : nothing;
}

export function givenDomainId(text: string): string {
  return text === shownDefault ? defaultDomainId : givenId(text);
}

/** The domain that a path names. Throws `not_found` for what cannot be one: clients try names first. */
export function domainOfPath(asked: Asked, name = 'id'): string {
  const id = givenDomainId(asked.param(name));
  if (id === nothing) throw notFound('domain', asked.param(name));
  return id;
}

/** The domain that something is made in when none is named: that of the token, else the one that its user is in. */
export function homeDomainId({ actor }: Call): string {
  if (actor.scope?.kind === 'domain') return actor.scope.domainId;
  return actor.domainId ?? defaultDomainId;
}

/** Keystone writes times with microseconds. */
export function shownTime(time: Date | string | number): string {
  return new Date(time).toISOString().replace('Z', '000Z');
}
