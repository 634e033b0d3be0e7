import type { Permission } from '@unkai/contracts/permissions';
import { id } from '@unkai/contracts/primitives';
import type { SearchHit, searchQuery } from '@unkai/contracts/resources/search';
import { mostOfNoun } from '@unkai/contracts/resources/search';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import { allows, callerId, canUseAtAll, requireSignIn } from '../access.ts';
import type { Call } from '../call.ts';
import { deviceOwners } from './router.ts';

type Query = z.output<typeof searchQuery>;

/**
 * What the caller may read and has this text in its name, or is it its id or address: a few of each noun, the best first.
 * One query, whatever is found; of nouns that the caller may read none of not even that part is asked.
 */
export async function search(call: Call, query: Query): Promise<{ items: SearchHit[] }> {
  requireSignIn(call.actor);
  const asked = textOf(query);
  const parts = [
    ...inProjects(call, asked),
    ...inDomains(call, asked),
    ...ofCaller(call, asked),
    ...ofInstallation(call, asked),
  ];
  if (parts.length === 0) return { items: [] };
  const { rows } = await sql<SearchHit>`
    SELECT noun, hit.id, hit.name, detail, project.id AS "projectId", project.name AS "projectName",
      domain.id AS "domainId", domain.name AS "domainName"
    FROM (${sql.join(parts, sql` UNION ALL `)}) AS hit (noun, id, name, detail, project_id, domain_id, rank)
    LEFT JOIN project ON project.id = hit.project_id
    LEFT JOIN domain ON domain.id = COALESCE(hit.domain_id, project.domain_id)
    ORDER BY rank, hit.name, hit.id
  `.execute(call.core.database.kysely);
  return { items: rows };
}

interface Asked {
  /** Lower case, for what is found whole: an address, an id. */
  readonly whole: string;
  readonly uuid: string | null;
  /** Patterns for ILIKE. */
  readonly beginning: string;
  readonly part: string;
  readonly projectId: string | null;
}

function textOf({ text, projectId }: Query): Asked {
  const literal = text.replaceAll(/[\\%_]/g, '\\$&');
  const whole = text.toLowerCase();
  const uuid = id.safeParse(whole).success ? whole : null;
  return { whole, uuid, beginning: `${literal}%`, part: `%${literal}%`, projectId: projectId ?? null };
}

type Sql = RawBuilder<unknown>;

interface Part {
  readonly noun: SearchHit['noun'];
  /** The table, or what takes its place; its columns id and name are what is looked at. */
  readonly table: string;
  /** Whether it is what the whole text names, besides its id. */
  readonly isNamed?: Sql;
  readonly detail?: Sql;
  readonly projectId?: Sql;
  readonly domainId?: Sql;
  /** The rows that the caller may read. */
  readonly seen: Sql;
}

const none = sql`NULL::uuid`;
const all = sql`true`;

/** The best rows of one noun: what the text names first, then what begins with it, then what has it inside. */
function partOf(asked: Asked, given: Part): Sql {
  const { noun, table, isNamed = sql`false`, detail = sql`''`, projectId = none, domainId = none, seen } = given;
  const name = sql.ref(`${table}.name`);
  const isIt = sql`(${sql.ref(`${table}.id`)} = ${asked.uuid}::uuid OR lower(${name}) = ${asked.whole} OR ${isNamed})`;
  return sql`(
    SELECT ${noun}::text, ${sql.ref(`${table}.id`)}, ${name}, (${detail})::text, ${projectId}, ${domainId},
      CASE WHEN ${isIt} THEN 0 WHEN ${name} ILIKE ${asked.beginning} THEN 2 ELSE 4 END
        + CASE WHEN ${projectId} = ${asked.projectId}::uuid THEN 0 ELSE 1 END AS rank
    FROM ${sql.table(table)}
    WHERE (${seen}) AND (${name} ILIKE ${asked.part} OR ${isIt})
    ORDER BY rank, ${name} LIMIT ${mostOfNoun})`;
}

/** Rows of the projects where the caller may read such things; null when there are none. */
function ofProjects({ actor }: Call, wanted: Permission, column: Sql): Sql | null {
  if (allows(actor, wanted, null)) return all;
  const ids = [...actor.projectRoles.keys()].filter((projectId) => allows(actor, wanted, projectId));
  return ids.length === 0 ? null : sql`${column} = ANY(${ids}::uuid[])`;
}

function ofDomains({ actor }: Call, wanted: Permission, column: Sql): Sql | null {
  if (allows(actor, wanted, null)) return all;
  const ids = [...actor.domainRoles.keys()].filter((domainId) => allows(actor, wanted, null, domainId));
  return ids.length === 0 ? null : sql`${column} = ANY(${ids}::uuid[])`;
}

function inProjects(call: Call, asked: Asked): Sql[] {
  const part = (wanted: Permission, given: Omit<Part, 'seen' | 'projectId'>) => {
    const projectId = sql.ref(`${given.table}.project_id`);
    const seen = ofProjects(call, wanted, projectId);
    return seen === null ? [] : [partOf(asked, { ...given, projectId, seen })];
  };
  const { whole, uuid } = asked;
  return [
    ...part('server:read', {
      noun: 'server',
      table: 'server',
      isNamed: sql`server.access_ipv4 = ${whole} OR server.access_ipv6 = ${whole} OR EXISTS (
        SELECT 1 FROM port LEFT JOIN port_address ON port_address.port_id = port.id WHERE port.server_id = server.id
          AND (port.id = ${uuid}::uuid OR port.mac_address = ${whole} OR port_address.address = ${whole}))`,
      detail: sql`SELECT COALESCE(string_agg(port_address.address, ', ' ORDER BY port.position), '')
        FROM port JOIN port_address ON port_address.port_id = port.id WHERE port.server_id = server.id`,
    }),
    ...part('network:read', {
      noun: 'network',
      table: 'network',
      isNamed: sql`EXISTS (SELECT 1 FROM subnet WHERE subnet.network_id = network.id
        AND (subnet.id = ${uuid}::uuid OR ${whole} IN (subnet.cidr, subnet.gateway_address, subnet.dhcp_address)))`,
      detail: sql`SELECT COALESCE(string_agg(subnet.cidr, ', ' ORDER BY subnet.cidr), '')
        FROM subnet WHERE subnet.network_id = network.id`,
    }),
    ...part('router:read', {
      noun: 'router',
      table: 'router',
      isNamed: sql`EXISTS (SELECT 1 FROM port JOIN port_address ON port_address.port_id = port.id
        WHERE port.router_id = router.id AND (port.id = ${uuid}::uuid OR port_address.address = ${whole}))`,
      detail: sql`SELECT COALESCE(string_agg(port_address.address, ', ' ORDER BY port_address.address), '')
        FROM port JOIN port_address ON port_address.port_id = port.id
        WHERE port.router_id = router.id AND port.device_owner = ${deviceOwners.gateway}`,
    }),
    ...floatingIps(call, asked),
    ...part('security-group:read', { noun: 'security-group', table: 'security_group' }),
    ...ports(call, asked),
    ...images(call, asked),
  ];
}

/** A floating IP is called by its address, and found by that one or the one that it reaches. */
function floatingIps(call: Call, { uuid, whole, projectId }: Asked): Sql[] {
  const seen = ofProjects(call, 'floating-ip:read', sql`floating_ip.project_id`);
  if (seen === null) return [];
  return [
    sql`(SELECT 'floating-ip'::text, floating_ip.id, floating_ip.address, COALESCE(floating_ip.fixed_address, ''),
        floating_ip.project_id, NULL::uuid,
        CASE WHEN floating_ip.project_id = ${projectId}::uuid THEN 0 ELSE 1 END AS rank
      FROM floating_ip
      WHERE (${seen}) AND (floating_ip.id = ${uuid}::uuid OR ${whole} IN (floating_ip.address, floating_ip.fixed_address))
      ORDER BY rank, floating_ip.address LIMIT ${mostOfNoun})`,
  ];
}

/** By its addresses a port of a server is found as that server. A port without a name is called by its first address. */
function ports(call: Call, { whole, uuid, part, projectId }: Asked): Sql[] {
  const seen = ofProjects(call, 'port:read', sql`port.project_id`);
  if (seen === null) return [];
  const isAddress = sql`port.id = ${uuid}::uuid OR port.mac_address = ${whole} OR EXISTS (
    SELECT 1 FROM port_address own WHERE own.port_id = port.id AND own.address = ${whole})`;
  return [
    sql`(SELECT 'port'::text, port.id, COALESCE(NULLIF(port.name, ''), min(port_address.address), port.mac_address),
        port.mac_address, port.project_id, NULL::uuid,
        CASE WHEN port.project_id = ${projectId}::uuid THEN 0 ELSE 1 END AS rank
      FROM port LEFT JOIN port_address ON port_address.port_id = port.id
      WHERE (${seen}) AND (port.server_id IS NULL AND (${isAddress}) OR port.name <> '' AND port.name ILIKE ${part})
      GROUP BY port.id ORDER BY rank LIMIT ${mostOfNoun})`,
  ];
}

/** Public ones are everybody's, and shared ones theirs who have accepted them. */
function images(call: Call, asked: Asked): Sql[] {
  if (!canUseAtAll(call.actor, 'image:read')) return [];
  const projectId = sql`image.project_id`;
  const own = ofProjects(call, 'image:read', projectId) ?? sql`false`;
  const given = ofProjects(call, 'image:read', sql`member.project_id`) ?? sql`false`;
  const seen = sql`image.visibility = 'public' OR ${own} OR image.visibility = 'shared' AND EXISTS (
    SELECT 1 FROM image_member member WHERE member.image_id = image.id AND member.state = 'accepted' AND (${given}))`;
  return [partOf(asked, { noun: 'image', table: 'image', projectId, seen })];
}

function inDomains(call: Call, asked: Asked): Sql[] {
  const { whole } = asked;
  const part = (wanted: Permission, given: Omit<Part, 'seen'> & { readonly domainId: Sql }) => {
    const seen = ofDomains(call, wanted, given.domainId);
    return seen === null ? [] : [partOf(asked, { ...given, seen })];
  };
  return [
    ...projects(call, asked),
    ...part('domain:read', { noun: 'domain', table: 'domain', domainId: sql`domain.id` }),
    ...part('user:read', {
      noun: 'user',
      table: 'user',
      domainId: sql`"user".domain_id`,
      detail: sql`COALESCE("user".email, '')`,
      isNamed: sql`lower("user".email) = ${whole}`,
    }),
    ...part('group:read', { noun: 'group', table: 'user_group', domainId: sql`user_group.domain_id` }),
  ];
}

/** Seen by those who have a role on them, and by those who have one on their domain. */
function projects(call: Call, asked: Asked): Sql[] {
  const { actor } = call;
  const own = ofProjects(call, 'project:read', sql`project.id`);
  const ids = [...actor.domainRoles.keys()].filter((domainId) => allows(actor, 'project:read', null, domainId));
  if (own === null && ids.length === 0) return [];
  const seen = sql`${own ?? sql`false`} OR project.domain_id = ANY(${ids}::uuid[])`;
  return [partOf(asked, { noun: 'project', table: 'project', projectId: sql`project.id`, seen })];
}

function ofCaller(call: Call, asked: Asked): Sql[] {
  if (!allows(call.actor, 'key-pair:read', null)) return [];
  return [
    partOf(asked, {
      noun: 'key-pair',
      table: 'key_pair',
      isNamed: sql`lower(key_pair.fingerprint_sha256) = ${asked.whole}`,
      detail: sql`key_pair.fingerprint_sha256`,
      seen: sql`key_pair.user_id = ${callerId(call)}::uuid`,
    }),
  ];
}

function ofInstallation({ actor }: Call, asked: Asked): Sql[] {
  const underlay = { isNamed: sql`host.underlay_address = ${asked.whole}`, detail: sql`host.underlay_address` };
  return [
    ...(allows(actor, 'role:read', null)
      ? [partOf(asked, { noun: 'role', table: 'role', domainId: sql`role.domain_id`, seen: all })]
      : []),
    ...(allows(actor, 'host:read', null)
      ? [partOf(asked, { noun: 'host', table: 'host', ...underlay, seen: all })]
      : []),
  ];
}
