import { defaultDomainId } from '@unkai/contracts/resources/domain';
import { z } from 'zod';

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

/** Keystone writes times with microseconds. */
export function shownTime(time: Date | string | number): string {
  return new Date(time).toISOString().replace('Z', '000Z');
}
