import type { ServerState } from '@unkai/contracts/resources/server';
import { sql } from 'kysely';
import type { ServerRows } from './server-rows.ts';

/** What a search for servers may ask for; whatever is given must hold. */
export interface ServerFilter {
  /** A regular expression within the name. */
  readonly name?: string;
  /** A regular expression within one of its addresses. */
  readonly address?: string;
  readonly states?: readonly ServerState[];
  readonly ids?: readonly string[];
  readonly flavorId?: string;
  readonly imageId?: string;
  readonly hostName?: string;
  readonly userId?: string;
  readonly projectId?: string;
  readonly availabilityZone?: string;
  readonly keyName?: string;
  readonly reservationId?: string;
  readonly description?: string;
  readonly changedSince?: Date;
  readonly changedBefore?: Date;
  readonly allTags?: readonly string[];
  readonly anyTags?: readonly string[];
  readonly notAllTags?: readonly string[];
  readonly notAnyTags?: readonly string[];
}

const equal = [
  ['flavorId', 'server.flavor_id'],
  ['imageId', 'server.image_id'],
  ['hostName', 'host.name'],
  ['userId', 'server.user_id'],
  ['projectId', 'server.project_id'],
  ['availabilityZone', 'server.availability_zone'],
  ['reservationId', 'server.reservation_id'],
  ['description', 'server.description'],
] as const;

/** Narrows a search; every value goes to the database as a parameter. */
export function matching(rows: ServerRows, filter: ServerFilter): ServerRows {
  let found = rows;
  for (const [name, column] of equal) {
    const value = filter[name];
    if (value !== undefined) found = found.where(sql.ref(column), '=', value);
  }
  const { ids, states, changedSince, changedBefore } = filter;
  if (ids) found = found.where('server.id', '=', sql<string>`ANY(${ids}::uuid[])`);
  if (states) found = found.where('server.state', '=', sql<string>`ANY(${states}::text[])`);
  if (changedSince) found = found.where('server.updated_at', '>=', changedSince);
  if (changedBefore) found = found.where('server.updated_at', '<=', changedBefore);
  return withTags(withText(found, filter), filter);
}

function withText(rows: ServerRows, { name, address, keyName }: ServerFilter): ServerRows {
  let found = rows;
  if (name !== undefined) found = found.where(sql<boolean>`server.name ~ ${name}`);
  if (address !== undefined) {
    found = found.where(
      sql<boolean>`EXISTS (
        SELECT 1 FROM port JOIN port_address ON port_address.port_id = port.id
        WHERE port.server_id = server.id AND port_address.address ~ ${address})`,
    );
  }
  if (keyName !== undefined) {
    found = found.where(
      sql<boolean>`server.public_keys @> jsonb_build_array(jsonb_build_object('name', ${keyName}::text))`,
    );
  }
  return found;
}

function withTags(rows: ServerRows, { allTags, anyTags, notAllTags, notAnyTags }: ServerFilter): ServerRows {
  let found = rows;
  if (allTags) found = found.where(sql<boolean>`server.tags @> ${allTags}::text[]`);
  if (anyTags) found = found.where(sql<boolean>`server.tags && ${anyTags}::text[]`);
  if (notAllTags) found = found.where(sql<boolean>`NOT server.tags @> ${notAllTags}::text[]`);
  if (notAnyTags) found = found.where(sql<boolean>`NOT server.tags && ${notAnyTags}::text[]`);
  return found;
}
